/**
 * No standard, mandate or criteria set names a vendor: they judge by designations and assessments, whoever made the
 * equipment. Every text in them is compared with the ids and names of registered vendors, as whole words; only what
 * a source is called may name one.
 */
import type { Json } from '../../facts/canonical.ts';
import { member } from '../../facts/fact.ts';
import type { Check, CheckContext } from './check.ts';

function words(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((w) => w !== '');
}

/** Phrases of registered vendors, by joined words, with the vendor's key. */
function vendorPhrases(ctx: CheckContext): {
  readonly phrases: ReadonlyMap<string, string>;
  readonly longest: number;
} {
  const phrases = new Map<string, string>();
  let longest = 0;
  for (const key of ctx.index.keysOfKind('vendor')) {
    const raw = ctx.index.facts.get(key);
    for (const text of [member(raw, 'id'), member(raw, 'name')]) {
      const phrase = typeof text === 'string' ? words(text) : [];
      if (phrase.length === 0) continue;
      phrases.set(phrase.join(' '), key);
      longest = Math.max(longest, phrase.length);
    }
  }
  return { phrases, longest };
}

function texts(value: Json, path: string): readonly { readonly path: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((v: Json, i) => texts(v, `${path}/${i}`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([name]) => !(path === '' && name === 'sources'))
    .flatMap(([name, inner]) => texts(inner as Json, `${path}/${name}`));
}

const NEUTRAL_KINDS = ['standard', 'mandate', 'criteria-set'] as const;

export const neutrality: Check = (ctx) => {
  const judged = NEUTRAL_KINDS.flatMap((kind) => ctx.judged(kind).map(({ key }) => key));
  if (judged.length === 0) return [];
  const { phrases, longest } = vendorPhrases(ctx);
  const named = (text: string): string | undefined => {
    const list = words(text);
    for (let from = 0; from < list.length; from += 1) {
      for (let length = 1; length <= longest && from + length <= list.length; length += 1) {
        const vendor = phrases.get(list.slice(from, from + length).join(' '));
        if (vendor !== undefined) return vendor;
      }
    }
    return undefined;
  };
  return judged.flatMap((key) =>
    texts(ctx.index.facts.get(key) ?? null, '').flatMap(({ path, text }) => {
      const vendor = named(text);
      return vendor === undefined ? [] : [{ key, path, message: `it names ${vendor}: rules name no vendor` }];
    }),
  );
};
