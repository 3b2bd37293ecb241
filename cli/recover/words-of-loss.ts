/** What `routeguard recover` says of what was lost, and of who can bring it back. */
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import type { Confirmable, MustSign } from './confirmable.ts';
import type { Lost, LostVersion, ToldBy } from './lost.ts';
import type { ChangedOtherwise, UndoneFacts } from './undone.ts';
import { againCommand, shellLine } from './words.ts';

/** Said first where a list is not all there may be. */
const NOT_ALL = {
  complete: [],
  empty: ['NOBODY CAN TELL WHAT IS LOST: the floor has no row, so nothing says what was acknowledged last.'],
  older: [
    'NOBODY CAN TELL WHAT IS LOST: this floor came from a backup or another table itself, and says only how far the registry had come then.',
  ],
  unread: [
    'NOBODY CAN TELL WHAT IS LOST: a version that was acknowledged cannot be read, and so not what came before it.',
  ],
} as const satisfies Record<ToldBy, readonly string[]>;

export function lostInWords({ told, acknowledged, versions, revived, written }: Lost): readonly string[] {
  const which =
    acknowledged === null ? '' : ` (version ${acknowledged.version} of epoch ${acknowledged.epoch})`;
  return [
    ...NOT_ALL[told],
    ...(versions.length === 0 && told === 'complete'
      ? [`Nothing that was acknowledged${which} is lost.`]
      : []),
    ...(versions.length === 0
      ? []
      : [
          `LOST: ${counted(versions.length, 'version that was acknowledged is', 'versions that were acknowledged are')} not in it, newest first:`,
          ...versions.flatMap(versionInWords),
        ]),
    ...(revived.length === 0
      ? []
      : [
          `COMES BACK: ${counted(revived.length, 'version that a confirmation gave up is', 'versions that a confirmation gave up are')} in it again: ${revived.map(({ version, epoch }) => `version ${version} of epoch ${epoch}`).join(', ')}`,
        ]),
    ...(written.length > 0
      ? [
          `WRITTEN: ${counted(written.length, 'newer version stands', 'newer versions stand')} in the objects. Each may have been acknowledged, and is not in HEAD:`,
          ...written.slice(0, MOST_WRITTEN).flatMap(versionInWords),
          ...andMore(written.length, MOST_WRITTEN, '  '),
        ]
      : told === 'complete'
        ? []
        : ['The objects hold no other version that is newer: neither does that show that there was none.']),
  ];
}

function counted(count: number, one: string, more: string): string {
  return `${count} ${count === 1 ? one : more}`;
}

function andMore(count: number, most: number, indent: string): readonly string[] {
  return count > most ? [`${indent}… and ${count - most} more (--json has them)`] : [];
}

const MOST_CHANGES = 20;
const MOST_WRITTEN = 100;
const GONE = 'what it changed is not all in a table that is left';
const NEWER = 'a newer build wrote it; this command of that build tells what it changed';

function versionInWords({ version, epoch, digest, said }: LostVersion): readonly string[] {
  const name = epoch === 1 ? `version ${version}` : `version ${version} (epoch ${epoch})`;
  if (said === null) return [`  ${name} (${digest}): UNREADABLE, what it said is in no table that is left`];
  const { kind, author, approvers, recordedAt, reason, changes, isNewer } = said;
  const by = approvers.length === 0 ? `${author}, alone` : [author, ...approvers].join(', ');
  return [
    `  ${name}  ${recordedAt}  ${kind}, by ${by}: ${reason ?? '(no reason is left)'}`,
    ...(changes === null ? [`    UNREADABLE: ${isNewer ? NEWER : GONE}`] : []),
    ...(changes ?? []).slice(0, MOST_CHANGES).map(({ key, change }) => `    ${change} ${key}`),
    ...andMore(changes?.length ?? 0, MOST_CHANGES, '    '),
  ];
}

export function undoneInWords({ again, otherwise, unread }: UndoneFacts): readonly string[] {
  return [
    ...(unread === 0
      ? []
      : [
          `NOT ALL OF IT: what ${counted(unread, 'version', 'versions')} changed cannot be read, a stop perhaps among it. Ask who made ${unread === 1 ? 'it' : 'them'}.`,
        ]),
    ...(again.length === 0
      ? []
      : [
          `${again.length} that stopped or ended something NO LONGER STAND; one person each may do them again, as soon as it is confirmed (what was changed in another way is not among them):`,
          ...again.map((each) => `  ${againCommand(each)}`),
        ]),
    ...(otherwise.length === 0
      ? []
      : [
          `${counted(otherwise.length, 'fact was', 'facts were')} changed in another way, and ${otherwise.length === 1 ? 'is' : 'are'} again as before; look at each, and propose it again:`,
          ...otherwise.slice(0, MOST_CHANGES).map(otherwiseInWords),
          ...andMore(otherwise.length, MOST_CHANGES, '  '),
        ]),
  ];
}

function otherwiseInWords({ key, change, restricts }: ChangedOtherwise): string {
  const marks = [
    ...(restricts ? ['it could only stop something: what it stopped may pass again'] : []),
    ...(key.startsWith('authority/') ? ['who may speak: a key that was taken away counts again'] : []),
  ];
  return `  ${change} ${key}${marks.length === 0 ? '' : ` (${marks.join('; ')})`}`;
}

export function confirmableInWords(asked: Confirmable, tables: StoreTables, lost: Lost): readonly string[] {
  if (asked.ok) return signersInWords(asked.sign);
  const { code, digest } = asked;
  const isMissing = code === 'OBJECT_MISSING';
  const isLast = digest !== null && digest === lost.acknowledged?.digest;
  return [
    `CANNOT BE CONFIRMED as it is (${code}${digest === null ? '' : `, ${digest}`}): whoever tried would be refused, and everything stays denied.`,
    ...(isMissing
      ? [
          `  ${isLast ? 'What was acknowledged last' : 'An object of what was acknowledged'} is not in ${tables.objects}. Objects only ever grow: restore them alone to a later second (\`routeguard recover restore --lost objects --at LATER\`), and adopt those beside this state.`,
          '  Where no backup holds it, adopt an empty floor table: docs/recovery.md, “What was acknowledged last cannot be read”.',
        ]
      : [
          '  Take another point: this HEAD is not one that this floor acknowledged on the way to what came last.',
        ]),
  ];
}

function signersInWords(signers: readonly MustSign[]): readonly string[] {
  return [
    'Who has to confirm it, before anything opens (one person’s signature counts wherever they are named):',
    '  two founders',
    ...(['came back', 'acknowledged last'] as const).flatMap((as) => {
      const of = signers.filter((each) => each.as === as);
      // Of a few people who speak for many authorities, each is named once.
      const sets = [...Map.groupBy(of, ({ people }) => people.join(', '))];
      if (sets.length === 0) return [];
      return [
        `  as the version that ${as === 'came back' ? 'came back' : 'was acknowledged last'} says:`,
        ...sets.map(
          ([people, each]) =>
            `    two of ${people}: for ${each.map(({ authority }) => authority).join(', ')}`,
        ),
      ];
    }),
  ];
}

export function leftOpenInWords(floor: string | null): readonly string[] {
  if (floor === null) return [];
  return [
    `STILL OPEN: ${floor}, the floor that is left, still stands for the registry of before: a deployment without \`adopt…\` would open that again, and what was revoked since would be permitted. First:`,
    `  ${shellLine('routeguard', 'recover', 'close', '--floor', floor, '--for-ever')}`,
  ];
}
