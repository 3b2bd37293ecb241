/** A small invented registry around one rule, in which everything else is as it must be for a permit. */
import { type CoreDecision, decide } from '../../../functions/core/decision/decide.ts';
import type { Deployment } from '../../../functions/core/facts/network.ts';
import { type NetworkFunction, SHARE_BASES } from '../../../functions/core/facts/taxonomy.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import type { Label } from '../../../functions/core/marking/label.ts';
import { OBLIGATION_TYPES } from '../../../functions/core/obligation.ts';
import { approach } from '../../../functions/core/registry/input.ts';
import { registryFrom } from '../../../functions/core/registry/registry.ts';
import type { Rule } from '../../../functions/core/rules/vocabulary.ts';
import { requestOf } from '../decision/ask.ts';
import * as make from '../decision/facts.ts';

const { stored, keyOf, AT, READ } = make;
type Members = make.Members;

/** The one authority of these worlds. */
const office = { authority: 'office' } as const;

export function deployment(fn: NetworkFunction, by: string, part: Partial<Deployment> = {}): Deployment {
  const shares = Object.fromEntries(SHARE_BASES.map((b) => [b, 3000]));
  return make.deployment(fn, by, { band: '3.5 GHz', shares, uses: [], ...part });
}

export function network(id: string, deployments: readonly Deployment[], part: Members = {}): RawFact {
  return stored(make.network({ id, operator: 'operator-a', services: ['domestic-214'] }, deployments), part);
}

export function vendor(id: string, ownedBy: readonly (readonly [string, number])[] = []): RawFact {
  const links = ownedBy.map(([owner, share]) => ({ owner, share, valid: make.FOREVER }));
  return stored(make.vendor({ id, ownedBy: links }));
}

export function designation(id: string, part: Members = {}): RawFact {
  const subject = { vendor: 'maker-r' };
  return stored(make.designation({ id, ...office, subject, class: 'listed' }), part);
}

export function item(criterion: string, result: string) {
  return { criterion, result, rationale: 'seen', evidence: [READ] };
}

export function assessment(id: string, part: Members = {}): RawFact {
  const items = ['C1', 'C2', 'C3'].map((c) => item(c, 'met'));
  return stored(make.assessment({ id, ...office, subject: { vendor: 'maker-a' } }), { items, ...part });
}

/** C1 is mandatory; the others are weighed, and any two of three pass. */
export const CRITERIA = stored(
  make.criteriaSet({
    id: 'TRUST',
    ...office,
    criteria: [
      { id: 'C1', text: 'one', mode: 'mandatory', weight: 1 },
      { id: 'C2', text: 'two', mode: 'weighted', weight: 1 },
      { id: 'C3', text: 'three', mode: 'weighted', weight: 1 },
    ],
    passAt: 6600,
  }),
);

export const PROTECTION = stored(make.protection({ id: 'tunnel-a', ...office, riskAcceptedBy: 'office' }));

const INVENTORY: Rule = { rule: 'inventory-complete', id: 'inventory', cites: ['text'], maxAgeDays: null };

/** The one standard, with the rules given and a complete inventory. */
export function standard(rules: readonly Rule[], part: Members = {}): RawFact {
  const levels = [{ frame: 'US', level: 'CONFIDENTIAL' }] as const;
  const scope = { levels: [...levels], flows: null, providers: null };

  return stored(
    make.standard({ id: 'LAW', ...office, belowScope: 'satisfied', scope, rules: [INVENTORY, ...rules] }),
    part,
  );
}

function accreditation(id: string, subject: { network: string } | { protection: string }): RawFact {
  return stored(
    make.accreditation({
      id,
      ...office,
      subject,
      carries: [{ frame: 'US', level: 'SECRET', compartments: [], controls: [] }],
      audience: ['GBR', 'IND', 'USA'],
    }),
  );
}

/** Mandates on both bases, whose word counts, and what may carry SECRET. */
export function frameOf(networks: readonly string[]): readonly RawFact[] {
  const mandate = (id: string, basis: 'trusted-transport' | 'encrypted-transport') =>
    stored(
      make.mandate({
        id,
        ...office,
        basis,
        standards: ['LAW'],
        accreditors: ['office'],
        assurances: ['pinned', 'observed', 'assumed'],
      }),
    );
  return [
    stored(make.authority({ id: 'office' })),
    mandate('trusted', 'trusted-transport'),
    mandate('encrypted', 'encrypted-transport'),
    ...networks.map((n) => accreditation(`on-${n}`, { network: n })),
    accreditation('on-tunnel-a', { protection: 'tunnel-a' }),
  ];
}

const LABEL: Label = {
  frame: 'US',
  level: 'SECRET',
  compartments: [],
  controls: [],
  owners: ['USA'],
  markedBy: 'USA',
  fgi: [],
  audience: null,
  displayOnly: [],
};

export interface Question {
  readonly hops?: readonly string[];
  readonly assurance?: 'pinned' | 'observed' | 'assumed';
  readonly protection?: string;
  readonly supports?: readonly string[];
}

/** The real decision on these facts. A registry that throws does not permit; it is counted as a fault. */
export function ask(facts: readonly RawFact[], q: Question = {}, at = AT): CoreDecision {
  const request = requestOf({ supports: Object.keys(OBLIGATION_TYPES), ...q });
  return decide({
    ...approach(registryFrom(facts), request, at, q.assurance ?? 'pinned'),
    label: LABEL,
    labelUntil: null,
  });
}

/** Changes one fact of a set; `undefined` takes it away. */
export function withFact(
  facts: readonly RawFact[],
  key: string,
  change: (fact: RawFact) => RawFact | undefined,
): readonly RawFact[] {
  if (!facts.some((f) => keyOf(f) === key)) throw new Error(`no fact ${key} in this world`);
  return facts.map((f) => (keyOf(f) === key ? change(f) : f)).filter((f) => f !== undefined);
}

/** A copy of a fact with one member, by path, set to a value; `undefined` takes the member away. */
export function set(fact: RawFact, path: readonly (string | number)[], value: unknown): RawFact {
  const copy = structuredClone(fact);
  let at = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  const last = path.at(-1);
  if (last === undefined) return value as RawFact;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return copy;
}
