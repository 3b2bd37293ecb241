/** Recent requests, to be asked again: on both sides, their markings as they read at each instant. */
import { labelOf } from '../decision/label-of.ts';
import { readRequest } from '../decision/read-request.ts';
import type { DecisionRequest } from '../request.ts';

interface RecentRequest {
  readonly position: number;
  readonly request: DecisionRequest;
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
    if (label.ok || label.until !== null) readable.push({ position, request });
    else unreadable.push(position);
  }
  return { readable, unreadable };
}
