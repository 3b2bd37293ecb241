import { digestOfFlips } from '../../functions/core/administration/flips.ts';
import type { SimulationReport } from '../../functions/core/administration/simulation.ts';
import { UsageError } from '../usage-error.ts';
import type { WholeProposal } from './whole-proposal.ts';

/**
 * Passes where the answers that are shown are those that a proposal wants signed, and as many.
 *
 * @throws UsageError
 */
export function demandFlips(
  { flips }: Pick<SimulationReport, 'flips'>,
  { flips: digest, permits, total }: NonNullable<WholeProposal['simulation']>,
): void {
  const toPermit = flips.filter(({ direction }) => direction === 'to-permit').length;
  if (digestOfFlips(flips) !== digest || flips.length !== total || toPermit !== permits)
    throw new UsageError('the registry shows other answers that flip than it wants signed: do not sign it');
}
