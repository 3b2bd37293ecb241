import * as z from 'zod/mini';
import { id, set } from '../facts/primitives.ts';
import { anyMeans, SERVICES } from '../facts/scope-words.ts';
import {
  adoption,
  adoptionBoundaries,
  type DesignationReach,
  isOfCategory,
  reachingOperator,
} from './adoption.ts';
import type { RuleContext } from './context.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import type { Finding, RuleResult } from './finding.ts';
import { type Ternary, triOf } from './selection.ts';

export const about: RuleAbout = {
  demands:
    'The operator of the network is under no adopted designation that covers the service it gives here. An entry about services reaches the operator of a hop, not the maker of its equipment.',
  reads: 'designations of the operator and of its owners, `services` of the network.',
  satisfiedBy:
    'absence, or a designation about services the network does not give. A service covers its parts. A designation of a category names nobody, and refuses whoever gives what it may be about; one of products is about equipment. Services that are not stated, or in words nobody knows, refuse.',
  cites: 'the list the designations stand in.',
  codes: ['DESIGNATED_OPERATOR', 'SCOPE_UNKNOWN'],
};

export const params = z.strictObject({
  rule: z.literal('operator-designation-absent'),
  id,
  cites: set(id, 1),
  adopt: set(adoption, 1),
});

type Params = z.infer<typeof params>;

function covers({ designation: { fact } }: DesignationReach, ctx: RuleContext): Ternary {
  const covered = fact.scope.services;
  const { services } = ctx.network.fact;
  if (covered === undefined) return 'yes';
  if (services === undefined) return 'unknown';
  return triOf(anyMeans(SERVICES, services, covered));
}

function evaluate(p: Params, ctx: RuleContext): RuleResult {
  const { operator } = ctx.network.fact;
  const evidence = ctx.vendors.get(operator);
  // INVARIANT: the fold refuses a hop whose operator is not known before any rule runs.
  if (evidence === undefined) throw new Error('operator evidence missing');
  const findings = reachingOperator(evidence, p.adopt, ctx).flatMap((reached): readonly Finding[] => {
    const answer = covers(reached, ctx);
    if (answer === 'no') return [];
    const { designation, ownedShare } = reached;
    return [
      {
        ...(answer === 'yes' && !isOfCategory(reached)
          ? { code: 'DESIGNATED_OPERATOR', effect: 'deny' }
          : { code: 'SCOPE_UNKNOWN', effect: 'indeterminate' }),
        vendor: operator,
        fact: designation.key,
        ...(ownedShare !== undefined && { ownedShare }),
      },
    ];
  });
  return { findings, boundaries: adoptionBoundaries(p.adopt, ctx) };
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers: null, waivable: false };
