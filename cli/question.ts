/** The options that put a question together, shared by the commands that ask one. */
import { type Command, Option } from 'commander';
import { questionToSend, type SentQuestion } from '../client/question.ts';
import { PROCESS_SURROUNDINGS } from '../client/surroundings.ts';
import { FLOW_WORDS } from '../functions/core/facts/scope-words.ts';
import { parseStrictJson } from '../functions/core/strict-json.ts';
import { UsageError } from './usage-error.ts';

/** The message, and what is asked about it besides its path. */
export interface MessageOptions {
  readonly marking: string;
  readonly format?: string;
  readonly owner?: string;
  readonly protection?: string;
  readonly supports: readonly string[];
  readonly flow?: string;
  readonly standard: readonly string[];
  readonly registryAtLeast?: string;
  readonly messageId: string;
}

/** Another time or an exact version: a hypothetical question. */
export interface TimeOptions {
  readonly at?: string;
  readonly registryExact?: string;
}

export interface QuestionOptions extends MessageOptions, TimeOptions {
  readonly network: readonly string[];
  readonly route?: string;
  readonly explain?: string;
}

/**
 * The entries of a list as it was written. One that is empty was meant to be something: an unset variable, a hop that
 * fell out. Left out it would make the question a weaker one.
 *
 * @throws UsageError
 */
export function listEntries(option: string, text: string): readonly string[] {
  const entries = text.split(',');
  if (entries.some((entry) => entry.trim() === ''))
    throw new UsageError(`${option} has an empty entry: write every one, and no comma without one after it`);
  return entries;
}

/** Reads an option whose lists are written with commas, or by repeating it. */
export function listed(option: string) {
  return (text: string, before: readonly string[]): readonly string[] => [
    ...before,
    ...listEntries(option, text),
  ];
}

/** Reads an option that is repeated, and keeps each as it was written. */
export function several(option: string) {
  return (text: string, before: readonly string[]): readonly string[] => {
    if (text.trim() === '') throw new UsageError(`${option} is empty: write what it names, or leave it out`);
    return [...before, text];
  };
}

/** `gb-a` is a registered id; `plmn:001-01` an identifier of that scheme. */
export function hop(text: string): Record<string, string> {
  const colon = text.indexOf(':');
  return colon < 0 ? { network: text } : { [text.slice(0, colon)]: text.slice(colon + 1) };
}

/** A day means its first instant, UTC. */
function instant(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text;
}

function version(text: string, option: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`${option} takes a version, a whole number from 1`);
  return Number(text);
}

function protection(text: string): Record<string, string> {
  if (text === 'none') return { scheme: 'none' };
  const colon = text.indexOf(':');
  if (colon < 1)
    throw new UsageError('--protection takes "none" or SCHEME:REGISTRATION, such as csfc:synthetic-reg-1');
  return { scheme: text.slice(0, colon), registration: text.slice(colon + 1) };
}

function marking(text: string): unknown {
  if (!text.startsWith('{')) return text;
  // As the guard reads it: a member written twice would else be asked about as the last of the two.
  const label = parseStrictJson(text);
  if (label.ok) return label.value;
  throw new UsageError(
    `--marking starts like a structured label but is not JSON as the guard reads it (${label.code} at ${label.at})`,
  );
}

/** The `message` member of a request. */
export function messageOf(o: MessageOptions): Record<string, unknown> {
  return {
    id: o.messageId,
    marking: marking(o.marking),
    ...(o.format !== undefined && { markingFormat: o.format }),
    ...(o.owner !== undefined && { originator: o.owner }),
    ...(o.protection !== undefined && { protection: protection(o.protection) }),
    ...(o.flow !== undefined && { flow: o.flow }),
  };
}

/** The members beside message and path. @throws UsageError */
export function circumstancesOf(o: MessageOptions & TimeOptions): Record<string, unknown> {
  if (o.registryAtLeast !== undefined && o.registryExact !== undefined) {
    throw new UsageError('--registry-at-least and --registry-exact exclude each other');
  }
  return {
    ...(o.at !== undefined && { at: instant(o.at) }),
    ...(o.registryAtLeast !== undefined && {
      registry: { atLeast: version(o.registryAtLeast, '--registry-at-least') },
    }),
    ...(o.registryExact !== undefined && {
      registry: { exact: version(o.registryExact, '--registry-exact') },
    }),
    ...(o.standard.length > 0 && { standards: o.standard }),
    ...(o.supports.length > 0 && { supportedObligations: o.supports }),
  };
}

/** The request the options ask for. @throws UsageError */
export function requestOf(o: QuestionOptions): Record<string, unknown> {
  if ((o.route === undefined) === (o.network.length === 0))
    throw new UsageError('give either --route or --network');
  return {
    message: messageOf(o),
    path: o.route !== undefined ? { route: o.route } : { hops: o.network.map(hop) },
    ...circumstancesOf(o),
    ...(o.explain !== undefined && { explain: o.explain }),
  };
}

/** A request as it is sent once, so that its answer can be told from any other. */
export function newQuestion(request: object): SentQuestion {
  return questionToSend(request, PROCESS_SURROUNDINGS.nonce());
}

/** A word nobody knows would be in no standard's scope: the guard refuses it, and so does the command. */
export function flowOption(): Option {
  return new Option('--flow <flow>', 'what the message is part of, where a standard asks').choices(
    FLOW_WORDS,
  );
}

export function withMessageOptions(command: Command): Command {
  return command
    .requiredOption('--marking <marking>', 'the marking as written, or a structured label as JSON')
    .option('--format <format>', 'the marking format; detected where exactly one reads the marking')
    .option('--owner <nation>', 'the marking nation, where the format does not say (USA, GBR …)')
    .option('--protection <registration>', 'none, or SCHEME:REGISTRATION of a registered protection')
    .option(
      '--supports <obligations>',
      'obligations you can discharge, such as use-tunnel; repeat or separate by commas',
      listed('--supports'),
      [],
    )
    .addOption(flowOption())
    .option(
      '--standard <id>',
      'a standard to apply besides those mandated; repeat or separate by commas',
      listed('--standard'),
      [],
    )
    .option('--registry-at-least <version>', 'refuse an older registry')
    .option('--message-id <id>', 'the id of the message', 'cli');
}

export function withTimeOptions(command: Command): Command {
  return command
    .option('--at <when>', 'a day or instant (UTC): a hypothetical answer about that time')
    .option('--registry-exact <version>', 'a hypothetical answer from that version');
}

export function withPathOptions(command: Command): Command {
  return command
    .option(
      '--network <hop>',
      'a hop: a registered id or SCHEME:VALUE such as plmn:999-01; repeat it or separate hops by commas; such a path counts as assumed',
      listed('--network'),
      [],
    )
    .option('--route <id>', 'a registered route, which has its own assurance');
}
