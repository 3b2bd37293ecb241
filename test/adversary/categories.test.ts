/**
 * Attempts to have a designation that names a category of products, and nobody, pass for nothing: under every instrument
 * that a shipped standard adopts. INVARIANT: a sound adverse fact is never less than the same fact unsound.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide } from '../../functions/core/decision/decide.ts';
import { labelOf } from '../../functions/core/decision/label-of.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { OBLIGATION_TYPES } from '../../functions/core/obligation.ts';
import { inputFor } from '../../functions/core/registry/input.ts';
import { type Registry, registryFrom } from '../../functions/core/registry/registry.ts';
import { decisionRequest } from '../../functions/core/request.ts';
import type { Adoption } from '../../functions/core/rules/adoption.ts';
import type { Rule } from '../../functions/core/rules/vocabulary.ts';
import type { Members } from '../core/decision/facts.ts';
import * as make from '../core/decision/facts.ts';
import { OPEN_SAMPLE } from '../decide/rig.ts';
import { type Doors, startDoors } from '../doors/doors-rig.ts';

const AT = Date.parse('2026-11-29T00:00:00Z');
const FACTS = [...OPEN_SAMPLE.values()];
const HOPS = FACTS.filter((f) => f['kind'] === 'network').map((f) => String(f['id']));
const MARKINGS = ['SECRET//REL TO USA, GBR', 'UK SECRET', 'UK OFFICIAL', 'SECRET//NOFORN'];

interface Adopting {
  readonly standard: string;
  readonly rule: Rule;
  readonly adopted: Adoption;
}
const ADOPTING: readonly Adopting[] = FACTS.filter((f) => f['kind'] === 'standard').flatMap((f) =>
  (f['rules'] as readonly Rule[]).flatMap((rule) =>
    ('adopt' in rule ? rule.adopt : 'beside' in rule ? (rule.beside ?? []) : []).map((adopted) => ({
      standard: String(f['id']),
      rule,
      adopted,
    })),
  ),
);

function designated({ instrument, authority, classes }: Adoption, over: Members = {}): RawFact {
  const [cls = 'listed'] = classes;
  return make.stored(
    make.designation({
      id: 'by-category',
      instrument,
      authority,
      class: cls,
      effect: 'network-removal',
      reach: 'named-only',
      subject: { category: 'made-anywhere' },
      valid: { from: '2026-01-01', to: null, zone: 'UTC' },
    }),
    over,
  );
}

const SAMPLE = registryFrom(FACTS);
const besides = (fact: RawFact): Registry => registryFrom([...FACTS, fact]);
const designating = new Map<string, Registry>();

/** The sample with a designation of a category, or of a vendor: each is laid out once. */
function designatingBy(adopted: Adoption, vendor?: string): Registry {
  const name = JSON.stringify([adopted, vendor]);
  const over = vendor === undefined ? {} : { subject: { vendor } };
  const registry = designating.get(name) ?? besides(designated(adopted, over));
  designating.set(name, registry);
  return registry;
}

function outcomeOf(registry: Registry, standard: string, marking: string, hop: string) {
  return ask(registry, standard, marking, hop).standards.find(({ id }) => id === standard)?.outcome;
}

function ask(registry: Registry, standard: string, marking: string, network: string) {
  const request = decisionRequest.parse({
    message: { id: 'm', marking, flow: 'agency-internal' },
    path: { hops: [{ network }] },
    standards: [standard],
    supportedObligations: Object.keys(OBLIGATION_TYPES),
  });
  const read = labelOf(request.message, AT);
  if (!read.ok) throw new Error(JSON.stringify(read.reasons));
  return decide(inputFor(registry, request, read, AT));
}

/** Cases in which the standard permits, each with one adoption of it. */
const PERMITTED = [...Map.groupBy(ADOPTING, ({ standard }) => standard)].flatMap(([standard, adopting]) => {
  const permitted = MARKINGS.flatMap((marking) =>
    HOPS.filter((hop) => outcomeOf(SAMPLE, standard, marking, hop) === 'permit').map((hop) => ({
      marking,
      hop,
    })),
  );
  return adopting.flatMap((a) => permitted.map((at) => ({ ...a, ...at })));
});

/** Everybody whose equipment, or whose network, the hop is. */
function makersAt(hop: string): readonly string[] {
  const network = FACTS.find((f) => f['kind'] === 'network' && f['id'] === hop);
  return [
    ...new Set(
      [...JSON.stringify(network).matchAll(/"(?:vendor|operator)":"([^"]+)"/g)].map((m) => m[1] ?? ''),
    ),
  ];
}

describe('through the real door', () => {
  let doors: Doors;
  const [adopting] = PERMITTED.filter(({ standard }) => standard === 'US-FCC-COVERED');
  beforeAll(async () => {
    const facts = new Map(OPEN_SAMPLE);
    if (adopting !== undefined) facts.set('designation/by-category', designated(adopting.adopted));
    doors = await startDoors(['decide'], undefined, facts);
  });
  afterAll(() => doors.stop());

  it('a standard that adopts it refuses, and others say what they said', async () => {
    const door = await doors.fresh('decide');
    const request = {
      message: { id: 'm', marking: 'SECRET//REL TO USA, GBR', flow: 'agency-internal' },
      path: { hops: [{ network: 'gb-b' }] },
    };
    expect(await door({ request: JSON.stringify(request) })).toMatchObject({ decision: true });
    const adding = { ...request, standards: ['US-FCC-COVERED'] };
    expect(await door({ request: JSON.stringify(adding) })).toMatchObject({
      decision: false,
      outcome: 'indeterminate',
      reasons: [{ code: 'STANDARD_NOT_SATISFIED', standard: 'US-FCC-COVERED' }],
    });
  });
});

describe('a sound designation of a category, under an instrument that is adopted', () => {
  it('permits nothing that naming one of those who are there would refuse', () => {
    const wrong: string[] = [];
    let refused = 0;
    let kept = 0;
    for (const { standard, adopted, marking, hop, rule } of PERMITTED) {
      const after = outcomeOf(designatingBy(adopted), standard, marking, hop);
      if (after !== 'permit') {
        refused += 1;
        continue;
      }
      kept += 1;
      for (const vendor of makersAt(hop))
        if (outcomeOf(designatingBy(adopted, vendor), standard, marking, hop) !== 'permit')
          wrong.push(`${standard} ${rule.id}: ${marking} over ${hop}, ${vendor}`);
    }
    console.info(
      `categories: ${PERMITTED.length} permits, ${refused} refused, ${kept} kept where everybody may be named`,
    );
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(300);
    expect(kept).toBeGreaterThan(0);
  });

  const KINDS: readonly string[] = ADOPTING.map(({ rule }) => rule.rule);
  it.each([...new Set(KINDS)])('refuses by the rule %s', (kind) => {
    const refusing = PERMITTED.filter(({ rule }) => rule.rule === kind).filter(
      ({ standard, adopted, marking, hop }) =>
        outcomeOf(designatingBy(adopted), standard, marking, hop) !== 'permit',
    );
    expect(refusing.length).toBeGreaterThan(0);
  });

  const [one] = PERMITTED.filter(({ standard, hop }) => standard === 'US-FCC-COVERED' && hop === 'gb-b');
  if (one === undefined) throw new Error('no permit to take away');
  const { standard, adopted, marking, hop } = one;
  const JULY = '2027-07-01T00:00:00.000Z';
  // biome-ignore format: one row a line
  it.each<[string, Members, string, string | undefined]>([
    ['as it stands', {}, 'indeterminate', undefined],
    ['until a day', { valid: { from: '2026-01-01', to: '2027-06-30', zone: 'UTC' }, ending: [make.READ] }, 'indeterminate', JULY],
    ['from a day', { valid: { from: '2027-07-01', to: null, zone: 'UTC' } }, 'permit', JULY],
    ['that ended', { valid: { from: '2025-01-01', to: '2026-06-30', zone: 'UTC' }, ending: [make.READ] }, 'permit', undefined],
    ['that nobody can read', { sources: [] }, 'indeterminate', undefined],
    ['proposed', { effect: 'proposed' }, 'permit', undefined],
    ['of another list', { instrument: 'NO-LIST-OF-THIS-NAME' }, 'permit', undefined],
    ['of another authority', { authority: 'nobody' }, 'permit', undefined],
    ['of a segment that is not there', { scope: { segments: ['satellite'] } }, 'indeterminate', undefined],
  ])('%s', (_what, over, outcome, until) => {
    const decided = ask(besides(designated(adopted, over)), standard, marking, hop);
    const { validUntil } = ask(SAMPLE, standard, marking, hop);
    const end = until === undefined ? validUntil : Math.min(Date.parse(until), validUntil ?? Date.parse(until));
    expect([decided.outcome, decided.validUntil]).toEqual([outcome, end]);
  });

  it('is relied on, and said to be unverified where it is', () => {
    const { unverified } = ask(
      besides(designated(adopted, { sources: [make.UNREAD] })),
      standard,
      marking,
      hop,
    );
    expect(unverified).toContain('designation/by-category');
  });
});
