/** Countries are ISO 3166-1 alpha-3; owners are countries or registered organisations. */
import { allOrganisations, isNation } from '../../marking/codes/codes.ts';
import { REGISTRAR } from '../speakers.ts';
import type { Check, CheckContext, CheckFlaw } from './check.ts';

interface Stated {
  readonly key: string;
  readonly path: string;
  readonly code: string;
}

function list(key: string, path: string, codes: readonly string[]): readonly Stated[] {
  return codes.map((code, i) => ({ key, path: `${path}/${i}`, code }));
}

function countries(ctx: CheckContext): readonly Stated[] {
  return [
    ...ctx
      .judged('network')
      .flatMap(({ key, fact: n }) => [
        { key, path: '/jurisdiction', code: n.jurisdiction },
        ...list(key, '/physicalCountries', n.physicalCountries),
        ...list(key, '/remoteAccessCountries', n.remoteAccessCountries),
        ...n.inventory.deployments.flatMap((d, i) =>
          list(key, `/inventory/deployments/${i}/remoteAccessFrom`, d.remoteAccessFrom),
        ),
      ]),
    ...ctx.judged('accreditation').flatMap(({ key, fact }) => list(key, '/audience', fact.audience)),
    ...ctx
      .judged('protection')
      .flatMap(({ key, fact }) => list(key, '/endpointCountries', fact.endpointCountries)),
  ];
}

function owners(ctx: CheckContext): readonly Stated[] {
  return [
    ...ctx
      .judged('authority')
      .filter(({ fact }) => fact.id !== REGISTRAR)
      .flatMap(({ key, fact }) => list(key, '/speaksFor', fact.speaksFor)),
    ...(['exemption', 'mandate', 'standard', 'waiver'] as const).flatMap((kind) =>
      ctx.judged(kind).map(({ key, fact }) => ({ key, path: '/owner', code: fact.owner })),
    ),
    ...ctx
      .judged('hold')
      .flatMap(({ key, fact }) =>
        'owner' in fact.scope ? [{ key, path: '/scope/owner', code: fact.scope.owner }] : [],
      ),
  ];
}

function unknown(stated: Stated, message: string): CheckFlaw {
  return { key: stated.key, path: stated.path, message };
}

export const codes: Check = (ctx) => {
  const organisations = new Set(allOrganisations().map((o) => o.code));
  const isOwner = (code: string) => isNation(code) || organisations.has(code);
  return [
    ...countries(ctx)
      .filter(({ code }) => !isNation(code))
      .map((s) => unknown(s, `${s.code} is not a country of ISO 3166-1`)),
    ...owners(ctx)
      .filter(({ code }) => !isOwner(code))
      .map((s) => unknown(s, `${s.code} is neither a country nor a registered organisation`)),
  ];
};
