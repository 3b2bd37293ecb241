/** What differs between two versions of a fact, a line for each member or entry of a list, so that nothing hides in a long one. */
import { entries, kindOf, member } from '../facts/fact.ts';

/** A member of a fact that is not what it was. */
export interface MemberChange {
  /** The member, and of a list that one entry is told of: `requirements`, `inventory/deployments`. */
  readonly name: string;
  /** The same without what entries are called: `carries/level` for `carries/US/level`. */
  readonly path: string;
  /** Undefined for what was not there, and for what is no longer. */
  readonly was: unknown;
  readonly is: unknown;
  /** True for an entry of a list that came or went; left out where the member itself changed. */
  readonly entry?: true;
  /** True where the same entries stand in another order; left out otherwise. */
  readonly order?: true;
}

/** Every difference; none for facts that say the same. */
export function memberChanges(before: unknown, after: unknown): readonly MemberChange[] {
  return [...lessMissing(before, after), ...differing(TOP, before, after)];
}

/** Where in a fact, with the names of entries and without. */
type Place = Pick<MemberChange, 'name' | 'path'>;

const TOP: Place = { name: '', path: '' };

function differing(at: Place, was: unknown, is: unknown): readonly MemberChange[] {
  if (sameText(was, is)) return [];
  if (Array.isArray(was) && Array.isArray(is)) return entriesDiffering(at, was, is);
  if (!isObject(was) || !isObject(is))
    return at === TOP ? membersDiffering(at, was, is) : [{ ...at, was, is }];
  return membersDiffering(at, was, is);
}

function membersDiffering(above: Place, was: unknown, is: unknown): readonly MemberChange[] {
  const names = new Set([...Object.keys(Object(was)), ...Object.keys(Object(is))]);
  const below = (name: string): Place =>
    above === TOP ? { name, path: name } : { name: `${above.name}/${name}`, path: `${above.path}/${name}` };
  return [...names].sort().flatMap((name) => differing(below(name), member(was, name), member(is, name)));
}

function entriesDiffering(
  at: Place,
  was: readonly unknown[],
  is: readonly unknown[],
): readonly MemberChange[] {
  const [gone, kept] = without(was, is);
  const [come, keptAfter] = without(is, was);
  const renewed = pairs(gone, come);
  const paired = new Set(renewed.flat());
  const alone = (list: readonly unknown[]) => list.filter((x) => !paired.has(x));
  return [
    ...renewed.flatMap(([x, y]) => differing({ ...at, name: `${at.name}/${nameOf(x) ?? ''}` }, x, y)),
    ...alone(gone).map((x): MemberChange => ({ ...at, was: x, is: undefined, entry: true })),
    ...alone(come).map((x): MemberChange => ({ ...at, was: undefined, is: x, entry: true })),
    ...(sameText(kept, keptAfter)
      ? []
      : [{ ...at, name: `${at.name}, their order`, was: kept, is: keptAfter, order: true as const }]),
  ];
}

/** The entries that are not in another list, each as often as it is more there, and the rest. */
function without(list: readonly unknown[], others: readonly unknown[]): readonly [unknown[], unknown[]] {
  const left = others.map((x) => JSON.stringify(x));
  const [more, rest]: [unknown[], unknown[]] = [[], []];
  for (const entry of list) {
    const at = left.indexOf(JSON.stringify(entry));
    if (at < 0) more.push(entry);
    else {
      left.splice(at, 1);
      rest.push(entry);
    }
  }
  return [more, rest];
}

/** What an entry of a list is called, where it has a name of its own. */
function nameOf(entry: unknown): string | undefined {
  const texts = (...members: readonly string[]) =>
    members.flatMap((each) => {
      const found = member(entry, each);
      return typeof found === 'string' ? [found] : [];
    });
  const [name] = texts('id', 'key', 'paragraph', 'criterion', 'frame', 'name', 'owner', 'citation');
  const deployment = texts('function', 'segment', 'vendor');
  return name ?? (deployment.length === 3 ? deployment.join(' ') : undefined);
}

/** Entries before and after that have a name nobody else in either list has. */
function pairs(gone: readonly unknown[], come: readonly unknown[]): readonly (readonly [unknown, unknown])[] {
  const [before, after] = [gone, come].map((list) => Map.groupBy(list, nameOf));
  return [...(before ?? [])].flatMap(([name, [x, ...others]]) => {
    const [y, ...more] = after?.get(name) ?? [];
    const isOne = name !== undefined && y !== undefined && others.length === 0 && more.length === 0;
    return isOne ? [[x, y] as const] : [];
  });
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameText(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Of a standard, how many requirements of its instrument it lists as missing: what makes it look complete comes first. */
function lessMissing(before: unknown, after: unknown): readonly MemberChange[] {
  if (kindOf(after) !== 'standard') return [];
  const missing = (fact: unknown) =>
    fact === undefined
      ? undefined
      : entries(member(fact, 'requirements')).filter((r) => member(r, 'missing') !== undefined).length;
  const [was, is] = [missing(before), missing(after)];
  return was === is ? [] : [{ name: 'requirements missing', path: 'requirements', was, is }];
}
