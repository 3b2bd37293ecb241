/** Facts from JSON or YAML files: one fact, a list of them, or a proposal with what it adds and replaces. */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { withoutSchemaName } from '../functions/core/facts/schema-name.ts';
import type { RawFact } from '../functions/core/facts/view.ts';
import { DataFileError, parseText, readText } from './read-json-file.ts';
import { readDocument } from './registry/read-document.ts';
import { UsageError } from './usage-error.ts';

export function isYaml(file: string): boolean {
  return /\.ya?ml$/i.test(file);
}

/** What may stand beside facts without being any: pages about them, and what tools leave under a name with a dot. */
function isNoData(name: string): boolean {
  return /\.md$/i.test(name) || basename(name).startsWith('.');
}

/** In a folder whose name begins with a dot: `.git` and the like. */
function isOfTools(name: string): boolean {
  return dirname(name)
    .split(sep)
    .some((folder) => folder.startsWith('.') && folder !== '.');
}

/**
 * The JSON and YAML files under a path, in the order of names. A file that might hold facts and is not read would be
 * one nobody judged: it is refused.
 *
 * @throws DataFileError
 */
export function factFilesAt(path: string): readonly string[] {
  let found: ReturnType<typeof statSync>;
  try {
    found = statSync(path);
  } catch {
    throw new DataFileError(`${path}: no such file or folder`);
  }
  if (!found.isDirectory()) return [path];
  const all = readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((name) => !isOfTools(relative(path, name)));
  const names = all.filter((name) => /\.json$/i.test(name) || isYaml(name));
  const other = all.find((name) => !names.includes(name) && !isNoData(name));
  if (other !== undefined)
    throw new DataFileError(
      `${other}: not read as facts: end its name in .json, .yaml or .yml, or move it elsewhere`,
    );
  if (names.length === 0) throw new DataFileError(`${path}: no .json, .yaml or .yml file in this folder`);
  return names.sort();
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
  const value = withoutSchemaName(valueIn(file));
  if (Array.isArray(value)) return factsInList(value, file, '');
  if (!isObject(value))
    throw new DataFileError(`${file}: write a fact, {…}, a list of facts, […], or { reason, changes }`);
  const { changes } = value;
  if (Array.isArray(changes) && !Object.hasOwn(value, 'kind')) return factsInList(changes, file, '/changes');
  return [{ fact: value, pointer: '' }];
}

/** The operations of a proposal in a file that end a fact, and hold none. @throws DataFileError */
export function endsInFile(
  file: string,
): readonly { readonly operation: RawFact; readonly pointer: string }[] {
  const value = valueIn(file);
  const changes = isObject(value) && !Object.hasOwn(value, 'kind') ? value['changes'] : value;
  const at = Array.isArray(value) ? '' : '/changes';
  if (!Array.isArray(changes)) return [];
  return changes.flatMap((item: unknown, index) =>
    isObject(item) && item['op'] === 'end' ? [{ operation: item, pointer: `${at}/${index}` }] : [],
  );
}

const OPERATIONS = ['add', 'replace', 'end'];
const OPERATION_MEMBERS: readonly string[] = ['op', 'fact', 'was', 'key', 'on', 'ending'];

/** An entry is a fact, or an operation with one; only an `end` holds none. */
function factsInList(list: readonly unknown[], file: string, at: string): readonly FactInFile[] {
  if (list.length === 0) throw new DataFileError(`${file}: ${at}: an empty list: write a fact, {…}`);
  return list.flatMap((item, index) => {
    const pointer = `${at}/${index}`;
    if (!isObject(item)) throw new DataFileError(`${file}: ${pointer}: write a fact, {…}`);
    if (!Object.hasOwn(item, 'op')) return [{ fact: item, pointer }];
    const { op, fact } = item;
    if (!OPERATIONS.includes(String(op)))
      throw new DataFileError(`${file}: ${pointer}/op: write one of ${OPERATIONS.join(', ')}`);
    const unknown = Object.keys(item).find((name) => !OPERATION_MEMBERS.includes(name));
    if (unknown !== undefined)
      throw new DataFileError(
        `${file}: ${pointer}/${unknown}: no member of an operation: those are ${OPERATION_MEMBERS.join(', ')}`,
      );
    if (fact === undefined && op === 'end') return [];
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
