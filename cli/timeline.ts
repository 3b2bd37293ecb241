/** `routeguard timeline`: every instant at which the answer to one question changes, and why. */
import { Command } from 'commander';
import type { Answer } from '../functions/core/decision/answer.ts';
import { decide } from '../functions/core/decision/decide.ts';
import { labelOf } from '../functions/core/decision/label-of.ts';
import { readRequest } from '../functions/core/decision/read-request.ts';
import { type DatedAnswer, type Timeline, timelineOf } from '../functions/core/decision/timeline.ts';
import { unreadable } from '../functions/core/decision/unreadable.ts';
import { instantOf, isDay } from '../functions/core/facts/moment.ts';
import { inputFor } from '../functions/core/registry/input.ts';
import { registryFrom } from '../functions/core/registry/registry.ts';
import { SpanError } from '../functions/core/time/spans.ts';
import { answerIn } from './answer-shape.ts';
import { EXIT } from './exit.ts';
import { factsIn } from './fact-files.ts';
import { askGuard } from './guard-connection.ts';
import { endWithoutAnswer, NoAnswerError } from './no-answer.ts';
import { reasonInWords } from './print-answer.ts';
import { flowOption, listed, newQuestion, requestOf } from './question.ts';
import { DataFileError } from './read-json-file.ts';
import { loadWorld } from './scenario/world.ts';
import { say, sayJson } from './terminal.ts';
import { timelineAsJson, timelineInWords } from './timeline-table.ts';
import { UsageError } from './usage-error.ts';
import { type WhichGuard, withWhichGuard } from './which-guard.ts';

interface TimelineOptions extends WhichGuard {
  readonly marking: string;
  readonly format?: string;
  readonly owner?: string;
  readonly network: readonly string[];
  readonly route?: string;
  readonly protection?: string;
  readonly flow?: string;
  readonly supports: readonly string[];
  readonly standard: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly facts: readonly string[];
  readonly json?: true;
}

function instant(text: string, option: string): number {
  const at = instantOf(isDay(text) ? `${text}T00:00:00Z` : text);
  if (at === undefined)
    throw new UsageError(`${option} takes a day (YYYY-MM-DD) or an instant (YYYY-MM-DDTHH:MM:SSZ)`);
  return at;
}

type AnswerAt = (at: number) => Promise<DatedAnswer> | DatedAnswer;

/** Decides on facts from files, with the library of standards beside them. */
function fromFiles(options: TimelineOptions, question: object): AnswerAt {
  const facts = factsIn(options.facts);
  const own = new Set(facts.map((f) => `${String(f['kind'])}/${String(f['id'])}`));
  const library = loadWorld().standards.filter((f) => !own.has(`${String(f['kind'])}/${String(f['id'])}`));
  const registry = registryFrom([...facts, ...library]);
  const read = readRequest(question);
  if (!read.ok) throw new UsageError('the options do not make a request the guard reads');
  return (at) => {
    const label = labelOf(read.request.message, at);
    if (!label.ok) return unreadable(label.reasons, label.until);
    return decide(inputFor(registry, read.request, label, at));
  };
}

/** Asks a running guard the same question about one boundary after another. */
function fromGuard(options: TimelineOptions, question: object): AnswerAt {
  return async (at) => {
    const request = newQuestion({ ...question, at: new Date(at).toISOString(), explain: 'codes' });
    const answer = answerIn(request, await askGuard(options, request), options);
    if (answer.registry === undefined)
      throw new NoAnswerError(`the guard refused: ${answer.reasons.map(reasonInWords).join('; ')}`, {
        exit: EXIT.refused,
      });
    if (answer.hypothetical === undefined)
      throw new NoAnswerError('the guard answered about now, and not about the time asked for');
    if (answer.standards.some((s) => s.by === 'request'))
      throw new UsageError(
        'a guard does not say when a standard that you add changes its answer: give the facts with --facts',
      );
    const validUntil = answer.validUntil === undefined ? null : Date.parse(answer.validUntil);
    if (validUntil !== null && !(validUntil > at))
      throw new NoAnswerError('the guard says that its answer ended before it began');
    const plain = (reasons: Answer['reasons']) => reasons.map(({ text: _text, field: _field, ...r }) => r);
    return {
      outcome: answer.hypothetical.outcome,
      standards: answer.standards,
      reasons: plain(answer.reasons),
      notes: plain(answer.notes ?? []),
      mandates: answer.mandates ?? [],
      validUntil,
    };
  };
}

async function askedFor(options: TimelineOptions): Promise<Timeline> {
  const from = instant(options.from, '--from');
  const to = instant(options.to, '--to');
  if (!(from < to)) throw new UsageError('--from must come before --to');
  const { json: _json, facts, ...rest } = options;
  const question = requestOf({ ...rest, messageId: 'timeline' }) as object;
  return timelineOf(facts.length > 0 ? fromFiles(options, question) : fromGuard(options, question), from, to);
}

async function run(options: TimelineOptions): Promise<void> {
  try {
    const timeline = await askedFor(options);
    if (options.json === true) sayJson(timelineAsJson(timeline), 2);
    else say(timelineInWords(timeline));
  } catch (error) {
    if (error instanceof DataFileError || error instanceof SpanError) throw new UsageError(error.message);
    endWithoutAnswer(error);
  }
}

export function timelineCommand(): Command {
  const command = new Command('timeline')
    .description('Every instant at which the answer changes, and why: from a guard, or from files of facts.')
    .requiredOption('--marking <marking>', 'the marking as written, or a structured label as JSON')
    .option('--format <format>', 'the marking format; detected where exactly one reads the marking')
    .option('--owner <nation>', 'the marking nation, where the format does not say (USA, GBR …)')
    .option(
      '--network <hop>',
      'a hop: a registered id or SCHEME:VALUE; repeat it or separate by commas',
      listed('--network'),
      [],
    )
    .option('--route <id>', 'a registered route')
    .option('--protection <registration>', 'none, or SCHEME:REGISTRATION of a registered protection')
    .option('--supports <obligations>', 'obligations you can discharge', listed('--supports'), [])
    .addOption(flowOption())
    .option(
      '--standard <id>',
      'a standard to apply besides those mandated; needs --facts',
      listed('--standard'),
      [],
    )
    .requiredOption('--from <when>', 'the first instant; a day is its first instant, UTC')
    .requiredOption('--to <when>', 'the instant at which it ends, itself not included')
    .option(
      '--facts <files>',
      'files or folders of facts to decide on, instead of asking a guard',
      listed('--facts'),
      [],
    )
    .option('--json', 'print the timeline as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  routeguard timeline --marking OFFICIAL --owner GBR --route gb-a-alone \\\n    --from 2019-01-01 --to 2029-01-01 --facts samples/registry',
    )
    .action(run);
  return withWhichGuard(command);
}
