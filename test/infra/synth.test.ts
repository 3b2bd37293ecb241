import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { functions } from '../../infra/functions.ts';
import { projectRoot } from '../../infra/project-paths.ts';

describe('npx cdk synth', () => {
  it('gives a stack for a stage, on the Node that the project brings', async () => {
    const output = mkdtempSync(join(tmpdir(), 'routeguard-cdk-'));
    try {
      const args = ['--no-install', 'cdk', 'synth', '--quiet', '--output', output, '-c', 'stage=prod'];
      await promisify(execFile)('npx', args, { cwd: projectRoot });
      const template = readFileSync(join(output, 'Routeguard-prod.template.json'), 'utf8');
      for (const { name } of functions) expect(template).toContain(`"name": "${name}"`);
    } finally {
      rmSync(output, { recursive: true, force: true });
    }
  }, 60_000);
});

describe('cdk.json', () => {
  it('has every feature flag that aws-cdk-lib recommends', () => {
    const require = createRequire(import.meta.url);
    const recommended: unknown = require('aws-cdk-lib/recommended-feature-flags.json');
    const { context } = JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8')) as {
      context: unknown;
    };
    expect(context).toMatchObject(recommended as object);
  });
});
