/** Reads a file as strict JSON, with errors that name the file, the line and what to do. */
import { readFileSync } from 'node:fs';
import { parseStrictJson, type StrictJsonErrorCode } from '../functions/core/strict-json.ts';
import { lineAt } from './json-position.ts';

/** A data file that cannot be used, with where and why in one sentence. */
export class DataFileError extends Error {
  override readonly name = 'DataFileError';
}

/** What is wrong with a text that is not the JSON it should be, and what to do. */
export const JSON_MISTAKES: Readonly<Record<StrictJsonErrorCode, string>> = {
  NOT_TEXT: 'not a text file',
  TOO_LARGE: 'larger than 4 MiB: split the file',
  BYTE_ORDER_MARK: 'starts with a byte order mark: save it as UTF-8 without one',
  LONE_SURROGATE: 'a character is broken (lone surrogate): write it again',
  TOO_DEEP: 'nested deeper than 32 levels',
  DUPLICATE_KEY: 'a member is written twice: remove one',
  FORBIDDEN_KEY: 'a member has a name that is not allowed',
  NUMBER_OUT_OF_RANGE: 'a number is too large',
  SYNTAX: 'not JSON here: look for a missing comma, quote or bracket, a comment, or a trailing comma',
};

const DATA_LIMITS = { maxBytes: 4 * 1024 * 1024, maxDepth: 32 } as const;

/** @throws DataFileError */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new DataFileError(`${file}: cannot be read (${code})`);
  }
}

/** @param firstLine the line of the file on which the text begins, from 1 @throws DataFileError */
export function parseText(text: string, file: string, firstLine = 1): unknown {
  const parsed = parseStrictJson(text, DATA_LIMITS);
  if (parsed.ok) return parsed.value;
  throw new DataFileError(
    `${file}:${firstLine - 1 + lineAt(text, parsed.at)}: ${JSON_MISTAKES[parsed.code]}`,
  );
}
