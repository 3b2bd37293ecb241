/** What a second person says to have seen: every answer that becomes or stays permitted, and where they are many, every group. */
import {
  flipGroups,
  groupsToAcknowledge,
  MOST_AT_ONCE,
  mustBeNamed,
} from '../core/administration/flip-groups.ts';
import type { SimulationReport } from '../core/administration/simulation.ts';
import type { RegistryContext } from './context.ts';
import { jsonBlob } from './json-blobs.ts';
import { Refusal } from './refusal.ts';
import type { FoundSimulation } from './simulate.ts';

/** @throws Refusal ACKNOWLEDGEMENT_MISSING, ACKNOWLEDGEMENT_UNKNOWN, RESULT_GONE */
export async function demandAcknowledged(
  context: Pick<RegistryContext, 'blobs'>,
  { proposal, summary, result }: Pick<FoundSimulation, 'proposal' | 'summary' | 'result'>,
  {
    permits,
    groups = [],
  }: { readonly permits: readonly number[]; readonly groups?: readonly string[] | undefined },
  signal: AbortSignal,
): Promise<void> {
  demandNumbers(summary.permits, permits);
  // Fewer answers are no more groups.
  if (groups.length === 0 && summary.permits <= MOST_AT_ONCE.groups) return;
  const report = await jsonBlob<SimulationReport>(context.blobs.of(proposal), result, signal);
  if (report === undefined)
    throw new Refusal('RESULT_GONE', 'simulate again: the result is not kept any more');
  const asked = groupsToAcknowledge(flipGroups(report.flips));
  const there = new Set(asked.map(({ name }) => name));
  if (groups.some((name) => !there.has(name)))
    throw new Refusal(
      'ACKNOWLEDGEMENT_UNKNOWN',
      'a group is acknowledged that is not there: look at them again (`registry review`), and acknowledge what you have seen',
      { path: '/groups', details: { groups: asked.length } },
    );
  if (mustBeNamed(asked) && groups.length < asked.length)
    throw new Refusal(
      'ACKNOWLEDGEMENT_MISSING',
      'so many are not acknowledged by numbers alone: give every group by its name (`approve --acknowledge all-of:NAME,…`)',
      { path: '/groups', details: { groups: asked.length, given: groups.length } },
    );
}

/**
 * Passes for exactly the numbers there are, 1 to `permits`: who leaves one out, or names one that is not there, has not
 * seen what becomes permit.
 *
 * @throws Refusal ACKNOWLEDGEMENT_MISSING, ACKNOWLEDGEMENT_UNKNOWN
 */
export function demandNumbers(permits: number, numbers: readonly number[]): void {
  const given = new Set(numbers);
  const there = Array.from({ length: permits }, (_, index) => index + 1);
  const missing = there.filter((number) => !given.has(number));
  if (missing.length > 0)
    throw new Refusal(
      'ACKNOWLEDGEMENT_MISSING',
      'every answer that becomes permit is acknowledged by its number (`approve --acknowledge`)',
      { path: '/permits', details: { missing } },
    );
  if (given.size === permits) return;
  const range = permits === 1 ? 'only number 1 is there' : `only the numbers 1-${permits} are there`;
  throw new Refusal(
    'ACKNOWLEDGEMENT_UNKNOWN',
    permits === 0
      ? 'nothing becomes permit: there is nothing to acknowledge'
      : `an answer is acknowledged that does not become permit: ${range}. Look at them again (\`registry review\`), and acknowledge what you have seen`,
    { path: '/permits', details: { permits } },
  );
}
