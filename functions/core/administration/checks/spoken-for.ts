/**
 * An authority speaks for the owner its fact is about. A mandate or waiver by anybody else would be void where it
 * decides, and a hold on one nation's information is that nation's to set. The registrar speaks for nobody: it keeps
 * the list of networks and says nothing about them.
 */

import { ownerOfFrame } from '../../marking/frame-owners.ts';
import { NO_NATION, REGISTRAR } from '../speakers.ts';
import type { Check, CheckContext, Found } from './check.ts';

interface Claim {
  readonly key: string;
  readonly authority: string;
  readonly owner: string;
}

function claims(ctx: CheckContext): readonly Claim[] {
  return [
    ...(['mandate', 'standard', 'waiver'] as const).flatMap((kind) =>
      ctx.judged(kind).map(({ key, fact }) => ({ key, authority: fact.authority, owner: fact.owner })),
    ),
    ...ctx
      .judged('hold')
      .flatMap(({ key, fact }) =>
        'owner' in fact.scope ? [{ key, authority: fact.authority, owner: fact.scope.owner }] : [],
      ),
    // Whose information is translated decides whether the translation may be relied on.
    ...ctx.judged('equivalence').map(({ key, fact }) => ({
      key,
      authority: fact.authority,
      owner: ownerOfFrame(fact.from.frame),
    })),
  ];
}

const REGISTRAR_MAY = new Set(['hold']);

function registrarFaults(ctx: CheckContext): readonly Found[] {
  return ctx.scope.flatMap((key): readonly Found[] => {
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

export const spokenFor: Check = (ctx) => [
  ...claims(ctx).flatMap(({ key, authority, owner }): readonly Found[] => {
    const speaker = ctx.soundOf('authority', authority);
    if (speaker === undefined || speaker.fact.speaksFor.includes(owner)) return [];
    return [{ key, path: '/authority', message: `authority/${authority} does not speak for ${owner}` }];
  }),
  ...registrarFaults(ctx),
];
