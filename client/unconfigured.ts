/** What the SDK, and whoever gives credentials as it does, throws where there are none. */
const WITHOUT_CREDENTIALS: ReadonlySet<string> = new Set(['CredentialsProviderError', 'TokenProviderError']);

/** True of an error that says that this process was not told who it is, or in which Region: nobody was asked. */
export function isUnconfigured(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return WITHOUT_CREDENTIALS.has(error.name) || error.message === 'Region is missing';
}
