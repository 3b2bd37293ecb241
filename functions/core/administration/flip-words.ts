/** What flips and what goes dark, in words: the same on a screen, in a review and in the record two people sign. */
import { REASON_CODES, sentenceOf } from '../decision/reasons.ts';
import { ASSURANCES } from '../facts/route.ts';
import { byHeight, heightOf } from './marking-order.ts';
import type { Case, Flip, RefusalCause, Subject } from './simulation.ts';

export function subjectInWords(subject: Subject): string {
  if ('recent' in subject) return `recent request ${subject.recent}`;
  const [[kind, id] = ['', '']] = Object.entries(subject) as [string, string][];
  return `${kind} ${id}`;
}

/** `VENDOR_NOT_ASSESSED: A vendor … (vendor acme, standard US-STATE-TRUST, rule vendors)` */
export function causeInWords({ code, ...about }: RefusalCause): string {
  const { standard, rule, statedIn, vendor, network, hop, segment, owner, fact } = about;
  const parts = [
    vendor !== undefined && `vendor ${vendor}`,
    network !== undefined && `network ${network}`,
    hop !== undefined && `hop ${hop}`,
    segment !== undefined && `segment ${segment}`,
    owner !== undefined && `owner ${owner}`,
    standard !== undefined && `standard ${standard}`,
    statedIn !== undefined && `as ${statedIn} states it`,
    rule !== undefined && `rule ${rule}`,
    fact,
  ].filter((part) => typeof part === 'string');
  // A registry of another release may know more of them.
  const sentence = REASON_CODES.includes(code) ? `: ${sentenceOf(code)}` : '';
  return `${code}${sentence}${parts.length === 0 ? '' : ` (${parts.join(', ')})`}`;
}

/** When a flip is, and which end it moves. */
export function timeInWords({ direction, from, sooner, until, ends }: Flip): string {
  const early = sooner === undefined ? '' : `, or ${since(sooner)} once what is stopped is lifted,`;
  if (ends === undefined) return `${since(from)}${early} until ${until ?? 'no known end'}`;
  const { was, becomes } = ends;
  const word = direction === 'to-deny' ? 'ends sooner' : 'lasts longer';
  return `${word}: until ${becomes ?? 'no known end'} instead of ${was ?? 'no known end'}`;
}

function since(from: string | null): string {
  return from === null ? 'from now' : `from ${from}`;
}

/** What a forecast leaves out, while something is stopped. @param stopped keys of holds, one at least */
export function stoppedInWords(stopped: readonly string[]): string {
  return `STOPPED now by ${stopped.join(', ')}: what that stops is dark already, and stands in no list of what goes dark.`;
}

/** What a simulation was asked besides, while something is stopped. @param stops keys of holds, one at least */
export function stopsInWords(stops: readonly string[]): string {
  return `Stopped, or to be: ${stops.join(', ')} (\`registry holds\` says what, by whom and until when). Everything was asked as if any of them were not, too.`;
}

/** A way of asking: a case without its marking. */
type Way = Omit<Case, 'marking'>;

/** All but how well the path is known. */
function conditionInWords({ protection, flow, standards, supports, lifted }: Omit<Way, 'assurance'>): string {
  return [
    lifted === true && 'once what is stopped is lifted',
    protection !== undefined && `through the tunnel ${protection}`,
    flow !== undefined && `when the message declares ${flow}`,
    standards !== undefined && `when ${standards.join(', ')} must permit too`,
    supports !== undefined &&
      `by who can discharge ${supports.length === 0 ? 'nothing' : supports.join(', ')}`,
  ]
    .filter((part) => typeof part === 'string')
    .join(', ');
}

function assuranceInWords(ways: readonly Way[]): string {
  const known = ASSURANCES.filter((each) => ways.some(({ assurance }) => assurance === each));
  const isAny = known.length === 0 || known.length === ASSURANCES.length;
  return isAny ? '' : `over a path that is ${known.join(' or ')}`;
}

/** Without those that ask for a tunnel or a flow beside another that is the same without: they need none. */
function needed(ways: readonly Way[]): readonly Way[] {
  const textOf = ({ assurance, ...rest }: Way) => `${assurance} ${conditionInWords(rest)}`;
  const texts = new Set(ways.map(textOf));
  return ways.filter((way) => {
    const { protection, flow, ...rest } = way;
    const less: Way[] = [];
    if (protection !== undefined) less.push({ ...rest, ...(flow !== undefined && { flow }) });
    if (flow !== undefined) less.push({ ...rest, ...(protection !== undefined && { protection }) });
    return !less.some((each) => texts.has(textOf(each)));
  });
}

function waysInWords(ways: readonly Way[]): readonly string[] {
  const alike = Map.groupBy(needed(ways), ({ assurance: _any, ...rest }) => conditionInWords(rest));
  return [...alike]
    .map(([condition, each]) => [assuranceInWords(each), condition].filter((part) => part !== '').join(', '))
    .sort();
}

/** Markings that flip under the same conditions. */
export interface Conditional {
  /** Any of these; one that is empty is no condition. */
  readonly ways: readonly string[];
  /** Worst first. */
  readonly markings: readonly string[];
}

/** The markings of a flip by what must be asked for so that it flips, the worst first. */
export function conditionsOf(cases: readonly Case[]): readonly Conditional[] {
  const byMarking = Map.groupBy(cases, ({ marking }) => marking);
  const alike = Map.groupBy(byMarking.keys(), (marking) =>
    waysInWords((byMarking.get(marking) ?? []).map(({ marking: _same, ...way }) => way)).join('\n'),
  );
  return [...alike]
    .map(([said, markings]) => ({ ways: said.split('\n'), markings: worstFirst(markings) }))
    .sort((a, b) => byMarkingHeight(a.markings[0] ?? '', b.markings[0] ?? ''));
}

function byMarkingHeight(one: string, other: string): number {
  return byHeight(heightOf(one), heightOf(other)) || (one < other ? -1 : one === other ? 0 : 1);
}

function worstFirst(markings: readonly string[]): readonly string[] {
  return [...markings].sort(byMarkingHeight);
}
