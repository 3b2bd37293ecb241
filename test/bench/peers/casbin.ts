/** casbin: an attribute-based model with a policy line a network; sets are texts in its policies, so a function of ours reads them. */
import { newEnforcer, newModelFromString, StringAdapter } from 'casbin';
import type { Peer, PeerFacts, PeerNetwork } from './facts.ts';

const MODEL = `
[request_definition]
r = message, network
[policy_definition]
p = network, highest, compartments, honoured, audience, reach, from, until, vendors
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.network == p.network && p.highest >= r.message.level && within(r.message.compartments, p.compartments) && within(r.message.controls, p.honoured) && isReachInside(p.reach, p.audience) && (r.message.unrestricted || isReleased(p.audience, r.message.releasedTo)) && (r.message.level == 0 || (r.message.now >= p.from && r.message.now < p.until && areTrusted(p.vendors)))
`;

const words = (text: string) => (text === '-' ? [] : text.split(' '));
const text = (items: readonly string[]) => (items.length === 0 ? '-' : items.join(' '));

function lineOf(n: PeerNetwork): string {
  const sets = [n.compartments, n.honoured, n.audience, n.reach].map(text);
  return ['p', n.id, n.highest, ...sets, n.trustedFrom, n.trustedUntil, text(n.vendors)].join(', ');
}

export async function casbinPeer({ networks, vendors }: PeerFacts): Promise<Peer> {
  const lines = networks.map(lineOf).join('\n');
  const enforcer = await newEnforcer(newModelFromString(MODEL), new StringAdapter(lines));
  const trusted = new Set(vendors);
  const isInside = (some: readonly string[], all: readonly string[]) =>
    some.every((one) => all.includes(one));
  await enforcer.addFunction('within', (some: readonly string[], all: string) => isInside(some, words(all)));
  await enforcer.addFunction(
    'isReachInside',
    (reach: string, audience: string) =>
      words(audience).length > 0 && isInside(words(reach), words(audience)),
  );
  await enforcer.addFunction('isReleased', (audience: string, to: readonly string[]) =>
    isInside(words(audience), to),
  );
  await enforcer.addFunction('areTrusted', (all: string) => words(all).every((one) => trusted.has(one)));
  return { permits: (hops, question) => hops.every((id) => enforcer.enforceSync(question, id)) };
}
