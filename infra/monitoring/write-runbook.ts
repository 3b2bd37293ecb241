/** Writes `docs/runbook.md`: `npm run docs:runbook`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-paths.ts';
import { runbookPage } from './runbook.ts';

writeFileSync(join(projectRoot, 'docs/runbook.md'), runbookPage());
