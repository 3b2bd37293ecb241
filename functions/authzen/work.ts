/** A request is bounded by the work it asks for, counted before any of it is done: items alone say nothing of that. */
import { HttpProblem } from './problem.ts';
import type { Members } from './read-body.ts';
import { OF_REQUEST } from './slips.ts';

export interface WorkSettings {
  /** Steps one request may ask for. */
  readonly maxSteps: number;
  /** Steps one question takes, from its members as they came. */
  readonly stepsOf: (question: Members) => number;
}

/** Bytes of a question that take as long to read as one step. */
export const BYTES_PER_STEP = 128;

/** Everything of a question that somebody reads. */
const PARTS = ['subject', 'action', 'resource', 'context'] as const;

/** What is not read but looked through for slips, once. */
function bytesElsewhere(members: Members): number {
  const others = Object.entries(members).filter(([name]) => !isRead(name));
  return others.length === 0 ? 0 : Buffer.byteLength(JSON.stringify(others));
}

function isRead(name: string): boolean {
  return (OF_REQUEST as readonly string[]).includes(name);
}

/**
 * @param questions each with the defaults it takes: what stands once in a body may be read a thousand times
 * @param body what stands around the questions of a batch
 * @throws Problem where they are too much
 */
export function boundWork(
  questions: readonly Members[],
  { maxSteps, stepsOf }: WorkSettings,
  body: Members = {},
): void {
  const sizes = new Map<unknown, number>();
  const sizeOf = (part: unknown): number => {
    const size = sizes.get(part) ?? Buffer.byteLength(JSON.stringify(part ?? null));
    sizes.set(part, size);
    return size;
  };
  const steps = questions.reduce(
    (sum, question) => {
      const bytes = PARTS.reduce((all, part) => all + sizeOf(question[part]), bytesElsewhere(question));
      return sum + Math.floor(bytes / BYTES_PER_STEP) + stepsOf(question);
    },
    Math.floor(bytesElsewhere(body) / BYTES_PER_STEP),
  );
  if (!(steps <= maxSteps))
    throw new HttpProblem(400, `the request asks for ${steps} steps of work, and may ask for ${maxSteps}`);
}
