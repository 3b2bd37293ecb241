/** Reads scenario files: one scenario, a list of them, JSON Lines, or a folder of such files. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { member } from '../../functions/core/facts/fact.ts';
import { problemsOf } from '../../functions/core/facts/problem-words.ts';
import { JsonPositions } from '../json-position.ts';
import { DataFileError, parseText, readText } from '../read-json-file.ts';
import { type Scenario, scenario } from './format.ts';

export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly file: string;
  /** The line of a JSON Pointer inside the scenario. */
  readonly lineOf: (pointer: string) => number;
}

function filesOf(path: string): readonly string[] {
  let found: ReturnType<typeof statSync>;
  try {
    found = statSync(path);
  } catch {
    throw new DataFileError(`${path}: no such file or folder`);
  }
  if (!found.isDirectory()) return [path];
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.jsonl?$/.test(name) && !name.endsWith('.schema.json'))
    .sort();
  if (files.length === 0) throw new DataFileError(`${path}: no .json or .jsonl file in this folder`);
  return files.map((name) => join(path, name));
}

const NOTHING = { path: '', message: 'not a scenario' };

function check(
  value: unknown,
  base: string,
  file: string,
  lineOf: (pointer: string) => number,
): LoadedScenario {
  const parsed = scenario.safeParse(value);
  if (parsed.success) return { scenario: parsed.data, file, lineOf: (p) => lineOf(base + p) };
  const [{ path: at, message } = NOTHING] = problemsOf(parsed.error.issues);
  const id = member(value, 'id');
  const named = typeof id === 'string' ? `scenario ${JSON.stringify(id)}, ` : '';
  throw new DataFileError(
    `${file}:${lineOf(base + at)}: ${named}${at === '' ? 'top level' : at}: ${message}`,
  );
}

function fromJson(text: string, file: string): readonly LoadedScenario[] {
  const value = parseText(text, file);
  const positions = new JsonPositions(text);
  const lineOf = (p: string) => positions.lineOf(p);
  if (!Array.isArray(value)) return [check(value, '', file, lineOf)];
  return value.map((item, i) => check(item, `/${i}`, file, lineOf));
}

function fromJsonLines(text: string, file: string): readonly LoadedScenario[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    return [check(parseText(line, file, i + 1), '', file, () => i + 1)];
  });
}

/** @throws DataFileError naming file, line and path */
export function loadScenarios(paths: readonly string[]): readonly LoadedScenario[] {
  const loaded = paths.flatMap(filesOf).flatMap((file) => {
    const text = readText(file);
    return file.endsWith('.jsonl') ? fromJsonLines(text, file) : fromJson(text, file);
  });
  const seen = new Map<string, LoadedScenario>();
  for (const l of loaded) {
    const before = seen.get(l.scenario.id);
    if (before !== undefined) {
      throw new DataFileError(
        `${l.file}:${l.lineOf('/id')}: scenario id ${JSON.stringify(l.scenario.id)} is already used in ${before.file}:${before.lineOf('/id')}`,
      );
    }
    seen.set(l.scenario.id, l);
  }
  if (loaded.length === 0) throw new DataFileError(`${paths.join(', ')}: no scenario found`);
  return loaded;
}
