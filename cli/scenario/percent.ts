/**
 * A percentage as hundredths of a percent, exactly: `35.1` is 3510, because the digits are read and not the double.
 * `undefined` for anything below 0, above 100 or with more than two decimals.
 */
export function hundredthsOf(percent: number | string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(String(percent));
  if (match === null) return undefined;
  const [, whole = '', decimals = ''] = match;
  const value = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  return value <= 10_000 ? value : undefined;
}
