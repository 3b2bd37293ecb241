/** A small release as `npm run release` leaves it: two files or more, their provenance and their sums. */
import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LOCAL_BUILDER, provenanceText } from '../../infra/packaging/provenance.ts';
import { sumsBelow, sumsText } from '../../infra/packaging/release-files.ts';

export interface WrittenRelease {
  readonly commit: string | undefined;
  /** What it holds. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Written after the statement, before the sums. */
  readonly late?: string;
  /** Taken away then. */
  readonly gone?: string;
}

const FILES = { 'CHANGELOG.md': 'changes\n', 'packages/routeguard-0.1.0.tgz': 'one\n' };

export function writeRelease(folder: string, { commit, files = FILES, late, gone }: WrittenRelease): string {
  for (const [name, contents] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), contents);
  }
  const build = {
    source: undefined,
    builder: LOCAL_BUILDER,
    lockSha256: '0'.repeat(64),
    materials: [],
    node: 'v24',
  };
  const statement = provenanceText({ ...build, commit, sums: sumsBelow(folder) });
  writeFileSync(join(folder, 'provenance.json'), statement);
  if (late !== undefined) writeFileSync(join(folder, late), 'late\n');
  if (gone !== undefined) unlinkSync(join(folder, gone));
  writeFileSync(join(folder, 'SHA256SUMS'), sumsText(sumsBelow(folder)));
  return folder;
}
