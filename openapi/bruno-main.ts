/** `npm run docs:bruno`: writes examples/bruno. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OPERATIONS } from './api.ts';
import { brunoCollection } from './bruno.ts';

const FOLDER = new URL('../examples/bruno/', import.meta.url);

rmSync(FOLDER, { recursive: true, force: true });
for (const [path, text] of brunoCollection(OPERATIONS)) {
  const file = new URL(path, FOLDER);
  mkdirSync(dirname(file.pathname), { recursive: true });
  writeFileSync(file, text);
}
