/** The canonical forms of Signature Version 4. Each gives `undefined` for what has no form that both sides agree on. */

/** Name, value, name, value … as received. */
export type RawHeaders = readonly string[];

/** Every value of a header, in order, trimmed. */
export function headerValues(rawHeaders: RawHeaders, name: string): readonly string[] {
  const values: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === name) values.push((rawHeaders[index + 1] ?? '').trim());
  }
  return values;
}

/**
 * The canonical headers of a request: those named, which must be sorted, unique, present, and cover `host` and every
 * `x-amz-*` header that was sent, or an unsigned one could change what a signed request means.
 */
export function canonicalHeaders(rawHeaders: RawHeaders, names: readonly string[]): string | undefined {
  const sorted = [...new Set(names)].sort();
  if (sorted.length !== names.length || sorted.some((name, index) => name !== names[index])) return undefined;
  const sent = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  const mustBeSigned = ['host', ...sent.filter((name) => name.startsWith('x-amz-'))];
  if (mustBeSigned.some((name) => !names.includes(name))) return undefined;
  const lines: string[] = [];
  for (const name of names) {
    const values = headerValues(rawHeaders, name);
    if (values.length === 0) return undefined;
    lines.push(`${name}:${values.map((value) => value.replace(/ +/g, ' ')).join(',')}\n`);
  }
  return lines.join('');
}

/**
 * The canonical path: each segment of the wire's path encoded once more, as every service but S3 wants it. Paths that
 * would need normalising (`.`, `..`, empty segments) are refused, since the two sides may normalise differently.
 */
export function canonicalPath(target: string): string | undefined {
  const path = target.split('?', 1)[0] ?? '';
  if (!path.startsWith('/')) return undefined;
  if (path === '/') return path;
  const segments = path.slice(1).split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) return undefined;
  return `/${segments.map(encode).join('/')}`;
}

/** The canonical query: names and values decoded, encoded strictly, and sorted. */
export function canonicalQuery(target: string): string | undefined {
  const start = target.indexOf('?');
  if (start === -1 || start === target.length - 1) return '';
  const pairs: (readonly [string, string])[] = [];
  for (const part of target.slice(start + 1).split('&')) {
    const equals = part.indexOf('=');
    const name = decode(equals === -1 ? part : part.slice(0, equals));
    const value = decode(equals === -1 ? '' : part.slice(equals + 1));
    if (name === undefined || value === undefined) return undefined;
    pairs.push([encode(name), encode(value)]);
  }
  pairs.sort(([nameA, valueA], [nameB, valueB]) => order(nameA, nameB) || order(valueA, valueB));
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** RFC 3986: everything but letters, digits and `-._~`. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
