/** AWS Control Tower's proactive controls, as an account that enforces them holds a template against. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { MutableTemplate } from './synthesised-guard.ts';

const PACKAGE = dirname(
  createRequire(import.meta.url).resolve('@cdklabs/cdk-validator-cfnguard/package.json'),
);
const RULES = join(PACKAGE, 'rules/control-tower');
const PLATFORM = `${process.platform === 'darwin' ? 'macos' : 'ubuntu'}/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}`;
const run = promisify(execFile);

/** How many controls there are. */
export function controls(): number {
  return readdirSync(RULES, { recursive: true }).filter((name) => String(name).endsWith('.guard')).length;
}

/** The controls that a template does not comply with, once each. */
export async function failing(template: Pick<MutableTemplate, 'Resources'>): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'routeguard-controls-'));
  try {
    const data = join(folder, 'template.json');
    writeFileSync(data, JSON.stringify(template));
    const args = [
      'validate',
      '-r',
      RULES,
      '-d',
      data,
      '--show-summary',
      'none',
      '-o',
      'json',
      '--structured',
    ];
    const binary = join(PACKAGE, 'bin', PLATFORM, 'cfn-guard');
    // It exits with 19 where a rule is broken; what it says counts.
    const { stdout } = await run(binary, args, { maxBuffer: 64 << 20 }).catch((error) => error);
    return [...new Set(String(stdout).match(/CT\.[A-Z0-9]+\.PR\.\d+/g) ?? [])].sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
