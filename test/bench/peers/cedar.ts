/**
 * Cedar, compiled to WebAssembly: a policy for each network with its facts as literals, parsed once, so that a call carries
 * the question alone. It has no word for every hop of a path: it is asked once for each, until one is refused.
 */
import { type Context, preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import type { Peer, PeerFacts, PeerNetwork } from './facts.ts';

const list = (items: readonly string[]) => JSON.stringify(items);

function policyOf(n: PeerNetwork, trusted: readonly string[]): string {
  return `permit (principal, action, resource == Network::"${n.id}") when {
    ${n.highest} >= context.level &&
    ${list(n.compartments)}.containsAll(context.compartments) &&
    ${list(n.honoured)}.containsAll(context.controls) &&
    ${n.audience.length} > 0 && ${list(n.audience)}.containsAll(${list(n.reach)}) &&
    (context.unrestricted || context.releasedTo.containsAll(${list(n.audience)})) &&
    (context.level == 0 || (
      context.now >= ${n.trustedFrom} && context.now < ${n.trustedUntil} &&
      ${list(trusted)}.containsAll(${list(n.vendors)})))
  };`;
}

export function cedarPeer({ networks, vendors }: PeerFacts): Peer {
  for (const network of networks) {
    const parsed = preparsePolicySet(network.id, { staticPolicies: policyOf(network, vendors) });
    if (parsed.type !== 'success') throw new Error(`Cedar: ${JSON.stringify(parsed.errors)}`);
  }
  return {
    permits: (hops, question) =>
      hops.every((id) => {
        const answer = statefulIsAuthorized({
          principal: { type: 'Message', id: 'm' },
          action: { type: 'Action', id: 'route' },
          resource: { type: 'Network', id },
          context: question as unknown as Context,
          preparsedPolicySetId: id,
          entities: [],
        });
        if (answer.type !== 'success' || answer.response.diagnostics.errors.length > 0)
          throw new Error(`Cedar: ${JSON.stringify(answer)}`);
        return answer.response.decision === 'allow';
      }),
  };
}
