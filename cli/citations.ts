/** `routeguard citations FILE…`: what to read next, by how many permits of some scenarios rest on what nobody read in its own text. */
import { Command } from 'commander';
import { claimedKey } from '../functions/core/administration/change.ts';
import { member } from '../functions/core/facts/fact.ts';
import { GRADES, type Grade, gradeOf, type Source, sources } from '../functions/core/facts/provenance.ts';
import type { RawFact } from '../functions/core/facts/view.ts';
import type { ScenarioResult } from './scenario/run.ts';
import { loadWorld } from './scenario/world.ts';
import { runNamedFiles } from './scenarios.ts';
import { aligned, say, sayAligned, sayJson } from './terminal.ts';

interface ToRead {
  readonly citation: string;
  readonly uri?: string;
  readonly grade: Exclude<Grade, 'primary'>;
  /** How many of the permits rest on it. */
  readonly permits: number;
  /** Keys of the facts that cite it. */
  readonly citedBy: readonly string[];
}

interface CitingFact {
  readonly key: string;
  readonly sources: readonly Source[];
}

/** The standards a permit was asked of, and the designations its notes name, the scenario's own among them. */
function reliedOn(
  { judgement, scenario }: ScenarioResult,
  registered: ReadonlyMap<string | undefined, RawFact>,
): readonly CitingFact[] {
  const own = new Map((scenario.facts ?? []).map((raw) => [claimedKey(raw), raw]));
  const noted = judgement.notes.flatMap(({ fact }) => (fact === undefined ? [] : [fact]));
  return [
    ...judgement.asked.map(({ key, fact }) => ({ key, sources: fact.sources })),
    ...[...new Set(noted)].flatMap((key) => {
      const cited = sources.safeParse(member(own.get(key) ?? registered.get(key), 'sources'));
      return cited.success ? [{ key, sources: cited.data }] : [];
    }),
  ];
}

function isPermit({ judgement }: ScenarioResult): boolean {
  return judgement.outcome === 'permit';
}

/** What was not read in its own text, the most relied on first; among equals what nobody read at all. */
function unreadCitations(results: readonly ScenarioResult[]): readonly ToRead[] {
  const registered = new Map(loadWorld().samples.map((raw) => [claimedKey(raw), raw]));
  const found = new Map<string, { source: Source; permits: Set<string>; citedBy: Set<string> }>();
  for (const result of results.filter(isPermit))
    for (const { key, sources: cited } of reliedOn(result, registered))
      for (const source of cited) {
        const id = JSON.stringify([source.citation, source.uri]);
        const entry = found.get(id) ?? { source, permits: new Set(), citedBy: new Set() };
        entry.permits.add(result.scenario.id);
        entry.citedBy.add(key);
        found.set(id, entry);
      }
  const worse = (grade: Grade) => -GRADES.indexOf(grade);
  return [...found.values()]
    .flatMap(({ source, permits, citedBy }): readonly ToRead[] => {
      const grade = gradeOf(source);
      if (grade === 'primary') return [];
      const { citation, uri } = source;
      return [
        {
          citation,
          ...(uri !== undefined && { uri }),
          grade,
          permits: permits.size,
          citedBy: [...citedBy].sort(),
        },
      ];
    })
    .sort((a, b) => b.permits - a.permits || worse(a.grade) - worse(b.grade));
}

function table(list: readonly ToRead[]): readonly string[] {
  const rows = list.map((x) => [
    String(x.permits),
    x.grade,
    x.citedBy.join(' '),
    x.uri === undefined ? x.citation : `${x.citation} <${x.uri}>`,
  ]);
  return aligned([['permits', 'grade', 'cited by', 'what to read'], ...rows]);
}

export function citationsCommand(): Command {
  return new Command('citations')
    .description(
      'Lists what standards and designations cite and nobody read in its own text, by how many permits of some scenarios rest on it.',
    )
    .argument('<files...>', 'scenario files (.json, .jsonl) or folders of them')
    .option('--json', 'print the list as JSON')
    .action((files: string[], options: { readonly json?: true }) => {
      const results = runNamedFiles(files);
      const list = unreadCitations(results);
      if (options.json === true) sayJson(list, 2);
      else if (!results.some(isPermit))
        say(['None of these scenarios is a permit: nothing rests on anything.']);
      else if (list.length === 0)
        say(['Every standard and designation that a permit rests on was read in its own text.']);
      else sayAligned(table(list));
    });
}
