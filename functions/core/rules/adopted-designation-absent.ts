import * as z from 'zod/mini';
import { CONNECTIONS } from '../facts/network.ts';
import { id, set } from '../facts/primitives.ts';
import { NETWORK_FUNCTIONS } from '../facts/taxonomy.ts';
import {
  aboutDeployment,
  adoption,
  adoptionBoundaries,
  type DesignatedDeployment,
  designatedDeployments,
  scopeUnknown,
} from './adoption.ts';
import type { EquipmentContext, RuleContext } from './context.ts';
import type { RuleAbout, RuleDefinition } from './definition.ts';
import type { Finding, RuleResult } from './finding.ts';
import { where } from './selection.ts';

export const about: RuleAbout = {
  demands:
    'No vendor under an adopted designation, at any share, in the part of the network the rule is about.',
  reads:
    "designations of each vendor in service, or of a tunnel's layer, and of its owners; the deployment's function, segment and the other attributes `where` names; `connectedBy` of the network where the standard excepts third parties.",
  satisfiedBy: 'absence, or an exception the standard states. An attribute that is not known refuses.',
  cites: 'the text that bans the vendors, and the one that states the exception.',
  codes: [
    'DESIGNATED_VENDOR_PRESENT',
    'THIRD_PARTY_CONNECTION_EXCEPTED',
    'FUNCTION_EXCEPTED',
    'SCOPE_UNKNOWN',
  ],
};

export const params = z.strictObject({
  rule: z.literal('adopted-designation-absent'),
  id,
  cites: set(id, 1),
  adopt: set(adoption, 1),
  where,
  /** What the instrument excepts. Left out, nothing: losing it only restricts. */
  except: z.optional(
    z.strictObject({
      /** A network the service merely connects to in one of these ways. */
      connections: z.optional(set(z.enum(CONNECTIONS), 1)),
      /** Functions that can neither route user traffic nor see into it. */
      functions: z.optional(set(z.enum(NETWORK_FUNCTIONS), 1)),
    }),
  ),
});

type Params = z.infer<typeof params>;

/** True where everything the network is connected by is excepted; a network that does not say so is not. */
function connectionExcepted(p: Params, ctx: RuleContext): boolean {
  const excepted = p.except?.connections;
  const { connectedBy } = ctx.network.fact;
  return (
    excepted !== undefined &&
    connectedBy !== undefined &&
    connectedBy.length > 0 &&
    connectedBy.every((c) => excepted.includes(c))
  );
}

function findingOf(p: Params, excepted: boolean, d: DesignatedDeployment): Finding {
  if (excepted) return { code: 'THIRD_PARTY_CONNECTION_EXCEPTED', effect: 'note', ...aboutDeployment(d) };
  if (p.except?.functions?.includes(d.deployment.function))
    return { code: 'FUNCTION_EXCEPTED', effect: 'note', ...aboutDeployment(d) };
  if (d.certainty !== 'yes') return scopeUnknown(d);
  return { code: 'DESIGNATED_VENDOR_PRESENT', effect: 'deny', ...aboutDeployment(d) };
}

function judge(p: Params, ctx: EquipmentContext, excepted: boolean): RuleResult {
  return {
    findings: designatedDeployments(ctx, p.adopt, p.where).map((d) => findingOf(p, excepted, d)),
    boundaries: adoptionBoundaries(p.adopt, ctx),
  };
}

function evaluate(p: Params, ctx: RuleContext): RuleResult {
  return judge(p, ctx, connectionExcepted(p, ctx));
}

/** A tunnel is no facility of a third party that the service merely connects to. */
function ofLayers(p: Params, ctx: EquipmentContext): RuleResult {
  return judge(p, ctx, false);
}

export const definition: RuleDefinition<Params> = { evaluate, ofLayers, waivable: false };

/** What it asks for, besides what it adopts and where. */
export function gist(p: Params): string {
  return Object.entries(p.except ?? {})
    .map(([what, list]) => `except ${what} ${list?.join(', ')}`)
    .join('; ');
}
