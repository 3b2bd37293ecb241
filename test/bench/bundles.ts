/** What each function costs to ship and to start: kilobytes, and import time beside an empty module's. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleFunctions } from '../../infra/bundle.ts';
import { middle } from './medians.ts';

const RUNS = 7;

/** Median milliseconds a fresh process takes to import a module; settings a function reads at start are made up. */
function importMs(file: string): number {
  const script = `const t=performance.now();await import(${JSON.stringify(pathToFileURL(file).href)}).catch(()=>{});console.log(performance.now()-t)`;
  const times = Array.from({ length: RUNS }, () => {
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: {},
    });
    return Number(run.stdout.trim().split('\n').at(-1));
  });
  return middle(times);
}

export async function benchBundles(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'routeguard-bench-'));
  try {
    const empty = join(folder, 'empty.mjs');
    writeFileSync(empty, '');
    const floor = importMs(empty);
    console.log(`import of an empty module: ${floor.toFixed(1)} ms`);
    for (const bundle of await bundleFunctions(folder)) {
      console.log(
        `${bundle.name}: ${(bundle.bytes / 1024).toFixed(0)} KB, import ${(importMs(join(bundle.directory, 'index.mjs')) - floor).toFixed(1)} ms`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
