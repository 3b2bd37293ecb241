/** What the registry's own function does: all but what stops something, and what may take as long as a request lasts. */
import type { ReplyTo } from './answers.ts';
import { approve } from './approve.ts';
import { putChunk } from './chunks.ts';
import { confirm } from './confirm.ts';
import type { Call, RegistryContext } from './context.ts';
import { lift } from './lift.ts';
import { listFacts, listNames } from './list-facts.ts';
import { listProposals, showProposal } from './list-proposals.ts';
import { propose } from './propose.ts';
import { reject } from './reject.ts';
import { rollback, showRollback } from './rollback.ts';
import { routing } from './router.ts';
import { type NameServedBy, routesBy } from './routes.ts';
import { showBlame, showDiff, showFact, showLog, showVersion } from './show-history.ts';
import { showJob, showResult } from './show-job.ts';
import { showSigning, sign } from './sign.ts';
import { validate } from './validate.ts';

export const registryRouting = routing(routesBy('registry'), {
  propose,
  'list-proposals': listProposals,
  'show-proposal': showProposal,
  'put-chunk': putChunk,
  validate,
  sign,
  approve,
  reject,
  lift,
  rollback,
  undo: showRollback,
  confirm,
  signing: showSigning,
  log: showLog,
  version: showVersion,
  facts: listFacts,
  names: listNames,
  fact: showFact,
  diff: showDiff,
  blame: showBlame,
  'show-job': showJob,
  'job-result': showResult,
} as const satisfies {
  readonly [N in NameServedBy<'registry'>]: (context: RegistryContext, call: Call) => Promise<ReplyTo<N>>;
});
