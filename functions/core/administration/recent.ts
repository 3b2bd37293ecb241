/** Recent requests, to be asked again: on both sides, their markings as they read at each instant. */
import { labelOf } from '../decision/label-of.ts';
import { readRequest } from '../decision/read-request.ts';
import type { Label } from '../marking/label.ts';
import type { DecisionRequest } from '../request.ts';
import type { Question } from './questions.ts';

interface RecentRequest extends Question {
  readonly position: number;
  /** What it is called where flips are told: never in the caller's words. */
  readonly name: string;
}

/** Recent requests that can be asked again, and those that cannot. */
export interface RecentReading {
  readonly readable: readonly RecentRequest[];
  /** Positions of requests that are no requests, or whose marking nobody will ever read: refused on both sides. */
  readonly unreadable: readonly number[];
}

/** Reads requests as they were sent. A time or version they asked for is left out: the question is about now. */
export function readRecent(values: readonly unknown[], at: number): RecentReading {
  const readable: RecentRequest[] = [];
  const unreadable: number[] = [];
  for (const [position, value] of values.entries()) {
    const reading = readRequest(value);
    if (!reading.ok) {
      unreadable.push(position);
      continue;
    }
    const { request } = reading;
    const label = labelOf(request.message, at);
    if (label.ok || label.until !== null)
      readable.push({
        position,
        request,
        asked: conditionsOf(request),
        name: label.ok ? nameOf(label.label) : 'as requested',
      });
    else unreadable.push(position);
  }
  return { readable, unreadable };
}

/** Its level, and nothing else of it: all other words are the caller's. Nothing is read with a level of no ladder. */
function nameOf({ frame, level }: Label): string {
  return `${frame} ${level}//as requested`;
}

function conditionsOf({ message, standards, supportedObligations }: DecisionRequest): Question['asked'] {
  const { protection, flow } = message;
  return {
    ...(protection !== undefined && 'registration' in protection && { protection: protection.registration }),
    ...(flow !== undefined && { flow }),
    ...(standards !== undefined && standards.length > 0 && { standards }),
    supports: supportedObligations ?? [],
  };
}
