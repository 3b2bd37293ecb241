/** What is wrong with a release: every flaw at once, except where the first leaves nothing to believe. */
import type { KeyObject } from 'node:crypto';
import {
  filesBelow,
  PROVENANCE,
  PROVENANCE_ENVELOPE,
  SUMS,
  SUMS_SIGNATURE,
  type Sums,
  sha256Of,
  sumsIn,
} from '../../infra/packaging/release-files.ts';
import { tarballName } from '../../infra/packaging/tarball-name.ts';
import { envelopeIn, signedForm } from './envelope.ts';
import { isSignedBy } from './plain-signature.ts';
import { isUnreadable, type ReleaseReader, readerOf } from './read-once.ts';
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
  | 'COMMIT_UNKNOWN'
  | 'OTHER_COMMIT'
  | 'OTHER_VERSION';

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

/** @param provenance as it was read: that it has the sum is said of these bytes, and of no others */
function fileFlaws(
  directory: string,
  reader: ReleaseReader,
  sums: Sums,
  provenance: Buffer | undefined,
): readonly Flaw[] {
  const found = filesBelow(directory).filter((name) => !NOT_SUMMED.has(name));
  const sumOf = (name: string) =>
    name === PROVENANCE && provenance !== undefined ? sha256Of(provenance) : reader.sumOf(name);
  return [
    ...found.flatMap((name) => {
      const sum = sums.get(name);
      if (sum === undefined)
        return [flaw('EXTRA', name, `is not in ${SUMS}: nobody signed it, take it away`)];
      if (sum === sumOf(name)) return [];
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

/** The two files that are signed, as they were read. */
interface SignedFiles {
  readonly sums: Buffer;
  readonly provenance: Buffer;
}

export interface ReleaseFindings {
  readonly flaws: readonly Flaw[];
  readonly files: number;
  /** Where it could be read. */
  readonly statement?: BuildStatement;
  readonly read?: SignedFiles;
}

/** What somebody who was told of a release demands of it: one that is older was signed, too. */
export interface DemandedRelease {
  readonly commit: string | undefined;
  readonly version: string | undefined;
}

const only = (...flaws: readonly Flaw[]): ReleaseFindings => ({ flaws, files: 0 });

const reading = (work: () => ReleaseFindings): ReleaseFindings => {
  try {
    return work();
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    return only({ code: 'UNREADABLE', file: '', message: error.message });
  }
};

function wholeFindings(directory: string, reader: ReleaseReader, sumsRead: Buffer): ReleaseFindings {
  const sums = sumsIn(sumsRead.toString('utf8'));
  const provenance = reader.whole(PROVENANCE);
  const flaws = fileFlaws(directory, reader, sums, provenance);
  if (flaws.length > 0) return { flaws, files: sums.size };
  if (provenance === undefined) return only(flaw('MISSING', PROVENANCE, 'is missing: this is no release'));
  const statement = statementIn(provenance.toString('utf8'));
  return {
    flaws: statementFlaws(sums, statement),
    ...{ files: sums.size, statement, read: { sums: sumsRead, provenance } },
  };
}

/** Whether a release is whole, before anybody signs it. */
export function unsignedFindings(directory: string, reader = readerOf(directory)): ReleaseFindings {
  return reading(() => {
    const sums = reader.whole(SUMS);
    if (sums === undefined) return only(flaw('MISSING', SUMS, 'is missing: this is no release'));
    return wholeFindings(directory, reader, sums);
  });
}

function envelopeFlaws(reader: ReleaseReader, key: KeyObject, provenance: Buffer): readonly Flaw[] {
  const envelope = reader.whole(PROVENANCE_ENVELOPE);
  if (envelope === undefined)
    return [flaw('PROVENANCE_UNSIGNED', PROVENANCE_ENVELOPE, 'is missing: nobody signed how it was built')];
  const { payload, signatures } = envelopeIn(envelope.toString('utf8'));
  if (!signatures.some((signature) => isSignedBy(key, signedForm(payload), signature)))
    return [flaw('PROVENANCE_WRONG_KEY', PROVENANCE_ENVELOPE, 'is not signed by that key')];
  if (payload.equals(provenance)) return [];
  return [flaw('PROVENANCE_DIFFERS', PROVENANCE_ENVELOPE, `holds another statement than ${PROVENANCE}`)];
}

function demandFlaws({ commit, subjects }: BuildStatement, demanded: DemandedRelease): readonly Flaw[] {
  const { version } = demanded;
  const own = version === undefined ? undefined : `packages/${tarballName({ name: 'routeguard', version })}`;
  return [
    ...(demanded.commit === undefined || demanded.commit === commit
      ? []
      : [flaw('OTHER_COMMIT', PROVENANCE, `is of commit ${commit}: not the release that was asked for`)]),
    ...(own === undefined || subjects.has(own)
      ? []
      : [flaw('OTHER_VERSION', own, 'is not in it: not the release that was asked for')]),
  ];
}

/** Whether a release is what somebody signed with that key, and nothing else. */
export function releaseFindings(
  directory: string,
  key: KeyObject,
  demanded: DemandedRelease,
  reader = readerOf(directory),
): ReleaseFindings {
  return reading(() => {
    const sums = reader.whole(SUMS);
    const signature = reader.whole(SUMS_SIGNATURE);
    if (sums === undefined || signature === undefined)
      return only(flaw('UNSIGNED', SUMS_SIGNATURE, 'or what it signs is missing: this is no signed release'));
    if (!isSignedBy(key, sums, signature))
      return only(flaw('WRONG_KEY', SUMS, 'is not signed by that key: believe nothing in this folder'));
    const found = wholeFindings(directory, reader, sums);
    if (found.statement === undefined || found.read === undefined) return found;
    const flaws = [
      ...found.flaws,
      ...envelopeFlaws(reader, key, found.read.provenance),
      ...demandFlaws(found.statement, demanded),
    ];
    return { ...found, flaws };
  });
}
