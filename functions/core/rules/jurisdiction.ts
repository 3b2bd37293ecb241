import * as z from 'zod/mini';
import { day } from '../facts/moment.ts';
import { country, id, set } from '../facts/primitives.ts';
import type { EquipmentContext, RuleContext } from './context.ts';
import { deadlineOf } from './deadline.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import type { Finding, RuleResult } from './finding.ts';
import { byInWords, countriesInWords } from './gist-words.ts';
import { matches, where } from './selection.ts';

export const about: RuleAbout = {
  demands:
    "The network is under the law of accepted countries, runs in accepted countries, and is reached for maintenance from accepted countries only. Both homes matter: equipment abroad answers to the law abroad, and so does an operator's owner.",
  reads:
    '`jurisdiction`, `physicalCountries`, `remoteAccessCountries` of the network, `remoteAccessFrom` of the deployments that `where` names; of a tunnel, the countries in which its ends stand: it is under their law, runs there and is reached from there.',
  satisfiedBy:
    "every country on the standard's list, or a day to comply that has not passed. A deployment of which it is not known whether the rule is about it counts.",
  cites: 'the text that names the countries.',
  codes: ['JURISDICTION_NOT_ACCEPTED', 'COUNTRY_NOT_ACCEPTED', 'REMOTE_ACCESS_NOT_ACCEPTED'],
};

const countries = z.nullable(set(country, 1));

export const params = z.strictObject({
  rule: z.literal('jurisdiction'),
  id,
  cites: set(id, 1),
  /** Countries whose law the network may be under; `null` where the standard does not ask. */
  legal: countries,
  /** Countries it may run in; `null` where the standard does not ask. */
  physical: countries,
  /** Countries it may be reached from; `null` where the standard does not ask. */
  remoteAccess: countries,
  where,
  /** The last day before the rule binds, in the standard's zone; `null` where it binds as long as the standard. */
  by: z.nullable(day),
});

type Params = z.infer<typeof params>;

function within(accepted: readonly string[] | null, found: readonly string[]): boolean {
  return accepted === null || found.every((c) => accepted.includes(c));
}

function reachFindings(p: Params, ctx: EquipmentContext): readonly Finding[] {
  return ctx.equipment
    .filter((d) => matches(p.where, d) !== 'no' && !within(p.remoteAccess, d.remoteAccessFrom))
    .map(({ segment, function: fn, vendor }) => ({
      code: 'REMOTE_ACCESS_NOT_ACCEPTED',
      effect: 'deny',
      segment,
      function: fn,
      vendor,
    }));
}

interface Placed {
  /** Countries whose law it is under. */
  readonly under: readonly string[];
  readonly runsIn: readonly string[];
}

function placeFindings(p: Params, { under, runsIn }: Placed): readonly Finding[] {
  return [
    ...(within(p.legal, under) ? [] : [{ code: 'JURISDICTION_NOT_ACCEPTED', effect: 'deny' } as const]),
    ...(within(p.physical, runsIn) ? [] : [{ code: 'COUNTRY_NOT_ACCEPTED', effect: 'deny' } as const]),
  ];
}

function evaluate(p: Params, ctx: RuleContext): RuleResult {
  const { passed, boundaries } = deadlineOf(p.by, ctx);
  if (!passed) return { findings: [], boundaries };
  const { jurisdiction, physicalCountries, remoteAccessCountries } = ctx.network.fact;
  const findings: Finding[] = [...placeFindings(p, { under: [jurisdiction], runsIn: physicalCountries })];
  if (!within(p.remoteAccess, remoteAccessCountries))
    findings.push({ code: 'REMOTE_ACCESS_NOT_ACCEPTED', effect: 'deny' });
  return { findings: [...findings, ...reachFindings(p, ctx)], boundaries };
}

function ofLayers(p: Params, ctx: EquipmentContext): RuleResult {
  const { passed, boundaries } = deadlineOf(p.by, ctx);
  const ends = ctx.equipment.flatMap((layer) => layer.remoteAccessFrom);
  const findings = [...placeFindings(p, { under: ends, runsIn: ends }), ...reachFindings(p, ctx)];
  return { findings: passed ? findings : [], boundaries };
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers, waivable: false };

/** What it asks for, besides what it adopts and where. */
export function gist(p: Params): string {
  return `under the law of ${countriesInWords(p.legal)}; runs in ${countriesInWords(p.physical)}; reached from ${countriesInWords(p.remoteAccess)}${byInWords(p.by)}`;
}
