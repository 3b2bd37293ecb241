/** Parameters of rules in words, for pages. */
import type { COUNTING } from './ownership.ts';

export const COUNTED_IN_WORDS = {
  'each-link': 'each owner alone',
  aggregate: 'owners together',
} as const satisfies Record<(typeof COUNTING)[number], string>;

export function percentInWords(hundredths: number): string {
  return `${hundredths / 100} %`;
}

export function countriesInWords(codes: readonly string[] | null): string {
  return codes?.join(', ') ?? 'anywhere';
}

export function byInWords(by: string | null): string {
  return by === null ? '' : `, by ${by}`;
}

export function authoritiesInWords(authorities: readonly string[]): string {
  return authorities.map((a) => `\`${a}\``).join(', ');
}
