import { isCalendarDate, isCode } from './codes/codes.ts';
import { type MarkingError, markingError, Refusals, type Report } from './errors.ts';
import { isMarkingFormat, MARKING_FORMATS, type MarkingFormat } from './formats.ts';
import type { ReadContext, ReadMarking, ReadResult } from './result.ts';
import { readUkGsc } from './uk/gsc.ts';
import { readUsBanner, readUsPortion } from './us/banner.ts';

export type { MarkingError } from './errors.ts';
export type { MarkingFormat } from './formats.ts';
export type { MarkingParts, ReadContext, ReadResult } from './result.ts';

interface Reader {
  /** The nation or organisation whose marking this format is; absent where the marking itself says. */
  readonly markedBy?: string;
  readonly read: (input: string, on: string, report: Report) => ReadMarking | undefined;
}

const READERS: Readonly<Record<MarkingFormat, Reader>> = {
  'us-banner': { markedBy: 'USA', read: readUsBanner },
  'us-portion': { markedBy: 'USA', read: readUsPortion },
  'uk-gsc': { markedBy: 'GBR', read: readUkGsc },
};

/**
 * Reads one marking. Total: whatever the input, an answer and never an exception; time and memory are linear in
 * the input, and inputs beyond a format's size are refused unread.
 *
 * With a format, that grammar decides. Without one, a text is accepted only if exactly one grammar accepts it:
 * `SECRET` belongs to several nations and needs `originator`.
 */
export function readMarking(input: unknown, context: ReadContext): ReadResult {
  const { format, originator, on } = context;
  if (!isCalendarDate(on)) return refuse('INVALID_DATE');
  if (format !== undefined && !isMarkingFormat(format)) return refuse('UNKNOWN_FORMAT');
  if (originator !== undefined && !isCode(originator, on)) return refuse('UNKNOWN_ORIGINATOR');
  return format === undefined ? detect(input, originator, on) : readAs(format, input, originator, on);
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
  const { markedBy, read } = READERS[format];
  const refusals = new Refusals();
  if (originator !== undefined && markedBy !== undefined && originator !== markedBy) {
    refusals.report('ORIGINATOR_CONTRADICTS', 0);
  } else if (typeof input !== 'string') {
    refusals.report('NOT_A_MARKING', 0);
  } else {
    const marking = read(input, on, refusals.report);
    if (marking !== undefined && refusals.errors.length === 0) return { ok: true, format, ...marking };
  }
  const [first, ...rest] = refusals.errors;
  return { ok: false, format, errors: [first ?? markingError('UNRECOGNISED', 0), ...rest] };
}

function detect(input: unknown, originator: string | undefined, on: string): ReadResult {
  const accepted = MARKING_FORMATS.map((format) => readAs(format, input, originator, on)).filter(
    (result) => result.ok,
  );
  const [only, ...others] = accepted;
  if (only === undefined) return refuse('UNRECOGNISED');
  return others.length === 0 ? only : refuse('AMBIGUOUS');
}
