/** `routeguard best-path`: which of some paths are permitted, and what is missing on the others. */
import { Command } from 'commander';
import {
  type BestPathResponse,
  bestPathResponse,
  type ComparedPath,
} from '../functions/access/best-path-request.ts';
import { EXIT } from './exit.ts';
import { endWithoutAnswer, NoAnswerError } from './no-answer.ts';
import {
  circumstancesOf,
  hop,
  listEntries,
  type MessageOptions,
  messageOf,
  several,
  type TimeOptions,
  withMessageOptions,
  withTimeOptions,
} from './question.ts';
import { httpRefusal, post } from './signed-http.ts';
import { say, sayJson } from './terminal.ts';
import { type WhichGuard, withWhichGuard } from './which-guard.ts';

interface BestPathOptions extends MessageOptions, TimeOptions, WhichGuard {
  readonly path: readonly string[];
  readonly route: readonly string[];
  readonly json?: true;
}

function pathsOf(o: BestPathOptions): readonly Record<string, unknown>[] {
  return [
    ...o.path.map((hops) => ({ hops: listEntries('--path', hops).map(hop) })),
    ...o.route.map((route) => ({ route })),
  ];
}

function nameOf({ path }: ComparedPath, o: BestPathOptions): string {
  if ('route' in path) return path.route;
  return (
    [...o.path.map((hops) => hops.replaceAll(',', ' → ')), ...o.route][path.index] ?? `path ${path.index}`
  );
}

function inWords(answer: BestPathResponse, o: BestPathOptions): readonly string[] {
  const lines = answer.paths.flatMap((p) => {
    const { permitted, outcome, obligations } = p.hypothetical ?? p;
    const judged = permitted ? 'PERMITTED' : outcome === 'deny' ? 'DENIED' : `DENIED (${outcome})`;
    const verdict = p.hypothetical === undefined ? judged : judged.toLowerCase();
    const more = permitted || p.repairsComplete ? '' : ', and perhaps more';
    const count = permitted ? '' : `: ${p.repairs.length} to repair${more}`;
    return [
      `${verdict}  ${nameOf(p, o)}${count}`,
      ...obligations.map((type) => `    obligation: ${type}`),
      ...p.repairs.map((r) => {
        const hops = r.hops.length === 0 ? '' : ` at hop ${r.hops.join(', ')}`;
        return `    ${r.repair}${hops}: ${r.text} (${r.codes.join(', ')})`;
      }),
    ];
  });
  const when = answer.current ? `at ${answer.at}` : `hypothetical, for ${answer.at}`;
  return [...lines, `registry version ${answer.registry.version}, ${when}; to act on it, ask decide`];
}

async function run(options: BestPathOptions): Promise<void> {
  const paths = pathsOf(options);
  try {
    const question = {
      message: messageOf(options),
      ...circumstancesOf(options),
      ...(paths.length > 0 && { paths }),
    };
    const answer = await post(options, 'caller', '/v1/best-path', JSON.stringify(question));
    if (answer.status !== 200) throw httpRefusal(answer);
    const read = bestPathResponse.safeParse(answer.body);
    if (!read.success) throw new NoAnswerError('the guard did not answer with paths');
    if (options.json === true) sayJson(answer.body);
    else say(inWords(read.data, options));
    process.exitCode = read.data.paths.some((p) => p.permitted) ? 0 : EXIT.refused;
  } catch (error) {
    endWithoutAnswer(error);
  }
}

export function bestPathCommand(): Command {
  const command = new Command('best-path').description(
    'Which of these paths, or of all registered routes, may carry this message, and what is missing on the others? Exit code 0 some may now, 3 none, 4 nobody decided, 2 usage.',
  );
  withTimeOptions(withMessageOptions(command))
    .option(
      '--path <hops>',
      'a path to compare, hops separated by commas, which counts as assumed; repeat for more',
      several('--path'),
      [],
    )
    .option('--route <id>', 'a registered route to compare; repeat for more', several('--route'), [])
    .option('--json', 'print the answer as one line of JSON')
    .addHelpText(
      'after',
      '\nExample:\n  routeguard best-path --marking "SECRET//REL TO USA, GBR" --route sms-gb-primary --path gb-b,us-b',
    )
    .action(run);
  return withWhichGuard(command);
}
