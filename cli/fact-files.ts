/** Facts from files: one fact, or a list of them, in each JSON file of a path. */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RawFact } from '../functions/core/facts/view.ts';
import { DataFileError, parseText, readText } from './read-json-file.ts';

/** The JSON files under a path, in the order of names. @throws DataFileError */
export function jsonFilesAt(path: string): readonly string[] {
  let found: ReturnType<typeof statSync>;
  try {
    found = statSync(path);
  } catch {
    throw new DataFileError(`${path}: no such file or folder`);
  }
  if (!found.isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((n) => n.endsWith('.json'));
  if (names.length === 0) throw new DataFileError(`${path}: no .json file in this folder`);
  return names.sort().map((name) => join(path, name));
}

function isObject(value: unknown): value is RawFact {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface FactInFile {
  readonly fact: RawFact;
  /** JSON Pointer of the fact in its file. */
  readonly pointer: string;
}

/** The facts one text holds. @throws DataFileError */
export function factsInText(text: string, file: string): readonly FactInFile[] {
  const value = parseText(text, file);
  if (isObject(value)) return [{ fact: value, pointer: '' }];
  if (!Array.isArray(value)) throw new DataFileError(`${file}: write a fact, {…}, or a list of facts, […]`);
  return value.map((item: unknown, i) => {
    if (!isObject(item)) throw new DataFileError(`${file}: /${i}: write a fact, {…}`);
    return { fact: item, pointer: `/${i}` };
  });
}

/** Every fact of some files or folders, sound or not. @throws DataFileError */
export function factsIn(paths: readonly string[]): readonly RawFact[] {
  // A folder and one inside it may both be named; a file read twice would contradict itself.
  const files = new Set(paths.flatMap(jsonFilesAt).map((file) => realpathSync(file)));
  return [...files].flatMap((file) => factsInText(readText(file), file).map(({ fact }) => fact));
}
