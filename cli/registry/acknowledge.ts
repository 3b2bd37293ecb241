/** How a person says which of the answers that become or stay permitted they have seen: by group, or by number. */
import {
  type FlipGroup,
  groupsToAcknowledge,
  mustBeNamed,
} from '../../functions/core/administration/flip-groups.ts';
import { UsageError } from '../usage-error.ts';
import { RegistryRefusedError } from './errors.ts';
import { FORM, numbers } from './numbers.ts';
import { type Asker, terminal } from './seen.ts';

/** What was typed: nothing of it is known to exist yet. */
export interface TypedAcknowledgement {
  readonly numbers: readonly number[];
  readonly groups: readonly string[];
}

/** What the registry is sent: the numbers of all that is acknowledged, and the groups given by name, if any. */
export interface PermitAcknowledgement {
  readonly permits: readonly number[];
  readonly groups?: readonly string[];
}

const NUMBERS = /^[\d-]+$/;
const NAME = /^(?:all-of:)?([a-z][a-z-]*-[0-9a-f]{4,64})$/;

/**
 * `1-4,7` and `all-of:NAME,NAME`, mixed as you like.
 *
 * @throws UsageError for anything else, and for a group named twice: one of the two was meant to be another
 */
export function acknowledged(text: string): TypedAcknowledgement {
  const parts = text.split(',').map((part) => part.trim());
  const [counted, named] = [parts.filter((p) => NUMBERS.test(p)), parts.filter((p) => !NUMBERS.test(p))];
  const groups = named.map((part) => {
    const name = NAME.exec(part)?.[1];
    if (name === undefined) throw new UsageError(FORM);
    return name;
  });
  const twice = groups.find((name, i) => groups.indexOf(name) !== i);
  if (twice !== undefined) throw new UsageError(`--acknowledge names ${twice} twice: name each group once`);
  return { numbers: counted.length === 0 ? [] : numbers(counted.join(',')), groups };
}

/**
 * What is acknowledged, where it is exactly what there is: before a key is used, and the registry demands the same.
 *
 * @throws RegistryRefusedError ACKNOWLEDGEMENT_UNKNOWN, ACKNOWLEDGEMENT_MISSING
 */
export function acknowledgementOf(
  given: TypedAcknowledgement,
  all: readonly FlipGroup[],
): PermitAcknowledgement {
  const asked = groupsToAcknowledge(all);
  const byName = new Map(asked.map((group) => [group.name, group.flips.map(({ number }) => number)]));
  const unknown = given.groups.find((name) => !byName.has(name));
  if (unknown !== undefined)
    throw refused(
      'ACKNOWLEDGEMENT_UNKNOWN',
      `no group is called ${unknown}: its answers have changed, or it was never one that is acknowledged. Look at them again`,
    );
  const inGroups = given.groups.flatMap((name) => byName.get(name) ?? []);
  const permits = new Set([...given.numbers, ...inGroups]);
  if (permits.size < given.numbers.length + inGroups.length)
    throw new UsageError('--acknowledge names an answer by its number and by its group: name it once');
  const there = new Set([...byName.values()].flat());
  const beyond = [...permits].find((number) => !there.has(number));
  if (beyond !== undefined)
    throw refused(
      'ACKNOWLEDGEMENT_UNKNOWN',
      there.size === 0
        ? 'nothing becomes permit: there is nothing to acknowledge'
        : `no answer that becomes permit has the number ${beyond}: there are ${there.size}`,
    );
  const left = asked.filter(({ flips }) => flips.some(({ number }) => !permits.has(number)));
  if (left.length > 0)
    throw refused(
      'ACKNOWLEDGEMENT_MISSING',
      `not all is acknowledged that becomes or stays permitted; left out is some of ${left.map(groupInBrief).join('; ')}`,
    );
  if (mustBeNamed(asked) && given.groups.length < asked.length)
    throw refused(
      'ACKNOWLEDGEMENT_MISSING',
      `so many are read a second time: give each of the ${asked.length} groups by its name (--acknowledge all-of:NAME,…), not by numbers`,
    );
  return {
    permits: [...permits].sort((a, b) => a - b),
    ...(given.groups.length > 0 && { groups: given.groups }),
  };
}

/**
 * Asks a person, after what they were shown, for the names of what they acknowledge.
 *
 * @throws RegistryRefusedError ACKNOWLEDGEMENT_MISSING where nobody is there to be asked
 */
export async function askedToAcknowledge(
  all: readonly FlipGroup[],
  asker: Asker = terminal,
): Promise<TypedAcknowledgement> {
  const asked = groupsToAcknowledge(all);
  if (asked.length === 0) return { numbers: [], groups: [] };
  const words = asked.map(groupInBrief).map((line) => `  ${line}`);
  if (!asker.isThere)
    throw refused(
      'ACKNOWLEDGEMENT_MISSING',
      `--acknowledge names what becomes or stays permitted, by group or number: ${asked.map(({ name }) => name).join(', ')}`,
    );
  return acknowledged(
    await asker.ask(words, 'Type the names of the groups you acknowledge, with commas between: '),
  );
}

function groupInBrief({ name, flips, highest }: FlipGroup): string {
  return `${name} (${flips.length}, up to ${highest[0]})`;
}

function refused(code: string, message: string): RegistryRefusedError {
  return new RegistryRefusedError({ code, message });
}
