/**
 * What in an operation lets more pass, or may: for pointing out, where `polarity.ts` says who may do it. A member that bears either
 * way counts whichever way it moves, so that what nobody can weigh is shown and not overlooked.
 */
import { type FactKind, kindOf, member, polarityOf } from '../facts/fact.ts';
import { isOfGrade } from '../facts/provenance.ts';
import { readingOf } from '../facts/reading.ts';
import type { RawFact } from '../facts/view.ts';
import { levelRank } from '../marking/ladders.ts';
import { bearingOf } from './bearings.ts';
import type { Operation } from './change.ts';
import { type MemberChange, memberChanges } from './member-changes.ts';

/** Kinds of which one more lets more pass. */
const GRANTING: ReadonlySet<FactKind | undefined> = new Set([
  'accreditation',
  'authority',
  'equivalence',
  'exemption',
  'mandate',
  'protection',
  'route',
  'waiver',
]);

/** Lists that are no sets: what comes first is said by their order. */
const ORDERED: ReadonlySet<string> = new Set(['hops', 'layers']);

/** How an operation lets more pass. */
export interface Loosening {
  readonly phrase: string;
  /** The phrase without what differs from one fact to another: what is done to many is one way, whoever they are. */
  readonly way: string;
}

/** How it lets more pass; undefined where nothing is seen that does. */
export function looseningOf(operation: Operation, current: RawFact | undefined): Loosening | undefined {
  switch (operation.op) {
    case 'add':
      return recordLoosens(operation.fact);
    case 'replace':
      return correctionLoosens(current, operation.fact);
    case 'end':
      return current !== undefined && polarityOf(current) === 'adverse' && kindOf(current) !== 'vendor'
        ? alike('ends something that refuses')
        : undefined;
    default:
      return unknownOperation(operation);
  }
}

/** Kinds by which others are judged: one more may take the place of what refuses. */
const JUDGING: ReadonlySet<FactKind | undefined> = new Set(['criteria-set', 'standard']);

/** Of what kind, and for when: one for today among those for next year is another way. */
function recordLoosens(fact: RawFact): Loosening | undefined {
  const kind = kindOf(fact);
  const valid = member(fact, 'valid');
  const until = member(valid, 'to');
  const when = `from ${member(valid, 'from')}${typeof until === 'string' ? ` until ${until}` : ' without an end'}`;
  if (JUDGING.has(kind)) return alike(`records a ${kind}, by which others are judged, ${when}`);
  return grants(fact)
    ? alike(`records ${NAMED_AS[kind ?? ''] ?? `a ${kind}`} that permits, ${when}`)
    : undefined;
}

/** Kinds that begin with a vowel. */
const NAMED_AS: Readonly<Record<string, string>> = {
  accreditation: 'an accreditation',
  assessment: 'an assessment',
  authority: 'an authority',
  equivalence: 'an equivalence',
  exemption: 'an exemption',
};

function alike(phrase: string): Loosening {
  return { phrase, way: phrase };
}

function grants(fact: RawFact): boolean {
  const kind = kindOf(fact);
  return GRANTING.has(kind) || (kind === 'assessment' && polarityOf(fact) === 'favourable');
}

function correctionLoosens(before: RawFact | undefined, after: RawFact): Loosening | undefined {
  const kind = kindOf(after);
  if (before === undefined || kind === undefined || !readingOf(before).sound)
    return alike('replaces what nobody can compare');
  if (!grants(before) && grants(after)) return alike('turns a refusal into a grant');
  const found = memberChanges(before, after).flatMap((change) => memberLoosens(change, kind, after) ?? []);
  // What is known to loosen is the better phrase.
  return together([...found.filter(({ isKnown }) => isKnown), ...found.filter(({ isKnown }) => !isKnown)]);
}

/** Phrases told of one fact. */
const MOST_PHRASES = 3;

/** All that one correction does: what it does besides is another way, and does not hide among those that do the first alone. */
function together(found: readonly Loosening[]): Loosening | undefined {
  const [phrases, ways] = (['phrase', 'way'] as const).map((how) => [
    ...new Set(found.map((each) => each[how])),
  ]);
  if (phrases === undefined || ways === undefined || phrases.length === 0) return undefined;
  const more = phrases.length > MOST_PHRASES ? [`and ${phrases.length - MOST_PHRASES} more`] : [];
  return { phrase: [...phrases.slice(0, MOST_PHRASES), ...more].join('; '), way: ways.join('; ') };
}

/** Of one member; `isKnown` where it does let more pass, and not only may. */
interface MemberLoosening extends Loosening {
  readonly isKnown: boolean;
}

function memberLoosens(change: MemberChange, kind: FactKind, after: RawFact): MemberLoosening | undefined {
  const { path } = change;
  if (isOfSources(path)) return sourceLoosens(change);
  if (path.startsWith('valid/')) return timeLoosens(change, kind, after);
  const bearing = bearingOf(kind, path);
  if (bearing === 'nothing') return undefined;
  const direction = directionOf(change);
  if (direction === 'order' && !ORDERED.has(path)) return undefined;
  if (direction !== 'more' && direction !== 'less') return mayLoosen(changed(change));
  const moved = movedInWords(change, direction);
  if (bearing === 'either') return mayLoosen(moved);
  return direction === bearing ? { ...moved, isKnown: true } : undefined;
}

function mayLoosen({ phrase, way }: Loosening): MemberLoosening {
  return { phrase: `${phrase}${MAY}`, way: `${way}${MAY}`, isKnown: false };
}

const MAY = ', on which what is refused rests';

/** Longer ones, as digests, say nothing to whoever reads them. */
const SHORT = 40;

function changed({ name, path, was, is }: MemberChange): Loosening {
  const isTold = [was, is].every((each) => typeof each === 'string' && each.length <= SHORT);
  return { phrase: `changes ${name}${isTold ? ` from ${was} to ${is}` : ''}`, way: `changes ${path}` };
}

/** Of time: what permits does so from earlier or until later, and what refuses ends earlier or begins later. */
function timeLoosens(change: MemberChange, kind: FactKind, after: RawFact): MemberLoosening | undefined {
  const { path } = change;
  const bearing = bearingOf(kind, 'valid');
  const direction = directionOf(change);
  const isEnd = path === 'valid/to';
  if (bearing === 'either' || path === 'valid/zone' || (direction !== 'more' && direction !== 'less'))
    return mayLoosen(changed(change));
  const refuses = bearing === 'less' || (kind === 'assessment' && polarityOf(after) === 'adverse');
  const isLater = direction === 'more';
  if ((refuses === isEnd) === isLater) return undefined;
  const phrase = TIME_LOOSENS[refuses ? 'refuses' : 'permits'][isEnd ? 'end' : 'begin'];
  const { was, is } = change;
  return { ...alike(`${phrase}: ${dayInWords(was)} to ${dayInWords(is)}`), isKnown: true };
}

const TIME_LOOSENS = {
  refuses: { begin: 'lets something that refuses begin later', end: 'shortens something that refuses' },
  permits: { begin: 'lets something that permits begin earlier', end: 'prolongs something that permits' },
} as const;

function dayInWords(day: unknown): string {
  return typeof day === 'string' ? day : 'no end';
}

type Direction = 'more' | 'less' | 'order' | 'unclear';

/** The level of one frame: the highest that is carried, and the lowest that is judged. */
const LEVEL = /^(?:carries|from)\/([^/]+)\/level$/;

function directionOf({ name, path, was, is, entry, order }: MemberChange): Direction {
  if (order === true) return 'order';
  if (entry === true) return was === undefined ? 'more' : 'less';
  const [, frame] = LEVEL.exec(name) ?? [];
  if (frame !== undefined) return compared(levelRank(frame, String(was)), levelRank(frame, String(is)));
  if (typeof is === 'boolean' || typeof was === 'boolean') return compared(flagged(was), flagged(is));
  if (typeof was === 'number' && typeof is === 'number') return compared(was, is);
  if (path.startsWith('valid/') || path === 'inventory/asOf') return compared(placed(was), placed(is));
  return 'unclear';
}

function compared(was: number | undefined, is: number | undefined): Direction {
  if (was === undefined || is === undefined || Number.isNaN(was - is) || was === is) return 'unclear';
  return was < is ? 'more' : 'less';
}

/** A flag that is not said is not set. */
function flagged(value: unknown): number {
  return value === true ? 1 : 0;
}

/** A day or an instant where its text tells; no end is after every other. A zone is a member of its own. */
function placed(day: unknown): number | undefined {
  if (day === null) return Number.MAX_SAFE_INTEGER;
  return typeof day === 'string' ? Date.parse(day) : undefined;
}

/** By how much, where that is short: the same of another size is another way. */
function movedInWords({ name, path, was, is, entry }: MemberChange, direction: 'more' | 'less'): Loosening {
  const isMore = direction === 'more';
  const entered = was ?? is;
  const by = typeof entered === 'string' && entered.length <= SHORT ? ` by ${entered}` : '';
  if (entry === true) return said('makes', ` ${isMore ? 'longer' : 'shorter'}${by}`, name, path);
  if (typeof is === 'boolean') return said(is ? 'sets' : 'unsets', '', name, path);
  const fromTo = ` from ${figureOf(path, was)} to ${figureOf(path, is)}`;
  return said(isMore ? 'raises' : 'lowers', fromTo, name, path);
}

/** Shares and thresholds are kept in hundredths of a percent. */
function figureOf(path: string, value: unknown): string {
  const isShare = typeof value === 'number' && /(?:^|\/)(?:share|shares|passAt|max)(?:\/|$)/.test(path);
  return isShare ? `${value / 100} %` : String(value);
}

function said(verb: string, end: string, name: string, path: string): Loosening {
  return { phrase: `${verb} ${name}${end}`, way: `${verb} ${path}${end}` };
}

/** The sources of a fact, and of what it rests on: a mandate may ask that each was read. */
function isOfSources(path: string): boolean {
  return /^(?:sources|ending|items\/evidence)(?:$|\/)/.test(path);
}

function sourceLoosens({ name, path, was, is, entry }: MemberChange): MemberLoosening | undefined {
  if (entry === true && was !== undefined && !isBest(was))
    return { ...said('drops a citation of', ' that nobody may have read', name, path), isKnown: true };
  if (entry !== true && /\/(?:verified|primary)$/.test(path) && is === true)
    return { ...alike('says that a citation was read'), isKnown: true };
  return undefined;
}

function isBest(cited: unknown): boolean {
  const verified = member(cited, 'verified') === true;
  return isOfGrade({ verified, primary: member(cited, 'primary') === true }, 'primary');
}

function unknownOperation(operation: never): never {
  throw new Error(`no such operation: ${Object.keys(operation).join()}`);
}
