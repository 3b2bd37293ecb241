import { allNations } from '../codes/codes.ts';
import type { Report } from '../errors.ts';
import type { ReadMarking } from '../result.ts';
import { after, MAX_TEXT, type Slice, split } from '../text.ts';
import { NATO_LADDER, type NatoLevel } from './ladder.ts';
import {
  isContext,
  isGroup,
  isSensitivity,
  NATO_ADMINISTRATIVE,
  type NatoMarking,
  natoLabel,
  natoName,
  natoRule,
  printNato,
  releaseOrder,
} from './policy.ts';

/**
 * NATO markings as text (MAN Table 4; ADatP-4774 Table 17 as rendered by its policy file):
 *
 * ```
 * nato = head { SP sensitivity } [ SP ( "Releasable to" SP names | names SP "ONLY" ) ] [ " - " admin { SP admin } ] ;
 * head = "COSMIC TOP SECRET"
 *      | "NATO" ["/" context] SP ( "SECRET" | "CONFIDENTIAL" | "RESTRICTED" | "UNCLASSIFIED" ) ;
 * sensitivity = "ATOMAL" | "BALK" | "BOHEMIA" | "CRYPTO" | "SIOP" ;          (* a-z *)
 * names = name { ", " name } ;                   (* English names of nations a-z, then groups a-z *)
 * ```
 */
const NAMES: ReadonlyMap<string, string> = new Map(allNations().map(([code]) => [natoName(code), code]));

export function readNatoText(text: string, on: string, report: Report): ReadMarking | undefined {
  if (text === '' || text.length > MAX_TEXT) return report(text === '' ? 'EMPTY' : 'TOO_LONG', 0);
  const at = [...text].findIndex((letter) => !isNatoLetter(letter));
  if (at >= 0) return report('FORBIDDEN_CHARACTER', at);

  const [line, admin, ...others] = split({ text, at: 0 }, ' - ');
  if (line === undefined || others.length > 0) return report('UNKNOWN_MARKING', others[0]?.at ?? 0);
  const head = readHead(line, report);
  if (head === undefined) return undefined;
  const body = readBody(head.rest, report);
  if (body === undefined) return undefined;
  const administrative = admin === undefined ? [] : readAdministrative(admin, report);
  if (administrative === undefined) return undefined;

  const marking: NatoMarking = { ...head.found, ...body, administrative };
  const wrong = natoRule(marking);
  return wrong === undefined ? compileNato(marking, on) : report(wrong, head.rest?.at ?? 0);
}

export function compileNato(marking: NatoMarking, on: string): ReadMarking {
  const rel = marking.only ?? marking.releasable;
  const canonical = printNato(marking);
  return {
    label: natoLabel(marking, on),
    canonical,
    parts: {
      marking: canonical,
      ...(marking.sensitivities.length === 0 ? {} : { nato: marking.sensitivities }),
      ...(rel === undefined ? {} : { rel }),
      ...(marking.administrative.length === 0 ? {} : { caveats: marking.administrative }),
    },
  };
}

/** Letters of nations' English names too: `Côte d'Ivoire`, `Guinea-Bissau`. */
const EXTRA = new Set([...NAMES.keys()].join(''));

function isNatoLetter(letter: string): boolean {
  return (
    (letter >= 'A' && letter <= 'Z') ||
    letter === ' ' ||
    letter === '/' ||
    letter === ',' ||
    EXTRA.has(letter)
  );
}

function readHead(
  line: Slice,
  report: Report,
):
  | { readonly found: { readonly level: NatoLevel; readonly context?: string }; readonly rest?: Slice }
  | undefined {
  const cosmic = beginsWith(line, 'COSMIC TOP SECRET');
  if (cosmic !== undefined) return { found: { level: 'TOP SECRET' }, ...cosmic };
  const slash = after(line, 'NATO/');
  const plain = after(line, 'NATO ');
  if (slash === undefined && plain === undefined) return report('UNKNOWN_LEVEL', line.at);
  for (const level of NATO_LADDER) {
    if (level === 'TOP SECRET') continue;
    if (plain !== undefined) {
      const rest = beginsWith(plain, level);
      if (rest !== undefined) return { found: { level }, ...rest };
    }
    const space = slash?.text.indexOf(` ${level}`) ?? -1;
    const context = slash?.text.slice(0, space) ?? '';
    if (slash === undefined || space < 0 || !isContext(context)) continue;
    const rest = beginsWith({ text: slash.text.slice(space + 1), at: slash.at + space + 1 }, level);
    if (rest !== undefined) return { found: { level, context }, ...rest };
  }
  return report('UNKNOWN_LEVEL', line.at);
}

/** `rest` is what follows a word and one space; absent at the end of the text. */
function beginsWith(slice: Slice, word: string): { readonly rest?: Slice } | undefined {
  if (slice.text === word) return {};
  const rest = after(slice, `${word} `);
  return rest === undefined || rest.text === '' ? undefined : { rest };
}

function readBody(
  rest: Slice | undefined,
  report: Report,
): Pick<NatoMarking, 'sensitivities' | 'releasable' | 'only'> | undefined {
  const sensitivities: string[] = [];
  let remaining = rest;
  while (remaining !== undefined) {
    const space = remaining.text.indexOf(' ');
    const word = space < 0 ? remaining.text : remaining.text.slice(0, space);
    if (!isSensitivity(word)) break;
    const previous = sensitivities.at(-1);
    if (previous !== undefined && previous >= word) {
      return report(previous === word ? 'DUPLICATE' : 'ITEM_ORDER', remaining.at);
    }
    sensitivities.push(word);
    remaining = space < 0 ? undefined : after(remaining, `${word} `);
  }
  if (remaining === undefined) return { sensitivities };
  const released = after(remaining, 'Releasable to ');
  if (released !== undefined) {
    const releasable = readNames(released, report);
    if (releasable?.includes('NATO')) return report('DUPLICATE', released.at);
    return releasable && { sensitivities, releasable };
  }
  if (!remaining.text.endsWith(' ONLY')) return report('UNKNOWN_MARKING', remaining.at);
  const only = readNames({ text: remaining.text.slice(0, -' ONLY'.length), at: remaining.at }, report);
  return only && { sensitivities, only };
}

function readNames(slice: Slice, report: Report): readonly string[] | undefined {
  const codes: string[] = [];
  for (const name of split(slice, ', ')) {
    const code = NAMES.get(name.text) ?? (isGroup(name.text) ? name.text : undefined);
    if (code === undefined) return report('UNKNOWN_CODE', name.at);
    const previous = codes.at(-1);
    if (codes.includes(code)) return report('DUPLICATE', name.at);
    if (previous !== undefined && releaseOrder(previous, code) > 0) return report('CODE_ORDER', name.at);
    codes.push(code);
  }
  return codes;
}

function readAdministrative(slice: Slice, report: Report): readonly string[] | undefined {
  const words = split(slice, ' ');
  for (const [index, word] of words.entries()) {
    if (!NATO_ADMINISTRATIVE.includes(word.text)) return report('UNKNOWN_MARKING', word.at);
    if (index > 0 && word.text <= (words[index - 1]?.text ?? '')) return report('ITEM_ORDER', word.at);
  }
  return words.map((word) => word.text);
}
