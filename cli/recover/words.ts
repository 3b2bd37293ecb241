/** What `routeguard recover` says to a person: windows, what was lost, and what to type next. */
import type { Json } from '../../functions/core/facts/canonical.ts';
import { member } from '../../functions/core/facts/fact.ts';
import { MOST_TEXT } from '../../functions/core/facts/primitives.ts';
import type { Restorable } from './backups.ts';
import { type Plan, TABLE_NAMES } from './plan.ts';
import type { Proof } from './proof.ts';
import type { Undone } from './undone.ts';

/** One argument of a POSIX shell, whatever somebody wrote. */
function quoted(text: string): string {
  return /^[\w./:=,@+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

export function shellLine(...words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

export function restorableInWords(name: string, { table, there, window, backups }: Restorable): string {
  const has =
    window === null
      ? 'no point-in-time recovery'
      : `any second from ${window.from.toISOString()} to ${window.to.toISOString()}`;
  const [newest] = backups;
  const kept =
    newest === undefined
      ? 'no backup'
      : `${backups.length} backups, the newest of ${newest.at.toISOString()}`;
  return `  ${name}: ${table}, ${there === null ? `GONE; ${kept}` : `${has}; ${kept}`}`;
}

export function planInWords({ at, found, restoring, tables }: Plan): readonly string[] {
  return [
    'What there is:',
    ...TABLE_NAMES.map((name) => restorableInWords(name, found[name])),
    `To the state of ${at.toISOString()}:`,
    ...restoring.map(
      ({ name, target, origin }) =>
        `  ${name}: ${target}, ${origin.kind === 'window' ? 'as of' : 'from the backup of'} ${origin.at.toISOString()}`,
    ),
    ...TABLE_NAMES.filter((name) => restoring.every((each) => each.name !== name)).map(
      (name) => `  ${name}: ${tables[name]}, as it is`,
    ),
    ...(restoring.some(({ name, origin }) => name === 'objects' && origin.at > at)
      ? [
          'Objects come from later than the point: they only grow, and are inserted before a HEAD that rests on them. The point must lie that long before they were damaged.',
        ]
      : []),
  ];
}

export function proofInWords({ head, held, report }: Proof): readonly string[] {
  const { version, recordedAt, author, approvers } = head.commit;
  return [
    `Sound: version ${version} (${head.digest}) of ${recordedAt}, by ${[author, ...approvers].join(', ')}; ${report.commits} versions and ${report.objects} objects are what was published.`,
    held === null
      ? 'It is what was acknowledged last, in the tables that it was made for: nothing holds it.'
      : held === 'FLOOR_MALFORMED'
        ? `SHUT (${held}): every decision is denied, and nobody can confirm anything, as long as the floor has a row that is none.`
        : `HELD (${held}): every decision is denied, and nothing can be changed, until people confirm it.`,
  ];
}

/** The command with which one person does it again; whoever holds for another authority puts theirs in. */
export function againCommand(each: Undone): string {
  const why = `Again, after a restore: ${each.reason ?? 'it was in force before'}`.slice(0, MOST_TEXT);
  if (each.kind === 'revoke') return shellLine('routeguard', 'registry', 'revoke', each.key, '--reason', why);
  const { authority, cause, scope, valid } = holdMembers(each.fact);
  return shellLine(
    ...['routeguard', 'registry', 'hold', each.key.slice('hold/'.length), '--authority', authority],
    ...scopeOption(scope),
    ...['--cause', cause],
    ...(valid === null ? [] : ['--until', valid]),
    ...['--reason', why],
  );
}

function holdMembers(fact: Json) {
  const text = (value: unknown, or: string) => (typeof value === 'string' ? value : or);
  const to = member(member(fact, 'valid'), 'to');
  return {
    authority: text(member(fact, 'authority'), 'ID'),
    // A hold of before causes were asked for has words in its place.
    cause: text(member(fact, 'cause'), 'CAUSE'),
    scope: member(fact, 'scope'),
    valid: typeof to === 'string' ? to : null,
  };
}

function scopeOption(scope: unknown): readonly string[] {
  const [owner, network] = [member(scope, 'owner'), member(scope, 'network')];
  if (typeof owner === 'string') return ['--owner', owner];
  return typeof network === 'string' ? ['--network', network] : ['--everything'];
}

/**
 * The context values of a checkout's stages for the tables that are other ones than the stack's own. Without a canary: what is
 * held passes no hook, and alarms that are red already would undo it.
 */
export function deployCommand({ restoring }: Pick<Plan, 'restoring'>): string {
  const name = (table: string) => `adopt${table.charAt(0).toUpperCase()}${table.slice(1)}`;
  const adopting = restoring.flatMap((each) => ['-c', `${name(each.name)}=${each.target}`]);
  const how = ['-c', 'stage=STAGE', '-c', 'founderKeys=KEYS', '-c', 'release=none'];
  return shellLine('npx', 'cdk', 'deploy', ...how, ...adopting);
}

export function confirmLine({ head }: Proof): string {
  const { version } = head.commit;
  return `${shellLine('routeguard', 'registry', 'confirm', String(version), head.digest)} --reason '…' --key …`;
}
