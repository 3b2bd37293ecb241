/** The access function's bundle, asked as API Gateway asks it. */
import { restEvent } from '../doors/rest-event.ts';
import { CONTEXT, type Handler } from './deployed.ts';

/** The body of the answer. @throws Error for any answer but 200 */
export async function askAccess(handler: Handler, path: string, body: object): Promise<unknown> {
  const answer = (await handler(restEvent(path, { body }), CONTEXT)) as {
    readonly statusCode: number;
    readonly body: string;
  };
  if (answer.statusCode !== 200) throw new Error(`${path} answered ${answer.statusCode}: ${answer.body}`);
  return JSON.parse(answer.body);
}
