/** Licence texts for packages whose own tarball has none; by version, so that a new one is looked at again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-paths.ts';

const TEXTS: Readonly<Record<string, string>> = {
  '@middy/core@7.9.2': 'infra/packaging/licences/middy.txt',
  '@middy/util@7.9.2': 'infra/packaging/licences/middy.txt',
  'saxes@6.0.0': 'infra/packaging/licences/saxes.txt',
};

/** The text of Apache-2.0 names nobody: whoever is under it is under the text that this project is under. */
const OF_ANYBODY: Readonly<Record<string, string>> = { 'Apache-2.0': 'LICENSE' };

/** @param id as `saxes@6.0.0` */
export function suppliedLicence(id: string, licence: string): string | undefined {
  const file = TEXTS[id] ?? OF_ANYBODY[licence];
  return file === undefined ? undefined : readFileSync(join(projectRoot, file), 'utf8').trim();
}
