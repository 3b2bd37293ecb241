/** What is wrong with a release: every flaw at once, except where the first leaves nothing to believe. */
import { createHash, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ReleaseError } from '../../infra/packaging/release-error.ts';
import {
  filesBelow,
  PROVENANCE,
  PROVENANCE_ENVELOPE,
  SUMS,
  SUMS_SIGNATURE,
  type Sums,
  sumsIn,
} from '../../infra/packaging/release-files.ts';
import { envelopeIn, signedForm } from './envelope.ts';
import { isSignedBy } from './plain-signature.ts';
import { type BuildStatement, statementIn } from './statement.ts';

type FlawCode =
  | 'UNSIGNED'
  | 'WRONG_KEY'
  | 'UNREADABLE'
  | 'MISSING'
  | 'ALTERED'
  | 'EXTRA'
  | 'PROVENANCE_UNSIGNED'
  | 'PROVENANCE_WRONG_KEY'
  | 'PROVENANCE_DIFFERS'
  | 'COMMIT_UNKNOWN';

interface Flaw {
  readonly code: FlawCode;
  readonly file: string;
  readonly message: string;
}

/** What is in the folder and no sum can name. */
const NOT_SUMMED: ReadonlySet<string> = new Set([SUMS, SUMS_SIGNATURE, PROVENANCE_ENVELOPE]);

const flaw = (code: FlawCode, file: string, what: string): Flaw => ({
  ...{ code, file },
  message: `${file} ${what}`,
});

const sumOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

function fileFlaws(directory: string, sums: Sums): readonly Flaw[] {
  const found = filesBelow(directory).filter((name) => !NOT_SUMMED.has(name));
  return [
    ...found.flatMap((name) => {
      const sum = sums.get(name);
      if (sum === undefined)
        return [flaw('EXTRA', name, `is not in ${SUMS}: nobody signed it, take it away`)];
      if (sum === sumOf(join(directory, name))) return [];
      return [flaw('ALTERED', name, `is not what ${SUMS} says: fetch it again`)];
    }),
    ...[...sums.keys()]
      .filter((name) => !found.includes(name))
      .map((name) => flaw('MISSING', name, 'is missing: fetch it again')),
  ];
}

function statementFlaws(sums: Sums, { subjects, commit }: BuildStatement): readonly Flaw[] {
  const others = [...sums].filter(([name]) => name !== PROVENANCE);
  const isWhole = sums.has(PROVENANCE) && others.length === subjects.size;
  return [
    ...(isWhole && others.every(([name, sum]) => subjects.get(name) === sum)
      ? []
      : [
          flaw(
            'PROVENANCE_DIFFERS',
            PROVENANCE,
            `is about other files than ${SUMS}: build the release again`,
          ),
        ]),
    ...(commit === undefined
      ? [
          flaw(
            'COMMIT_UNKNOWN',
            PROVENANCE,
            'names no commit: commit what was changed, and build the release again',
          ),
        ]
      : []),
  ];
}

export interface ReleaseFindings {
  readonly flaws: readonly Flaw[];
  readonly files: number;
  /** Where it could be read. */
  readonly statement?: BuildStatement;
}

const reading = (work: () => ReleaseFindings): ReleaseFindings => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ReleaseError)) throw error;
    return { flaws: [{ code: 'UNREADABLE', file: '', message: error.message }], files: 0 };
  }
};

/** Whether a release is whole, before anybody signs it. */
export function unsignedFindings(directory: string): ReleaseFindings {
  if (!existsSync(join(directory, SUMS)))
    return { flaws: [flaw('MISSING', SUMS, 'is missing: this is no release')], files: 0 };
  return reading(() => {
    const sums = sumsIn(readFileSync(join(directory, SUMS), 'utf8'));
    const files = fileFlaws(directory, sums);
    if (files.length > 0) return { flaws: files, files: sums.size };
    const statement = statementIn(readFileSync(join(directory, PROVENANCE), 'utf8'));
    return { flaws: statementFlaws(sums, statement), files: sums.size, statement };
  });
}

function envelopeFlaws(directory: string, key: KeyObject): readonly Flaw[] {
  const path = join(directory, PROVENANCE_ENVELOPE);
  if (!existsSync(path))
    return [flaw('PROVENANCE_UNSIGNED', PROVENANCE_ENVELOPE, 'is missing: nobody signed how it was built')];
  const { payload, signatures } = envelopeIn(readFileSync(path, 'utf8'));
  if (!signatures.some((signature) => isSignedBy(key, signedForm(payload), signature)))
    return [flaw('PROVENANCE_WRONG_KEY', PROVENANCE_ENVELOPE, 'is not signed by that key')];
  if (payload.equals(readFileSync(join(directory, PROVENANCE)))) return [];
  return [flaw('PROVENANCE_DIFFERS', PROVENANCE_ENVELOPE, `holds another statement than ${PROVENANCE}`)];
}

/** Whether a release is what somebody signed with that key, and nothing else. */
export function releaseFindings(directory: string, key: KeyObject): ReleaseFindings {
  const at = (name: string) => join(directory, name);
  if (!existsSync(at(SUMS)) || !existsSync(at(SUMS_SIGNATURE)))
    return {
      flaws: [flaw('UNSIGNED', SUMS_SIGNATURE, 'or what it signs is missing: this is no signed release')],
      files: 0,
    };
  if (!isSignedBy(key, readFileSync(at(SUMS)), readFileSync(at(SUMS_SIGNATURE))))
    return {
      flaws: [flaw('WRONG_KEY', SUMS, 'is not signed by that key: believe nothing in this folder')],
      files: 0,
    };
  const found = unsignedFindings(directory);
  if (found.statement === undefined) return found;
  return reading(() => ({ ...found, flaws: [...found.flaws, ...envelopeFlaws(directory, key)] }));
}
