/**
 * Where what a change is called says something else than what it is: an id or a reason that speaks of somebody else, that
 * renews what nothing renews, that tightens what loosens, or that names another level, share or end. Each rests on a word
 * that stands there; what is not found here is not thereby true.
 */
import { entries, type FactKind, factKey, idOfKey, kindOf, kindOfKey, member } from '../facts/fact.ts';
import type { RawFact } from '../facts/view.ts';
import { called, type FactNames, namesIn } from '../facts/words/names.ts';
import { isNation } from '../marking/codes/codes.ts';
import { type Facts, keyOf, type Operation } from './change.ts';
import { figuresAgainst } from './figures.ts';
import { looseningOf } from './loosening.ts';
import { containsWords, type Mention, SpokenNames, wordsIn } from './mentions.ts';
import { referencesOf } from './references.ts';

/** A place where what is said of a change is not what it does. */
export interface Contradiction {
  /** The operation it is about, from 0; null for the reason as a whole. */
  readonly operation: number | null;
  readonly sentence: string;
}

/** A change with what is said of it: the words that its content is held against. */
export interface ClaimedChange {
  readonly reason: string;
  readonly changes: readonly Operation[];
  /** What the operations are made to. */
  readonly facts: Facts;
  /** What everything registered is called. */
  readonly names: FactNames;
  /** Everything registered about the same; left out where nobody looked, and then no renewal is doubted. */
  readonly earlier?: readonly RawFact[];
}

const RENEWING = /\b(?:renew|extend|prolong)/iu;
const TIGHTENING =
  /\b(?:tighten|stricter|restrict|lower|reduc|narrow|harmless|typo|spelling|cosmetic|editorial|housekeeping)/iu;

/** Kinds whose id is what they are, and no description of what they are about. */
const NAMED_BY_ID: ReadonlySet<string | undefined> = new Set([
  'authority',
  'criteria-set',
  'standard',
  'network',
  'vendor',
]);

/** What somebody has to look for before a renewal can be doubted: facts of a kind that are about something. */
export interface RenewalToFind {
  readonly kind: FactKind;
  readonly about: string;
}

/** For each that is added under a reason or an id that speaks of renewing; each once. */
export function renewalsToFind(reason: string, changes: readonly Operation[]): readonly RenewalToFind[] {
  const wanted = new Map<string, RenewalToFind>();
  for (const operation of changes) {
    if (operation.op !== 'add') continue;
    const [kind, key = ''] = [kindOf(operation.fact), keyOf(operation)];
    if (kind === undefined || !EXPIRING.has(kind) || !(RENEWING.test(reason) || RENEWING.test(key))) continue;
    const named = referencesOf(operation.fact).map((each) => each.key);
    const about = named.find((each) => classOf(kindOfKey(each)) === 'carriage') ?? named[0];
    if (about !== undefined) wanted.set(`${kind} ${about}`, { kind, about });
  }
  return [...wanted.values()];
}

/** One operation, with all that its content is about. */
interface Told {
  readonly index: number;
  readonly operation: Operation;
  readonly current: RawFact | undefined;
  readonly fact: RawFact | undefined;
  readonly id: string;
  readonly about: readonly string[];
}

export function contradictionsOf(claimed: ClaimedChange): readonly Contradiction[] {
  const { changes, facts } = claimed;
  const written = changes.flatMap((each) => (each.op === 'end' ? [] : [each.fact]));
  const names = new Map([...namesIn(written), ...claimed.names]);
  const vocabulary = new SpokenNames(names);
  const told = changes.map((operation, index) => tellingOf(operation, index, facts));
  return [
    ...reasonContradicts(claimed, told, vocabulary),
    ...told.flatMap((each) => [
      ...idContradicts(each, vocabulary, names),
      ...nameContradicts(each, vocabulary),
      ...ownerContradicts(each),
    ]),
  ];
}

function tellingOf(operation: Operation, index: number, facts: Facts): Told {
  const key = keyOf(operation) ?? '';
  const current = facts.get(key);
  const fact = operation.op === 'end' ? current : operation.fact;
  const named = [fact, current].flatMap((each) => (each === undefined ? [] : referencesOf(each)));
  const about = [...new Set([key, ...named.map((each) => each.key)])];
  return { index, operation, current, fact, about, id: idOfKey(key) };
}

/** Vendors and networks are spoken of in one breath; a standard is contradicted by a standard alone. */
function classOf(kind: string | undefined): string | undefined {
  return kind === 'network' || kind === 'vendor' ? 'carriage' : kind === 'criteria-set' ? 'standard' : kind;
}

/** Of a class that a mention is of, what a content is about; none where it is about nothing that could contradict. */
function comparable([meant]: readonly Mention[], about: readonly string[]): readonly string[] {
  return about.filter((key) => classOf(kindOfKey(key)) === classOf(meant?.kind));
}

function idContradicts(
  { index, operation, fact, current, id, about }: Told,
  vocabulary: SpokenNames,
  names: FactNames,
): readonly Contradiction[] {
  const kind = kindOf(fact ?? current) ?? kindOfKey(keyOf(operation) ?? '');
  if (NAMED_BY_ID.has(kind)) return [];
  return vocabulary.mentionsIn(id).flatMap((meant): readonly Contradiction[] => {
    const others = comparable(meant, about);
    if (others.length === 0 || others.some((key) => vocabulary.isOfFamily(meant, key))) return [];
    const sentence = `the id speaks of ${vocabulary.inWords(meant)}, the content is about ${others.map((key) => calledByKey(names, key)).join(', ')}`;
    return [{ operation: index, sentence }];
  });
}

/** A vendor or network that is called as another one is, without having that one's id in its own, or belonging to it. */
function nameContradicts(
  { index, operation, id, about }: Told,
  vocabulary: SpokenNames,
): readonly Contradiction[] {
  const fact = operation.op === 'end' ? undefined : operation.fact;
  const [kind, name] = [kindOf(fact), member(fact, 'name')];
  if ((kind !== 'vendor' && kind !== 'network') || typeof name !== 'string') return [];
  return vocabulary.mentionsIn(name).flatMap((meant): readonly Contradiction[] => {
    const others = meant.filter((each) => each.kind === kind && each.id !== id);
    const isRelated = others.some(
      (each) => about.includes(factKey(each)) || containsWords(wordsIn(id), wordsIn(each.id)),
    );
    if (others.length === 0 || isRelated) return [];
    const sentence = `the name speaks of ${vocabulary.inWords(others)}, the id does not`;
    return [{ operation: index, sentence }];
  });
}

/** An id that begins with one nation's code, of something that is another one's: `gbr-…`. */
function ownerContradicts({ index, fact, id }: Told): readonly Contradiction[] {
  const owner = member(fact, 'owner') ?? member(member(fact, 'scope'), 'owner');
  const code = (wordsIn(id)[0] ?? '').toUpperCase();
  const isOther =
    kindOf(fact) !== 'standard' && typeof owner === 'string' && code !== owner && isNation(code);
  return isOther
    ? [
        {
          operation: index,
          sentence: `the id speaks of ${code}, the content is about information of ${owner}`,
        },
      ]
    : [];
}

function reasonContradicts(
  { reason, earlier, names }: ClaimedChange,
  told: readonly Told[],
  vocabulary: SpokenNames,
): readonly Contradiction[] {
  const mentions = vocabulary.mentionsIn(reason).filter(([meant]) => meant?.kind !== 'authority');
  const about = [...new Set(told.flatMap((each) => each.about))];
  const unfounded = mentions.filter((meant) => !about.some((key) => vocabulary.isOfFamily(meant, key)));
  const otherwise = figuresAgainst(reason);
  const vendors = mentions.filter((meant) => meant.some(({ kind }) => kind === 'vendor'));
  return [
    ...unfounded.map(
      (meant): Contradiction => ({
        operation: null,
        sentence: `the reason speaks of ${vocabulary.inWords(meant)}, and nothing in the change is about that`,
      }),
    ),
    ...nationsIn(reason)
      .filter((code) => !told.some(({ fact, current }) => says(fact, code) || says(current, code)))
      .map(
        (code): Contradiction => ({
          operation: null,
          sentence: `the reason speaks of ${code}, and nothing in the change names it`,
        }),
      ),
    ...told.flatMap((each) => [
      ...unnamedByReason(each, vendors, vocabulary, names),
      ...renewsNothing(reason, each, earlier, names),
      ...loosensThough(reason, each),
      ...otherwise(each.operation).map((sentence) => ({ operation: each.index, sentence })),
    ]),
  ];
}

/** A vendor that a reason about other vendors does not speak of. */
function unnamedByReason(
  { index, fact, about }: Told,
  vendors: readonly (readonly Mention[])[],
  vocabulary: SpokenNames,
  names: FactNames,
): readonly Contradiction[] {
  const vendor = member(member(fact, 'subject'), 'vendor');
  const isNamed = vendors.some((meant) => about.some((key) => vocabulary.isOfFamily(meant, key)));
  if (typeof vendor !== 'string' || vendors.length === 0 || isNamed) return [];
  const meant = vendors.map((each) => vocabulary.inWords(each)).join(', ');
  const sentence = `the reason speaks of ${meant}, this is about ${called(names, 'vendor', vendor)}`;
  return [{ operation: index, sentence }];
}

/** Something new under a reason or an id that speaks of renewing. */
function renewsNothing(
  reason: string,
  { index, operation, id, about }: Told,
  earlier: readonly RawFact[] | undefined,
  names: FactNames,
): readonly Contradiction[] {
  const speaks = RENEWING.test(reason) ? 'reason' : RENEWING.test(id) ? 'id' : undefined;
  if (speaks === undefined || earlier === undefined || operation.op !== 'add') return [];
  const { fact } = operation;
  const isOfKind = EXPIRING.has(kindOf(fact));
  if (!isOfKind || earlier.some((each) => isRenewal(each, fact))) return [];
  const [, ...subjects] = about;
  const of = subjects.map((key) => calledByKey(names, key)).join(', ');
  const sentence = `the ${speaks} speaks of renewing, and nothing of the kind that says the same is registered (${of})`;
  return [{ operation: index, sentence }];
}

/** Kinds that run out, and are renewed by one more. */
const EXPIRING: ReadonlySet<string | undefined> = new Set([
  'accreditation',
  'assessment',
  'mandate',
  'waiver',
]);

/** The same of the same by the same. */
function isRenewal(before: RawFact, after: RawFact): boolean {
  const about = (fact: RawFact) =>
    JSON.stringify(
      ['kind', 'subject', 'authority', 'owner', 'network', 'standard', 'criteriaSet', 'outcome'].map((name) =>
        member(fact, name),
      ),
    );
  return about(before) === about(after);
}

function loosensThough(reason: string, { index, operation, current }: Told): readonly Contradiction[] {
  const [word] = TIGHTENING.exec(reason) ?? [];
  const loosening = word === undefined ? undefined : looseningOf(operation, current);
  return loosening === undefined
    ? []
    : [{ operation: index, sentence: `the reason sounds as if it permitted no more, and this ${loosening}` }];
}

/** Codes of nations in a reason, as people write them; none in a reason that is all in capitals. */
function nationsIn(reason: string): readonly string[] {
  if (reason === reason.toUpperCase()) return [];
  return [...new Set(reason.match(/\b[A-Z]{3}\b/gu) ?? [])].filter(isNation);
}

/** Whether a code stands anywhere in a fact, as a value of its own. */
function says(value: unknown, code: string): boolean {
  if (value === code) return true;
  if (Array.isArray(value)) return entries(value).some((each) => says(each, code));
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => says(each, code));
}

function calledByKey(names: FactNames, key: string): string {
  const kind = kindOfKey(key);
  return kind === undefined ? key : called(names, kind, idOfKey(key));
}
