/**
 * An authority speaks for the owner its fact is about. A mandate or waiver by anybody else would be void where it
 * decides, and nobody but an owner takes its information out of somebody else's stop. A translation is of the levels of its marking
 * system's nation: it counts for the owners its authority speaks for, and for those whose mandates recognise it. The registrar speaks for nobody: it keeps
 * the list of networks and says nothing about them.
 */

import { ownerOfFrame } from '../../marking/frame-owners.ts';
import { NO_NATION, REGISTRAR } from '../speakers.ts';
import type { Check, CheckContext, CheckFlaw } from './check.ts';

interface Claim {
  readonly key: string;
  readonly authority: string;
  readonly owner: string;
  /** What else must be said of why it is that owner. */
  readonly why?: string;
}

function claims(ctx: CheckContext): readonly Claim[] {
  return [
    ...(['exemption', 'mandate', 'standard', 'waiver'] as const).flatMap((kind) =>
      ctx.judged(kind).map(({ key, fact }) => ({ key, authority: fact.authority, owner: fact.owner })),
    ),
    ...ctx.judged('equivalence').map(({ key, fact }) => ({
      key,
      authority: fact.authority,
      owner: ownerOfFrame(fact.from.frame),
      why: `: levels of ${fact.from.frame} are translated by its own authorities, for the owners they speak for and those whose mandates recognise them as accreditors`,
    })),
  ];
}

const REGISTRAR_MAY = new Set(['hold']);

function registrarFaults(ctx: CheckContext): readonly CheckFlaw[] {
  return ctx.scope.flatMap((key): readonly CheckFlaw[] => {
    const fact = ctx.sound(key)?.fact;
    if (fact === undefined) return [];
    if (fact.kind === 'authority') {
      const isRegistrar = fact.id === REGISTRAR;
      const speaksForNobody = fact.speaksFor.length === 1 && fact.speaksFor[0] === NO_NATION;
      if (isRegistrar === speaksForNobody && (isRegistrar || !fact.speaksFor.includes(NO_NATION))) return [];
      const message = `the authority called ${REGISTRAR}, and only that one, speaks for ${NO_NATION} alone`;
      return [{ key, path: '/speaksFor', message }];
    }
    const authority = 'authority' in fact ? fact.authority : undefined;
    if (authority !== REGISTRAR || REGISTRAR_MAY.has(fact.kind)) return [];
    return [{ key, path: '/authority', message: 'the registrar keeps networks and judges nothing' }];
  });
}

/** A set weighs for the authority a rule names and nobody else: by another's set, nothing would ever be shown. */
function criteriaFaults(ctx: CheckContext): readonly CheckFlaw[] {
  return ctx.judged('standard').flatMap(({ key, fact }) =>
    fact.rules.flatMap((r, i): readonly CheckFlaw[] => {
      if (r.rule !== 'assessed' || r.criteriaAuthority === undefined) return [];
      const set = ctx.soundOf('criteria-set', r.criteriaSet)?.fact;
      if (set === undefined || set.authority === r.criteriaAuthority) return [];
      const message = `criteria-set/${set.id} is published by authority/${set.authority}: name that one, or another set`;
      return [{ key, path: `/rules/${i}/criteriaAuthority`, message }];
    }),
  );
}

export const spokenFor: Check = (ctx) => [
  ...claims(ctx).flatMap(({ key, authority, owner, why = '' }): readonly CheckFlaw[] => {
    const speaker = ctx.soundOf('authority', authority);
    if (speaker === undefined || speaker.fact.speaksFor.includes(owner)) return [];
    return [{ key, path: '/authority', message: `authority/${authority} does not speak for ${owner}${why}` }];
  }),
  ...criteriaFaults(ctx),
  ...registrarFaults(ctx),
];
