import * as z from 'zod/mini';
import type { Assessment } from '../facts/assessment.ts';
import { day, holdsAt, startOfDay } from '../facts/moment.ts';
import type { Deployment } from '../facts/network.ts';
import { id, publishedId, set } from '../facts/primitives.ts';
import type { Sound } from '../facts/sound.ts';
import type { EquipmentContext } from './context.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import type { Finding, RuleResult } from './finding.ts';
import { authoritiesInWords } from './gist-words.ts';
import { matches, where } from './selection.ts';

export const about: RuleAbout = {
  demands:
    'A device installed since the list began comes from a source that was on the list on the day it was installed, and still is. A white list: absence refuses, whoever the vendor. The installed base is exempt.',
  reads:
    "`installed` of each deployment in service, which is not known of a tunnel's layer; assessments of its vendor under the list's id, by an accepted authority.",
  satisfiedBy:
    'a trusted listing then and now, or an installation before. A day that is not known refuses unless the vendor is listed.',
  cites: 'the text that begins the list.',
  codes: ['NEW_DEVICE_NOT_FROM_TRUSTED_SOURCE', 'INSTALLED_BASE_EXEMPT', 'SCOPE_UNKNOWN'],
};

export const params = z.strictObject({
  rule: z.literal('trusted-source'),
  id,
  cites: set(id, 1),
  where,
  /** The list, as the criteria set of its listings. */
  list: publishedId,
  authorities: set(id, 1),
  /** The first day on which a new device must come from the list, in the standard's zone. */
  newFrom: day,
});

type Params = z.infer<typeof params>;

function listedAt(listings: readonly Sound<Assessment>[], at: number): boolean {
  const inForce = listings.filter((l) => holdsAt(l.interval, at));
  return (
    inForce.some((l) => l.fact.outcome === 'trusted') &&
    inForce.every((l) => l.fact.outcome !== 'not-trusted')
  );
}

function isListing(p: Params, { fact }: Sound<Assessment>): boolean {
  return fact.criteriaSet === p.list && p.authorities.includes(fact.authority);
}

function findingOf(p: Params, ctx: EquipmentContext, d: Deployment): Finding | undefined {
  const about = { segment: d.segment, function: d.function, vendor: d.vendor };
  if (d.installed !== null && d.installed < p.newFrom)
    return { code: 'INSTALLED_BASE_EXEMPT', effect: 'note', ...about };
  const listings = (ctx.vendors.get(d.vendor)?.assessments ?? []).filter((a) => isListing(p, a));
  const there = matches(p.where, d);
  const installed = startOfDay(d.installed ?? p.newFrom, ctx.zone);
  if (listedAt(listings, installed) && listedAt(listings, ctx.at)) return undefined;
  if (d.installed === null || there !== 'yes')
    return { code: 'SCOPE_UNKNOWN', effect: 'indeterminate', ...about };
  return { code: 'NEW_DEVICE_NOT_FROM_TRUSTED_SOURCE', effect: 'deny', ...about };
}

function evaluate(p: Params, ctx: EquipmentContext): RuleResult {
  const begins = startOfDay(p.newFrom, ctx.zone);
  if (ctx.at < begins) return { findings: [], boundaries: [begins] };
  const listings = [...ctx.vendors.values()].flatMap((v) => v.assessments).filter((a) => isListing(p, a));
  const devices = ctx.equipment.filter((d) => matches(p.where, d) !== 'no');
  return {
    findings: devices.flatMap((d) => findingOf(p, ctx, d) ?? []),
    boundaries: [begins, ...listings.flatMap(({ interval }) => [interval.from, interval.to])],
  };
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers: evaluate, waivable: false };

/** What it asks for, besides what it adopts and where. */
export function gist(p: Params): string {
  return `new devices from ${p.newFrom}, of ${p.list} by ${authoritiesInWords(p.authorities)}`;
}
