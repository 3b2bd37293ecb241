import { Command } from 'commander';
import type * as z from 'zod/mini';
import { NOBODY } from '../../functions/core/administration/undo.ts';
import {
  proposal as proposalShape,
  proposals as proposalsShape,
  undo as undoShape,
} from '../../functions/registry/answers.ts';
import { EXIT } from '../exit.ts';
import { several } from '../question.ts';
import { reasonOf } from './change-commands.ts';
import { type RegistryClient, type RegistryOptions, withSigningOptions } from './connection.ts';
import { RegistryRefusedError } from './errors.ts';
import { readAs } from './read-answer.ts';
import { type CommandOutcome, run, runSigning } from './run.ts';
import { attestedBy } from './signing.ts';
import { versionArgument } from './stop-commands.ts';
import { proposalInWords } from './words.ts';

type Undo = z.infer<typeof undoShape>;
type Part = Undo['parts'][number];
type Members = Readonly<Record<string, unknown>>;

interface RollbackOptions extends RegistryOptions {
  readonly reason?: string;
  readonly also: readonly string[];
  readonly status?: true;
}

/** `rollback VERSION` */
export function rollbackCommand(): Command {
  const command = new Command('rollback')
    .description(
      'propose the facts of an earlier version again: your part of them, and who has to propose the others',
    )
    .argument('<version>')
    .option('--reason <text>', 'why; recorded for good')
    .option(
      '--also <key>',
      'a stop, a designation, an adverse judgement or an authority that goes too; they stay unless named; may be repeated',
      several('--also'),
      [],
    )
    .option('--status', 'only show what is left of the way back, and for whom')
    .action((given: string, options: RollbackOptions) => {
      const version = versionArgument(given);
      const also = [...new Set(options.also)].sort();
      if (options.status === true)
        return run(options, async (registry) => {
          const undo = await left(registry, version, also);
          const waiting = await waitingParts(registry, undo);
          return {
            words: undoInWords(undo, new Map(), waiting),
            json: { ...undo, ...waitingAsData(waiting) },
          };
        });
      const reason = reasonOf(options.reason);
      return runSigning(options, async (registry, signer) => {
        const undo = await left(registry, version, also);
        const waiting = await waitingParts(registry, undo);
        const proposals = new Map<string, Members>();
        for (const { by } of undo.parts.filter(isReady)) {
          if (waiting.has(by)) continue;
          const asked = { kind: 'rollback', version, by, also, reason } as const;
          const { kind: path, ...rest } = asked;
          const body = { ...rest, ...(await attestedBy(signer, asked)) };
          const proposal = await unlessForOthers(() => registry({ method: 'POST', path, body }));
          if (proposal !== undefined) proposals.set(by, proposal);
        }
        return proposed(undo, proposals, waiting);
      });
    });
  return withSigningOptions(command);
}

async function left(registry: RegistryClient, version: number, also: readonly string[]): Promise<Undo> {
  const query = also.length === 0 ? {} : { also: also.join(',') };
  return readAs(undoShape, await registry({ method: 'GET', path: `rollback/${version}`, query }));
}

/** Undefined where the part is not the caller's to propose. */
async function unlessForOthers(ask: () => Promise<Members>): Promise<Members | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RegistryRefusedError && error.error.code === 'NOT_AUTHORISED') return undefined;
    throw error;
  }
}

/** Proposals looked through for a part that somebody has proposed: the newest, and as many as one answer has. */
const MOST_LOOKED_AT = '100';

/** Ids of the proposals in which parts of exactly this way back wait for their second person. */
async function waitingParts(registry: RegistryClient, undo: Undo): Promise<ReadonlyMap<string, string>> {
  const { to, also, parts } = undo;
  if (parts.length === 0) return new Map();
  const query = { limit: MOST_LOOKED_AT };
  const { proposals } = readAs(proposalsShape, await registry({ method: 'GET', path: 'proposals', query }));
  // Whatever was published since: its approval simulates it again, and a hold in between must not have it proposed twice.
  const same = proposals.filter(({ status, kind, asked }) => {
    const isOfThis = asked?.['version'] === to && JSON.stringify(asked['also']) === JSON.stringify(also);
    return kind === 'rollback' && status === 'open' && isOfThis;
  });
  return new Map(same.map(({ id, asked }) => [String(asked?.['by']), id]));
}

function waitingAsData(waiting: ReadonlyMap<string, string>): Members {
  return waiting.size === 0 ? {} : { waiting: Object.fromEntries(waiting) };
}

/** Nothing was filed where all of it is for others, or waits: whoever relies on the undo must hear it. */
function proposed(
  undo: Undo,
  proposals: ReadonlyMap<string, Members>,
  waiting: ReadonlyMap<string, string>,
): CommandOutcome {
  if (undo.parts.length > 0 && proposals.size === 0) process.exitCode = EXIT.refused;
  return {
    words: undoInWords(undo, proposals, waiting),
    json: { ...undo, proposals: Object.fromEntries(proposals), ...waitingAsData(waiting) },
  };
}

function isReady({ by, after }: Part): boolean {
  return by !== NOBODY && after?.length === 0;
}

function undoInWords(
  undo: Undo,
  proposals: ReadonlyMap<string, Members>,
  waiting: ReadonlyMap<string, string>,
): readonly string[] {
  const { to, head, absent, parts, stays, staying } = undo;
  const lines =
    parts.length === 0
      ? [`Version ${head.version} has the facts of version ${to}, but for what stays.`]
      : [`From version ${head.version} back to the facts of version ${to}: ${parts.length} to be approved.`];
  for (const part of parts)
    lines.push(...partInWords(part, undo, proposals.get(part.by), waiting.get(part.by)));
  if (absent.length > 0)
    lines.push('Named with --also, and not there (any more):', ...absent.map((key) => `  ${key}`));
  if (staying > 0)
    lines.push(
      'Stays as it is, unless you name it with --also:',
      ...stays.map((key) => `  ${key}`),
      ...(staying > stays.length ? [`  … and ${staying - stays.length} more`] : []),
    );
  return lines;
}

const DOES = { add: 'comes back', replace: 'becomes as it was', end: 'goes' } as const;

function partInWords(
  part: Part,
  { to, also }: Undo,
  proposal: Members | undefined,
  waiting: string | undefined,
): readonly string[] {
  const { by, operations, changes, problems } = part;
  const shown = changes.map(({ op, key }) => `    ${key} ${DOES[op]}`);
  const more = operations > shown.length ? [`    … and ${operations - shown.length} more`] : [];
  const what = [`  ${operations} of ${whose(by)}`, ...shown, ...more];
  if (proposal !== undefined) {
    const [first = '', ...rest] = proposalInWords(readAs(proposalShape, proposal));
    return [...what, `    proposed: ${first}`, ...rest.map((line) => `    ${line}`)];
  }
  if (waiting !== undefined)
    return [
      ...what,
      `    proposed already, and waits for its second person: \`routeguard registry review ${waiting}\``,
    ];
  const named = also.map((key) => ` --also ${key}`).join('');
  const types = `\`routeguard registry rollback ${to}${named} --reason …\``;
  if (isReady(part)) return [...what, `    for one of ${whose(by)} to propose: ${types}`];
  const wrong = problems.map(({ key, message }) => `    ${key ?? ''} ${message}`);
  if (part.after === null) return [...what, '    blocked, whatever the others do:', ...wrong];
  return [...what, `    once those of ${part.after.map(whose).join(', ')} are in: ${types}`, ...wrong];
}

/** Ids of authorities, as the registry puts them together, in words. */
function whose(by: string): string {
  if (by === NOBODY) return 'nobody who may speak';
  return by.replaceAll('|', ' or ').replaceAll('+', ' and ');
}
