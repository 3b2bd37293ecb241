/** `routeguard decide`: one question, one answer. */
import { Command, Option } from 'commander';
import type { Answer } from '../functions/core/decision/answer.ts';
import {
  askGuard,
  type ConnectionOptions,
  GuardUnreachableError,
  withConnectionOptions,
} from './guard-connection.ts';
import { answerInWords } from './print-answer.ts';
import { UsageError } from './usage-error.ts';

interface DecideOptions extends ConnectionOptions {
  readonly marking: string;
  readonly format?: string;
  readonly owner?: string;
  readonly network: readonly string[];
  readonly route?: string;
  readonly pathAssurance?: string;
  readonly protection?: string;
  readonly supports: readonly string[];
  readonly flow?: string;
  readonly at?: string;
  readonly standard: readonly string[];
  readonly registryAtLeast?: string;
  readonly registryExact?: string;
  readonly explain?: string;
  readonly messageId: string;
  readonly json?: true;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, ...value.split(',').filter((x) => x !== '')];
}

/** `gb-a` is a registered id; `plmn:001-01` an identifier of that scheme. */
function hop(text: string): Record<string, string> {
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
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError('--marking starts like a structured label but is not JSON');
  }
}

/** The request the options ask for. Exported for the other commands that ask the same question. */
export function requestOf(o: DecideOptions): unknown {
  if ((o.route === undefined) === (o.network.length === 0))
    throw new UsageError('give either --route or --network');
  if (o.route !== undefined && o.pathAssurance !== undefined) {
    throw new UsageError('a registered route has its own assurance: --path-assurance goes with --network');
  }
  if (o.registryAtLeast !== undefined && o.registryExact !== undefined) {
    throw new UsageError('--registry-at-least and --registry-exact exclude each other');
  }
  return {
    message: {
      id: o.messageId,
      marking: marking(o.marking),
      ...(o.format !== undefined && { markingFormat: o.format }),
      ...(o.owner !== undefined && { originator: o.owner }),
      ...(o.protection !== undefined && { protection: protection(o.protection) }),
      ...(o.flow !== undefined && { flow: o.flow }),
    },
    path:
      o.route !== undefined
        ? { route: o.route }
        : { hops: o.network.map(hop), ...(o.pathAssurance !== undefined && { assurance: o.pathAssurance }) },
    ...(o.at !== undefined && { at: instant(o.at) }),
    ...(o.registryAtLeast !== undefined && {
      registry: { atLeast: version(o.registryAtLeast, '--registry-at-least') },
    }),
    ...(o.registryExact !== undefined && {
      registry: { exact: version(o.registryExact, '--registry-exact') },
    }),
    ...(o.standard.length > 0 && { standards: o.standard }),
    ...(o.explain !== undefined && { explain: o.explain }),
    ...(o.supports.length > 0 && { supportedObligations: o.supports }),
  };
}

async function run(options: DecideOptions): Promise<void> {
  try {
    const answer = (await askGuard(options, requestOf(options))) as Answer;
    console.log(options.json ? JSON.stringify(answer) : answerInWords(answer));
    process.exitCode = answer.decision === true ? 0 : 3;
  } catch (error) {
    if (!(error instanceof GuardUnreachableError)) throw error;
    // An enforcement point that gets no answer denies, and so does this command.
    console.error(`routeguard: ${error.message}`);
    if (options.json)
      console.log(JSON.stringify({ decision: false, outcome: 'indeterminate', retry: 'after' }));
    process.exitCode = 3;
  }
}

export function decideCommand(): Command {
  const command = new Command('decide')
    .description('May this message be routed over this path? Exit code 0 permit, 3 anything else, 2 usage.')
    .requiredOption('--marking <marking>', 'the marking as written, or a structured label as JSON')
    .option('--format <format>', 'the marking format; detected where exactly one reads the marking')
    .option('--owner <nation>', 'the marking nation, where the format does not say (USA, GBR …)')
    .option(
      '--network <hop>',
      'a hop: a registered id or SCHEME:VALUE such as plmn:999-01; repeat it or separate hops by commas',
      collect,
      [],
    )
    .option('--route <id>', 'a registered route')
    .addOption(
      new Option('--path-assurance <how>', 'how well the hops are known (default: assumed)').choices([
        'pinned',
        'observed',
        'assumed',
      ]),
    )
    .option('--protection <registration>', 'none, or SCHEME:REGISTRATION of a registered protection')
    .option(
      '--supports <obligations>',
      'obligations you can discharge, such as use-tunnel; repeat or separate by commas',
      collect,
      [],
    )
    .option('--flow <flow>', 'what the message is part of, where a standard asks')
    .option('--at <when>', 'a day or instant (UTC): a hypothetical answer about that time')
    .option(
      '--standard <id>',
      'a standard to apply besides those mandated; repeat or separate by commas',
      collect,
      [],
    )
    .option('--registry-at-least <version>', 'refuse an older registry')
    .option('--registry-exact <version>', 'a hypothetical answer from that version')
    .addOption(new Option('--explain <how>', 'how much to explain').choices(['none', 'codes', 'full']))
    .option('--message-id <id>', 'the id of the message', 'cli')
    .option('--json', 'print the answer as one line of JSON')
    .addHelpText(
      'after',
      '\nExample:\n  routeguard decide --marking "SECRET//REL TO USA, GBR" --network gb-a --path-assurance pinned --at 2020-02-15',
    )
    .action(run);
  return withConnectionOptions(command);
}
