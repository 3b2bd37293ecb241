/** What differs between two versions of a fact, a line for each member or entry of a list, so that nothing hides in a long one. */
import { entries, kindOf, member } from '../facts/fact.ts';

export interface MemberChange {
  /** The member, and of a list that one entry is told of: `requirements`, `inventory/deployments`. */
  readonly name: string;
  /** Undefined for what was not there, and for what is no longer. */
  readonly was: unknown;
  readonly is: unknown;
}

/** Every difference; none for facts that say the same. */
export function memberChanges(before: unknown, after: unknown): readonly MemberChange[] {
  return [...lessMissing(before, after), ...differing('', before, after)];
}

function differing(name: string, was: unknown, is: unknown): readonly MemberChange[] {
  if (sameText(was, is)) return [];
  if (Array.isArray(was) && Array.isArray(is)) return entriesDiffering(name, was, is);
  if (!isObject(was) || !isObject(is))
    return name === '' ? membersDiffering('', was, is) : [{ name, was, is }];
  return membersDiffering(name, was, is);
}

function membersDiffering(above: string, was: unknown, is: unknown): readonly MemberChange[] {
  const names = new Set([...Object.keys(Object(was)), ...Object.keys(Object(is))]);
  return [...names]
    .sort()
    .flatMap((name) =>
      differing(above === '' ? name : `${above}/${name}`, member(was, name), member(is, name)),
    );
}

function entriesDiffering(
  name: string,
  was: readonly unknown[],
  is: readonly unknown[],
): readonly MemberChange[] {
  const gone = was.filter((x) => !is.some((y) => sameText(x, y)));
  const come = is.filter((x) => !was.some((y) => sameText(x, y)));
  if (gone.length === 0 && come.length === 0) return [{ name, was, is }];
  return [
    ...gone.map((x): MemberChange => ({ name, was: x, is: undefined })),
    ...come.map((x): MemberChange => ({ name, was: undefined, is: x })),
  ];
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sameText(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Of a standard, how many requirements of its instrument it lists as missing: what makes it look complete comes first. */
function lessMissing(before: unknown, after: unknown): readonly MemberChange[] {
  if (kindOf(before) !== 'standard') return [];
  const missing = (fact: unknown) =>
    entries(member(fact, 'requirements')).filter((r) => member(r, 'missing') !== undefined).length;
  const [was, is] = [missing(before), missing(after)];
  return was === is ? [] : [{ name: 'requirements missing', was, is }];
}
