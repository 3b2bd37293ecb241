/** Writes the alarms' part of `docs/runbook.md` from their own words, and keeps the rest: `npm run docs:runbook`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-paths.ts';
import { END_OF_CATALOGUE, runbookPage } from './runbook.ts';

const page = join(projectRoot, 'docs/runbook.md');
const [, byHand = ''] = readFileSync(page, 'utf8').split(END_OF_CATALOGUE);
writeFileSync(page, runbookPage() + byHand);
