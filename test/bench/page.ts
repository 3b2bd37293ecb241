/** `npm run bench:page`: see the usage below. The table and the picture of docs/performance.md from what was measured. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../infra/project-paths.ts';
import { askedOf } from '../campaigns/asked.ts';
import { readLines } from './lines.ts';
import { measuredOf, withMeasured } from './measured.ts';
import { pictureOf } from './picture.ts';

const USAGE = `npm run bench:page -- FILE

Writes the table and the picture of docs/performance.md from what \`npm run bench -- --json > FILE\` has measured, and keeps its lines
in docs/performance.jsonl.

Exits with 2 for what it does not know.`;

const file = askedOf(USAGE, ([first, ...rest]) => (rest.length === 0 ? first : undefined));
const text = readFileSync(file, 'utf8');
const lines = readLines(text);
const at = (name: string) => join(projectRoot, 'docs', name);
writeFileSync(at('performance.jsonl'), text);
writeFileSync(at('performance.svg'), pictureOf(lines));
const page = at('performance.md');
writeFileSync(page, withMeasured(readFileSync(page, 'utf8'), measuredOf(lines)));
