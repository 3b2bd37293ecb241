import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { changeReport } from '../../functions/core/administration/change-report.ts';
import type { SimulationReport } from '../../functions/core/administration/simulation.ts';
import {
  acknowledgement,
  proposal as proposalShape,
  proposals as proposalsShape,
  simulation,
  validation,
} from '../../functions/registry/answers.ts';
import { EXIT } from '../exit.ts';
import { UsageError } from '../usage-error.ts';
import { acknowledged, acknowledgementOf, askedToAcknowledge } from './acknowledge.ts';
import { changeRecordOf } from './change-record.ts';
import {
  type RegistryClient,
  type RegistryOptions,
  withRegistryOptions,
  withSigningOptions,
} from './connection.ts';
import { contradictionsInWords } from './contradiction-lines.ts';
import { MOST_GROUPS, simulationInWords } from './flip-lines.ts';
import { finishJob, jobResultOf } from './jobs.ts';
import { MOST_OPERATIONS, operationsInWords } from './operation-words.ts';
import { operationsIn } from './operations.ts';
import { readAs } from './read-answer.ts';
import { fileName, readDocument } from './read-document.ts';
import { reviewOf } from './review.ts';
import { type CommandOutcome, progress, run, runSigning } from './run.ts';
import { demandSeen } from './seen.ts';
import { shownChange } from './shown-change.ts';
import { attestedBy, changesDigest, type PersonSigner, personKey } from './signing.ts';
import { tablesOf } from './tables.ts';
import { upload } from './upload.ts';
import { proposalPath, type WholeProposal, wholeProposal } from './whole-proposal.ts';
import { acknowledgementInWords, proposalInWords } from './words.ts';

type Members = Readonly<Record<string, unknown>>;

interface Reasoned extends RegistryOptions {
  readonly reason?: string;
}

/** @throws UsageError where nobody says why */
export function reasonOf(given: string | undefined): string {
  if (given === undefined || given === '') throw new UsageError('--reason says why; it is recorded for good');
  return given;
}

/** `propose FILE…` */
export function proposeCommand(): Command {
  const command = new Command('propose')
    .description('file a change for a second person to approve')
    .argument(
      '<files...>',
      'YAML or JSON: a list of operations or facts, or { reason, changes }; all of them are one change; - reads standard input',
    )
    .option('--reason <text>', 'why; recorded for good')
    .option('--genesis', 'this is the first proposal of an empty registry')
    .action((files: readonly string[], options: Reasoned & { readonly genesis?: true }) =>
      runSigning(options, async (registry, signer) => {
        const { reasons, changes } = await operationsIn(
          files.map((file) => ({ name: fileName(file), value: readDocument(file) })),
          registry,
        );
        if (options.reason === undefined && reasons.length > 1)
          throw new UsageError('the files give several reasons: give one for all of them as --reason');
        const reason = reasonOf(options.reason ?? reasons[0]);
        if (changes.length === 0)
          throw new UsageError(`nothing is proposed: no operation in ${files.map(fileName).join(', ')}`);
        return fileChange(registry, signer, {
          reason,
          changes,
          ...(options.genesis === true && { base: null }),
        });
      }),
    );
  return withSigningOptions(command);
}

/** Files operations as one proposal, on the word of who signs. */
export async function fileChange(
  registry: RegistryClient,
  signer: PersonSigner,
  asked: { readonly reason: string; readonly changes: readonly unknown[]; readonly base?: null },
): Promise<CommandOutcome> {
  const { reason, changes } = asked;
  const word = await attestedBy(signer, { kind: 'change', reason, changes: changesDigest(changes) });
  return proposalOutcome(await upload(registry, { ...asked, ...word }, progress));
}

export function proposalOutcome(answer: Members): CommandOutcome & { readonly json: Members } {
  return { words: proposalInWords(readAs(proposalShape, answer)), json: answer };
}

/** `proposals` */
export function proposalsCommand(): Command {
  const command = new Command('proposals')
    .description('list proposals, newest first')
    .action((options: RegistryOptions) =>
      run(options, async (registry) => {
        const answer = await registry({ method: 'GET', path: 'proposals' });
        const { proposals } = readAs(proposalsShape, answer);
        const words =
          proposals.length === 0 ? ['There are no proposals.'] : proposals.flatMap(proposalInWords);
        return { words, json: answer };
      }),
    );
  return withRegistryOptions(command);
}

const ALL = ['--all', `show every operation, also where there are more than ${MOST_OPERATIONS}`] as const;

/** What a proposal does, in words: what contradicts it, to be shown first, and its operations. */
async function wordsOf(registry: RegistryClient, proposal: WholeProposal, all: boolean) {
  const { changes, base, reason } = proposal;
  if (changes === null) return { top: [], operations: [] };
  const change = await shownChange(registry, { reason, changes }, base?.version ?? null);
  return {
    top: contradictionsInWords(change),
    operations: operationsInWords(change, all ? undefined : MOST_OPERATIONS),
  };
}

/** `proposal ID` */
export function proposalCommand(): Command {
  const command = new Command('proposal')
    .description('show a proposal and its operations, in sentences')
    .argument('<id>')
    .option(...ALL)
    .action((id: string, options: RegistryOptions & { readonly all?: true }) =>
      run(options, async (registry) => {
        const proposal = await wholeProposal(registry, id);
        const { top, operations } = await wordsOf(registry, proposal, options.all === true);
        return { words: [...top, ...proposalInWords(proposal), ...operations], json: proposal };
      }),
    );
  return withRegistryOptions(command);
}

/** `validate ID` */
export function validateCommand(): Command {
  const command = new Command('validate')
    .description('name every problem of a proposal; exit code 3 where there is one')
    .argument('<id>')
    .option(...ALL)
    .action((id: string, options: RegistryOptions & { readonly all?: true }) =>
      run(options, async (registry) => {
        const answer = await registry({ method: 'POST', path: `${proposalPath(id)}/validate`, body: {} });
        const { valid, problems } = readAs(validation, answer);
        if (!valid || problems.length > 0) process.exitCode = EXIT.refused;
        const { top, operations } = await wordsOf(
          registry,
          await wholeProposal(registry, id),
          options.all === true,
        );
        const found = problems.map(({ path, message }) => `  ${path || '(elsewhere)'}: ${message}`);
        const verdict = valid && found.length === 0 ? ['Sound.'] : ['Not sound.', ...found];
        return { words: [...top, ...operations, ...verdict], json: answer };
      }),
    );
  return withRegistryOptions(command);
}

interface SimulateOptions extends RegistryOptions {
  readonly recent?: string;
  readonly report?: string;
  readonly all?: true;
}

/** `simulate ID` */
export function simulateCommand(): Command {
  const command = new Command('simulate')
    .description('show which answers a proposal would flip, now and at every future boundary of validity')
    .argument('<id>')
    .option('--recent <file>', 'recent decision requests to ask again: a list, YAML or JSON')
    .option('--report <file>', 'write the change record that two people sign, as HTML')
    .option(...ALL)
    .action((id: string, options: SimulateOptions) =>
      run(options, async (registry) => {
        const body = options.recent === undefined ? {} : { recent: readDocument(options.recent) };
        const started = await registry({ method: 'POST', path: `${proposalPath(id)}/simulate`, body });
        const job = await finishJob(registry, started, progress);
        const report = await jobResultOf<SimulationReport>(registry, job);
        readAs(simulation, report);
        const { top, operations } = await wordsOf(
          registry,
          await wholeProposal(registry, id),
          options.all === true,
        );
        const words = [...top, ...operations, ...simulationInWords(report)];
        if (options.report !== undefined) {
          writeFileSync(options.report, changeReport(await changeRecordOf(registry, id, job, report)));
          words.push(`The change record is in ${options.report}.`);
        }
        return { words, wraps: true, json: report };
      }),
    );
  return withRegistryOptions(command);
}

interface ReviewOptions extends RegistryOptions {
  readonly all?: true;
  readonly html?: string;
}

/** `review ID` */
export function reviewCommand(): Command {
  const command = new Command('review')
    .description(
      'show everything that signing or approving a simulated proposal agrees to; ends with the digest that --reviewed takes from you alone',
    )
    .argument('<id>')
    .option(
      '--all',
      `show every operation, group and answer, also where there are more than ${MOST_OPERATIONS} operations or ${MOST_GROUPS} groups`,
    )
    .option('--html <file>', 'write all of it as one page that needs nothing else')
    .action((id: string, options: ReviewOptions) =>
      run(options, async (registry) => {
        const key = await personKey(options);
        const all = options.all === true || options.html !== undefined;
        const terms = { tables: tablesOf(options), reader: key?.publicKey, all };
        const { words, json, page } = await reviewOf(registry, id, terms);
        if (options.html === undefined) return { words, wraps: true, json };
        if (page === undefined)
          throw new UsageError('--html is of a change: a confirmation is shown without it');
        writeFileSync(options.html, page());
        return { words: [...words.slice(-2), `The page is in ${options.html}.`], wraps: true, json };
      }),
    );
  return withSigningOptions(command, 'whose review it is');
}

interface Reviewed extends RegistryOptions {
  readonly reviewed?: string;
}

const REVIEWED = [
  '--reviewed <digest>',
  'what you have seen, by the digest that `review` ends with (default: you are shown it, and asked)',
] as const;

/** `sign ID` */
export function signCommand(): Command {
  const command = new Command('sign')
    .description('sign, as its author, what a simulated proposal comes to; the second person signs the same')
    .argument('<id>')
    .option(...REVIEWED)
    .action((id: string, options: Reviewed) =>
      runSigning(options, async (registry, signer, tables) => {
        const review = await reviewOf(registry, id, { tables, reader: signer.key, all: true });
        await demandSeen(id, review, options.reviewed);
        const signed = await signer.sign(review.statement);
        const path = `${proposalPath(id)}/sign`;
        const { words, json } = proposalOutcome(await registry({ method: 'POST', path, body: { signed } }));
        return { words, json: { ...json, computed: review.computed } };
      }),
    );
  return withSigningOptions(command);
}

interface ApproveOptions extends Reviewed {
  readonly acknowledge?: string;
}

/** `approve ID` */
export function approveCommand(): Command {
  const command = new Command('approve')
    .description('approve a proposal as its second person, and publish it; a confirmation takes many')
    .argument('<id>')
    .option(
      '--acknowledge <what>',
      'the answers that become permit, or stay it for longer, by group or number: all-of:NAME,NAME or 1-4,7',
    )
    .option(...REVIEWED)
    .action((id: string, options: ApproveOptions) =>
      runSigning(options, async (registry, signer, tables) => {
        const given = options.acknowledge === undefined ? undefined : acknowledged(options.acknowledge);
        let { reviewed } = options;
        let answer: Members;
        let computed: boolean;
        do {
          const review = await reviewOf(registry, id, { tables, reader: signer.key, all: true });
          ({ computed } = review);
          // Signed again by itself only where nothing of it has changed.
          reviewed = (await demandSeen(id, review, reviewed)) ?? undefined;
          const said = given ?? (await askedToAcknowledge(review.groups));
          const acknowledgement = acknowledgementOf(said, review.groups);
          const body = { ...acknowledgement, signed: await signer.sign(review.statement) };
          answer = await registry({ method: 'POST', path: `${proposalPath(id)}/approve`, body });
          // A day old, its author's alone, or on what is not HEAD any more: simulated again.
          if ('job' in answer) await finishJob(registry, answer, progress);
        } while ('job' in answer);
        if ('missing' in answer)
          return {
            words: [`Signed; two people of ${answer['missing']} have not.`],
            json: { ...answer, computed },
          };
        return {
          words: acknowledgementInWords(readAs(acknowledgement, answer)),
          json: { ...answer, computed },
        };
      }),
    );
  return withSigningOptions(command);
}

/** `reject ID` */
export function rejectCommand(): Command {
  const command = new Command('reject')
    .description('withdraw your own proposal, or refuse one you could approve')
    .argument('<id>')
    .option('--reason <text>', 'why')
    .action((id: string, options: Reasoned) =>
      run(options, async (registry) =>
        proposalOutcome(
          await registry({
            method: 'POST',
            path: `${proposalPath(id)}/reject`,
            body: { reason: reasonOf(options.reason) },
          }),
        ),
      ),
    );
  return withRegistryOptions(command);
}
