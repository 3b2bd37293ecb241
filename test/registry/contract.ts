/** Every answer a test gets is one that openapi.json publishes: a handler that says something else fails the test that asked. */
import type * as z from 'zod/mini';
import { ANSWERS, refusalBody } from '../../functions/registry/answers.ts';
import { REFUSALS } from '../../functions/registry/refusal-table.ts';
import type { HandledRequest } from '../../functions/registry/router.ts';

const SHAPES: Readonly<Record<string, Readonly<Record<number, z.ZodMiniType>>>> = ANSWERS;
const REFUSED: ReadonlySet<number> = new Set(Object.values(REFUSALS).map(({ status }) => status));

/** The same, as JSON. @throws Error where it is nothing that its method answers */
export function inContract({ status, body, record }: HandledRequest): HandledRequest {
  const sent: unknown = JSON.parse(JSON.stringify(body));
  const shape = REFUSED.has(status) ? refusalBody : SHAPES[record.route]?.[status];
  const read = shape?.safeParse(sent);
  if (read?.success === true) return { status, body: sent, record };
  const why = read === undefined ? 'no such status' : JSON.stringify(read.error?.issues);
  throw new Error(`${record.route} answers ${status}, and openapi.json says otherwise: ${why}`);
}
