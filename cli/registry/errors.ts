/** An error as the registry writes it. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly path?: string;
  readonly problems?: readonly { readonly path: string; readonly message: string; readonly key?: string }[];
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The registry understood, and said no. */
export class RegistryRefusedError extends Error {
  override readonly name = 'RegistryRefusedError';
  readonly error: WireError;

  constructor(error: WireError) {
    super(`${error.code}: ${error.message}`);
    this.error = error;
  }
}

/** The registry, or what holds the person's key, did not answer, or not in time; the same command may be given again. */
export class RegistryUnavailableError extends Error {
  override readonly name = 'RegistryUnavailableError';
}
