import { isCalendarDate } from '../codes/codes.ts';
import type { Report } from '../errors.ts';
import type { ReadMarking } from '../result.ts';
import { isWord, MAX_TEXT, type Slice, split } from '../text.ts';
import { EPMS_LEVELS, type EpmsCaveat, readEpmsCaveat } from './epms-caveats.ts';

/**
 * Australian e-mail protective markings (Email Protective Marking Standard, 2018.4; Attorney-General's Department):
 *
 * ```
 * subject = "[" fields "]" ;
 * header  = "VER=" version ", NS=gov.au, " fields [", NOTE=" text] ", ORIGIN=" address ;   (* unfolded value *)
 * fields  = "SEC=" level { ", CAVEAT=" type ":" value } [", EXPIRES=" date ", DOWNTO=" level]
 *           { ", ACCESS=" marker } ;
 * type    = "C" | "FG" | "RI" | "SH" ;
 * ```
 *
 * EXPIRES and DOWNTO are checked and then ignored: time alone never lowers a label here. NOTE and ORIGIN carry no
 * access decision.
 */
const VERSIONS: ReadonlySet<string> = new Set(['2018.1', '2018.2', '2018.3', '2018.4', '2018.5', '2018.6']);
const ACCESS: ReadonlySet<string> = new Set(['Legal-Privilege', 'Legislative-Secrecy', 'Personal-Privacy']);

export function readEpmsSubject(text: string, on: string, report: Report): ReadMarking | undefined {
  if (!printable(text, report)) return undefined;
  if (!text.startsWith('[') || !text.endsWith(']')) return report('UNKNOWN_MARKING', 0);
  const fields = split({ text: text.slice(1, -1), at: 1 }, ', ');
  const marking = readFields(fields, on, report);
  return marking && compile(marking, (body) => `[${body}]`);
}

export function readEpmsHeader(text: string, on: string, report: Report): ReadMarking | undefined {
  if (!printable(text, report)) return undefined;
  const fields = split({ text, at: 0 }, ', ');
  const [version, namespace, ...rest] = fields;
  const origin = rest.pop();
  if (!version?.text.startsWith('VER=') || !VERSIONS.has(version.text.slice(4))) {
    return report('UNKNOWN_MARKING', 0);
  }
  if (namespace?.text !== 'NS=gov.au') return report('UNKNOWN_MARKING', namespace?.at ?? text.length);
  if (origin === undefined || !isOrigin(origin.text))
    return report('UNKNOWN_MARKING', origin?.at ?? text.length);
  const note = rest.at(-1)?.text.startsWith('NOTE=') ? rest.pop() : undefined;
  if (note !== undefined && (note.text === 'NOTE=' || note.text.length > 133))
    return report('MALFORMED_NAME', note.at);
  const marking = readFields(rest, on, report);
  const tail = [note, origin].flatMap((field) => (field === undefined ? [] : [field.text]));
  return marking && compile(marking, (body) => [version.text, namespace.text, body, ...tail].join(', '));
}

/** Printable ASCII without a second bracket pair: a line break would be a second header. */
function printable(text: string, report: Report): boolean {
  if (text === '' || text.length > MAX_TEXT) {
    report(text === '' ? 'EMPTY' : 'TOO_LONG', 0);
    return false;
  }
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const bracket = (code === 0x5b && at > 0) || (code === 0x5d && at < text.length - 1);
    if (code < 0x20 || code > 0x7e || bracket) {
      report('FORBIDDEN_CHARACTER', at);
      return false;
    }
  }
  return true;
}

/** `ORIGIN=local@host.gov.au`: one address, letters, digits and `._%+-` only. */
function isOrigin(field: string): boolean {
  if (!field.startsWith('ORIGIN=')) return false;
  const [local, host, ...others] = field.slice('ORIGIN='.length).split('@');
  const words = (part: string | undefined, separators: readonly string[]) =>
    part !== undefined &&
    separators
      .reduce((pieces, separator) => pieces.flatMap((piece) => piece.split(separator)), [part.toUpperCase()])
      .every((piece) => isWord(piece, 1, 64));
  return (
    others.length === 0 &&
    words(local, ['.', '_', '+', '-']) &&
    words(host, ['.', '-']) &&
    field.includes('.')
  );
}

interface EpmsFields {
  readonly level: (typeof EPMS_LEVELS)[number];
  readonly caveats: readonly EpmsCaveat[];
  readonly access: readonly string[];
  readonly expiry: readonly string[];
}

function readFields(fields: readonly Slice[], on: string, report: Report): EpmsFields | undefined {
  const [sec, ...rest] = fields;
  const level = EPMS_LEVELS.find((candidate) =>
    candidate.spellings.some((spelling) => sec?.text === `SEC=${spelling}`),
  );
  if (sec === undefined || level === undefined) return report('UNKNOWN_LEVEL', sec?.at ?? 0);

  const caveats: EpmsCaveat[] = [];
  while (rest[0]?.text.startsWith('CAVEAT=')) {
    const field = rest.shift() as Slice;
    const value = { text: field.text.slice('CAVEAT='.length), at: field.at + 'CAVEAT='.length };
    const caveat = readEpmsCaveat(value, level, on, report);
    if (caveat === undefined) return undefined;
    if (caveats.some((other) => other.text === caveat.text)) return report('DUPLICATE', field.at);
    if (caveat.audience !== undefined && caveats.some((other) => other.audience !== undefined)) {
      return report('CAVEAT_EXCLUDED', field.at);
    }
    caveats.push(caveat);
  }
  const expiry: string[] = [];
  if (rest[0]?.text.startsWith('EXPIRES=')) {
    const [expires, downto] = rest.splice(0, 2);
    if (!isCalendarDate(expires?.text.slice('EXPIRES='.length) ?? ''))
      return report('INVALID_DATE', expires?.at ?? 0);
    const lower = EPMS_LEVELS.find((candidate) => downto?.text === `DOWNTO=${candidate.spellings[0]}`);
    if (lower === undefined || lower.rank >= level.rank) return report('UNKNOWN_LEVEL', downto?.at ?? sec.at);
    expiry.push(expires?.text ?? '', downto?.text ?? '');
  }
  const access: string[] = [];
  for (const field of rest) {
    const marker = field.text.startsWith('ACCESS=') ? field.text.slice('ACCESS='.length) : '';
    if (!ACCESS.has(marker)) return report('UNKNOWN_MARKING', field.at);
    if (access.includes(marker)) return report('DUPLICATE', field.at);
    if (level.rank < 2) return report('CAVEAT_NEEDS_LEVEL', field.at);
    access.push(marker);
  }
  return { level, caveats, access, expiry };
}

function compile(
  { level, caveats, access, expiry }: EpmsFields,
  wrap: (body: string) => string,
): ReadMarking {
  const sorted = [...caveats].sort((left, right) => (left.text < right.text ? -1 : 1));
  const markers = [...access].sort();
  const body = [
    `SEC=${level.spellings[0]}`,
    ...sorted.map((caveat) => `CAVEAT=${caveat.text}`),
    ...expiry,
    ...markers.map((marker) => `ACCESS=${marker}`),
  ].join(', ');
  const named = sorted.find((caveat) => caveat.audience !== undefined)?.audience;
  const ownerOnly = level.rank >= 2 || caveats.length > 0;
  const written = [...sorted.map((caveat) => caveat.text), ...markers];
  return {
    label: {
      frame: 'AUS',
      level: level.name,
      compartments: sorted.flatMap((caveat) => caveat.compartment ?? []).sort(),
      controls: [...sorted.flatMap((caveat) => caveat.control ?? []), ...markers].sort(),
      owners: ['AUS'],
      markedBy: 'AUS',
      fgi: [...new Set(sorted.flatMap((caveat) => caveat.foreign ?? []))].sort(),
      audience: named ?? (ownerOnly ? ['AUS'] : null),
      displayOnly: [],
    },
    canonical: wrap(body),
    parts: written.length === 0 ? {} : { caveats: written },
  };
}
