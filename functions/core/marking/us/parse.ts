import type { Report } from '../errors.ts';
import { after, type Slice, split } from '../text.ts';
import {
  isAea,
  isFgi,
  isIc,
  isNatoSap,
  isNonIc,
  readAea,
  readFgi,
  readIc,
  readNatoSap,
  readNonIc,
  unknown,
} from './controls.ts';
import { readUsHead } from './head.ts';
import type { Form } from './register.ts';
import type { ParseOptions, UsMarking } from './syntax.ts';
import { findSystem, readSap, readSci } from './systems.ts';

/**
 * The line itself (MAN §A.6 pp15-16, §D.1 p27; own wording). `//` between categories, `/` between entries, `-` to a
 * compartment or subset, one space between sub-compartments and in FGI and JOINT lists, `, ` in release lists:
 *
 * ```
 * banner  = us | foreign | joint ;
 * us      = uslevel , tail ;
 * foreign = "//" , ( natolevel | owners , SP , anylevel ) , tail ;      (* no FGI category *)
 * joint   = "//JOINT" , SP , uslevel , SP , list , tail ;               (* USA and at least one other *)
 * tail    = ["//" sci] ["//" sap] ["//" natosap] ["//" aea] ["//" fgi] ["//" ic] ["//" nonic] ;
 * owners  = list | "FGI" ;            list = nation {SP nation} {SP organisation} ;      (* each a-z *)
 * sci     = system {"/" system} ;     system = name {"-" comp {SP sub}} ;     (* digits before letters, each once *)
 * sap     = ("SPECIAL ACCESS REQUIRED-" | "SAR-") prog {"/" prog} ;     prog = words {"-" comp {SP sub}} ;
 * natosap = "BALK" | "BOHEMIA" ;
 * aea     = item {"/" item} ;         item = rd ["-CNWDI"] ["-SIGMA" {SP num}] | frd ["-SIGMA" {SP num}]
 *                                          | "DOD UCNI" | "DOE UCNI" | "TFNI" | "ATOMAL" ;
 * fgi     = "FGI" [SP list] ;                                            (* no list: the source is concealed *)
 * ic      = control {"/" control} ;                                      (* register order, each once *)
 * nonic   = control {"/" control} ;
 * REL TO USA, codes   DISPLAY ONLY codes     codes = code {", " code} ;  (* nations a-z, then organisations a-z *)
 * portion = "(" same shape with portion spellings ")" ;
 * ```
 *
 * Every control may be written as its title or its abbreviation in a banner, and only as its portion mark in a
 * portion. Which markings may stand together is in `combinations.ts`.
 */
const CATEGORIES = ['sci', 'sap', 'natoSap', 'aea', 'fgi', 'ic', 'nonIc'] as const;
type Category = (typeof CATEGORIES)[number];

/** Reads the line between the parentheses, or the banner. Syntax only; `checkCombinations` judges the whole. */
export function parseUs(line: Slice, options: ParseOptions, report: Report): UsMarking | undefined {
  const segments = split(line, '//');
  // A foreign or joint line starts with the separator, so its first segment is empty.
  const foreign = segments[0]?.text === '';
  const [headSlice, ...tail] = foreign ? segments.slice(1) : segments;
  if (headSlice === undefined || headSlice.text === '') return report('EMPTY_CATEGORY', line.at);
  const head = readUsHead(headSlice, foreign, options, report);
  if (head === undefined) return undefined;

  let marking: UsMarking = { head, sci: [], sap: [], natoSap: [], aea: [], ic: [], nonIc: [] };
  let last = -1;
  for (const segment of tail) {
    const category = categoryOf(segment, options.form);
    if (category === undefined) return unknownSegment(segment, report);
    const order = CATEGORIES.indexOf(category);
    if (order <= last) return report('CATEGORY_ORDER', segment.at);
    last = order;
    const read = readCategory(category, segment, options, report);
    if (read === undefined) return undefined;
    marking = { ...marking, ...read };
  }
  return marking;
}

function categoryOf(segment: Slice, form: Form): Category | undefined {
  const first = segment.text.split('/', 1)[0] ?? '';
  if (sapIndicator(segment, form) !== undefined) return 'sap';
  if (isFgi(segment.text, form) || isFgi(first, form)) return 'fgi';
  if (isNatoSap(first)) return 'natoSap';
  if (isIc(first, form)) return 'ic';
  if (isNonIc(first, form)) return 'nonIc';
  if (isAea(first, form)) return 'aea';
  const dash = first.indexOf('-');
  return findSystem(dash < 0 ? first : first.slice(0, dash), form) === undefined ? undefined : 'sci';
}

function sapIndicator(segment: Slice, form: Form): Slice | undefined {
  return (
    after(segment, 'SAR-') ?? (form === 'banner' ? after(segment, 'SPECIAL ACCESS REQUIRED-') : undefined)
  );
}

function unknownSegment(segment: Slice, report: Report): undefined {
  const last = split(segment, '/').at(-1);
  if (last?.text.endsWith(' EYES ONLY')) return report('RETIRED_MARKING', segment.at);
  if (segment.text === 'SAR' || segment.text.startsWith('SAP-')) return report('MISSING_PROGRAM', segment.at);
  const [head] = split(split(segment, '/')[0] ?? segment, '-');
  return unknown(head ?? segment, report);
}

function readCategory(
  category: Category,
  segment: Slice,
  { form, on }: ParseOptions,
  report: Report,
): Partial<UsMarking> | undefined {
  switch (category) {
    case 'sci': {
      const sci = readSci(segment, form, report);
      return sci && { sci };
    }
    case 'sap': {
      const programs = sapIndicator(segment, form);
      const sap = programs && readSap(programs, form, report);
      return sap && { sap };
    }
    case 'natoSap': {
      const natoSap = readNatoSap(segment, report);
      return natoSap && { natoSap };
    }
    case 'aea': {
      const aea = readAea(segment, form, report);
      return aea && { aea };
    }
    case 'fgi': {
      const fgi = readFgi(segment, form, on, report);
      return fgi && { fgi };
    }
    case 'ic': {
      const ic = readIc(segment, form, on, report);
      return ic && { ic };
    }
    case 'nonIc': {
      const nonIc = readNonIc(segment, form, report);
      return nonIc && { nonIc };
    }
    default:
      return category satisfies never;
  }
}
