/** `routeguard check FILE…`: facts in files, before anybody proposes them. Every problem with its file, line and remedy. */
import { basename } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod/mini';
import { readChanges } from '../functions/core/administration/change.ts';
import { type RegistryProblem, registryProblems } from '../functions/core/administration/validate.ts';
import { fact as factShape, type Problem, readFact } from '../functions/core/facts/fact.ts';
import type { RawFact } from '../functions/core/facts/view.ts';
import { nearest } from '../functions/core/nearest.ts';
import { endsInFile, factFilesAt, factsInFile, isYaml } from './fact-files.ts';
import { JsonPositions } from './json-position.ts';
import { DataFileError, readText } from './read-json-file.ts';
import { loadWorld } from './scenario/world.ts';
import { say, sayJson } from './terminal.ts';
import { YamlPositions } from './yaml-position.ts';

interface Placed {
  readonly file: string;
  readonly line: (pointer: string) => number;
  readonly fact: RawFact;
  readonly key: string;
  readonly name: string;
  /** Nothing else is in its file. */
  readonly alone: boolean;
}

export interface CheckReport {
  /** `file:line: path: what is wrong and what to write`. */
  readonly problems: readonly string[];
  readonly facts: number;
  readonly files: number;
}

function keyOf(fact: RawFact): string {
  return `${String(fact['kind'])}/${String(fact['id'])}`;
}

/** What a fact is called: by its key, or where it stands, where it has none. */
function nameOf(fact: RawFact, pointer: string): string {
  const isNamed = typeof fact['kind'] === 'string' && typeof fact['id'] === 'string';
  return isNamed ? keyOf(fact) : `the fact at ${pointer || 'the top'}: `;
}

let memberNames: readonly string[] | undefined;

/** Every member any fact may have, to recognise a slip of the pen. */
function knownMembers(): readonly string[] {
  if (memberNames !== undefined) return memberNames;
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, inner] of Object.entries(node)) {
      if (name === 'properties' && typeof inner === 'object' && inner !== null)
        for (const member of Object.keys(inner)) names.add(member);
      walk(inner);
    }
  };
  walk(z.toJSONSchema(factShape, { io: 'input', unrepresentable: 'any' }));
  memberNames = [...names].sort();
  return memberNames;
}

function valueAt(fact: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (v, part) =>
        typeof v === 'object' && v !== null
          ? (v as Record<string, unknown>)[part.replaceAll('~1', '/').replaceAll('~0', '~')]
          : undefined,
      fact,
    );
}

/** Names the word that was probably meant: of a member nobody knows, or of a value that is not on its list. */
function withSuggestion(fact: RawFact, { path, message }: Problem): string {
  if (message.startsWith('unknown member')) {
    const meant = nearest(path.slice(path.lastIndexOf('/') + 1), knownMembers());
    return meant === undefined ? message : `${message}; did you mean "${meant}"?`;
  }
  const options = /^write one of (.+)$/.exec(message)?.[1]?.split(', ');
  const written = valueAt(fact, path);
  const remedy = message.replace('; the member may be missing', '');
  if (remedy !== message || options !== undefined) {
    if (written === undefined) return `missing member: ${remedy}`;
    if (options === undefined) return remedy;
  }
  if (options === undefined || typeof written !== 'string') return message;
  const meant = nearest(written, options);
  return meant === undefined ? message : `${message}; did you mean "${meant}"?`;
}

function placedIn(file: string): readonly Placed[] {
  const facts = factsInFile(file);
  const text = readText(file);
  const positions = isYaml(file) ? new YamlPositions(text) : new JsonPositions(text);
  return facts.map(({ fact, pointer }) => ({
    file,
    fact,
    key: keyOf(fact),
    name: nameOf(fact, pointer),
    alone: pointer === '',
    line: (p) => positions.lineOf(pointer + p),
  }));
}

/** Misspelt members first: a member that is "missing" beside one is the same slip. */
function ownProblems(p: Placed): readonly string[] {
  const reading = readFact(p.fact);
  if (reading.sound) return [];
  const unknown = reading.problems.filter((x) => x.message.startsWith('unknown member'));
  const others = reading.problems.filter((x) => !unknown.includes(x));
  return [...unknown, ...others].map(
    (x) => `${p.file}:${p.line(x.path)}: ${p.name}${x.path}: ${withSuggestion(p.fact, x)}`,
  );
}

/** An `end` holds no fact, and says when and on whose word; what it was written against is filled in by `propose`. */
function endProblems(file: string): readonly string[] {
  const text = readText(file);
  const positions = isYaml(file) ? new YamlPositions(text) : new JsonPositions(text);
  return endsInFile(file).flatMap(({ operation, pointer }) => {
    const reading = readChanges([{ was: `sha256:${'0'.repeat(64)}`, ...operation }]);
    if (reading.ok) return [];
    return reading.problems.map(({ path, message }) => {
      const at = pointer + path.replace(/^\/0/, '');
      return `${file}:${positions.lineOf(at)}: ${at}: ${message}`;
    });
  });
}

function repeats(placed: readonly Placed[]): readonly string[] {
  const seen = new Map<string, Placed>();
  return placed.flatMap((p) => {
    const before = seen.get(p.key);
    seen.set(p.key, p);
    if (before === undefined) return [];
    return [
      `${p.file}:${p.line('/id')}: ${p.key}: already in ${before.file}:${before.line('/id')}; give it another id`,
    ];
  });
}

/** A file of the library is found by the id of its standard. */
function misnamed(p: Placed): readonly string[] {
  const { fact, file } = p;
  if (!p.alone || fact['kind'] !== 'standard' || basename(file) === `${String(fact['id'])}.json`) return [];
  return [`${file}:${p.line('/id')}: ${p.key}: name the file ${String(fact['id'])}.json, after the standard`];
}

/**
 * Checks facts in files: their shape, and whether they fit the library and the sample registry beside them.
 *
 * @throws DataFileError for a file that is not JSON or YAML, or not facts
 */
export function checkFiles(paths: readonly string[]): CheckReport {
  const files = paths.flatMap(factFilesAt);
  const placed = files.flatMap(placedIn);
  const { standards, samples } = loadWorld();
  const own = new Map(placed.map((p) => [p.key, p]));
  const around = [...standards, ...samples].filter((f) => !own.has(keyOf(f)));
  const all = new Map([...around, ...placed.map((p) => p.fact)].map((f) => [keyOf(f), f]));
  const shape = [
    ...placed.flatMap((p) => [...ownProblems(p), ...misnamed(p)]),
    ...files.flatMap(endProblems),
  ];
  const fit = registryProblems(all, { sample: true, touched: [...own.keys()], at: Date.now() })
    .filter((p) => p.check !== 'soundness')
    .flatMap((p: RegistryProblem) => {
      const place = own.get(p.key);
      return place === undefined
        ? []
        : [`${place.file}:${place.line(p.path)}: ${p.key}${p.path}: ${p.message}`];
    });
  return {
    problems: [...new Set([...shape, ...repeats(placed), ...fit])],
    facts: placed.length,
    files: files.length,
  };
}

export function checkCommand(): Command {
  return new Command('check')
    .description('Checks facts in files: standards, designations, networks … Exit code 0 sound, 1 not.')
    .argument('[files...]', 'files or folders of facts, as JSON or YAML; a proposal counts as what it adds', [
      'standards',
      'samples/registry',
    ])
    .option('--json', 'print the report as JSON')
    .action((files: string[], options: { readonly json?: true }) => {
      let report: CheckReport;
      try {
        report = checkFiles(files);
      } catch (error) {
        if (!(error instanceof DataFileError)) throw error;
        report = { problems: [error.message], facts: 0, files: files.length };
      }
      if (options.json === true) sayJson(report, 2);
      else {
        const found = report.problems.length;
        const how = found === 0 ? 'all sound' : `${found} problems`;
        say([...report.problems, `${report.facts} facts in ${report.files} files, ${how}`]);
      }
      if (report.problems.length > 0) process.exitCode = 1;
    });
}
