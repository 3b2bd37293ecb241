/** What a release says of how it was built, as far as whoever checks one relies on it. */
import * as z from 'zod/mini';
import { PREDICATE_TYPE, STATEMENT_TYPE } from '../../infra/packaging/provenance.ts';
import { ReleaseError } from '../../infra/packaging/release-error.ts';
import { PROVENANCE, type Sums } from '../../infra/packaging/release-files.ts';

const shape = z.object({
  _type: z.literal(STATEMENT_TYPE),
  subject: z.array(z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) })),
  predicateType: z.literal(PREDICATE_TYPE),
  predicate: z.object({
    buildDefinition: z.object({
      resolvedDependencies: z.array(
        z.object({
          digest: z.object({ gitCommit: z.optional(z.string().check(z.regex(/^[0-9a-f]{40,64}$/))) }),
        }),
      ),
    }),
    runDetails: z.object({ builder: z.object({ id: z.string() }) }),
  }),
});

export interface BuildStatement {
  readonly subjects: Sums;
  /** Undefined where it was built from files that are no commit's. */
  readonly commit: string | undefined;
  readonly builder: string;
}

/** @throws ReleaseError for anything that is no statement of SLSA provenance */
export function statementIn(text: string): BuildStatement {
  let read: z.infer<typeof shape>;
  try {
    read = shape.parse(JSON.parse(text));
  } catch (cause) {
    throw new ReleaseError(`${PROVENANCE} is no statement of SLSA provenance (v1)`, { cause });
  }
  const { subject, predicate } = read;
  const commits = predicate.buildDefinition.resolvedDependencies.flatMap(
    ({ digest }) => digest.gitCommit ?? [],
  );
  return {
    subjects: new Map(subject.map(({ name, digest }) => [name, digest.sha256])),
    commit: commits.length === 1 ? commits[0] : undefined,
    builder: predicate.runDetails.builder.id,
  };
}
