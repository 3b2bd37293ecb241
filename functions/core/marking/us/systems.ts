import type { Report } from '../errors.ts';
import { firstOutOfOrder, isLetters, isWord, type Slice, split } from '../text.ts';
import { CONTROL_SYSTEMS, type ControlSystem, type Form, RETIRED_WORDS, spellings } from './register.ts';
import { isReserved } from './reserved.ts';
import type { System } from './syntax.ts';

/**
 * ```
 * sci    = system {"/" system} ;
 * system = name {"-" comp} ;       comp = atom {SP atom} ;
 * sap    = ("SPECIAL ACCESS REQUIRED-" | "SAR-") prog {"/" prog} ;
 * prog   = words {"-" comp} ;
 * ```
 * Each level of the tree ascending, digits before letters, nothing twice (MAN §A.6 pp15-16, §H.4 p61, §H.5 p100).
 */
type Compartment = System['compartments'][number];

export function findSystem(name: string, form: Form): ControlSystem | undefined {
  return CONTROL_SYSTEMS.find((system) => spellings(system, form).includes(name));
}

export function readSci(slice: Slice, form: Form, report: Report): readonly System[] | undefined {
  const systems: System[] = [];
  for (const item of split(slice, '/')) {
    const system = readSystem(item, form, report);
    if (system === undefined) return undefined;
    systems.push(system);
  }
  return inOrder(systems, report);
}

function readSystem(item: Slice, form: Form, report: Report): System | undefined {
  if (item.text === '') return report('EMPTY_CATEGORY', item.at);
  const [head, ...tail] = split(item, '-');
  const name = head?.text ?? '';
  const rule = findSystem(name, form);
  if (rule === undefined) {
    if (RETIRED_WORDS.has(name)) return report('RETIRED_MARKING', item.at);
    return report(isReserved(name) ? 'WRONG_CATEGORY' : 'UNKNOWN_MARKING', item.at);
  }
  const compartments: Compartment[] = [];
  for (const piece of tail) {
    const compartment = readCompartment(piece, rule, form, report);
    if (compartment === undefined) return undefined;
    compartments.push(compartment);
  }
  if (compartments.length === 0 && rule.needsCompartment) return report('MISSING_COMPARTMENT', item.at);
  const ordered = inOrder(compartments, report);
  return ordered && { name: rule.id, at: item.at, compartments: ordered };
}

function readCompartment(
  piece: Slice,
  system: ControlSystem,
  form: Form,
  report: Report,
): Compartment | undefined {
  const [head, ...tail] = split(piece, ' ');
  const name = head?.text ?? '';
  const published = system.compartments.find((rule) =>
    form === 'banner' ? rule.banner?.includes(name) : rule.id === name,
  );
  const rule = published ?? system.unpublished;
  if (name === '' || rule === undefined) return report('MALFORMED_NAME', piece.at);
  if (published === undefined) {
    if (RETIRED_WORDS.has(name)) return report('RETIRED_MARKING', piece.at);
    if (isReserved(name)) return report('RESERVED_WORD', piece.at);
    if (!fits(name, system.unpublished?.shape)) return report('MALFORMED_NAME', piece.at);
  }
  for (const sub of tail) {
    if (!fits(sub.text, rule.subs)) return report('MALFORMED_NAME', sub.at);
    if (isReserved(sub.text)) return report('RESERVED_WORD', sub.at);
  }
  const subs = tail.map((sub) => sub.text);
  if (!ascending(subs, tail, report)) return undefined;
  return { name: published?.id ?? name, at: piece.at, subs };
}

function fits(
  name: string,
  shape:
    | { readonly only: 'letters' | 'alphanumeric'; readonly min: number; readonly max: number }
    | undefined,
): boolean {
  if (shape === undefined) return false;
  return shape.only === 'letters'
    ? isLetters(name, shape.min, shape.max)
    : isWord(name, shape.min, shape.max);
}

/** Special access programmes after the indicator, which is written once (MAN p100). */
export function readSap(slice: Slice, form: Form, report: Report): readonly System[] | undefined {
  const programs: System[] = [];
  for (const item of split(slice, '/')) {
    const program = readProgram(item, form, report);
    if (program === undefined) return undefined;
    programs.push(program);
  }
  return inOrder(programs, report);
}

function readProgram(item: Slice, form: Form, report: Report): System | undefined {
  const [head, ...tail] = split(item, '-');
  const name = head?.text ?? '';
  if (name === '') return report('MISSING_PROGRAM', item.at);
  if (name === 'SAR' || name === 'SPECIAL ACCESS REQUIRED') return report('REPEATED_INDICATOR', item.at);
  // DoDM 5200.01-V2 lets a banner say that there are several programmes; which ones is then undetermined.
  if (name === 'MULTIPLE PROGRAMS') return report('MISSING_PROGRAM', item.at);
  // A portion uses the abbreviation, two or three characters (MAN p101); a banner also the nickname.
  if (form === 'portion' && !isWord(name, 2, 3)) return report('MALFORMED_NAME', item.at);
  if (isReserved(name)) return report('RESERVED_WORD', item.at);
  for (const word of split({ text: name, at: item.at }, ' ')) {
    if (!isWord(word.text, 1, 32)) return report('MALFORMED_NAME', word.at);
    if (isReserved(word.text)) return report('RESERVED_WORD', word.at);
  }
  if (name.length < 2) return report('MALFORMED_NAME', item.at);
  const compartments: Compartment[] = [];
  for (const piece of tail) {
    const words = split(piece, ' ');
    for (const word of words) {
      if (!isWord(word.text, 1, 32)) return report('MALFORMED_NAME', word.at);
      if (isReserved(word.text)) return report('RESERVED_WORD', word.at);
    }
    const [compartment, ...subs] = words.map((word) => word.text);
    if (!ascending(subs, words.slice(1), report)) return undefined;
    compartments.push({ name: compartment ?? '', at: piece.at, subs });
  }
  const ordered = inOrder(compartments, report);
  return ordered && { name, at: item.at, compartments: ordered };
}

function ascending(names: readonly string[], slices: readonly Slice[], report: Report): boolean {
  const wrong = firstOutOfOrder(names);
  if (wrong === undefined) return true;
  report(wrong.duplicate ? 'DUPLICATE' : 'ITEM_ORDER', slices[wrong.index]?.at ?? 0);
  return false;
}

function inOrder<T extends { readonly name: string; readonly at: number }>(
  items: readonly T[],
  report: Report,
): readonly T[] | undefined {
  const names = items.map((item) => item.name);
  const repeated = names.findIndex((name, index) => names.indexOf(name) < index);
  if (repeated >= 0) return report('DUPLICATE', items[repeated]?.at ?? 0);
  const wrong = firstOutOfOrder(names);
  return wrong === undefined ? items : report('ITEM_ORDER', items[wrong.index]?.at ?? 0);
}
