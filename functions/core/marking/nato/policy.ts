import { expand, isNation, nationName } from '../codes/codes.ts';
import type { MarkingErrorCode } from '../errors.ts';
import type { Label } from '../label.ts';
import { ownerAudience } from '../scheme.ts';
import { NATO_LADDER, type NatoLevel } from './ladder.ts';

/**
 * The NATO security policy as a policy file states it: per category its type and the levels it is not
 * used with. Restated from ADatP-4774 (the NATO SPIF published with its Table 17 examples, 2015) and MAN Table 4.
 */
/** What the values of a category do. RESTRICTIVE: every value must be held. PERMISSIVE: the values admit. INFORMATIVE: no access effect. */
export type CategoryType = 'RESTRICTIVE' | 'PERMISSIVE' | 'INFORMATIVE';
export const NATO_CATEGORIES: ReadonlyMap<string, CategoryType> = new Map<string, CategoryType>([
  ['Additional Sensitivity', 'RESTRICTIVE'],
  ['Releasable To', 'PERMISSIVE'],
  ['Only', 'PERMISSIVE'],
  ['Context', 'PERMISSIVE'],
  ['Administrative', 'INFORMATIVE'],
]);

/** Lowest level of each additional sensitivity. Obsolete ones (SIOP ESI, EXCLUSIVE …) are not listed. */
const SENSITIVITIES: ReadonlyMap<string, NatoLevel> = new Map<string, NatoLevel>([
  ['ATOMAL', 'CONFIDENTIAL'],
  ['BALK', 'TOP SECRET'],
  ['BOHEMIA', 'TOP SECRET'],
  ['CRYPTO', 'CONFIDENTIAL'],
  ['SIOP', 'UNCLASSIFIED'],
]);
export const NATO_ADMINISTRATIVE: readonly string[] = [
  'COMMERCIAL',
  'MANAGEMENT',
  'MEDICAL',
  'PERSONAL',
  'STAFF',
];
const CONTEXTS: ReadonlySet<string> = new Set([
  'EAPC',
  'GEORGIA',
  'IP',
  'ISAF',
  'KFOR',
  'PFP',
  'RESOLUTE SUPPORT',
  'RUSSIA',
  'UKRAINE',
]);
/** Groups a release may name besides nations; some only for unclassified information. */
const GROUPS: ReadonlyMap<string, 'any' | 'unclassified'> = new Map([
  ['NATO', 'any'],
  ['EAPC', 'unclassified'],
  ['ICI', 'unclassified'],
  ['IP', 'any'],
  ['ISAF', 'unclassified'],
  ['KFOR', 'any'],
  ['MD', 'any'],
  ['PARP', 'unclassified'],
  ['PATG', 'unclassified'],
  ['PFP', 'unclassified'],
  ['RESOLUTE SUPPORT', 'any'],
]);

/** What a NATO marking says, before it is a label. */
export interface NatoMarking {
  readonly level: NatoLevel;
  /** Context other than NATO itself: `KFOR`. */
  readonly context?: string;
  readonly sensitivities: readonly string[];
  readonly administrative: readonly string[];
  /** Codes and groups, without NATO; absent where nothing is released beyond NATO. */
  readonly releasable?: readonly string[];
  /** Codes and groups admitted, and nobody else. */
  readonly only?: readonly string[];
}

export function isContext(name: string): boolean {
  return CONTEXTS.has(name);
}

export function isGroup(name: string): boolean {
  return GROUPS.has(name);
}

export function isSensitivity(name: string): boolean {
  return SENSITIVITIES.has(name);
}

/** What the policy forbids about a marking whose words are all known; `undefined` if nothing. */
export function natoRule(marking: NatoMarking): MarkingErrorCode | undefined {
  const rank = NATO_LADDER.indexOf(marking.level);
  for (const name of marking.sensitivities) {
    const floor = SENSITIVITIES.get(name);
    if (floor === undefined) return 'UNKNOWN_MARKING';
    if (rank < NATO_LADDER.indexOf(floor)) return 'LEVEL_TOO_LOW';
  }
  const released = [...(marking.releasable ?? []), ...(marking.only ?? [])];
  // The policy releases COSMIC TOP SECRET to nobody outside the Alliance.
  if (
    marking.level === 'TOP SECRET' &&
    (released.some((name) => name !== 'NATO') || marking.context !== undefined)
  ) {
    return 'CAVEAT_NEEDS_LEVEL';
  }
  if (marking.level !== 'UNCLASSIFIED' && released.some((name) => GROUPS.get(name) === 'unclassified')) {
    return 'CAVEAT_NEEDS_LEVEL';
  }
  return undefined;
}

/** Order of a release list: nations by their English name, then groups by name. */
export function releaseOrder(left: string, right: string): number {
  if (isNation(left) !== isNation(right)) return isNation(left) ? -1 : 1;
  const [first, second] = [natoName(left), natoName(right)];
  return first === second ? 0 : first < second ? -1 : 1;
}

const LONG_NAMES: ReadonlyMap<string, string> = new Map([
  ['CZE', 'Czech Republic'],
  ['KOR', 'Korea'],
]);

export function natoName(code: string): string {
  return LONG_NAMES.get(code) ?? nationName(code) ?? code;
}

/** `NATO/KFOR CONFIDENTIAL Ireland, Sweden, Ukraine, NATO ONLY`: the marking the label stands for. */
export function printNato(marking: NatoMarking): string {
  const { level, context, sensitivities, administrative, releasable, only } = marking;
  const head =
    level === 'TOP SECRET'
      ? 'COSMIC TOP SECRET'
      : `NATO${context === undefined ? '' : `/${context}`} ${level}`;
  const names = (codes: readonly string[]) => [...codes].sort(releaseOrder).map(natoName).join(', ');
  return [
    head,
    ...[...sensitivities].sort(),
    ...(releasable === undefined ? [] : [`Releasable to ${names(releasable)}`]),
    ...(only === undefined ? [] : [`${names(only)} ONLY`]),
    ...(administrative.length === 0 ? [] : [`- ${[...administrative].sort().join(' ')}`]),
  ].join(' ');
}

/** NATO's own information is its members'; a release adds to them, ONLY replaces them. */
export function natoLabel(marking: NatoMarking, on: string): Label {
  const { level, context, sensitivities, administrative, releasable, only } = marking;
  const members = ownerAudience('NATO', on);
  const codes = only ?? [...members, ...(releasable ?? [])];
  return {
    frame: 'NATO',
    level: level === 'TOP SECRET' ? 'COSMIC TOP SECRET' : `NATO ${level}`,
    compartments: [...sensitivities, ...(context === undefined ? [] : [`NATO/${context}`])].sort(),
    controls: [...administrative].sort(),
    owners: ['NATO'],
    markedBy: 'NATO',
    fgi: [],
    audience: expand(codes, on),
    displayOnly: [],
  };
}
