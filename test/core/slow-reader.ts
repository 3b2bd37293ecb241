/** What `jsonc-parser` and `JSON.parse` make of a text together: an independent reader, which ours is compared with. */
import { type JSONVisitor, visit } from 'jsonc-parser';
import type { StrictJsonErrorCode, StrictJsonResult } from '../../functions/core/strict-json.ts';

const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

type Problem = { readonly code: StrictJsonErrorCode; readonly at: number };

/** Of a text that is neither too long nor too deep, and well formed. */
export function readBySlowReader(text: string): StrictJsonResult {
  const problem = findProblem(text);
  return problem === undefined ? { ok: true, value: JSON.parse(text) as unknown } : { ok: false, ...problem };
}

function findProblem(text: string): Problem | undefined {
  let first: Problem | undefined;
  const members: Set<string>[] = [];
  const note = (code: StrictJsonErrorCode, at: number): void => {
    first ??= { code, at };
  };
  const visitor: JSONVisitor = {
    onObjectBegin: () => {
      members.push(new Set());
    },
    onObjectEnd: () => {
      members.pop();
    },
    onObjectProperty: (name, at) => {
      if (FORBIDDEN.has(name)) note('FORBIDDEN_KEY', at);
      if (!name.isWellFormed()) note('LONE_SURROGATE', at);
      const seen = members.at(-1);
      if (seen?.has(name)) note('DUPLICATE_KEY', at);
      seen?.add(name);
    },
    onLiteralValue: (value, at) => {
      if (typeof value === 'number' && !Number.isFinite(value)) note('NUMBER_OUT_OF_RANGE', at);
      if (typeof value === 'string' && !value.isWellFormed()) note('LONE_SURROGATE', at);
    },
    onComment: (at) => note('SYNTAX', at),
    onError: (_error, at) => note('SYNTAX', at),
  };
  visit(text, visitor, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  return first;
}
