/** Where this package is, and where its bundles are. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot: string = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where bundles go unless told otherwise; the construct reads them from here. */
export const defaultOutput: string = join(projectRoot, 'dist');
