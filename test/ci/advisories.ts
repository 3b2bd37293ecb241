/** What `npm audit --json` said: advisories about what ships fail, a registry that does not answer is only told. */

interface Audit {
  readonly metadata?: { readonly vulnerabilities?: Readonly<Record<string, number>> };
  readonly error?: unknown;
  readonly message?: string;
}

const FAILING = ['moderate', 'high', 'critical'] as const;

export type AdvisoryAnswer =
  | { readonly asked: false }
  | { readonly asked: true; readonly failures: readonly string[] };

/** @param text what the command printed on standard output */
export function advisoriesIn(text: string): AdvisoryAnswer {
  let audit: Audit;
  try {
    audit = JSON.parse(text) as Audit;
  } catch {
    return { asked: false };
  }
  const counts = audit.metadata?.vulnerabilities;
  if (audit.error !== undefined || counts === undefined) return { asked: false };
  return {
    asked: true,
    failures: FAILING.filter((severity) => counts[severity] !== 0).map(
      (severity) =>
        `${counts[severity] ?? 'an unknown number of'} ${severity} advisories: npm audit --omit=dev`,
    ),
  };
}
