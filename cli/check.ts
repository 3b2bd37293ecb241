/** `routeguard check FILE…`: facts in files, before anybody proposes them. Every problem with its file, line and remedy. */
import { basename } from 'node:path';
import { Command } from 'commander';
import { readChanges } from '../functions/core/administration/change.ts';
import { type RegistryProblem, registryProblems } from '../functions/core/administration/validate.ts';
import { EXIT } from './exit.ts';
import { endsInFile, factFilesAt } from './fact-files.ts';
import { keyWritten, type PlacedFact, placedIn, positionsIn, problemsIn, repeats } from './placed-fact.ts';
import { DataFileError } from './read-json-file.ts';
import { loadWorld, suppliedFolder } from './scenario/world.ts';
import { say, sayJson } from './terminal.ts';

export interface CheckReport {
  /** `file:line: path: what is wrong and what to write`. */
  readonly problems: readonly string[];
  readonly facts: number;
  readonly files: number;
}

/** An `end` holds no fact, and says when and on whose word; what it was written against is filled in by `propose`. */
function endProblems(file: string): readonly string[] {
  const positions = positionsIn(file);
  return endsInFile(file).flatMap(({ operation, pointer }) => {
    const reading = readChanges([{ was: `sha256:${'0'.repeat(64)}`, ...operation }]);
    if (reading.ok) return [];
    return reading.problems.map(({ path, message }) => {
      const at = pointer + path.replace(/^\/0/, '');
      return `${file}:${positions.lineOf(at)}: ${at}: ${message}`;
    });
  });
}

/** A file of the library is found by the id of its standard. */
function misnamed(p: PlacedFact): readonly string[] {
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
  const around = [...standards, ...samples].filter((f) => !own.has(keyWritten(f)));
  const all = new Map([...around, ...placed.map((p) => p.fact)].map((f) => [keyWritten(f), f]));
  const shape = [...placed.flatMap((p) => [...problemsIn(p), ...misnamed(p)]), ...files.flatMap(endProblems)];
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
    .argument(
      '[files...]',
      'files or folders of facts, as JSON or YAML; a proposal counts as what it adds (default: the standards and the sample registry that come with the command)',
    )
    .option('--json', 'print the report as JSON')
    .action((files: string[], options: { readonly json?: true }) => {
      let report: CheckReport;
      try {
        report = checkFiles(files.length > 0 ? files : ['standards', 'samples/registry'].map(suppliedFolder));
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
      if (report.problems.length > 0) process.exitCode = EXIT.failed;
    });
}
