const INSTANT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z$/;

/**
 * Milliseconds since 1970 of an RFC 3339 instant in UTC with an upper-case `T` and `Z`, or `null`. Nothing else
 * that `Date.parse` accepts: a date without a zone means another instant on another machine.
 */
export function readInstant(value: unknown): number | null {
  if (typeof value !== 'string' || !INSTANT.test(value)) return null;
  const milliseconds = Date.parse(value);
  if (!Number.isFinite(milliseconds)) return null;
  // 31 April would quietly become 1 May.
  return new Date(milliseconds).toISOString().slice(0, 10) === value.slice(0, 10) ? milliseconds : null;
}
