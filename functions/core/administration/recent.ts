/** Recent requests, to be asked again: on both sides with the same label. */
import { readRequest } from '../decision/read-request.ts';
import { dayOf } from '../facts/moment.ts';
import type { Label } from '../marking/label.ts';
import { readMarking } from '../marking/read.ts';
import type { DecisionRequest } from '../request.ts';

interface RecentRequest {
  readonly position: number;
  readonly request: DecisionRequest;
  readonly label: Label;
}

export interface RecentReading {
  readonly readable: readonly RecentRequest[];
  /** Positions of requests that are no requests, or whose marking is not read: they are refused on both sides. */
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
    const { marking, markingFormat, originator } = request.message;
    const label = readMarking(marking, {
      on: dayOf(at, 'UTC'),
      ...(markingFormat !== undefined && { format: markingFormat }),
      ...(originator !== undefined && { originator }),
    });
    if (label.ok) readable.push({ position, request, label: label.label });
    else unreadable.push(position);
  }
  return { readable, unreadable };
}
