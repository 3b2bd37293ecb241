/** Which registered things a text speaks of, by their ids and names: the longest that fits, and nothing that is merely alike. */
import { type FactKind, factKey, idOfKey, kindOfKey } from '../facts/fact.ts';
import { called, type FactNames } from '../facts/words/names.ts';

/** Kinds that people speak of by name. */
type Mentionable = Extract<FactKind, 'authority' | 'criteria-set' | 'network' | 'standard' | 'vendor'>;

const MENTIONABLE: ReadonlySet<FactKind | undefined> = new Set<Mentionable>([
  'authority',
  'criteria-set',
  'network',
  'standard',
  'vendor',
]);

/** What a name may end in, and does not distinguish. */
const LEGAL_FORMS: ReadonlySet<string> = new Set(
  'ab ag as bv co company corp corporation gmbh group holdings inc incorporated limited llc ltd nv oy oyj plc sa spa technologies the'.split(
    ' ',
  ),
);

/** Words of everyday language that are somebody's id or name, too: alone they say nothing. */
const EVERYDAY: ReadonlySet<string> = new Set(
  'apple example maker network networks operator orange registrar sample standard test three vendor'.split(
    ' ',
  ),
);

/** A registered thing that some words speak of. */
export interface Mention {
  readonly kind: Mentionable;
  readonly id: string;
}

export function wordsIn(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** What texts are searched for: every phrase by which something registered is called. */
export class SpokenNames {
  readonly #names: FactNames;
  readonly #phrases = new Map<string, readonly Mention[]>();
  #longest = 0;

  constructor(names: FactNames) {
    this.#names = names;
    for (const [key, name] of names) {
      const kind = kindOfKey(key);
      if (kind === undefined || !MENTIONABLE.has(kind)) continue;
      const id = idOfKey(key);
      const mention = { kind: kind as Mentionable, id };
      this.#add(wordsIn(id), mention);
      this.#add(withoutForm(wordsIn(name)), mention);
    }
  }

  #add(words: readonly string[], mention: Mention): void {
    const [only = ''] = words;
    if (words.length === 0 || (words.length === 1 && (only.length < 3 || EVERYDAY.has(only)))) return;
    const phrase = words.join(' ');
    const before = this.#phrases.get(phrase) ?? [];
    if (before.some(({ kind, id }) => kind === mention.kind && id === mention.id)) return;
    this.#phrases.set(phrase, [...before, mention]);
    this.#longest = Math.max(this.#longest, words.length);
  }

  /** What a text speaks of. Where several are called alike, all of them: one of them is meant. */
  mentionsIn(text: string): readonly (readonly Mention[])[] {
    const words = wordsIn(text);
    const found: (readonly Mention[])[] = [];
    for (let at = 0; at < words.length; ) {
      let length = Math.min(this.#longest, words.length - at);
      let meant: readonly Mention[] | undefined;
      for (; length > 0 && meant === undefined; length -= 1)
        meant = this.#meantBy(words.slice(at, at + length), text);
      if (meant === undefined) at += 1;
      else {
        found.push(meant);
        at += length + 1;
      }
    }
    return found;
  }

  /** Of short words alone nothing but the id as it is written: nobody who opens something "in a hurry" speaks of `in-a`. */
  #meantBy(words: readonly string[], text: string): readonly Mention[] | undefined {
    const isWritten = words.some((word) => word.length > 2) || text.toLowerCase().includes(words.join('-'));
    return isWritten ? this.#phrases.get(words.join(' ')) : undefined;
  }

  /** Whether what is meant is this, its parent by name, or a part of it: `maker-one` and `maker-one-marine` are of one family. */
  isOfFamily(meant: readonly Mention[], key: string): boolean {
    const kind = kindOfKey(key);
    const id = kind === undefined ? '' : idOfKey(key);
    const own = [wordsIn(id), wordsIn(this.#names.get(key) ?? '')];
    return meant.some((mention) => {
      if (mention.kind !== kind) return false;
      const words = [wordsIn(mention.id), withoutForm(wordsIn(this.#names.get(factKey(mention)) ?? ''))];
      return words.some((some) =>
        own.some((others) => containsWords(others, some) || containsWords(some, others)),
      );
    });
  }

  inWords(meant: readonly Mention[]): string {
    return meant.map(({ kind, id }) => called(this.#names, kind, id)).join(' or ');
  }
}

/** Whether one phrase stands in another, as whole words. */
export function containsWords(words: readonly string[], part: readonly string[]): boolean {
  return part.length > 0 && ` ${words.join(' ')} `.includes(` ${part.join(' ')} `);
}

function withoutForm(words: readonly string[]): readonly string[] {
  const end = words.findLastIndex((word) => !LEGAL_FORMS.has(word));
  return words.slice(0, end + 1);
}
