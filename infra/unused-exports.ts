/**
 * Exports of packages that are made by a call when the package is imported, which a bundler must keep although nobody uses
 * them: it cannot know that the call does nothing else. Declared here, one by one, as calls that only make a value.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

export interface UnusedExport {
  /** Within `node_modules`. */
  readonly file: string;
  /** As they are written there, each once. */
  readonly calls: readonly string[];
  readonly why: string;
}

export const UNUSED_EXPORTS: readonly UnusedExport[] = [
  {
    file: '@smithy/core/dist-es/submodules/retry/index.js',
    calls: ['bindRetryMiddleware(isStreamingPayload)', 'bindGetRetryPlugin(isStreamingPayload)'],
    why: 'The middleware of retries, with a reader of dates for `Retry-After`; our client has the strategy alone.',
  },
  {
    file: '@smithy/core/dist-es/submodules/serde/index.js',
    calls: ['bindV4(_getRandomValues)', 'bindUint8ArrayBlobAdapter(toUtf8, fromUtf8, toBase64, fromBase64)'],
    why: 'Idempotency tokens and streams of bytes, beside the one helper that the HTTP handler has from there.',
  },
  {
    file: '@smithy/core/dist-es/submodules/serde/parse-utils.js',
    calls: ['Math.ceil(2 ** 127 * (2 - 2 ** -23))'],
    why: 'Readers of numbers in the answers of other services.',
  },
];

const PURE = '/* @__PURE__ */ ';

/** @throws Error where a package no longer holds what is declared of it: an upgrade must not bring it back unseen */
export function withoutEffect({ file, calls }: UnusedExport, text: string): string {
  return calls.reduce((all, call) => {
    if (all.split(call).length !== 2) throw new Error(`${file} does not hold this once: ${call}`);
    return all.replace(call, () => `${PURE}${call}`);
  }, text);
}

export const unusedExports: Plugin = {
  name: 'unused-exports',
  setup(build) {
    for (const each of UNUSED_EXPORTS) {
      // By its end alone: `node_modules` may stand elsewhere than this checkout.
      const filter = new RegExp(`/node_modules/${each.file.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
      build.onLoad({ filter }, async ({ path }) => ({
        contents: withoutEffect(each, await readFile(path, 'utf8')),
        loader: 'js',
      }));
    }
  },
};
