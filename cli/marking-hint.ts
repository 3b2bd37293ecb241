/**
 * Why a marking was not read, for the person who wrote it: what the nearest grammar says, where, and what may have been
 * meant. A suggestion is only ever shown, never read in its place, and it is one that a grammar accepts.
 */
import { isCalendarDate } from '../functions/core/marking/codes/codes.ts';
import { type MarkingError, markingError } from '../functions/core/marking/errors.ts';
import { isMarkingFormat, MARKING_FORMATS, type MarkingFormat } from '../functions/core/marking/formats.ts';
import { frames, ladderOf } from '../functions/core/marking/ladders.ts';
import { type MarkingContext, readMarking } from '../functions/core/marking/read.ts';
import {
  canonicalSpelling,
  type Entry,
  IC_CONTROLS,
  LEVELS,
  NATO_LEVELS,
  NON_IC_CONTROLS,
  spellings,
} from '../functions/core/marking/us/register.ts';
import { nearest, slipsBetween } from '../functions/core/nearest.ts';
import { note, notePlace } from './terminal.ts';

interface MarkingHint {
  readonly format: MarkingFormat;
  readonly error: MarkingError;
  /** What a grammar accepts, and is near to what was written. */
  readonly meant: string | undefined;
}

/** Longer texts are documents, in which nobody misspelt one word; and the time for it stays small. */
const LONGEST = 200;

const REGISTER: readonly Entry<string>[] = [...LEVELS, ...NATO_LEVELS, ...IC_CONTROLS, ...NON_IC_CONTROLS];
const FULL_BY_SHORT = new Map(REGISTER.map((entry) => [entry.portion, canonicalSpelling(entry, 'banner')]));
const WORDS: readonly string[] = [
  ...new Set([
    ...frames().flatMap((frame) => ladderOf(frame) ?? []),
    ...REGISTER.flatMap((entry) => spellings(entry, 'banner')),
  ]),
];
/** Shorter words are abbreviations, of which one is always near another. */
const SHORTEST = 4;

/** A slip, and what the text would be without it. Nothing is ever left out: what is shown keeps every word there was. */
const SLIPS: readonly ((text: string) => readonly string[])[] = [
  (text) => [
    text
      .replace(/\s+/g, ' ')
      .replace(/ ?(\/+) ?/g, '$1')
      .trim(),
  ],
  (text) => [text.toUpperCase()],
  (text) => [text.replace(/\/+/, '//'), text.replace(/\/+/g, '//')],
  (text) => (/^\(|\)$/.test(text) ? [`(${text.replace(/^\(|\)$/g, '')})`] : []),
  (text) => [byPart(text, listInOrder)],
  (text) => [byPart(text, (part) => (WORDS.includes(part) ? part : likeKnown(part)))],
  (text) => [byPart(text, (part) => FULL_BY_SHORT.get(part) ?? part)],
];

const byPart = (text: string, of: (part: string) => string) => text.replace(/[^/()]+/g, (part) => of(part));

function likeKnown(part: string): string {
  const isOne = part.length >= SHORTEST && !/^(?:REL|DISPLAY ONLY)/.test(part);
  return (isOne ? nearest(part, WORDS) : undefined) ?? part;
}

/** USA first, then nations, then organisations, each in the order of the alphabet. */
function listInOrder(part: string): string {
  const [, what = '', list = ''] = /^(REL ?(?:TO)?|DISPLAY ONLY) ([A-Z, ]+)$/.exec(part) ?? [];
  if (list === '') return part;
  const place = (code: string) => (code === 'USA' ? 0 : code.length === 3 ? 1 : 2);
  const codes = list.split(/[ ,]+/).filter((code) => code !== '');
  codes.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1));
  return `${what.startsWith('REL') ? 'REL TO' : what} ${codes.join(', ')}`;
}

/** Every text that comes of leaving some of the slips away, the nearest first. */
function candidates(text: string): readonly string[] {
  let found: readonly string[] = [text];
  for (const slip of SLIPS) found = [...new Set(found.flatMap((each) => [each, ...slip(each)]))];
  const far = (each: string) => slipsBetween(text, each);
  return found.filter((each) => each !== text).sort((a, b) => far(a) - far(b));
}

function formatThatReads(text: string, context: MarkingContext, formats: readonly MarkingFormat[]) {
  return formats.find((format) => readMarking(text, { ...context, format }).ok);
}

/** Undefined for a marking that some grammar reads, though perhaps not one alone. */
export function markingHint(text: string, context: MarkingContext): MarkingHint | undefined {
  const { format: named } = context;
  const formats = named === undefined ? MARKING_FORMATS : MARKING_FORMATS.filter((each) => each === named);
  if (text.length > LONGEST || /^[{<]/.test(text)) return undefined;
  if (formatThatReads(text, context, formats) !== undefined) return undefined;
  for (const meant of candidates(text)) {
    const format = formatThatReads(meant, context, formats);
    if (format !== undefined) return { format, error: firstError(text, context, format), meant };
  }
  const [first] = formats
    .map((format) => ({ format, error: firstError(text, context, format), meant: undefined }))
    .sort((a, b) => readUntil(b.error) - readUntil(a.error));
  return first;
}

function firstError(text: string, context: MarkingContext, format: MarkingFormat): MarkingError {
  const read = readMarking(text, { ...context, format });
  return read.ok ? markingError('UNRECOGNISED', 0) : read.errors[0];
}

/** How far a grammar came. One that does not know the characters of the text was never near it. */
function readUntil({ code, at }: MarkingError): number {
  return code === 'FORBIDDEN_CHARACTER' ? -1 : at;
}

/** Told to the person who wrote the marking, beside the answer on standard error, and nowhere else. */
export function noteHint(text: string, context: MarkingContext): void {
  const hint = markingHint(text, context);
  if (hint === undefined) return;
  const { format, error, meant } = hint;
  notePlace(text, error.at);
  note(`  ${format} is nearest, at ${error.at}: ${error.code}: ${error.message}`);
  if (meant !== undefined) note(`  did you mean ${meant}`);
}

interface MarkingAsked {
  readonly marking: string;
  readonly format?: string;
  readonly owner?: string;
  readonly at?: string;
}

/** The same where a guard answers that it did not read the marking: it quotes nothing, and the person has it before them. */
export function noteUnread(
  { marking, format, owner, at }: MarkingAsked,
  reasons: readonly { readonly marking?: string }[],
): void {
  if (reasons.every((each) => each.marking === undefined)) return;
  const on = (at ?? new Date().toISOString()).slice(0, 10);
  if (!isCalendarDate(on) || (format !== undefined && !isMarkingFormat(format))) return;
  noteHint(marking, {
    on,
    ...(format !== undefined && { format }),
    ...(owner !== undefined && { originator: owner }),
  });
}
