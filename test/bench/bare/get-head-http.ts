/** The same behind a door of the API. */
import { handler as read } from './get-head.ts';

export const handler = async () => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(await read()),
});
