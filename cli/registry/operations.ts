import { factDigest } from '../../functions/core/facts/canonical.ts';
import { factKeyFault } from '../../functions/core/facts/fact-key.ts';
import { withoutSchemaName } from '../../functions/core/facts/schema-name.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { suggesting } from '../../functions/core/nearest.ts';
import { factShape } from '../../functions/registry/answers.ts';
import { UsageError } from '../usage-error.ts';
import { explainAbsence } from './absent-fact.ts';
import type { RegistryClient } from './connection.ts';
import { readAs } from './read-answer.ts';

/** What documents for `propose` come to. */
export interface WrittenProposal {
  /** Those that the documents give, each once. */
  readonly reasons: readonly string[];
  readonly changes: readonly unknown[];
}

/**
 * A proposal as people write it: a list, or `{ reason, changes }`; several of them are one. An entry is an operation, or a
 * bare fact, which is added. The digest that `replace` and `end` were written against may be left out: then it is that of
 * the fact as it stands.
 */
export async function operationsIn(
  documents: readonly NamedDocument[],
  registry: RegistryClient,
): Promise<WrittenProposal> {
  const reasons = new Set<string>();
  const changes: unknown[] = [];
  for (const { name, value } of documents) {
    const { reason, list } = named(name, () => partsOf(withoutSchemaName(value)));
    if (reason !== undefined) reasons.add(reason);
    for (const [index, entry] of list.entries()) {
      const { operation, lacks } = named(name, () => operationIn(entry, index));
      changes.push(lacks === undefined ? operation : await completed(operation, lacks, registry));
    }
  }
  return { reasons: [...reasons], changes };
}

/** What was read, and what a person calls it. */
export interface NamedDocument {
  readonly name: string;
  readonly value: unknown;
}

/** @throws UsageError that says in which document it is */
function named<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${name}: ${error.message}`);
    throw error;
  }
}

function partsOf(document: unknown): {
  readonly reason: string | undefined;
  readonly list: readonly unknown[];
} {
  if (Array.isArray(document)) return { reason: undefined, list: document };
  if (!isObject(document)) throw new UsageError('a proposal is a list of operations, or { reason, changes }');
  const { reason, changes, ...others } = document;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined && !('kind' in document) && !('op' in document))
    throw new UsageError('a proposal has the members reason and changes, and no others');
  // One operation or one fact on its own.
  if ('kind' in document || 'op' in document) return { reason: undefined, list: [document] };
  if (!Array.isArray(changes)) throw new UsageError('"changes" is a list');
  if (reason !== undefined && typeof reason !== 'string') throw new UsageError('"reason" is a text');
  return { reason, list: changes };
}

const OPS = ['add', 'replace', 'end'] as const;

/** An entry as an operation, with the key of the fact whose digest it lacks. */
function operationIn(
  entry: unknown,
  index: number,
): { readonly operation: Readonly<Record<string, unknown>>; readonly lacks?: string } {
  if (!isObject(entry)) throw new UsageError(`entry ${index} is neither an operation nor a fact`);
  const operation = 'op' in entry ? entry : { op: 'add', fact: entry };
  const { op } = operation;
  if (!OPS.some((known) => known === op))
    throw new UsageError(
      `entry ${index} is no operation: ${suggesting('its op is one of add, replace and end', String(op), OPS)}`,
    );
  if (op === 'add' || 'was' in operation) return { operation };
  const key = op === 'end' ? operation['key'] : keyOfFact(operation['fact']);
  const fault = typeof key === 'string' ? factKeyFault(key) : 'a fact is KIND/ID, such as network/gb-a';
  if (fault !== undefined) throw new UsageError(`entry ${index} names no fact: ${fault}`);
  return { operation, lacks: String(key) };
}

/** @throws RegistryRefusedError that names the fact, where it is not there */
async function completed(
  operation: Readonly<Record<string, unknown>>,
  key: string,
  registry: RegistryClient,
): Promise<unknown> {
  const answer = await registry({ method: 'GET', path: `facts/${key}` }).catch((error: unknown) =>
    explainAbsence(registry, key, {}, error),
  );
  const { fact } = readAs(factShape, answer);
  return { ...operation, was: factDigest(fact as RawFact) };
}

function keyOfFact(fact: unknown): string | undefined {
  return isObject(fact) ? `${String(fact['kind'])}/${String(fact['id'])}` : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
