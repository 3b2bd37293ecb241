import * as z from 'zod/mini';
import { hundredths, id, set } from '../facts/primitives.ts';
import { adoptedSubjects, adoption, adoptionBoundaries, operatorCategories } from './adoption.ts';
import type { RuleContext } from './context.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import type { Finding, RuleResult } from './finding.ts';
import { COUNTED_IN_WORDS, percentInWords } from './gist-words.ts';
import { COUNTING, reachedOwners } from './ownership.ts';

export const about: RuleAbout = {
  demands:
    'Organisations under an adopted designation hold less than a named share of the operator, directly or through others. It asks who owns the network, whether or not the designation itself reaches so far.',
  reads: 'ownership of the operator, designations of its owners.',
  satisfiedBy: 'less than the share.',
  cites: 'the text that names the share.',
  codes: ['OPERATOR_OWNED_BY_DESIGNATED', 'SCOPE_UNKNOWN'],
};

export const params = z.strictObject({
  rule: z.literal('operator-ownership'),
  id,
  cites: set(id, 1),
  adopt: set(adoption, 1),
  /** The least share that refuses, inclusive, in hundredths of a percent. */
  share: hundredths,
  counting: z.enum(COUNTING),
});

type Params = z.infer<typeof params>;

function evaluate(p: Params, ctx: RuleContext): RuleResult {
  const { operator } = ctx.network.fact;
  const evidence = ctx.vendors.get(operator);
  // INVARIANT: the fold refuses a hop whose operator is not known before any rule runs.
  if (evidence === undefined) throw new Error('operator evidence missing');
  const owners = adoptedSubjects(evidence, p.adopt, ctx.at);
  owners.delete(operator);
  const { reached, ownedShare } = reachedOwners(evidence, owners, p, ctx.at);
  const boundaries = adoptionBoundaries(p.adopt, ctx);
  // Of a category nobody has said whose it is.
  const unknown = operatorCategories(p.adopt, ctx).map(
    ({ key }): Finding => ({ code: 'SCOPE_UNKNOWN', effect: 'indeterminate', vendor: operator, fact: key }),
  );
  if (!reached.has(operator)) return { findings: unknown, boundaries };
  return {
    findings: [
      { code: 'OPERATOR_OWNED_BY_DESIGNATED', effect: 'deny', vendor: operator, ownedShare },
      ...unknown,
    ],
    boundaries,
  };
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers: null, waivable: false };

/** What it asks for, besides what it adopts and where. */
export function gist(p: Params): string {
  return `less than ${percentInWords(p.share)}, ${COUNTED_IN_WORDS[p.counting]}`;
}
