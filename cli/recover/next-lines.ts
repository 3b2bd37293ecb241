/** The commands to type next, whole: with which guard, and of which tables. */
import { instantOption, type LostOptions } from './lost-options.ts';
import type { Plan } from './plan.ts';
import { shellLine } from './words.ts';

const option = (name: string, value: string | undefined) => (value === undefined ? [] : [name, value]);

export function restoreLine(options: LostOptions, { restoring, at, suffix }: Plan): string {
  const { region, profile, config, function: name, suffix: given, tables, founderKeys, commitKeys } = options;
  return shellLine(
    ...['routeguard', 'recover', 'restore'],
    ...option('--function', name),
    ...option('--region', region),
    ...option('--profile', profile),
    ...option('--config', config),
    ...option('--tables', tables),
    ...option('--founder-keys', founderKeys),
    ...option('--commit-keys', commitKeys),
    ...['--lost', restoring.map((each) => each.name).join(',')],
    ...['--at', instantOption(at)],
    ...(given === undefined ? [] : ['--suffix', suffix]),
  );
}

/**
 * The look after the deployment, when the guard names the new tables: what those of before were called, it does not know any
 * more. Of objects that were replaced the damaged ones may still say what was lost, where they are there.
 */
export function checkLine(options: LostOptions, { restoring, tables, found }: Plan): string {
  const { region, profile, config, function: name, founderKeys, commitKeys } = options;
  const before = (of: string) => restoring.find((each) => each.name === of)?.source;
  return shellLine(
    ...['routeguard', 'recover', 'check'],
    ...option('--function', name),
    ...option('--region', region),
    ...option('--profile', profile),
    ...option('--config', config),
    ...(name === undefined ? ['--tables', [tables.objects, tables.state, tables.floor].join(',')] : []),
    ...option('--founder-keys', founderKeys),
    ...option('--commit-keys', commitKeys),
    ...option('--made-for', before('state')),
    ...option('--damaged-objects', found.objects.there === null ? undefined : before('objects')),
  );
}
