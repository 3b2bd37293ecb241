/**
 * The unit in which a list of questions is bounded: one hop, judged on one basis by the owners' law or by one standard
 * that the request adds; or one more reading of a marking, and as many of its bytes as take as long. An answer about the
 * past reads its marking again for every day since on which a list of codes changed. What the registry makes of a hop (hosts, alternates) is not the caller's to choose, and is
 * not counted.
 */

import { BYTES_PER_STEP } from '../authzen/work.ts';
import { member } from '../core/facts/fact.ts';
import { MAX_HOPS } from '../core/facts/route.ts';
import { readingsAhead, sizeOf } from '../core/marking/reading-dates.ts';
import { type DecisionRequest, MAX_STANDARDS } from '../core/request.ts';

/**
 * Steps one request may ask for: more than the largest question takes that `decide` reads, and less than a second of one
 * processor however they are made up (`npm run bench`, batches at their limit).
 */
export const MAX_STEPS = 6_000;

/** A list that its schema would refuse as too long is refused by it, and costs no more than the longest that passes. */
function lengthOf(list: unknown, most: number): number {
  return Array.isArray(list) ? Math.min(list.length, most) : 0;
}

function steps(hops: number, standards: unknown, protection: unknown): number {
  const bases = member(protection, 'registration') === undefined ? 1 : 2;
  return Math.max(1, hops) * (1 + lengthOf(standards, MAX_STANDARDS)) * bases;
}

/** How long a registered route is, is known only when it has been read: it counts as the longest. */
function hopsOf(path: unknown): number {
  return member(path, 'route') === undefined ? lengthOf(member(path, 'hops'), MAX_HOPS) : MAX_HOPS;
}

/**
 * Steps for reading a marking, beside those for its bytes: what a banner says for every portion, and the whole again until
 * its end is known. An answer about now reads next to nothing again.
 */
function stepsOfReading(marking: unknown, at: unknown): number {
  const first = Math.floor(sizeOf(marking).repeated / BYTES_PER_STEP);
  if (typeof at !== 'string') return first;
  const { count, size } = readingsAhead(marking, at.slice(0, 'YYYY-MM-DD'.length));
  return first + count * (1 + Math.floor(size / BYTES_PER_STEP));
}

/** Steps for some paths of one native question. */
export function stepsOfPaths(
  paths: readonly DecisionRequest['path'][],
  { message, standards, at }: Pick<DecisionRequest, 'message' | 'standards' | 'at'>,
): number {
  const reading = stepsOfReading(message.marking, at);
  return paths.reduce((sum, path) => sum + steps(hopsOf(path), standards, message.protection), reading);
}

/** Steps for one AuthZEN question, whose members nobody has looked at yet. */
export function stepsOfQuestion(question: Readonly<Record<string, unknown>>): number {
  const { subject, action, resource, context } = question;
  const path = member(resource, 'type') === 'route' ? { route: true } : member(resource, 'properties');
  const protection =
    member(member(action, 'properties'), 'protection') ?? member(member(subject, 'properties'), 'protection');
  const reading = stepsOfReading(member(member(subject, 'properties'), 'marking'), member(context, 'at'));
  return reading + steps(hopsOf(path), member(context, 'standards'), protection);
}
