/**
 * How a release was built: an in-toto statement (v1) of SLSA provenance (v1). No time and no number of the run is in it,
 * because two builds of one commit are the same to the byte; docs/verify-a-release.md says what that can claim.
 */

import type { LockedPackage } from './lock-file.ts';
import { packageUrl } from './package-url.ts';
import type { Sums } from './release-files.ts';

/** Where the build is described: SLSA asks for a URI, and the page comes with the package. */
const BUILD_TYPE = 'pkg:npm/routeguard#docs/verify-a-release.md';
/** Whoever ran the script, on a machine that nobody vouches for. */
export const LOCAL_BUILDER = 'pkg:npm/routeguard#infra/packaging/main.ts';

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
export const PREDICATE_TYPE = 'https://slsa.dev/provenance/v1';

export interface Build {
  readonly sums: Sums;
  readonly commit: string | undefined;
  /** Where the commit can be fetched, as whoever releases says it. */
  readonly source: string | undefined;
  readonly builder: string;
  readonly lockSha256: string;
  readonly materials: readonly LockedPackage[];
  /** As `process.version` says it. */
  readonly node: string;
}

export function provenanceText(build: Build): string {
  const { sums, commit, source, builder, lockSha256, materials, node } = build;
  const statement = {
    _type: STATEMENT_TYPE,
    subject: [...sums].map(([name, sha256]) => ({ name, digest: { sha256 } })),
    predicateType: PREDICATE_TYPE,
    predicate: {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: { command: 'npm run release', ...(source !== undefined && { source }) },
        internalParameters: { node },
        resolvedDependencies: [
          ...(commit === undefined
            ? []
            : [
                {
                  ...(source !== undefined && { uri: source }),
                  name: 'source',
                  digest: { gitCommit: commit },
                },
              ]),
          { name: 'package-lock.json', digest: { sha256: lockSha256 } },
          ...materials.map((each) => ({ uri: packageUrl(each), digest: { sha512: each.sha512 } })),
        ],
      },
      runDetails: { builder: { id: builder } },
    },
  };
  return `${JSON.stringify(statement, null, 1)}\n`;
}
