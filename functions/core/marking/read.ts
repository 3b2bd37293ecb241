import { parseStrictJson } from '../strict-json.ts';
import { readEpmsHeader, readEpmsSubject } from './aus/epms.ts';
import { isCalendarDate, isCode } from './codes/codes.ts';
import { type MarkingError, markingError, Refusals, type Report } from './errors.ts';
import {
  isJsonFormat,
  isMarkingFormat,
  isSchemeFormat,
  isTextFormat,
  isXmlFormat,
  type JsonFormat,
  MARKING_FORMATS,
  type MarkingFormat,
  type TextFormat,
} from './formats.ts';
import { readIsmAttributes } from './ism/ism.ts';
import { readNatoText } from './nato/text.ts';
import type { MarkingContext, ReadMarking, ReadResult } from './result.ts';
import { readScheme } from './scheme.ts';
import { SCHEMES } from './schemes/index.ts';
import { readStanag5636 } from './stanag/stanag-5636-json.ts';
import { readStructured } from './structured.ts';
import { readUkGsc } from './uk/gsc.ts';
import { readUsBanner, readUsPortion } from './us/banner.ts';
import { readCuiBanner, readCuiPortion } from './us/cui.ts';
import { readUsDocument } from './us/document.ts';
import { XML_READERS } from './xml-formats.ts';

export type { MarkingContext, ReadResult } from './result.ts';

type TextReader = (input: string, on: string, report: Report) => ReadMarking | undefined;
type ValueReader = (input: unknown, on: string, report: Report) => ReadMarking | undefined;

const TEXT_READERS: Readonly<Record<TextFormat, TextReader>> = {
  'us-banner': readUsBanner,
  'us-portion': readUsPortion,
  'cui-banner': readCuiBanner,
  'cui-portion': readCuiPortion,
  'uk-gsc': readUkGsc,
  'nato-text': readNatoText,
  'aus-epms-subject': readEpmsSubject,
  'aus-epms-header': readEpmsHeader,
};

const JSON_READERS: Readonly<Record<JsonFormat, ValueReader>> = {
  'us-document': readUsDocument,
  'ism-attrs': readIsmAttributes,
  'stanag-5636-json': readStanag5636,
  label: readStructured,
};

/**
 * Reads one marking. Total: whatever the input, an answer and never an exception; time and memory are linear in
 * the input, and inputs beyond a format's size are refused unread.
 *
 * With a format, that grammar decides. Without one, an input is accepted only if exactly one grammar accepts it:
 * `SECRET` belongs to several nations and needs `originator`. A structured format takes an object, or the JSON
 * text of one, which is then read without duplicate members.
 *
 * @example
 * readMarking('SECRET//REL TO USA, GBR', { on: '2026-01-01' }); // { ok: true, format: 'us-banner', label: … }
 */
export function readMarking(input: unknown, context: MarkingContext): ReadResult {
  const { format, originator, on } = context;
  if (typeof on !== 'string' || !isCalendarDate(on)) return refuse('INVALID_DATE');
  if (format !== undefined && !isMarkingFormat(format)) return refuse('UNKNOWN_FORMAT');
  if (originator !== undefined && !isCode(originator, on)) return refuse('UNKNOWN_ORIGINATOR');
  try {
    return format === undefined ? detect(input, originator, on) : readAs(format, input, originator, on);
  } catch {
    // INVARIANT: what cannot be read is refused. A reader that throws has found no marking, whatever the cause.
    return refuse('UNRECOGNISED');
  }
}

function refuse(code: MarkingError['code']): ReadResult {
  return { ok: false, errors: [markingError(code, 0)] };
}

function readAs(
  format: MarkingFormat,
  input: unknown,
  originator: string | undefined,
  on: string,
): ReadResult {
  const refusals = new Refusals();
  const read = readValue(format, input, on, refusals.report);
  const marking = read && settleOriginator(read, originator, on, refusals.report);
  if (marking !== undefined && refusals.errors.length === 0) return { ok: true, format, ...marking };
  const [first, ...rest] = refusals.errors;
  return { ok: false, format, errors: [first ?? markingError('UNRECOGNISED', 0), ...rest] };
}

function readValue(
  format: MarkingFormat,
  input: unknown,
  on: string,
  report: Report,
): ReadMarking | undefined {
  if (isJsonFormat(format)) {
    const value = typeof input === 'string' ? parseStrictJson(input) : undefined;
    if (value?.ok === false) return report('INVALID_JSON', value.at);
    return JSON_READERS[format](value === undefined ? input : value.value, on, report);
  }
  if (typeof input !== 'string') return report('NOT_A_MARKING', 0);
  if (isTextFormat(format)) return TEXT_READERS[format](input, on, report);
  if (isSchemeFormat(format)) return readScheme(SCHEMES[format], input, on, report);
  return XML_READERS[format](input, on, report);
}

/** A named originator must be the one the marking has; where the marking names none, it supplies it. */
function settleOriginator(
  marking: ReadMarking,
  originator: string | undefined,
  on: string,
  report: Report,
): ReadMarking | undefined {
  const { label } = marking;
  if (originator === undefined || originator === label.markedBy) return marking;
  // A policy this guard only knows by name stands in for its marking nation.
  if (isCode(label.markedBy, on)) return report('ORIGINATOR_CONTRADICTS', 0);
  return { ...marking, label: { ...label, markedBy: originator, owners: [originator] } };
}

/**
 * What the first character already rules out: JSON starts with a brace, XML with an angle bracket, no text marking
 * with either. Most of the cost of reading without a format would otherwise be parsers that cannot succeed.
 */
function couldBe(format: MarkingFormat, opening: string): boolean {
  if (isJsonFormat(format)) return opening === '{';
  const elements = isXmlFormat(format) && format !== 'sio-label-header';
  return elements ? opening === '<' : opening !== '{' && opening !== '<';
}

/** Tries every grammar the shape of the input allows. */
function detect(input: unknown, originator: string | undefined, on: string): ReadResult {
  const opening = typeof input === 'string' ? input.charAt(0) : '{';
  const shaped = MARKING_FORMATS.filter((format) => couldBe(format, opening));
  const accepted = shaped
    .map((format) => readAs(format, input, originator, on))
    .filter((result) => result.ok);
  const [only, ...others] = accepted;
  if (only === undefined) return refuse('UNRECOGNISED');
  return others.length === 0 ? only : refuse('AMBIGUOUS');
}
