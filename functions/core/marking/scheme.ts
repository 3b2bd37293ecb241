import { perObject } from '../per-object.ts';
import { expand, isNation, membersOf } from './codes/codes.ts';
import { readCodes } from './codes/lists.ts';
import type { Report } from './errors.ts';
import type { ReadMarking } from './result.ts';
import type { Scheme, SchemeCaveat, SchemeLevel } from './scheme-format.ts';
import { after, MAX_TEXT, type Slice, split } from './text.ts';

/**
 * Reads a national scheme from its table:
 *
 * ```
 * marking = level { separator caveat } ;       (* one kind of separator throughout, no caveat twice *)
 * ```
 *
 * The alphabet is what the table's own spellings use, so that nothing outside the scheme gets as far as a look-up.
 */
export function readScheme(
  scheme: Scheme,
  text: string,
  on: string,
  report: Report,
): ReadMarking | undefined {
  if (!checkAlphabet(scheme, text, report)) return undefined;
  const { from, until } = scheme.inForce;
  if ((from !== undefined && on < from) || (until !== undefined && on > until))
    return report('RETIRED_MARKING', 0);

  const separator = scheme.separators.find((candidate) => text.includes(candidate));
  const [head, ...fields] = separator === undefined ? [{ text, at: 0 }] : split({ text, at: 0 }, separator);
  const found = findLevel(scheme, head?.text ?? '');
  if (found === undefined) {
    return report(scheme.retired.includes(head?.text ?? '') ? 'RETIRED_MARKING' : 'UNKNOWN_LEVEL', 0);
  }
  const caveats = readCaveats(scheme, found.level, fields, on, report);
  return caveats && compile(scheme, found, caveats, on);
}

interface FoundLevel {
  readonly frame: string;
  readonly level: SchemeLevel;
}

interface ReadCaveat {
  readonly caveat: SchemeCaveat;
  readonly text: string;
  readonly codes?: readonly string[];
}

const alphabetOf = perObject(
  (scheme: Scheme): ReadonlySet<string> =>
    new Set(
      [
        ...scheme.ladders.flatMap((ladder) => ladder.levels.flatMap((level) => level.spellings)),
        ...scheme.separators,
        ...scheme.caveats.flatMap((caveat) => caveat.spellings),
        ...scheme.retired,
        'ABCDEFGHIJKLMNOPQRSTUVWXYZ ,',
      ].join(''),
    ),
);

function checkAlphabet(scheme: Scheme, text: string, report: Report): boolean {
  if (text === '') report('EMPTY', 0);
  else if (text.length > MAX_TEXT) report('TOO_LONG', MAX_TEXT);
  else {
    const allowed = alphabetOf(scheme);
    const at = [...text].findIndex((letter) => !allowed.has(letter));
    if (at < 0) return true;
    report('FORBIDDEN_CHARACTER', at);
  }
  return false;
}

function findLevel(scheme: Scheme, spelling: string): FoundLevel | undefined {
  for (const { frame, levels } of scheme.ladders) {
    const level = levels.find((candidate) => candidate.spellings.includes(spelling));
    if (level !== undefined) return { frame, level };
  }
  return undefined;
}

function readCaveats(
  scheme: Scheme,
  level: SchemeLevel,
  fields: readonly Slice[],
  on: string,
  report: Report,
): readonly ReadCaveat[] | undefined {
  const read: ReadCaveat[] = [];
  for (const field of fields) {
    if (field.text === '') return report('EMPTY_CATEGORY', field.at);
    const found = readCaveat(scheme, field, on, report);
    if (found === undefined) return undefined;
    const { caveat } = found;
    if (read.some((other) => other.caveat.name === caveat.name)) return report('DUPLICATE', field.at);
    if (!caveat.levels.includes(level.name)) return report('CAVEAT_NEEDS_LEVEL', field.at);
    const excluded = read.some(
      (other) => caveat.excludes?.includes(other.caveat.name) || other.caveat.excludes?.includes(caveat.name),
    );
    if (excluded) return report('CAVEAT_EXCLUDED', field.at);
    read.push(found);
  }
  return read;
}

function readCaveat(scheme: Scheme, field: Slice, on: string, report: Report): ReadCaveat | undefined {
  for (const caveat of scheme.caveats) {
    if (caveat.effect !== 'release') {
      if (caveat.spellings.includes(field.text)) return { caveat, text: caveat.spellings[0] };
      continue;
    }
    const prefix = caveat.spellings.find((spelling) => field.text.startsWith(spelling));
    const list = prefix === undefined ? undefined : after(field, prefix);
    if (list === undefined) continue;
    const separator = caveat.listSeparator === ' ' ? ' ' : ', ';
    const codes = readCodes(list, separator, on, report);
    if (codes === undefined) return undefined;
    if (!codes.includes(caveat.includes)) return report('CAVEAT_NEEDS_OWNER', field.at);
    // A release to the owner alone releases nothing; it is not a spelling of the eyes-only caveat.
    if (codes.length < 2) return report('MISSING_LIST', field.at);
    return { caveat, codes, text: `${caveat.spellings[0]}${codes.join(separator)}` };
  }
  return report(scheme.retired.includes(field.text) ? 'RETIRED_MARKING' : 'UNKNOWN_MARKING', field.at);
}

/** An organisation's own information is its members' to read; a nation's is the nation's. */
export function ownerAudience(owner: string, on: string): readonly string[] {
  return isNation(owner) ? [owner] : membersOf(owner, on);
}

function compile(
  scheme: Scheme,
  { frame, level }: FoundLevel,
  caveats: readonly ReadCaveat[],
  on: string,
): ReadMarking {
  const named = (has: (caveat: SchemeCaveat) => boolean) =>
    caveats.flatMap(({ caveat }) => (has(caveat) ? [caveat.name] : [])).sort();
  // A caveat that binds handling decides nothing about release, so it also leaves the audience with the owner.
  const owner = level.untagged === 'owner' || caveats.length > 0;
  let audience: readonly string[] | null = owner ? ownerAudience(scheme.markedBy, on) : null;
  let rel: readonly string[] | undefined;
  for (const { caveat, codes } of caveats) {
    if (caveat.effect === 'audience') audience = [...caveat.audience].sort();
    if (caveat.effect === 'release' && codes !== undefined) {
      rel = codes;
      audience = expand(codes, on);
    }
  }
  const written = caveats.map((caveat) => caveat.text);
  return {
    label: {
      frame,
      level: level.name,
      compartments: named(({ effect }) => effect === 'compartment'),
      controls: named((c) => c.effect === 'control' || (c.effect === 'audience' && c.also === 'control')),
      owners: [scheme.markedBy],
      markedBy: scheme.markedBy,
      fgi: [],
      audience,
      displayOnly: [],
    },
    canonical: [level.spellings[0], ...written].join(scheme.separators[0] ?? ''),
    parts: {
      ...(written.length === 0 ? {} : { caveats: written }),
      ...(rel === undefined ? {} : { rel }),
    },
  };
}
