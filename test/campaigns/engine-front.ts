/**
 * One of many databases in a single DynamoDB Local, with the command line of the embedded engine: what starts an engine in a
 * test starts this, in a fraction of the time that a Java machine takes. DynamoDB Local keeps a database for each access key
 * and checks no signature (its guide, "DynamoDB local usage notes"), so that a key of one's own is a database of one's own.
 */
import { createHash } from 'node:crypto';
import { createServer, request } from 'node:http';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
    'db-path': { type: 'string' },
  },
});
const upstream = new URL(process.env['DYNAMODB_LOCAL'] ?? '');
/** A file that survives the embedded engine is a key that is the same next time. */
const place = values['db-path'] ?? `${process.pid} ${process.hrtime.bigint()}`;
const key = `K${createHash('sha256').update(place).digest('hex').slice(0, 19)}`;

const server = createServer((incoming, outgoing) => {
  const authorization = (incoming.headers.authorization ?? '').replace(
    /Credential=[^/]+\//,
    `Credential=${key}/`,
  );
  const forwarded = request(
    upstream,
    {
      method: incoming.method ?? 'POST',
      path: incoming.url,
      headers: { ...incoming.headers, authorization },
    },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    },
  );
  forwarded.once('error', () => outgoing.destroy());
  outgoing.once('close', () => forwarded.destroy());
  incoming.pipe(forwarded);
});
server.keepAliveTimeout = 75_000;
server.listen(Number(values.port), values.host, () => console.info('listening on', server.address()));
