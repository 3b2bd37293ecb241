/** Which route a request takes. Of whatever a path may not name, a sentence says what it looks like, and where to see some. */

import { ID_PATTERN } from '../core/administration/record-ids.ts';
import { factIdFault, kindFault } from '../core/facts/fact-key.ts';
import { Refusal } from './refusal.ts';
import type { RouteSpec } from './routes.ts';

/** Whatever has an id, by the part of the path before it. */
const WITH_IDS: Readonly<
  Record<string, { readonly what: string; readonly prefix: string; readonly where: string }>
> = {
  proposals: { what: 'a proposal', prefix: 'p', where: '`registry proposals` lists them' },
  jobs: { what: 'a job', prefix: 'j', where: 'the answer that started it names it' },
  'registry-purge': {
    what: 'a request to purge',
    prefix: 'x',
    where: '`registry purge request` ends with it',
  },
};

function idFault(id: string, of: string): string | undefined {
  const named = WITH_IDS[of];
  if (named === undefined) throw new Error('a route names something that has no id');
  const { what, prefix, where } = named;
  if (ID_PATTERN.test(id) && id.startsWith(`${prefix}-`)) return undefined;
  return `the id of ${what} looks like ${prefix}-20261123T213344Z-8f3a0c1d22: ${where}`;
}

function numberFault(text: string, least: number, pattern: RegExp, what: string): string | undefined {
  return pattern.test(text) ? undefined : `${what} is a whole number from ${least}`;
}

/** By the variable's name: what is wrong with a value, or undefined. */
const FAULTS: Readonly<Record<string, (value: string, of: string) => string | undefined>> = {
  id: idFault,
  n: (text) => numberFault(text, 0, /^(?:0|[1-9]\d{0,3})$/, 'a chunk'),
  v: (text) => numberFault(text, 1, /^[1-9]\d{0,8}$/, 'a version'),
  kind: kindFault,
  fact: factIdFault,
};

export interface MatchedRoute<N extends string> {
  readonly name: N;
  readonly variables: Readonly<Record<string, string>>;
  /** The query parameters it takes. */
  readonly query: readonly string[];
}

/**
 * The route of a request in a table, or undefined.
 *
 * @throws Refusal REQUEST_INVALID where a variable of its path is not what it may be
 */
export function matchIn<N extends string>(
  routes: readonly (RouteSpec & { readonly name: N })[],
  method: string,
  path: string,
): MatchedRoute<N> | undefined {
  const given = path.split('/');
  for (const route of routes) {
    const parts = route.path.split('/');
    if (route.method === method && isShaped(parts, given))
      return { name: route.name, variables: variablesIn(parts, given), query: route.query ?? [] };
  }
  return undefined;
}

function isShaped(parts: readonly string[], given: readonly string[]): boolean {
  const fits = (part: string, value = '') => (part.startsWith('{') ? value !== '' : part === value);
  return parts.length === given.length && parts.every((part, index) => fits(part, given[index]));
}

function variablesIn(parts: readonly string[], given: readonly string[]): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    if (!part.startsWith('{')) continue;
    const [name, value] = [part.slice(1, -1), given[index] ?? ''];
    const faultOf = FAULTS[name];
    if (faultOf === undefined) throw new Error('a route has a variable that nothing checks');
    const fault = faultOf(value, parts[index - 1] ?? '');
    if (fault !== undefined) throw new Refusal('REQUEST_INVALID', fault);
    variables[name] = value;
  }
  return variables;
}
