/** Values as DynamoDB's JSON writes them, and back: all that JSON itself does not say are bytes and instants. */

/** Bytes become base64, at any depth; what is undefined or null is not sent. */
export function toWire(value: unknown): unknown {
  if (value instanceof Uint8Array)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined && member !== null)
      .map(([name, member]) => [name, toWire(member)]),
  );
}

/**
 * In an answer a member `B` that is a string, or `BS` that is a list of them, is bytes, and a number whose name ends in
 * `DateTime` an instant: attributes, tables and placeholders of any name hold objects, so that nothing else looks the same.
 * Changed where it stands, so that a member named `__proto__` stays what it is.
 *
 * @throws Error for bytes that are not base64
 */
export function fromWire(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    for (const each of value) fromWire(each);
    return value;
  }
  const members = value as Record<string, unknown>;
  for (const name of Object.keys(members)) {
    const member = members[name];
    if (typeof member === 'object') {
      if (name === 'BS' && Array.isArray(member) && member.every((each) => typeof each === 'string'))
        members[name] = member.map(bytesOf);
      else fromWire(member);
    } else if (name === 'B' && typeof member === 'string') members[name] = bytesOf(member);
    else if (typeof member === 'number' && name.endsWith('DateTime')) members[name] = new Date(member * 1000);
  }
  return value;
}

function bytesOf(text: string): Uint8Array {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new TypeError('not base64');
  const { buffer, byteOffset, byteLength } = Buffer.from(text, 'base64');
  return new Uint8Array(buffer, byteOffset, byteLength);
}
