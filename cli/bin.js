#!/usr/bin/env node
// Starts the command line on Node 24, whatever Node the system has: the npm package `node` carries one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = new URL('.', import.meta.url);
// Node strips types from sources, but not inside node_modules: an installed package carries a built file.
const built = new URL('../dist/cli/main.mjs', here);
const main = here.pathname.includes('/node_modules/') && existsSync(built) ? built : new URL('main.ts', here);

// What one start compiled the next one need not. In the person's own folder: what others may write there, they would run here.
const { XDG_CACHE_HOME: own = '', NODE_COMPILE_CACHE: named } = process.env;
const compiled = named || join(isAbsolute(own) ? own : join(homedir(), '.cache'), 'routeguard');

if (Number(process.versions.node.split('.')[0]) >= 24) {
  module.enableCompileCache(compiled);
  await import(main.href);
} else {
  let node;
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    node = fileURLToPath(new URL('bin/node', pathToFileURL(manifest)));
  } catch {
    console.error('routeguard needs Node 24 or newer: run `npm ci` here first, or install Node 24.');
    process.exit(2);
  }
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled };
  const child = spawn(node, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}
