/** `routeguard scenarios FILE…`: dated scenarios through the real core. Exit 0 when all pass, 1 on a mismatch, 2 on a malformed file. */
import { Command } from 'commander';
import { EXIT } from './exit.ts';
import { DataFileError } from './read-json-file.ts';
import { expectedReason } from './scenario/expectation.ts';
import { type LoadedScenario, loadScenarios } from './scenario/load.ts';
import { runScenario, type ScenarioResult } from './scenario/run.ts';
import { ScenarioError } from './scenario/scenario-error.ts';
import { loadWorld } from './scenario/world.ts';
import { aligned, say, sayAligned, sayJson } from './terminal.ts';
import { UsageError } from './usage-error.ts';

function run(loaded: LoadedScenario): ScenarioResult {
  try {
    return runScenario(loaded.scenario, loadWorld());
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const where = error.path === '' ? 'top level' : error.path;
    throw new DataFileError(
      `${loaded.file}:${loaded.lineOf(error.path)}: scenario ${JSON.stringify(loaded.scenario.id)}, ${where}: ${error.message}`,
    );
  }
}

/** Loads and runs every scenario of some files or folders. @throws DataFileError */
export function runFiles(paths: readonly string[]): readonly ScenarioResult[] {
  return loadScenarios(paths).map(run);
}

/** The reason a reader wants first: the expected one, or the first that was given. */
function decisive({ judgement: j, scenario }: ScenarioResult): string {
  const said = [...j.reasons, ...j.notes];
  const [wanted] = scenario.expect.reasons ?? [];
  const code = typeof wanted === 'string' ? wanted : wanted?.code;
  const vendor = typeof wanted === 'string' ? undefined : wanted?.vendor;
  const found =
    said.find((r) => r.code === code && (vendor === undefined || r.vendor === vendor)) ?? said.at(0);
  return found === undefined ? '' : expectedReason(found);
}

function table(results: readonly ScenarioResult[]): readonly string[] {
  const rows = results.map((r) => [
    r.mismatches.length === 0 ? 'pass' : 'FAIL',
    r.scenario.id,
    r.scenario.at,
    r.scenario.standard,
    r.judgement.outcome,
    decisive(r),
  ]);
  const head = ['', 'scenario', 'at', 'standard', 'outcome', 'decisive reason'];
  return aligned([head, ...rows]);
}

function asJson(r: ScenarioResult): unknown {
  const { judgement: j } = r;
  return {
    id: r.scenario.id,
    at: r.scenario.at,
    standard: r.scenario.standard,
    pass: r.mismatches.length === 0,
    mismatches: r.mismatches,
    outcome: j.outcome,
    reasons: j.reasons,
    notes: j.notes,
    obligations: j.obligations,
    validUntil: j.validUntil === null ? null : new Date(j.validUntil).toISOString(),
    unsoundFacts: r.unsound,
  };
}

function failuresIn(results: readonly ScenarioResult[]): readonly string[] {
  return results
    .filter((r) => r.mismatches.length > 0)
    .flatMap((r) => [
      '',
      `${r.scenario.id}${r.scenario.title === undefined ? '' : `: ${r.scenario.title}`}`,
      ...r.mismatches.map((m) => `  ${m}`),
      ...r.unsound.flatMap((u) => u.problems.map((p) => `  unsound fact ${u.key}${p.path}: ${p.message}`)),
    ]);
}

/** The same for a command. @throws UsageError where a file cannot be used */
export function runNamedFiles(paths: readonly string[]): readonly ScenarioResult[] {
  try {
    return runFiles(paths);
  } catch (error) {
    if (error instanceof DataFileError) throw new UsageError(error.message);
    throw error;
  }
}

export function scenariosCommand(): Command {
  return new Command('scenarios')
    .description(
      'Runs dated scenarios through the core and compares outcome and reasons (docs/scenarios.md).',
    )
    .argument('<files...>', 'scenario files (.json, .jsonl) or folders of them')
    .option('--json', 'print the results as JSON')
    .action((files: string[], options: { readonly json?: true }) => {
      const results = runNamedFiles(files);
      const failed = results.filter((r) => r.mismatches.length > 0).length;
      if (options.json === true) sayJson(results.map(asJson), 2);
      else {
        sayAligned(table(results));
        say([...failuresIn(results), '', `${results.length - failed} passed, ${failed} failed`]);
      }
      if (failed > 0) process.exitCode = EXIT.failed;
    });
}
