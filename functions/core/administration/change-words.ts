/** What differs between two states of a fact, a sentence for each member: what rises or falls, grows or loses, ends later or sooner. */
import { quoted, valueInWords } from '../facts/words/plain-words.ts';
import { type MemberChange, memberChanges } from './member-changes.ts';

/** Members that a reader knows by another word than their name. */
const CALLED: ReadonlyMap<string, string> = new Map([
  ['max', 'the threshold'],
  ['passAt', 'the bound that is met'],
  ['audience', 'the audience'],
  ['level', 'the level'],
  ['compartments', 'the list of compartments'],
  ['controls', 'the list of controls that are honoured'],
  ['outcome', 'the outcome'],
  ['standards', 'the list of standards that must permit'],
  ['accreditors', 'the list of accreditors that count'],
  ['people', 'the list of people who sign'],
  ['keys', 'the list of keys'],
  ['judged', 'the state that was judged'],
]);

/** Every difference, one sentence each; none for states that say the same. */
export function changesInWords(before: unknown, after: unknown): readonly string[] {
  return memberChanges(before, after).map(changeInWords);
}

function changeInWords(change: MemberChange): string {
  const { name, was, is, entry } = change;
  if (name === 'valid/to') return `it ${endInWords(is)}, ${endInWords(was, 'was to ')} (${sense(was, is)})`;
  if (name === 'valid/from') return `it begins ${String(is)}, was to begin ${String(was)}`;
  const [what, shown] = [memberInWords(name), (value: unknown) => valueInWords(value, lastOf(name))];
  if (entry === true)
    return was === undefined ? `${what} grows by ${shown(is)}` : `${what} loses ${shown(was)}`;
  if (typeof was === 'number' && typeof is === 'number')
    return `${what} ${is > was ? 'rises' : 'falls'} from ${shown(was)} to ${shown(is)}`;
  if (was === undefined) return `${what} is ${shown(is)}, and was not said`;
  if (is === undefined) return `${what} is no longer said, and was ${shown(was)}`;
  return `${what} becomes ${shown(is)}, and was ${shown(was)}`;
}

function endInWords(to: unknown, past = ''): string {
  const verb = past === '' ? 'ends' : `${past}end`;
  return to === null ? `${past === '' ? 'has' : 'had'} no known end` : `${verb} ${String(to)}`;
}

/** Days and instants alike begin with the day; on one day, the longer text is not known to be later. */
function sense(was: unknown, is: unknown): 'later' | 'sooner' | 'otherwise' {
  if (is === null) return 'later';
  if (was === null) return 'sooner';
  const [before, after] = [String(was).slice(0, 10), String(is).slice(0, 10)];
  if (before === after) return 'otherwise';
  return after > before ? 'later' : 'sooner';
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}

/** `rules/cap/max` → `the threshold of rules, cap`; whatever names an entry is other people's text. */
function memberInWords(name: string): string {
  const last = lastOf(name);
  const place = name
    .slice(0, -last.length)
    .split('/')
    .filter((part) => part !== '');
  const plain = (part: string) => (/^[\w.,: -]+$/.test(part) ? part : quoted(part));
  const what = CALLED.get(last) ?? plain(last);
  return place.length === 0 ? what : `${what} of ${place.map(plain).join(', ')}`;
}
