import type { FunctionHost } from './function-host.ts';
import { errorReply, type LocalReply } from './reply.ts';

/** Parameters of a question that the board reads from its query. */
const PARAMETERS = ['network', 'route', 'profile', 'markings'] as const;
const KNOWN: ReadonlySet<string> = new Set(PARAMETERS);

/** Names by which a browser on this machine calls the runner: a page elsewhere cannot borrow one by DNS. */
const OURS = /^(?:127\.0\.0\.1|localhost)(?::\d{1,5})?$/;

/**
 * `GET /board`: what CloudWatch's custom widget shows, as a page. Read-only and unsigned, because browsers do not sign;
 * the runner listens on loopback alone.
 */
export async function boardDoor(
  host: FunctionHost,
  query: URLSearchParams,
  hostHeader: string | undefined,
): Promise<LocalReply> {
  const target = host.find('board');
  if (!target || !OURS.test(hostHeader ?? '')) return errorReply(404, 'NotFoundException', 'No such page.');
  const names = [...query.keys()];
  if (new Set(names).size < names.length || names.some((name) => !KNOWN.has(name)))
    return errorReply(400, 'ValidationException', `The board takes ${PARAMETERS.join(', ')}, each once.`);
  const asked = PARAMETERS.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const event = JSON.stringify({ ...Object.fromEntries(asked), links: true });
  const result = await host.invoke(target.function, target.qualifier, event);
  if (typeof result === 'string' || !result.ok)
    return errorReply(502, 'ServiceException', 'The board failed.');
  const html: unknown = JSON.parse(result.payload);
  if (typeof html !== 'string') return errorReply(502, 'ServiceException', 'The board failed.');
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
    },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>routeguard</title><style>body{margin:0}@media(prefers-color-scheme:dark){body{background:#0f1b2a}}</style></head><body>${html}</body></html>`,
  };
}
