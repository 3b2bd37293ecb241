/** What a piece of equipment is sold as, where an instrument names a category of products and nobody who makes them. */
import type { Vocabulary } from './scope-words.ts';
import { NETWORK_FUNCTIONS, type NetworkFunction } from './taxonomy.ts';

/**
 * Each product with the functions that one may do in a network. Of equipment that does none of these, and does not say
 * what it is, it is certain that it is no such product; of any other it is not known.
 */
const LIST = {
  // Made for carriers and sold to nobody else: none of the categories below, and whatever does a function of a network.
  'network-equipment': NETWORK_FUNCTIONS,
  // FCC Covered List, 23 March 2026: consumer-grade routers; hotspots and 5G premises equipment included since April 2026.
  'consumer-router': ['CPE', 'ONT'],
  // FCC Covered List, 22 December 2025 and 28 July 2026: nothing that does a function of a carrier network.
  drone: [],
  'drone-component': [],
  'power-inverter': [],
  'advanced-robot': [],
} as const satisfies Readonly<Record<string, readonly NetworkFunction[]>>;

const FUNCTIONS = new Map(Object.entries(LIST));

export const PRODUCTS: Vocabulary = new Map([...FUNCTIONS.keys()].map((word) => [word, null]));

/** Whether equipment that does a function may be such a product; of a word nobody knows, anything may. */
export function mayBeSoldAs(product: string, does: NetworkFunction): boolean {
  const functions: readonly string[] | undefined = FUNCTIONS.get(product);
  return functions === undefined || functions.includes(does);
}
