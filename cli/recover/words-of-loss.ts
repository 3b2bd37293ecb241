/** What `routeguard recover` says of what was lost, and of who can bring it back. */
import type { Digest } from '../../functions/core/facts/canonical.ts';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import type { StoreErrorCode } from '../../functions/store/store-error.ts';
import type { Confirmable, MustSign } from './confirmable.ts';
import type { ToldBy } from './floor-walk.ts';
import type { Lost } from './lost.ts';
import type { GivenUp, LostVersion } from './lost-version.ts';
import type { ChangedOtherwise, UndoneFacts } from './undone.ts';
import { againCommand, shellLine } from './words.ts';

const REMOVED =
  'Rows that do not belong there are removed by hand: docs/registry.md, “A registry restored from a backup”.';

/** Said first where a list is not all there may be. */
const NOT_ALL = {
  complete: [],
  empty: ['NOBODY CAN TELL WHAT IS LOST: the floor has no row, so nothing says what was acknowledged last.'],
  older: [
    'NOBODY CAN TELL WHAT IS LOST: this floor came from a backup or another table itself, and says only how far the registry had come then.',
  ],
  unread: [
    'NOBODY CAN TELL WHAT IS LOST: a version that was acknowledged cannot be read, and so not what came before it; or the floor has another version on the way.',
  ],
  unrelated: [
    'NOBODY CAN TELL WHAT IS LOST: what was acknowledged last and what came back have NO VERSION IN COMMON. Take it for the worst: these tables are not of one registry, or whoever publishes has begun another in this floor. Check every name, and confirm nothing. What the floor says beneath that is listed.',
  ],
  crowded: [
    `NOBODY CAN TELL WHAT IS LOST: the floor has more rows to follow than are looked at, as where somebody has written into it; what the others say was not looked at. ${REMOVED}`,
  ],
  unsigned: [
    `NOBODY CAN TELL WHAT IS LOST: the floor names what none of the keys that count has signed. It was passed over, and what the other rows say is listed. Name every public half that ever signed; where that was done, somebody has written into the floor, or has taken a signature away: look for what the row names in every other backup of the objects first. ${REMOVED}`,
  ],
  silent: [
    'NOBODY CAN TELL WHAT IS LOST: the objects hold signed versions that this floor knows nothing of, as where its rows were made up; those are listed besides.',
  ],
} as const satisfies Record<ToldBy, readonly string[]>;

export function lostInWords(lost: Lost): readonly string[] {
  const { told, acknowledged, versions, earlier, revived, written } = lost;
  const which =
    acknowledged === null ? '' : ` (version ${acknowledged.version} of epoch ${acknowledged.epoch})`;
  return [
    ...NOT_ALL[told],
    ...(versions.length === 0 && told === 'complete'
      ? [`Nothing that was acknowledged${which} is lost.`]
      : []),
    ...byWhoGaveUp(versions).flatMap(([by, of]) => [
      by === null
        ? `LOST: ${counted(of.length, 'version that was acknowledged is', 'versions that were acknowledged are')} not in it, newest first:`
        : `GIVEN UP by ${confirmationInWords(by)}: ${counted(of.length, 'version that was acknowledged is', 'versions that were acknowledged are')} not in it, newest first:`,
      ...of.flatMap(versionInWords),
    ]),
    ...earlier.flatMap(({ told, givenUp }) => [
      `Of what was given up by ${confirmationInWords(givenUp)}:`,
      ...NOT_ALL[told].map((line) => `  ${line}`),
    ]),
    ...(revived.length === 0
      ? []
      : [
          `COMES BACK: ${counted(revived.length, 'version that a confirmation gave up is', 'versions that a confirmation gave up are')} in it again: ${places(revived)}`,
        ]),
    ...byWhoGaveUp(written).flatMap(([by, of]) => [
      `WRITTEN: ${counted(of.length, 'newer version stands', 'newer versions stand')} in the objects. Each may have been acknowledged, and is not in HEAD${by === null ? '' : `; given up by ${confirmationInWords(by)}`}:`,
      ...of.slice(0, MOST_WRITTEN).flatMap(versionInWords),
      ...andMore(of.length, MOST_WRITTEN, '  '),
    ]),
    ...(written.length === 0 && told !== 'complete'
      ? ['The objects hold no other version that is newer: neither does that show that there was none.']
      : []),
    ...besideInWords(lost),
  ];
}

/** Of versions in the objects that are on nobody's list: what they may have been. */
function besideInWords({ raced, unsigned, unnamed, damaged }: Lost): readonly string[] {
  const [isOne, isSigned] = [raced.length === 1, unnamed.length === 1];
  return [
    ...(raced.length === 0
      ? []
      : [
          `Besides, ${counted(raced.length, 'version lost', 'versions lost')} the race for a place to another one, and nothing was built on ${isOne ? 'it' : 'them'}: ${places(raced)}. So it also looks where somebody put HEAD back and then wrote the floor’s rows.`,
        ]),
    ...(unsigned.length === 0
      ? []
      : [
          `UNSIGNED: ${counted(unsigned.length, 'row of the floor names', 'rows of the floor name')} a commit without a signature by a key that counts, in the place of ${places(unsigned)}. Either the row was made up, or the signature was taken from what it names: look for that in every other backup of the objects (--damaged-objects) before anything is removed.`,
        ]),
    ...(unnamed.length === 0
      ? []
      : [
          `NOT ALL OF IT: ${counted(unnamed.length, 'version in the objects is', 'versions in the objects are')} signed by a key that is not among those that count, so nobody can tell whether this registry published ${isSigned ? 'it' : 'them'}: ${places(unnamed)}. Nothing stored says which key it was; name every public half that ever signed (COMMIT_PUBLIC_KEYS, --commit-keys).`,
        ]),
    ...(damaged.length === 0
      ? []
      : [
          `NOT ALL OF IT: what the objects have under the digest of ${counted(damaged.length, 'version', 'versions')} that was signed, or that the floor names, is not that version or cannot be read: ${listed(damaged)}`,
        ]),
  ];
}

/** What no confirmation has given up first, then by the newest that did. */
function byWhoGaveUp<Of extends { readonly givenUp: GivenUp | null }>(
  all: readonly Of[],
): readonly (readonly [GivenUp | null, readonly Of[]])[] {
  const groups = Map.groupBy(all, ({ givenUp }) => givenUp?.epoch ?? Number.POSITIVE_INFINITY);
  return [...groups]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([, of]) => [of[0]?.givenUp ?? null, of] as const);
}

function confirmationInWords({ epoch, recordedAt, by }: GivenUp): string {
  return `the confirmation of epoch ${epoch} on ${recordedAt} by ${by.join(', ')}`;
}

const MOST_PLACES = 20;

function places(of: Lost['raced']): string {
  return listed(of.map(({ version, epoch }) => `version ${version} of epoch ${epoch}`));
}

function listed(names: readonly string[]): string {
  return [...names.slice(0, MOST_PLACES), ...andMore(names.length, MOST_PLACES, '')].join(', ');
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
    ...(unread.length === 0
      ? []
      : [
          `NOT ALL OF IT: what ${counted(unread.length, 'version', 'versions')} changed cannot be read, a stop perhaps among it. Ask who made ${unread.length === 1 ? 'it' : 'them'}.`,
        ]),
    ...byWhoGaveUp(again).flatMap(([by, of]) => [
      by === null
        ? `${of.length} that stopped or ended something NO LONGER STAND; one person each may do them again, as soon as it is confirmed (what was changed in another way is not among them):`
        : `${of.length} that stopped or ended something NO LONGER STAND, given up by ${confirmationInWords(by)} and not made again; one person each may do that (what was changed in another way is not among them):`,
      ...of.map((each) => `  ${againCommand(each)}`),
    ]),
    ...byWhoGaveUp(otherwise).flatMap(([by, of]) => [
      `${counted(of.length, 'fact was', 'facts were')} changed in another way, and ${of.length === 1 ? 'is' : 'are'} otherwise now${by === null ? '' : ` (given up by ${confirmationInWords(by)})`}; look at each, and propose it again:`,
      ...of.slice(0, MOST_CHANGES).map(otherwiseInWords),
      ...andMore(of.length, MOST_CHANGES, '  '),
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
  if (/^STORE_/.test(code))
    return [`WHETHER IT CAN BE CONFIRMED was not found out (${code}): give the same command again.`];
  return [
    `CANNOT BE CONFIRMED as it is (${code}${digest === null ? '' : `, ${digest}`}): whoever tried would be refused, and everything stays denied.`,
    ...whatToDo(code, digest, tables, lost).map((line) => `  ${line}`),
  ];
}

const AGAIN = 'Then give the same command again.';

/** Of two that may be, first the one that loses nothing: a row that is left keeps everything denied. */
function whatToDo(
  code: StoreErrorCode,
  digest: Digest | null,
  { objects }: StoreTables,
  lost: Lost,
): readonly string[] {
  const isLast = digest !== null && digest === lost.acknowledged?.digest;
  const at = isLast && lost.acknowledged !== null ? ` (${places([lost.acknowledged])})` : '';
  switch (code) {
    case 'OBJECT_MISSING':
      return [
        `${isLast ? `What was acknowledged last${at}` : 'An object of what was acknowledged'} is not in ${objects}. Objects only ever grow: restore them alone to a later second (\`routeguard recover restore --lost objects --at LATER\`), and adopt those beside this state.`,
        `Where no backup holds it, a row of the floor may name what never was: look for every row, of whatever line (COMMIT, END, KEYRING, APPROVAL), that names ${digest ?? 'it'}. One that the log of decisions and whoever publishes know nothing of was written by somebody else. ${REMOVED} ${AGAIN}`,
        'Only where no backup holds it, and no such row was made up, adopt an empty floor table: docs/recovery.md, “What was acknowledged last cannot be read”.',
      ];
    case 'DIGEST_MISMATCH':
    case 'OBJECT_MALFORMED':
    case 'OBJECT_PURGED':
      return [
        `What stands in ${objects} under the digest of ${isLast ? `what was acknowledged last${at}` : 'an object of what was acknowledged'} is not that: it was altered, or something was put there in its stead. The row that names it may be true: leave it. Restore the objects alone, into another table, to a second at which they had it (\`routeguard recover restore --lost objects --at THEN\`), and adopt those beside this state.`,
      ];
    case 'FLOOR_CONTRADICTED':
      return [
        `Above what came back the floor has another version than the way to what was acknowledged last (above, UNREADABLE perhaps), or one was left out of that way: somebody has written past it, and nobody can sign for that. The version that its row names is what was acknowledged. ${REMOVED} ${AGAIN}`,
      ];
    default:
      if (code === 'FLOOR_MALFORMED' || lost.told === 'crowded' || lost.told === 'unsigned')
        return [
          `The floor has rows that nobody wrote who only publishes, and nobody can sign for what they say. ${REMOVED} ${AGAIN}`,
        ];
      return [
        `Either a row of the floor is not what was published${digest === null ? '' : `: look for each, of whatever line (COMMIT, END, KEYRING, APPROVAL), that stands for ${digest}, or above the last version that the log of decisions knows`}. ${REMOVED} ${AGAIN}`,
        'Only where every row is as it was published, take another point: then this HEAD is not one that this floor acknowledged on the way to what came last.',
      ];
  }
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
