/**
 * A designation is not a denial. A standard says which instruments it adopts, whose, in which classes, and how far
 * ownership carries them, by date; this file finds the deployments such designations reach.
 */
import * as z from 'zod/mini';
import { DESIGNATION_CLASSES, type Designation } from '../facts/designation.ts';
import { holdsAt, type Interval, intervalOf, validity } from '../facts/moment.ts';
import type { Deployment } from '../facts/network.ts';
import { hundredths, id, publishedId, set } from '../facts/primitives.ts';
import { mayBeSoldAs, PRODUCTS } from '../facts/products.ts';
import { anyMeans } from '../facts/scope-words.ts';
import type { Sound } from '../facts/sound.ts';
import type { VendorEvidence } from '../registry/vendor-evidence.ts';
import type { EquipmentContext } from './context.ts';
import type { Finding } from './finding.ts';
import { COUNTING, reachedOwners } from './ownership.ts';
import { and, type EquipmentSelector, matches, type Ternary, triOf } from './selection.ts';

/** A time in which designations carry over ownership. Outside every such time they reach the organisation named. */
const affiliateReach = z.strictObject({
  /** `stated`: the entries that say `affiliates` themselves; `every`: all entries, by a rule of the instrument. */
  entries: z.enum(['stated', 'every']),
  /** Least owned share that carries, inclusive, in hundredths of a percent. */
  share: hundredths,
  /** `each-link`: one owner alone must hold it; `aggregate`: designated owners count together. */
  counting: z.enum(COUNTING),
  valid: validity,
});

export const adoption = z.strictObject({
  instrument: publishedId,
  authority: id,
  classes: set(z.enum(DESIGNATION_CLASSES), 1),
  affiliates: set(affiliateReach),
});

/** Which designations a standard takes up, and for which equipment. */
export type Adoption = z.infer<typeof adoption>;

/** A designation that an organisation falls under, by name or by who owns it. */
export interface DesignationReach {
  readonly designation: Sound<Designation>;
  /** The share by which ownership carries it, in hundredths of a percent; absent where the organisation is named. */
  readonly ownedShare?: number;
}

/** Whether an entry is one of those adopted, in force. A proposed one never is, whatever its dates say. */
function isAdopted({ fact: d, interval }: Sound<Designation>, a: Adoption, at: number): boolean {
  return (
    d.instrument === a.instrument &&
    d.authority === a.authority &&
    a.classes.includes(d.class) &&
    d.effect !== 'proposed' &&
    holdsAt(interval, at)
  );
}

/** The designations a standard adopts that are in force for a vendor, its own or an owner's. */
function adoptedDesignations(
  v: VendorEvidence,
  adopt: readonly Adoption[],
  at: number,
): readonly DesignationReach[] {
  return adopt.flatMap((a): readonly DesignationReach[] => {
    const entries = v.designations.filter((d) => isAdopted(d, a, at));
    const direct = entries.filter((d) => subjectOf(d) === v.vendor.fact.id);
    const windows = a.affiliates.filter((w) => holdsAt(intervalOf(w.valid), at));
    const byOwnership = windows.flatMap((w): readonly DesignationReach[] => {
      const carrying = entries.filter(
        (d) => !direct.includes(d) && (w.entries === 'every' || d.fact.reach === 'affiliates'),
      );
      const { reached, ownedShare } = reachedOwners(v, new Set(carrying.map(subjectOf)), w, at);
      if (!reached.has(v.vendor.fact.id)) return [];
      return carrying.map((designation) => ({ designation, ownedShare }));
    });
    return [...direct.map((designation) => ({ designation })), ...byOwnership];
  });
}

/** The adopted designations in force that name a category and nobody. */
function adoptedCategories(adopt: readonly Adoption[], ctx: EquipmentContext): readonly Sound<Designation>[] {
  return adopt.flatMap((a) => ctx.categories.filter((c) => isAdopted(c, a, ctx.at)));
}

/** Categories that whoever runs a network may be of: all but those of products, which nobody is. */
export function operatorCategories(
  adopt: readonly Adoption[],
  ctx: EquipmentContext,
): readonly Sound<Designation>[] {
  return adoptedCategories(adopt, ctx).filter(
    ({ fact: { subject } }) => !('category' in subject && PRODUCTS.has(subject.category)),
  );
}

/** Those that reach a vendor, and those that may: the categories it may be of, because they name nobody. */
function reaching(
  v: VendorEvidence,
  adopt: readonly Adoption[],
  { ctx, categories }: { readonly ctx: EquipmentContext; readonly categories: readonly Sound<Designation>[] },
): readonly DesignationReach[] {
  return [...adoptedDesignations(v, adopt, ctx.at), ...categories.map((designation) => ({ designation }))];
}

/** Those that reach an operator, and those that may. */
export function reachingOperator(
  v: VendorEvidence,
  adopt: readonly Adoption[],
  ctx: EquipmentContext,
): readonly DesignationReach[] {
  return reaching(v, adopt, { ctx, categories: operatorCategories(adopt, ctx) });
}

/** Everybody in a vendor's family, itself included, whom an adopted entry in force names. */
export function adoptedSubjects(v: VendorEvidence, adopt: readonly Adoption[], at: number): Set<string> {
  return new Set(adopt.flatMap((a) => v.designations.filter((d) => isAdopted(d, a, at)).map(subjectOf)));
}

function subjectOf({ fact: { subject } }: Sound<Designation>): string {
  return 'vendor' in subject ? subject.vendor : '';
}

/** Instants at which what an adoption says changes: entries that start or end, and the reach over ownership. */
export function adoptionBoundaries(adopt: readonly Adoption[], ctx: EquipmentContext): readonly number[] {
  const entries = [...[...ctx.vendors.values()].flatMap((v) => v.designations), ...ctx.categories];
  return adopt.flatMap((a) => [
    ...a.affiliates.flatMap((w) => edges(intervalOf(w.valid))),
    ...entries
      .filter(({ fact: d }) => d.instrument === a.instrument && d.authority === a.authority)
      .flatMap((d) => edges(d.interval)),
  ]);
}

function edges({ from, to }: Interval): readonly number[] {
  return [from, to];
}

/** Whether equipment is of the category that a designation names; one that names a vendor names none. */
function isOfSubject({ subject }: Designation, d: Deployment): Ternary {
  if (!('category' in subject)) return 'yes';
  const { category } = subject;
  if (d.product !== undefined) return triOf(anyMeans(PRODUCTS, [d.product], [category]));
  return mayBeSoldAs(category, d.function) ? 'unknown' : 'no';
}

function isProducedThere({ scope }: Designation, { producedIn = [] }: Deployment): Ternary {
  const home = scope.producedOutside;
  if (home === undefined) return 'yes';
  if (producedIn.length === 0) return 'unknown';
  return producedIn.every((c) => home.includes(c)) ? 'no' : 'yes';
}

/** Whether a designation's own scope covers a deployment. One about services covers an operator, not equipment. */
function covers(d: Designation, deployment: Deployment): Ternary {
  if (d.scope.services !== undefined) return 'no';
  const { segments, functions, generations, uses } = d.scope;
  if (generations?.includes('unknown')) return 'unknown';
  const named = generations?.filter((g) => g !== 'shared' && g !== 'unknown') ?? [];
  const selected = { segments, functions, uses, ...(named.length > 0 && { generations: named }) };
  return and([
    isOfSubject(d, deployment),
    isProducedThere(d, deployment),
    matches(selected as EquipmentSelector, deployment),
  ]);
}

/** A deployment that a designation is about, as far as that can be told. */
export interface DesignatedDeployment extends DesignationReach {
  readonly deployment: Deployment;
  /** `unknown` where an attribute that decides the scope is not known. */
  readonly certainty: Exclude<Ternary, 'no'>;
}

/** True where a designation names nobody. */
export function isOfCategory({ designation }: DesignationReach): boolean {
  return 'category' in designation.fact.subject;
}

/** Equipment that an adopted designation reaches, or may reach, within the part of the network the rule is about. */
export function designatedDeployments(
  ctx: EquipmentContext,
  adopt: readonly Adoption[],
  where: EquipmentSelector,
): readonly DesignatedDeployment[] {
  const found: DesignatedDeployment[] = [];
  const categories = adoptedCategories(adopt, ctx);
  for (const deployment of ctx.equipment) {
    const evidence = ctx.vendors.get(deployment.vendor);
    // INVARIANT: the fold refuses a hop or a tunnel whose vendors are not all known before any rule runs.
    if (evidence === undefined) throw new Error('vendor evidence missing');
    const within = matches(where, deployment);
    if (within === 'no') continue;
    for (const reached of reaching(evidence, adopt, { ctx, categories })) {
      const scope = covers(reached.designation.fact, deployment);
      if (scope === 'no') continue;
      found.push({
        ...reached,
        deployment,
        certainty: scope === 'yes' && within === 'yes' ? 'yes' : 'unknown',
      });
    }
  }
  return found;
}

/** The fields by which a finding says which deployment it is about, and by which designation. */
export function aboutDeployment(
  d: DesignatedDeployment,
): Pick<Finding, 'segment' | 'function' | 'vendor' | 'fact' | 'ownedShare'> {
  return {
    segment: d.deployment.segment,
    function: d.deployment.function,
    vendor: d.deployment.vendor,
    fact: d.designation.key,
    ...(d.ownedShare !== undefined && { ownedShare: d.ownedShare }),
  };
}

/** A deployment of which it is not known whether the rule is about it: refused, and said so. */
export function scopeUnknown(d: DesignatedDeployment): Finding {
  return { code: 'SCOPE_UNKNOWN', effect: 'indeterminate', ...aboutDeployment(d) };
}
