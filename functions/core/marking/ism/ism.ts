import type { Report } from '../errors.ts';
import type { ReadMarking } from '../result.ts';
import { checkCombinations } from '../us/combinations.ts';
import { usLabel, usParts } from '../us/compile.ts';
import { CUI_CATEGORIES, cuiAudience } from '../us/cui-register.ts';
import { LEVELS } from '../us/register.ts';
import type { UsMarking } from '../us/syntax.ts';
import { DECIDING, type IsmAttributes, readAttributes } from './attributes.ts';
import { cuiControls, ismMarking } from './marking.ts';
import { natoHighWaterError } from './nato-high-water.ts';

/**
 * IC-ISM attributes as one JSON object of attributes: `{ "classification": "S", "ownerProducer": "USA", … }`.
 * The guard's subset of the public Schematron (ISM 2021-NOVr2022-NOV), restated over the same marking that a
 * banner yields; the two encodings differ only in ORCON-USGOV, which ISM writes beside ORCON (00302).
 */
export function readIsmAttributes(input: unknown, on: string, report: Report): ReadMarking | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return report('NOT_A_MARKING', 0);
  const read = readIsm(Object.entries(input), on, report);
  return read && { ...read.marking, canonical: JSON.stringify(Object.fromEntries(read.entries)) };
}

/** An ISM marking that was read. */
export interface ReadIsm {
  readonly marking: Omit<ReadMarking, 'canonical'>;
  /** The deciding attributes in their canonical order and spelling. */
  readonly entries: readonly (readonly [string, string])[];
}

export function readIsm(
  input: readonly (readonly [string, unknown])[],
  on: string,
  report: Report,
): ReadIsm | undefined {
  const attributes = readAttributes(input, report);
  if (attributes === undefined) return undefined;
  const marking = ismMarking(attributes, on, report);
  if (marking === undefined || !checkRules(marking, attributes, on, report)) return undefined;
  const cui = readCui(attributes, marking, report);
  if (cui === undefined) return undefined;
  const label = usLabel(marking, on);
  const level = LEVELS.find((entry) => entry.id === marking.head.level)?.portion ?? '';
  // Under the rules of CUI and without a category it is what a banner `CUI` says, not what has none.
  const bound = complies(attributes, 'USA-CUI', 'USA-CUI-ONLY') && marking.head.level === 'UNCLASSIFIED';
  return {
    marking: {
      label: {
        ...label,
        compartments: [
          // A concealed source that has a NATO high-water mark is NATO's too.
          ...new Set([
            ...label.compartments,
            ...(attributes.tokens('highWaterNATO').length > 0 ? ['NATO'] : []),
          ]),
          ...(bound ? ['CUI'] : []),
          ...cui.categories.map((name) => `CUI:${name}`),
        ].sort(),
        controls: [...label.controls, ...cui.controls].sort(),
        audience: cuiAudience(cui.controls, label.audience),
      },
      parts: { ...usParts(marking), nativeLevel: level, ...(bound ? { cui: cui.categories } : {}) },
    },
    entries: canonicalEntries(attributes),
  };
}

function checkRules(marking: UsMarking, attributes: IsmAttributes, on: string, report: Report): boolean {
  let sound = true;
  const note: Report = (code) => {
    sound = false;
    return report(code, 0);
  };
  checkCombinations(marking, on, note, 'ism');
  const has = (id: string) => marking.ic.some((item) => item.id === id);
  const decided = ['NOFORN', 'REL TO', 'RELIDO', 'DISPLAY ONLY'].some(has);
  const classified = marking.head.level !== 'UNCLASSIFIED';
  // 00119. The rule binds documents that say they comply with USIC; the sender chooses that word, so all do here.
  if (classified && marking.head.kind === 'us' && !decided) note('NEEDS_RELEASE_DECISION', 0);
  if (has('PROPIN') && !decided) note('NEEDS_RELEASE_DECISION', 0); // 00473
  if (has('ORCON-USGOV') && !has('ORCON')) note('NEEDS_ORCON', 0); // 00302
  const nato = natoHighWaterError(marking, attributes);
  if (nato !== undefined) note(nato, 0);
  return sound;
}

function complies(attributes: IsmAttributes, ...words: readonly string[]): boolean {
  const said = attributes.informs('compliesWith')?.split(' ') ?? [];
  return words.some((word) => said.includes(word));
}

/** CUI is not used in IC documents (00478), and AC and AWP need cuiBasic PRIVILEGE (00507). */
function readCui(
  attributes: IsmAttributes,
  marking: UsMarking,
  report: Report,
): { readonly categories: readonly string[]; readonly controls: readonly string[] } | undefined {
  const basic = attributes.tokens('cuiBasic');
  const specified = attributes.tokens('cuiSpecified');
  const controls = cuiControls(attributes)
    .map((token) => token.replace('_', ' '))
    .sort();
  if (basic.length + specified.length + controls.length === 0)
    return attributes.cuiOnly ? report('CUI_ONLY', 0) : { categories: [], controls: [] };
  if (complies(attributes, 'USIC') || !complies(attributes, 'USA-CUI', 'USA-CUI-ONLY'))
    return report('CUI_NOT_ALLOWED', 0);
  if (marking.head.level !== 'UNCLASSIFIED') return report('UNCLASSIFIED_ONLY', 0);
  if ([...basic, ...specified].some((name) => !CUI_CATEGORIES.has(name))) return report('UNKNOWN_MARKING', 0);
  const privileged = controls.includes('AC') || controls.includes('AWP');
  if (privileged && !basic.includes('PRIVILEGE')) return report('MISSING_PARENT', 0);
  return { categories: [...specified.map((name) => `SP-${name}`).sort(), ...[...basic].sort()], controls };
}

function canonicalEntries(attributes: IsmAttributes): readonly (readonly [string, string])[] {
  const complies = attributes.informs('compliesWith');
  const deciding = DECIDING.flatMap((name) => {
    const tokens = attributes.tokens(name);
    if (tokens.length === 0) return [];
    const [first, ...rest] = tokens;
    // A release list starts with USA; every other list has one sorted spelling.
    const ordered =
      name === 'releasableTo' && first !== undefined ? [first, ...rest.sort()] : [...tokens].sort();
    return [[name, ordered.join(' ')] as const];
  });
  return [...(complies === undefined ? [] : [['compliesWith', complies] as const]), ...deciding];
}
