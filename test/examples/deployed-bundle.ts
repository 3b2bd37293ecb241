/** The bundle that an example's stack deploys, and what a guard in front of it answers. */
import { copyFileSync, readdirSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LoopbackServer } from '../client/loopback-server.ts';
import { BOUND, boundText } from '../client/vectors.ts';

/** Under a name of its own, so that the module is evaluated with the environment of now. */
export async function deployedBundle<T>(outdir: string): Promise<T> {
  const asset = readdirSync(outdir).find((name) => name.startsWith('asset.') && !name.includes('.json'));
  const copy = join(outdir, 'built.mjs');
  copyFileSync(join(outdir, asset ?? '', 'index.mjs'), copy);
  return (await import(/* @vite-ignore */ pathToFileURL(copy).href)) as T;
}

/** A sound permit of whatever was asked last. */
export function permitOf(guard: LoopbackServer): object {
  return {
    decision: true,
    question: { ...BOUND, message: '{{message}}' },
    outcome: 'permit',
    enforceable: true,
    retry: 'never',
    evaluationId: `e-${guard.heard.length}`,
    evaluatedAt: new Date().toISOString(),
    useBy: new Date(Date.now() + 30_000).toISOString(),
    obligations: [],
  };
}

/** Answers with JSON, bound to what was asked last. */
export function answering(guard: LoopbackServer, body: () => unknown, status = 200, headers = {}) {
  return (response: ServerResponse): void =>
    void response
      .writeHead(status, headers)
      .end(boundText(guard.heard.at(-1)?.body ?? '', JSON.stringify(body())));
}
