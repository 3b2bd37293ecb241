/** json-rules-engine: an engine a network, made once, with one rule; sets are compared by operators that it lets one add. */
import { Engine } from 'json-rules-engine';
import type { Peer, PeerFacts, PeerNetwork } from './facts.ts';

const isInside = (some: readonly string[], all: readonly string[]) => some.every((one) => all.includes(one));

function engineOf(n: PeerNetwork, trusted: readonly string[]): Engine {
  const engine = new Engine();
  engine.addOperator('isInside', isInside);
  engine.addOperator('holds', (all: readonly string[], some: readonly string[]) => isInside(some, all));
  const isTrusted = isInside(n.vendors, trusted);
  engine.addRule({
    event: { type: 'permit' },
    conditions: {
      all: [
        { fact: 'level', operator: 'lessThanInclusive', value: n.highest },
        { fact: 'compartments', operator: 'isInside', value: n.compartments },
        { fact: 'controls', operator: 'isInside', value: n.honoured },
        { fact: 'reach', operator: 'isInside', value: n.audience },
        {
          any: [
            { fact: 'unrestricted', operator: 'equal', value: true },
            { fact: 'releasedTo', operator: 'holds', value: n.audience },
          ],
        },
        {
          any: [
            { fact: 'level', operator: 'equal', value: 0 },
            {
              all: [
                { fact: 'now', operator: 'greaterThanInclusive', value: n.trustedFrom },
                { fact: 'now', operator: 'lessThan', value: n.trustedUntil },
                { fact: 'trusted', operator: 'equal', value: true },
              ],
            },
          ],
        },
      ],
    },
  });
  engine.addFact('reach', n.audience.length > 0 ? n.reach : ['nobody']);
  engine.addFact('trusted', isTrusted);
  return engine;
}

export function jsonRulesPeer({ networks, vendors }: PeerFacts): Peer {
  const engines = new Map(networks.map((network) => [network.id, engineOf(network, vendors)]));
  return {
    async permits(hops, question) {
      for (const id of hops) {
        const found = await engines.get(id)?.run({ ...question });
        if (found === undefined || found.events.length === 0) return false;
      }
      return true;
    },
  };
}
