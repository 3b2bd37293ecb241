/** What would be restored, to which point and under which name: one consistent state of the registry, or a refusal. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { StoreTables } from '../../functions/store/dynamodb.ts';
import { UsageError } from '../usage-error.ts';
import { type Restorable, restorable } from './backups.ts';
import { refused } from './refusals.ts';

export const TABLE_NAMES = ['objects', 'state', 'floor'] as const satisfies readonly (keyof StoreTables)[];

export type TableName = (typeof TABLE_NAMES)[number];

/** Where a table comes from. */
type Origin =
  | { readonly kind: 'window'; readonly at: Date }
  | { readonly kind: 'backup'; readonly arn: string; readonly at: Date };

export interface Restoring {
  readonly name: TableName;
  readonly source: string;
  readonly target: string;
  readonly origin: Origin;
}

export interface Plan {
  readonly at: Date;
  readonly suffix: string;
  readonly found: Readonly<Record<TableName, Restorable>>;
  readonly restoring: readonly Restoring[];
  /** What the guard has afterwards. */
  readonly tables: StoreTables;
}

/**
 * Objects never change and are inserted before HEAD moves, so a later second of them holds whatever an earlier HEAD consists
 * of; the very second may not, by two clocks. Much later would bring along what was done to them since. It is a fixed time, so
 * that a restore that was begun is known again.
 */
const OBJECTS_LATER_MS = 60_000;

export async function whatThereIs(
  client: DynamoDBClient,
  tables: StoreTables,
): Promise<Readonly<Record<TableName, Restorable>>> {
  const [objects, state, floor] = await Promise.all(
    TABLE_NAMES.map((name) => restorable(client, tables[name])),
  );
  if (objects === undefined || state === undefined || floor === undefined) throw new Error('three tables');
  return { objects, state, floor };
}

/** Tables that are not there any more. */
export function gone(found: Plan['found']): readonly TableName[] {
  return TABLE_NAMES.filter((name) => found[name].there === null);
}

/** The newest point that every lost table has, a backup's own instant or a whole second; undefined where one has none. */
export function newestPoint(found: Plan['found'], lost: readonly TableName[]): Date | undefined {
  const newest = lost
    .filter((name) => name !== 'floor')
    .map((name) => {
      const { there, window, backups } = found[name];
      if (there === null || window === null) return backups[0]?.at.getTime() ?? Number.NaN;
      return newestFor(name, window.to).getTime();
    });
  const least = newest.length === 0 ? wholeSecond(new Date()).getTime() : Math.min(...newest);
  return Number.isNaN(least) ? undefined : new Date(least);
}

/** The newest point for which a table's window has what is restored of it. */
function newestFor(name: TableName, to: Date): Date {
  return new Date(wholeSecond(to).getTime() - (name === 'objects' ? OBJECTS_LATER_MS : 0));
}

function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}

/**
 * @param suffix what the new tables' names end in
 * @throws RegistryRefusedError FLOOR_SURVIVES, NOTHING_TO_RESTORE, OUTSIDE_WINDOW
 */
export function planFor(
  tables: StoreTables,
  found: Plan['found'],
  lost: readonly TableName[],
  at: Date,
  suffix: string,
): Plan {
  const missing = gone(found).find((name) => !lost.includes(name));
  if (missing !== undefined)
    throw new UsageError(`${tables[missing]} is gone: --lost must name ${missing} as well`);
  if (lost.includes('floor') && found.floor.there !== null)
    throw refused(
      'FLOOR_SURVIVES',
      `the floor table ${tables.floor} is there, and is never restored while it is`,
    );
  const restoring = lost.map((name) => ({
    name,
    source: tables[name],
    target: targetName(tables[name], suffix),
    origin: originOf(name, found[name], at),
  }));
  const renamed = Object.fromEntries(restoring.map(({ name, target }) => [name, target]));
  return { at, suffix, found, restoring, tables: { ...tables, ...renamed } };
}

/** DynamoDB's names have 255 characters. */
const MOST_NAME = 255;

/** A table that was restored before loses the suffix it has, or names would grow with every loss. */
function targetName(source: string, suffix: string): string {
  const stem = source.replace(/-r\d{8}t\d{6}z$/, '');
  return `${stem.slice(0, MOST_NAME - suffix.length - 1)}-${suffix}`;
}

function originOf(name: TableName, { table, there, window, backups }: Restorable, at: Date): Origin {
  // The floor only grows: the newest there is of it forgets the least.
  const latest = name === 'floor' ? Number.POSITIVE_INFINITY : at.getTime();
  if (there === null || window === null) {
    // Of the objects any later copy holds what is needed.
    const usable =
      name === 'objects'
        ? backups.findLast((each) => each.at.getTime() >= at.getTime())
        : backups.find((each) => each.at.getTime() <= latest);
    const why = there === null ? 'is gone' : 'has no point-in-time recovery';
    const when = name === 'objects' ? 'from it or after it' : 'from it or before it';
    if (usable === undefined)
      throw refused(
        'NOTHING_TO_RESTORE',
        `${table} ${why}, and has no backup ${when} (${at.toISOString()}); those it has are of ${backups.map((each) => each.at.toISOString()).join(', ') || 'no time'}`,
      );
    return { kind: 'backup', ...usable };
  }
  const then = new Date(wholeSecond(at).getTime() + (name === 'objects' ? OBJECTS_LATER_MS : 0));
  if (then < window.from || then > window.to)
    throw refused(
      'OUTSIDE_WINDOW',
      `${table} can be restored to any second from ${window.from.toISOString()} to ${window.to.toISOString()}, and ${then.toISOString()} is none of them${name === 'objects' ? ` (objects are restored to a minute after the point: the newest --at is ${newestFor(name, window.to).toISOString()})` : ''}`,
    );
  return { kind: 'window', at: then };
}

/** `r20261130t101112z`: when, so that two restores have two names and one restore has one. */
export function suffixFor(at: Date): string {
  return `r${at.toISOString().slice(0, 19).replace(/[-:]/g, '').toLowerCase()}z`;
}
