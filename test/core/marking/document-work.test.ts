/**
 * The work of reading a document, counted in members of lists that are looked at: what a banner says is reckoned once,
 * however many portions take it.
 */
import { describe, expect, it, vi } from 'vitest';
import { allNations } from '../../../functions/core/marking/codes/codes.ts';
import { readMarking } from '../../../functions/core/marking/read.ts';

const NATIONS = allNations()
  .map(([code]) => code)
  .filter((code) => code !== 'USA')
  .sort();

/** Members that went into a set, or through one of the functions of a list that do something with each. */
function membersLookedAt(work: () => void): number {
  let members = 0;
  const add = Set.prototype.add;
  const spies = [
    vi.spyOn(Set.prototype, 'add').mockImplementation(function (this: Set<unknown>, value: unknown) {
      members += 1;
      return add.call(this, value);
    }),
    ...(['sort', 'join', 'every', 'filter'] as const).map((name) => {
      const original = Array.prototype[name] as (...args: unknown[]) => unknown;
      return vi.spyOn(Array.prototype, name).mockImplementation(function (
        this: unknown[],
        ...args: unknown[]
      ) {
        members += this.length;
        return original.apply(this, args) as never;
      } as never);
    }),
  ];
  try {
    work();
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return members;
}

const release = (codes: number) => `REL TO USA, ${NATIONS.slice(0, codes).join(', ')}`;
const joint = (codes: number) => [...NATIONS.slice(0, codes), 'USA'].sort().join(' ');
const systems = (codes: number) =>
  `SI-${Array.from({ length: codes }, (_, i) => `AA${String.fromCharCode(65 + (i >> 4), 65 + (i % 16)).slice(0, 2)}`.slice(1)).join('-')}`;

/** Banners as long as one likes, and a portion that takes, or lies under, what they list. */
const DOCUMENTS: readonly (readonly [name: string, banner: (codes: number) => string, portion: string])[] = [
  ['a release list', (codes) => `SECRET//${release(codes)}`, '(S//REL)'],
  ['a release list, over what decides nothing', (codes) => `SECRET//${release(codes)}`, '(U)'],
  [
    'a release list and one to whom it is shown',
    (codes) => `SECRET//${release(codes)}/DISPLAY ONLY ZWE`,
    '(S//REL/DISPLAY ONLY ZWE)',
  ],
  ['joint owners', (codes) => `//JOINT SECRET ${joint(codes)}//${release(codes)}`, '(//JOINT S//REL)'],
  ['compartments', (codes) => `TOP SECRET//${systems(codes)}//NOFORN`, '(U)'],
  [
    'compartments, one of which is a portion’s',
    (codes) => `TOP SECRET//${systems(codes)}//NOFORN`,
    '(TS//SI//NF)',
  ],
  ['foreign sources', (codes) => `SECRET//FGI ${NATIONS.slice(0, codes).join(' ')}//NOFORN`, '(U)'],
];
const FEW = 8;
const MANY = 64;

function read(banner: string, portion: string, portions: number): number {
  // Each portion is an own text: nothing is gained by having read one before.
  const document = { banner, portions: Array.from({ length: portions }, () => portion) };
  return membersLookedAt(() => {
    const reading = readMarking(document, { on: '2026-11-29', format: 'us-document' });
    if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
  });
}

describe('a portion costs the same under a long banner as under a short one', () => {
  it.each(DOCUMENTS)('%s', (_name, banner, portion) => {
    const more = (codes: number) => read(banner(codes), portion, 201) - read(banner(codes), portion, 1);
    const [few, many] = [more(FEW), more(MANY)];
    // Two hundred portions more, under fifty-six codes more: less than one look at each of them for each portion.
    expect(many - few).toBeLessThan(0.05 * 200 * (MANY - FEW));
    expect(few).toBeGreaterThan(200);
  });
});
