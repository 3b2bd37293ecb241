/**
 * Scopes are drawn in words the guard knows: bands, uses, services, products, sets of providers and flows. Any other refuses for ever,
 * since what nobody knows is never out of scope.
 */
import { BAND_WORDS, isBand } from '../../facts/band.ts';
import { PRODUCTS } from '../../facts/products.ts';
import { FLOWS, PROVIDER_SETS, SERVICES, scopeWordsOf, USES } from '../../facts/scope-words.ts';
import type { Check, CheckContext } from './check.ts';

interface Word {
  readonly key: string;
  readonly path: string;
  readonly known: boolean;
  readonly instead: string;
}

type Kind = 'band' | 'use' | 'service' | 'product' | 'provider-set' | 'flow';
const KNOWN: Readonly<Record<Kind, readonly [has: (word: string) => boolean, instead: string]>> = {
  band: [isBand, BAND_WORDS],
  use: [(w) => USES.has(w), `a use, one of ${scopeWordsOf(USES)}`],
  service: [(w) => SERVICES.has(w), `a service, one of ${scopeWordsOf(SERVICES)}`],
  product: [(w) => PRODUCTS.has(w), `a product, one of ${scopeWordsOf(PRODUCTS)}`],
  'provider-set': [(w) => PROVIDER_SETS.has(w), `a set of providers, one of ${scopeWordsOf(PROVIDER_SETS)}`],
  flow: [(w) => FLOWS.has(w), `a flow, one of ${scopeWordsOf(FLOWS)}`],
};

function words(ctx: CheckContext): readonly Word[] {
  const one = (kind: Kind, key: string, path: string, word: string | null | undefined): readonly Word[] => {
    if (word === undefined || word === null) return [];
    const [has, instead] = KNOWN[kind];
    return [{ key, path, known: has(word), instead }];
  };
  const all = (kind: Kind, key: string, path: string, list: readonly string[] | undefined) =>
    (list ?? []).flatMap((word, i) => one(kind, key, `${path}/${i}`, word));
  return [
    ...ctx.judged('network').flatMap(({ key, fact }) => [
      ...all('service', key, '/services', fact.services),
      ...all('provider-set', key, '/providerSets', fact.providerSets),
      ...fact.inventory.deployments.flatMap(({ band, uses, product }, i) => {
        const at = `/inventory/deployments/${i}`;
        return [
          ...one('band', key, `${at}/band`, band),
          ...all('use', key, `${at}/uses`, uses),
          ...one('product', key, `${at}/product`, product),
        ];
      }),
    ]),
    ...ctx.judged('designation').flatMap(({ key, fact: { scope, subject } }) => [
      ...all('use', key, '/scope/uses', scope.uses),
      ...all('service', key, '/scope/services', scope.services),
      // Of services, a category may be of whoever gives them.
      ...('category' in subject && scope.services === undefined
        ? one('product', key, '/subject/category', subject.category)
        : []),
    ]),
    ...ctx.judged('standard').flatMap(({ key, fact }) => [
      ...all('flow', key, '/scope/flows', fact.scope.flows ?? []),
      ...all('provider-set', key, '/scope/providers/sets', fact.scope.providers?.sets),
      ...fact.rules.flatMap((rule, i) => {
        if (!('where' in rule)) return [];
        const at = `/rules/${i}/where`;
        return [
          ...all('band', key, `${at}/bands`, rule.where.bands),
          ...all('use', key, `${at}/uses`, rule.where.uses),
        ];
      }),
    ]),
  ];
}

export const scopeWords: Check = (ctx) =>
  words(ctx).flatMap(({ key, path, known, instead }) =>
    known ? [] : [{ key, path, message: `not known, so never out of scope: write ${instead}` }],
  );
