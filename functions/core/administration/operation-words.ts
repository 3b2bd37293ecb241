/** What an operation does, from the content of its fact: a headline, and beneath it everything that is said. */
import { citationInWords } from '../facts/citation-words.ts';
import { member } from '../facts/fact.ts';
import type { RawFact } from '../facts/view.ts';
import { factInWords } from '../facts/words/fact-words.ts';
import type { FactNames } from '../facts/words/names.ts';
import type { EndOperation, Operation } from './change.ts';
import { changesInWords } from './change-words.ts';

/** An operation in words: what it does, and everything it says. */
export interface OperationWords {
  readonly headline: string;
  readonly details: readonly string[];
}

/**
 * @param current the fact it is made to, as its base has it
 * @param names what registered things are called
 */
export function operationInWords(
  operation: Operation,
  current: RawFact | undefined,
  names: FactNames,
): OperationWords {
  switch (operation.op) {
    case 'add': {
      const { gist, details } = factInWords(operation.fact, names, 'becomes');
      return { headline: gist, details };
    }
    case 'replace':
      return correction(current, operation.fact, names);
    case 'end':
      return ending(operation, current, names);
    default:
      return unknownOperation(operation);
  }
}

/** What becomes of a fact: it comes, goes, or says something else. */
export function factChangeInWords(
  before: RawFact | undefined,
  after: RawFact | undefined,
  names: FactNames,
): OperationWords {
  if (after !== undefined) return correction(before, after, names);
  const { topic, gist, details } = factInWords(before ?? ({} as RawFact), names);
  return { headline: `${topic} leaves the registry`, details: [`it said: ${gist}`, ...details] };
}

function correction(before: RawFact | undefined, after: RawFact, names: FactNames): OperationWords {
  const { topic, gist, details } = factInWords(after, names, before === undefined ? 'becomes' : 'is');
  if (before === undefined) return { headline: gist, details };
  return {
    headline: `${topic} is changed`,
    details: [...changesInWords(before, after), `it then says: ${gist}`],
  };
}

function ending(
  { key, on, ending: word }: EndOperation,
  current: RawFact | undefined,
  names: FactNames,
): OperationWords {
  const said = word.map((source) => `on the word of: ${citationInWords(source)}`);
  if (current === undefined) return { headline: `${key} ends on ${on}`, details: said };
  const { topic, gist, details } = factInWords(current, names);
  const until = member(member(current, 'valid'), 'to');
  const was = typeof until === 'string' ? `was to hold until ${until}` : 'had no known end';
  return {
    headline: `${topic} ends on ${on}, and ${was}`,
    details: [...said, `it said: ${gist}`, ...details],
  };
}

function unknownOperation(operation: never): never {
  throw new Error(`no such operation: ${Object.keys(operation).join()}`);
}
