/**
 * The options a caller wrote, and nothing they inherit. Throws for anything but an object whose members are all known: a
 * misspelt option that is silently ignored is a protection that was asked for and is not there.
 *
 * @throws TypeError that names the member
 */
export function knownMembers<T extends object>(
  what: string,
  options: T,
  known: { readonly [K in keyof T]: unknown },
): T {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError(`${what} takes an object of options`);
  for (const name of Object.keys(options))
    if (!Object.hasOwn(known, name))
      throw new TypeError(`${what} has no option ${name}; it takes ${Object.keys(known).join(', ')}`);
  return Object.assign(Object.create(null), options);
}
