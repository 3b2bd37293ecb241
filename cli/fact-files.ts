/** Facts from JSON or YAML files: one fact, a list of them, or a proposal with what it adds and replaces. */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RawFact } from '../functions/core/facts/view.ts';
import { DataFileError, parseText, readText } from './read-json-file.ts';
import { readDocument } from './registry/read-document.ts';
import { UsageError } from './usage-error.ts';

export function isYaml(file: string): boolean {
  return /\.ya?ml$/.test(file);
}

/** The JSON and YAML files under a path, in the order of names. @throws DataFileError */
export function factFilesAt(path: string): readonly string[] {
  let found: ReturnType<typeof statSync>;
  try {
    found = statSync(path);
  } catch {
    throw new DataFileError(`${path}: no such file or folder`);
  }
  if (!found.isDirectory()) return [path];
  const all = readdirSync(path, { recursive: true, encoding: 'utf8' });
  const names = all.filter((name) => name.endsWith('.json') || isYaml(name));
  if (names.length === 0) throw new DataFileError(`${path}: no .json, .yaml or .yml file in this folder`);
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

function valueIn(file: string): unknown {
  if (!isYaml(file)) return parseText(readText(file), file);
  try {
    return readDocument(file);
  } catch (error) {
    if (error instanceof UsageError) throw new DataFileError(error.message);
    throw error;
  }
}

/** The facts one file holds. @throws DataFileError */
export function factsInFile(file: string): readonly FactInFile[] {
  const value = valueIn(file);
  if (Array.isArray(value)) return factsInList(value, file, '');
  if (!isObject(value))
    throw new DataFileError(`${file}: write a fact, {…}, a list of facts, […], or { reason, changes }`);
  const { changes } = value;
  if (Array.isArray(changes) && !Object.hasOwn(value, 'kind')) return factsInList(changes, file, '/changes');
  return [{ fact: value, pointer: '' }];
}

/** An entry is a fact, or an operation with one; an operation without one, such as an end, holds none. */
function factsInList(list: readonly unknown[], file: string, at: string): readonly FactInFile[] {
  return list.flatMap((item, index) => {
    const pointer = `${at}/${index}`;
    if (!isObject(item)) throw new DataFileError(`${file}: ${pointer}: write a fact, {…}`);
    if (!Object.hasOwn(item, 'op')) return [{ fact: item, pointer }];
    const { fact } = item;
    if (fact === undefined) return [];
    if (!isObject(fact)) throw new DataFileError(`${file}: ${pointer}/fact: write a fact, {…}`);
    return [{ fact, pointer: `${pointer}/fact` }];
  });
}

/** Every fact of some files or folders, sound or not. @throws DataFileError */
export function factsIn(paths: readonly string[]): readonly RawFact[] {
  // A folder and one inside it may both be named; a file read twice would contradict itself.
  const files = new Set(paths.flatMap(factFilesAt).map((file) => realpathSync(file)));
  return [...files].flatMap((file) => factsInFile(file).map(({ fact }) => fact));
}
