/** A release cannot be made, or is not what it says: the message says what to do about it. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
}
