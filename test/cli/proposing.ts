import type { RegistryClient } from '../../cli/registry/connection.ts';
import type { Operation } from '../../functions/core/administration/change.ts';
import { contentOf } from '../../functions/core/administration/statement.ts';
import { canonicalBytes, digestOf } from '../../functions/core/facts/canonical.ts';
import { namesIn } from '../../functions/core/facts/words/names.ts';
import { simulate, simulationOf } from '../core/administration/simulated.ts';
import { type Facts, NOW } from '../core/administration/small-registry.ts';

export const BASE = { version: 7, digest: `sha256:${'b'.repeat(64)}` };
const ROOT = { root: `sha256:${'c'.repeat(64)}`, people: `sha256:${'d'.repeat(64)}` };
export const READER = 'MCowBQYDK2VwAyEA';
const PERSON = { role: 'usa-proposer', session: 'uma' };

/** A registry that has one simulated proposal, and shows what it is made to. */
export function proposing(
  facts: Facts,
  changes: readonly Operation[],
  reason = 'Renewal of Nokia',
): RegistryClient {
  const report = simulate(simulationOf(facts, changes, NOW));
  const operations = digestOf(canonicalBytes(changes));
  const asked = { kind: 'change', reason, salt: '0'.repeat(32), changes: operations } as const;
  const proposal = {
    ...{ id: 'p-nokia-renewal', status: 'open', kind: 'change', operations: changes.length, base: BASE },
    ...{ author: PERSON, createdAt: 'T', reason, digest: contentOf(asked), asked, changes },
    simulation: {
      ...{ job: 'j-1', base: BASE, ...ROOT, flips: report.flipsDigest, permits: report.toPermit },
      ...{ total: report.flips.length, at: report.at, by: PERSON },
      voices: [{ anyOf: ['us-office'], people: ['ulysses', 'uma'], operations: changes.length }],
    },
  };
  return async ({ path }) => {
    if (path.startsWith('proposals/')) return proposal;
    if (path.startsWith('jobs/')) return { text: JSON.stringify(report), parts: 1 };
    if (path === 'names') return { names: Object.fromEntries(namesIn(facts.values())), next: null };
    const [, kind = '', id] = path.split('/');
    if (id === undefined)
      return { keys: [...facts.keys()].filter((key) => key.startsWith(`${kind}/`)), next: null };
    return { fact: facts.get(`${kind}/${id}`) };
  };
}
