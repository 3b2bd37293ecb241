/**
 * Which deployments a rule is about. Every attribute is compared three ways: a deployment whose attribute is not
 * known, or written in words nobody knows, is `unknown`, never out of scope.
 */
import * as z from 'zod/mini';
import { bandsMeet } from '../facts/band.ts';
import { day, startOfDay } from '../facts/moment.ts';
import type { Deployment, Network } from '../facts/network.ts';
import { id, set, text } from '../facts/primitives.ts';
import { anyMeans, USES } from '../facts/scope-words.ts';
import {
  classOf,
  type FunctionClass,
  NETWORK_FUNCTIONS,
  type NetworkFunction,
  SEGMENTS,
} from '../facts/taxonomy.ts';

/** An answer that may be unknown: unknown is never no. */
export type Ternary = 'yes' | 'no' | 'unknown';

/** A regime's own name for a group of functions; see the taxonomy for the sources. */
const FUNCTION_CLASSES = {
  'uk-critical': (c) => c.ukCritical,
  'eu-critical': (c) => c.euSensitivity === 'critical',
  'eu-critical-or-high': (c) => c.euSensitivity !== 'moderate',
  'se-central': (c) => c.seCentral,
  'de-core': (c) => c.deCritical === 'core',
  'de-management': (c) => c.deCritical === 'management',
  'clean-path': (c) => ['transmission', 'control', 'computing', 'storage'].includes(c.cleanPath),
} as const satisfies Record<string, (c: FunctionClass) => boolean>;

type FunctionClassName = keyof typeof FUNCTION_CLASSES;
export const FUNCTION_CLASS_NAMES = Object.keys(FUNCTION_CLASSES) as readonly FunctionClassName[];

/** All members given must hold. A member left out does not limit: losing one only widens what the rule is about. */
export const where = z.strictObject({
  segments: z.optional(set(z.enum(SEGMENTS), 1)),
  functions: z.optional(set(z.enum(NETWORK_FUNCTIONS), 1)),
  class: z.optional(z.enum(FUNCTION_CLASS_NAMES)),
  generations: z.optional(set(z.enum(['2G', '3G', '4G', '5G', 'fixed']), 1)),
  siteClasses: z.optional(set(z.enum(['sensitive', 'cni-safety']), 1)),
  bands: z.optional(set(text, 1)),
  uses: z.optional(set(id, 1)),
  /** Put into service on this day or later. */
  installedFrom: z.optional(day),
});

/** Which equipment a rule is about. */
export type EquipmentSelector = z.infer<typeof where>;

/** All of them; `unknown` where one may not be, and none is certain not to be. */
export function and(answers: readonly Ternary[]): Ternary {
  if (answers.includes('no')) return 'no';
  return answers.includes('unknown') ? 'unknown' : 'yes';
}

/** The answer of a comparison that may not be able to tell. */
export function triOf(answer: boolean | undefined): Ternary {
  return answer === undefined ? 'unknown' : answer ? 'yes' : 'no';
}

function oneOf<T>(wanted: readonly T[] | undefined, value: T): Ternary {
  return wanted === undefined || wanted.includes(value) ? 'yes' : 'no';
}

function generationMatches(wanted: EquipmentSelector['generations'], d: Deployment): Ternary {
  if (wanted === undefined || d.generation === 'shared') return 'yes';
  if (d.generation === 'unknown') return 'unknown';
  return wanted.includes(d.generation) ? 'yes' : 'no';
}

function siteMatches(wanted: EquipmentSelector['siteClasses'], d: Deployment): Ternary {
  if (wanted === undefined) return 'yes';
  if (d.siteClass === 'unknown') return 'unknown';
  return d.siteClass !== 'ordinary' && wanted.includes(d.siteClass) ? 'yes' : 'no';
}

/** Only radio equipment has a band; what serves every band falls under a rule about any of them. */
function bandMatches(wanted: EquipmentSelector['bands'], d: Deployment): Ternary {
  if (wanted === undefined) return 'yes';
  const { band } = d;
  if (band === null) return d.segment === 'access-mobile' ? 'unknown' : 'yes';
  const answers = wanted.map((w) => bandsMeet(band, w));
  return triOf(answers.includes(true) || (answers.includes(undefined) ? undefined : false));
}

function usesMatch(wanted: EquipmentSelector['uses'], uses: Deployment['uses']): Ternary {
  if (wanted === undefined) return 'yes';
  if (uses === undefined) return 'unknown';
  return triOf(anyMeans(USES, uses, wanted));
}

function installedMatches(from: EquipmentSelector['installedFrom'], d: Deployment): Ternary {
  if (from === undefined) return 'yes';
  if (d.installed === null) return 'unknown';
  return d.installed >= from ? 'yes' : 'no';
}

/** Whether there is any function at all that a selection may be about. */
export function selectsAny(w: EquipmentSelector): boolean {
  return NETWORK_FUNCTIONS.some((fn) => matchesFunction(w, fn) === 'yes');
}

function matchesFunction(w: EquipmentSelector, fn: NetworkFunction): Ternary {
  const c = classOf(fn);
  return and([
    oneOf(w.segments, c.segment),
    oneOf(w.functions, fn),
    w.class === undefined || FUNCTION_CLASSES[w.class](c) ? 'yes' : 'no',
  ]);
}

/** Whether a deployment is one the rule is about. */
export function matches(w: EquipmentSelector, d: Deployment): Ternary {
  return and([
    matchesFunction(w, d.function),
    generationMatches(w.generations, d),
    siteMatches(w.siteClasses, d),
    bandMatches(w.bands, d),
    usesMatch(w.uses, d.uses),
    installedMatches(w.installedFrom, d),
  ]);
}

/** Deployments in service at an instant. A day of installation that is not known counts as in service. */
export function inService(network: Network, at: number): readonly Deployment[] {
  const { zone } = network.valid;
  return network.inventory.deployments.filter(
    (d) =>
      (d.installed === null || startOfDay(d.installed, zone) <= at) &&
      (d.removed === null || at < startOfDay(d.removed, zone)),
  );
}

/** The instants at which the deployments in service change. */
export function serviceBoundaries(network: Network): readonly number[] {
  const { zone } = network.valid;
  return network.inventory.deployments.flatMap((d) =>
    [d.installed, d.removed].flatMap((day) => (day === null ? [] : [startOfDay(day, zone)])),
  );
}
