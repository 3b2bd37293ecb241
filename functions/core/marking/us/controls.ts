/**
 * Reads the parts of a US line that follow its classification: foreign sources, nuclear markings, dissemination
 * controls.
 */
import { readCodes, readReleaseList } from '../codes/lists.ts';
import type { Report } from '../errors.ts';
import { after, type Slice, split } from '../text.ts';
import {
  AEA_MARKINGS,
  type Form,
  IC_CONTROLS,
  NATO_SAP,
  type NatoSap,
  NON_IC_CONTROLS,
  type NonIcControl,
  RETIRED_WORDS,
  SIGMAS,
  vocabulary,
} from './register.ts';
import { isReserved } from './reserved.ts';
import type { AeaItem, ForeignSources, IcItem, PlacedItem } from './syntax.ts';

const IC = { banner: vocabulary(IC_CONTROLS, 'banner'), portion: vocabulary(IC_CONTROLS, 'portion') };
const NON_IC = {
  banner: vocabulary(NON_IC_CONTROLS, 'banner'),
  portion: vocabulary(NON_IC_CONTROLS, 'portion'),
};
const AEA = { banner: vocabulary(AEA_MARKINGS, 'banner'), portion: vocabulary(AEA_MARKINGS, 'portion') };
const LISTED = ['AUTHORIZED FOR RELEASE TO ', 'REL TO ', 'DISPLAY ONLY '] as const;
const FGI_WORDS = { banner: ['FOREIGN GOVERNMENT INFORMATION', 'FGI'], portion: ['FGI'] } as const;
/** A portion may leave its release list to the banner: valid only inside a document (MAN §H.8 p150). */
const BARE_REL = 'REL';

export function isIc(item: string, form: Form): boolean {
  return (
    IC[form].has(item) || (form === 'portion' && item === BARE_REL) || listedPrefix(item, form) !== undefined
  );
}

export function isNonIc(item: string, form: Form): boolean {
  return NON_IC[form].has(item);
}

export function isAea(item: string, form: Form): boolean {
  const dash = item.indexOf('-');
  return AEA[form].has(dash < 0 ? item : item.slice(0, dash));
}

export function isNatoSap(item: string): item is NatoSap {
  return (NATO_SAP as readonly string[]).includes(item);
}

export function isFgi(segment: string, form: Form): boolean {
  return FGI_WORDS[form].some((word) => segment === word || segment.startsWith(`${word} `));
}

function listedPrefix(item: string, form: Form): (typeof LISTED)[number] | undefined {
  return LISTED.find((prefix) => item.startsWith(prefix) && IC[form].has(prefix.trimEnd()));
}

/** `FGI [list]`; without a list the source is concealed (MAN §H.7 p123). */
export function readFgi(segment: Slice, form: Form, on: string, report: Report): ForeignSources | undefined {
  for (const word of FGI_WORDS[form]) {
    if (segment.text === word) return { codes: [], at: segment.at };
    const list = after(segment, `${word} `);
    if (list === undefined) continue;
    const codes = readCodes(list, ' ', on, report);
    if (codes === undefined) return undefined;
    return codes.includes('USA') ? report('USA_NOT_ALLOWED', list.at) : { codes, at: segment.at };
  }
  return report('UNKNOWN_MARKING', segment.at);
}

/** `RD-CNWDI-SIGMA 14 20 / … / ATOMAL` in register order (MAN §H.6). */
export function readAea(segment: Slice, form: Form, report: Report): readonly AeaItem[] | undefined {
  const items: AeaItem[] = [];
  let last = -1;
  for (const item of split(segment, '/')) {
    const [head, ...suffixes] = split(item, '-');
    const entry = AEA[form].get(head?.text ?? '');
    if (entry === undefined) return unknown(item, report);
    if (entry.order === last) return report('DUPLICATE', item.at);
    if (entry.order < last) return report('ITEM_ORDER', item.at);
    last = entry.order;
    const rest = [...suffixes];
    const cnwdiWords =
      form === 'banner' ? ['CRITICAL NUCLEAR WEAPON DESIGN INFORMATION', 'CNWDI'] : ['CNWDI'];
    const cnwdi = entry.id === 'RD' && cnwdiWords.includes(rest[0]?.text ?? '');
    if (cnwdi) rest.shift();
    const sigma = rest.shift();
    const sigmas = sigma === undefined ? [] : readSigmas(sigma, entry.id, form, report);
    if (sigmas === undefined) return undefined;
    const extra = rest.shift();
    if (extra !== undefined) return unknown(extra, report);
    items.push({ id: entry.id, at: item.at, cnwdi, sigmas });
  }
  return items;
}

function readSigmas(piece: Slice, parent: string, form: Form, report: Report): readonly string[] | undefined {
  const numbers = after(piece, form === 'banner' ? 'SIGMA ' : 'SG ');
  if (numbers === undefined || (parent !== 'RD' && parent !== 'FRD')) return unknown(piece, report);
  const sigmas: string[] = [];
  for (const number of split(numbers, ' ')) {
    if (!SIGMAS.includes(number.text)) return report('RETIRED_MARKING', number.at);
    const previous = sigmas.at(-1);
    if (previous === number.text) return report('DUPLICATE', number.at);
    if (previous !== undefined && previous > number.text) return report('ITEM_ORDER', number.at);
    sigmas.push(number.text);
  }
  return sigmas;
}

/** Category 8. A bare `REL` yields REL TO without codes: the banner's list must be supplied. */
export function readIc(
  segment: Slice,
  form: Form,
  on: string,
  report: Report,
): readonly IcItem[] | undefined {
  const items: IcItem[] = [];
  let last = -1;
  for (const item of split(segment, '/')) {
    const read = readIcItem(item, form, on, report);
    if (read === undefined) return undefined;
    const order = IC_CONTROLS.findIndex((control) => control.id === read.id);
    if (order === last) return report('DUPLICATE', item.at);
    if (order < last) return report('ITEM_ORDER', item.at);
    last = order;
    items.push(read);
  }
  return items;
}

function readIcItem(item: Slice, form: Form, on: string, report: Report): IcItem | undefined {
  const prefix = listedPrefix(item.text, form);
  const list = prefix === undefined ? undefined : after(item, prefix);
  if (list !== undefined) {
    if (prefix === 'DISPLAY ONLY ') {
      const codes = readCodes(list, ', ', on, report);
      if (codes === undefined) return undefined;
      if (codes.includes('USA')) return report('USA_NOT_ALLOWED', list.at);
      return { id: 'DISPLAY ONLY', at: item.at, codes };
    }
    const codes = readReleaseList(list, on, report);
    return codes && { id: 'REL TO', at: item.at, codes };
  }
  if (form === 'portion' && item.text === BARE_REL) return { id: 'REL TO', at: item.at };
  const entry = IC[form].get(item.text);
  if (entry === undefined) return unknown(item, report);
  if (entry.id === 'REL TO' || entry.id === 'DISPLAY ONLY') return report('MISSING_LIST', item.at);
  return { id: entry.id, at: item.at };
}

/** Category 9, in register order. */
export function readNonIc(
  segment: Slice,
  form: Form,
  report: Report,
): readonly PlacedItem<NonIcControl>[] | undefined {
  const items: PlacedItem<NonIcControl>[] = [];
  let last = -1;
  for (const item of split(segment, '/')) {
    const entry = NON_IC[form].get(item.text);
    if (entry === undefined) return unknown(item, report);
    if (entry.order === last) return report('DUPLICATE', item.at);
    if (entry.order < last) return report('ITEM_ORDER', item.at);
    last = entry.order;
    items.push({ id: entry.id, at: item.at });
  }
  return items;
}

export function readNatoSap(segment: Slice, report: Report): readonly PlacedItem<NatoSap>[] | undefined {
  const items: PlacedItem<NatoSap>[] = [];
  for (const item of split(segment, '/')) {
    if (!isNatoSap(item.text)) return unknown(item, report);
    const previous = items.at(-1)?.id;
    if (previous === item.text) return report('DUPLICATE', item.at);
    if (previous !== undefined && previous > item.text) return report('ITEM_ORDER', item.at);
    items.push({ id: item.text, at: item.at });
  }
  return items;
}

/** The most telling reason for a word that its category does not have. */
export function unknown(item: Slice, report: Report): undefined {
  if (item.text === '') return report('EMPTY_CATEGORY', item.at);
  if (RETIRED_WORDS.has(item.text) || item.text.endsWith(' EYES ONLY'))
    return report('RETIRED_MARKING', item.at);
  return report(isReserved(item.text) ? 'WRONG_CATEGORY' : 'UNKNOWN_MARKING', item.at);
}
