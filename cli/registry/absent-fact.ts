/** A fact that is not there: when it left, or which one was meant. */
import { suggesting } from '../../functions/core/nearest.ts';
import { blame, keys as keysShape } from '../../functions/registry/answers.ts';
import type { RegistryClient } from './connection.ts';
import { RegistryRefusedError } from './errors.ts';
import { lastChangeInWords } from './history-words.ts';
import { readAs } from './read-answer.ts';

/** @throws the error, and for a fact that is not there: whether it left, or which one was meant */
export async function explainAbsence(
  registry: RegistryClient,
  key: string,
  query: Readonly<Record<string, string>>,
  error: unknown,
): Promise<never> {
  if (!isFactUnknown(error)) throw error;
  const last = await registry({ method: 'GET', path: `blame/${key}`, query }).catch((reason: unknown) => {
    if (isFactUnknown(reason)) return undefined;
    throw reason;
  });
  if (last !== undefined)
    throw factUnknown(`${key} is not in this version: ${lastChangeInWords(readAs(blame, last))}`);
  const [kind = ''] = key.split('/');
  const { keys } = readAs(keysShape, await registry({ method: 'GET', path: `facts/${kind}`, query }));
  throw factUnknown(suggesting(`there is no ${key} in this version, and never was`, key, keys));
}

function factUnknown(message: string): RegistryRefusedError {
  return new RegistryRefusedError({ code: 'FACT_UNKNOWN', message });
}

function isFactUnknown(error: unknown): boolean {
  return error instanceof RegistryRefusedError && error.error.code === 'FACT_UNKNOWN';
}
