/** `recover plan`: what there is, how far back it goes, and what `restore` would do. It changes nothing. */
import { Command } from 'commander';
import type { CommandOutcome } from '../registry/run.ts';
import type { Tables } from '../registry/tables.ts';
import { withGuardOptions } from './guard-tables.ts';
import { type LostOptions, lostIn, pointIn, suffixIn, withLostOptions } from './lost-options.ts';
import { checkLine, restoreLine } from './next-lines.ts';
import { gone, newestPoint, type Plan, planFor, TABLE_NAMES, whatThereIs } from './plan.ts';
import { refused } from './refusals.ts';
import { runOnTables } from './run.ts';
import { planInWords, restorableInWords } from './words.ts';

export function planCommand(): Command {
  const command = new Command('plan')
    .description('say what the tables can be restored to, and what `restore` would do; change nothing')
    .action((options: LostOptions) => {
      const [lost, at] = [lostIn(options), pointIn(options)];
      return runOnTables(options, async (guard) => outcome(guard, options, lost, at));
    });
  return withGuardOptions(withLostOptions(command));
}

async function outcome(
  { client, tables }: Tables,
  options: LostOptions,
  given: ReturnType<typeof lostIn>,
  at: ReturnType<typeof pointIn>,
): Promise<CommandOutcome> {
  const found = await whatThereIs(client, tables);
  const lost = given ?? gone(found);
  if (lost.length === 0)
    return {
      words: [
        'What there is:',
        ...TABLE_NAMES.map((name) => restorableInWords(name, found[name])),
        'No table is gone. Where one is damaged, name it: --lost objects, state or floor.',
      ],
      json: { found: foundAsData(found), restoring: [] },
    };
  const point = at ?? newestPoint(found, lost);
  if (point === undefined)
    throw refused(
      'NOTHING_TO_RESTORE',
      `of ${lost.join(' or ')} there is neither a window nor a backup${gone(found).length < TABLE_NAMES.length ? '' : '. All three tables are gone: is this the Region and the account of the guard?'}`,
    );
  const plan = planFor(tables, found, lost, point, suffixIn(options, point));
  const [next, check] = [restoreLine(options, plan), checkLine(options, plan)];
  return {
    words: [
      ...planInWords(plan),
      'Nothing was changed. To do it:',
      `  ${next}`,
      'It prints what to deploy; once that is deployed, look again before anybody confirms:',
      `  ${check}`,
    ],
    json: { ...planAsData(plan), next, check },
  };
}

function foundAsData(found: Plan['found']) {
  return Object.fromEntries(
    TABLE_NAMES.map((name) => {
      const { table, there, window, backups } = found[name];
      return [name, { table, gone: there === null, window, backups }];
    }),
  );
}

export function planAsData({ at, found, restoring, tables }: Plan) {
  return { at, found: foundAsData(found), restoring, tables };
}
