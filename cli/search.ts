/** `routeguard search`: which networks or routes may carry a message. Every page is fetched, or it is an error. */
import { Command, Option } from 'commander';
import * as z from 'zod/mini';
import { EXIT } from './exit.ts';
import { endWithoutAnswer, NoAnswerError } from './no-answer.ts';
import { circumstancesOf, type MessageOptions, messageOf, withMessageOptions } from './question.ts';
import { httpRefusal, post } from './signed-http.ts';
import { note, say, sayJson } from './terminal.ts';
import { type WhichGuard, withWhichGuard } from './which-guard.ts';

interface SearchOptions extends MessageOptions, WhichGuard {
  readonly type: 'network' | 'route';
  readonly json?: true;
}

const page = z.looseObject({
  results: z.array(z.looseObject({ type: z.string(), id: z.string() })),
  page: z.optional(z.looseObject({ next_token: z.string() })),
});

/** Pages one search may have: more is a guard that goes round in circles. */
const MAX_PAGES = 10_000;

function bodyOf(o: SearchOptions): Record<string, unknown> {
  const { id, ...properties } = messageOf(o);
  const { supportedObligations, ...context } = circumstancesOf(o);
  return {
    subject: { type: 'message', id, properties },
    action: { name: 'route' },
    resource: { type: o.type },
    context: {
      ...context,
      ...(supportedObligations !== undefined && { supported_obligations: supportedObligations }),
    },
  };
}

/** Every hit. @throws NoAnswerError where any page is missing */
async function searchAll(options: SearchOptions): Promise<readonly string[]> {
  const ids: string[] = [];
  const body = bodyOf(options);
  let token = '';
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const question = { ...body, ...(token !== '' && { page: { token } }) };
    const answer = await post(options, 'caller', '/access/v1/search/resource', JSON.stringify(question));
    if (answer.status !== 200) throw httpRefusal(answer);
    const found = page.safeParse(answer.body);
    if (!found.success || found.data.results.some((r) => r.type !== options.type))
      throw new NoAnswerError(`the guard did not answer with ${options.type}s`);
    ids.push(...found.data.results.map((r) => r.id));
    token = found.data.page?.next_token ?? '';
    if (token === '') return ids;
  }
  throw new NoAnswerError('the search did not come to an end');
}

const WHY =
  '`routeguard explain` says why one of them may not; `routeguard registry holds`, whether anything is stopped';

async function run(options: SearchOptions): Promise<void> {
  try {
    const ids = await searchAll(options);
    if (options.json === true) sayJson({ type: options.type, results: ids });
    else {
      if (ids.length > 0) say(ids);
      const kind = ids.length === 1 ? options.type : `${options.type}s`;
      note(`${ids.length === 0 ? 'no' : ids.length} ${kind} may carry it`);
      if (ids.length === 0) note(WHY);
    }
    process.exitCode = ids.length > 0 ? 0 : EXIT.refused;
  } catch (error) {
    endWithoutAnswer(error);
  }
}

export function searchCommand(): Command {
  const command = new Command('search').description(
    'Which networks or routes may carry this message now? Exit code 0 some, 3 none, 4 nobody decided, 2 usage.',
  );
  withMessageOptions(command)
    .addOption(
      new Option('--type <type>', 'routes as registered, or networks as a path of one assumed hop')
        .choices(['network', 'route'])
        .default('route'),
    )
    .option('--json', 'print the result as one line of JSON')
    .addHelpText('after', '\nExample:\n  routeguard search --marking "SECRET//REL TO USA, GBR" --type route')
    .action(run);
  return withWhichGuard(command);
}
