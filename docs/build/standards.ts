import { writeFileSync } from 'node:fs';
import { loadWorld } from '../../cli/scenario/world.ts';
import { type Fact, type FactOf, readFact } from '../../functions/core/facts/fact.ts';
import type { Rule } from '../../functions/core/rules/vocabulary.ts';

/** Writes docs/standards.md (`npm run docs:standards`) from the library and the designations its rules adopt. */
type Standard = FactOf<'standard'>;

function sound(): readonly Fact[] {
  const { standards, samples } = loadWorld();
  return [...standards, ...samples].flatMap((raw) => {
    const reading = readFact(raw);
    return reading.sound ? [reading.fact] : [];
  });
}

const IN_WORDS = {
  statute: 'statute',
  licence: 'licence condition',
  contract: 'contract',
  policy: 'policy',
  advice: 'advice',
  proposed: 'proposed, and so never in force',
} as const satisfies Record<Standard['status'], string>;

function percent(hundredths: number): string {
  return `${hundredths / 100} %`;
}

/** The member of a rule that a reader looks for first: its date, its figure, its list. */
function gist(r: Rule): string {
  switch (r.rule) {
    case 'share-cap':
      return `at most ${percent(r.max)} on ${r.bases.join(', ')}${r.by === null ? '' : `, by ${r.by}`}`;
    case 'removal-deadline':
      return `gone by ${r.by}`;
    case 'no-new-equipment':
      return `no ${r.event} after ${r.lastDay}`;
    case 'assessed':
      return `${r.subjects.join(' and ')}, against ${r.criteriaSet}`;
    case 'trusted-source':
      return `new devices from ${r.newFrom}, of ${r.list}`;
    case 'sensitive-site':
      return r.siteClasses.join(', ');
    case 'path-assurance':
      return r.accept.join(' or ');
    case 'jurisdiction':
      return `reached from ${r.remoteAccess?.join(', ') ?? 'anywhere'}${r.by === null ? '' : `, by ${r.by}`}`;
    case 'supplier-diversity':
      return `at least ${r.least} in ${r.segments.join(', ')}`;
    case 'operator-ownership':
      return `less than ${percent(r.share)}`;
    case 'protection-required':
      return r.accept
        .map((a) => `${a.scheme}, ${a.leastLayers} layer${a.leastLayers === 1 ? '' : 's'}`)
        .join('; ');
    case 'obligations-required':
      return r.obligations.join(', ');
    case 'inventory-complete':
      return r.maxAgeDays === null ? '' : `at most ${r.maxAgeDays} days old`;
    case 'adopted-designation-absent':
      return r.except === undefined ? '' : 'with exceptions';
    case 'operator-designation-absent':
      return '';
  }
}

function whereOf(r: Rule): string {
  if (!('where' in r)) return '';
  return Object.entries(r.where)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('; ');
}

function instrumentsOf(s: Standard): readonly string[] {
  const adopted = s.rules.flatMap((r) => ('adopt' in r ? r.adopt : 'beside' in r ? (r.beside ?? []) : []));
  return [...new Set(adopted.map((a) => a.instrument))].sort();
}

function section(s: Standard, facts: readonly Fact[]): string {
  const { flows, providers, levels } = s.scope;
  const designated = facts.filter(
    (f): f is FactOf<'designation'> => f.kind === 'designation' && instrumentsOf(s).includes(f.instrument),
  );
  const days = designated.map((d) => d.valid.from).sort();
  const rows = s.rules.map((r) => {
    const cell = (text: string) => text.replaceAll('|', '\\|');
    return `| \`${r.id}\` | [${r.rule}](rules.md#${r.rule}) | ${cell(gist(r))} | ${cell(whereOf(r))} |`;
  });
  return [
    `## ${s.id}`,
    '',
    `${s.title}.`,
    '',
    `- **Owner** ${s.owner}, \`${s.authority}\`; ${IN_WORDS[s.status]}${s.about === 'carriage' ? '' : `; about ${s.about}, so never applicable to carrying traffic: it is noted`}`,
    `- **Announced** ${s.announced ?? 'not known'}; **in force** ${s.valid.from} to ${s.valid.to ?? 'open'} (${s.valid.zone})${s.complyBy === null ? '' : `; **comply by** ${s.complyBy}`}`,
    `- **Speaks about** ${levels.map((l) => `${l.frame} from ${l.level}`).join(', ')}; below: ${s.belowScope}`,
    ...(flows === null ? [] : [`- **Flows** ${flows.join(', ')}; every other is not applicable`]),
    ...(providers === null
      ? []
      : [`- **Binds** the networks in ${providers.sets.join(', ')}; of others: ${providers.others}`]),
    ...(instrumentsOf(s).length === 0
      ? []
      : [
          `- **Adopts** ${instrumentsOf(s).join(', ')}: ${designated.length === 0 ? 'no entry in the sample registry' : `${designated.length} entries in the sample registry, from ${days[0]} on`}`,
        ]),
    '',
    '| rule | kind | what | where |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    'Sources:',
    '',
    ...s.sources.map(
      (x) =>
        `- \`${x.key}\` ${x.citation}${x.uri === undefined ? '' : ` <${x.uri}>`}${x.verified ? '' : ' **(not verified)**'}`,
    ),
    '',
  ].join('\n');
}

export function standardsPage(): string {
  const facts = sound();
  const standards = facts
    .filter((f): f is Standard => f.kind === 'standard')
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const sets = facts.filter((f): f is FactOf<'criteria-set'> => f.kind === 'criteria-set');
  return [
    '<!-- Written by `npm run docs:standards` from standards/. Change it there. -->',
    '',
    '# Standards',
    '',
    'The library. A standard acts only once it is published in a registry and an owner mandates it, or a request asks for it.',
    'Each is one file in `standards/`, over the closed vocabulary of [rules](rules.md); to add one, see',
    '[add-a-standard.md](add-a-standard.md). No standard names a vendor: it adopts designations, which name them with a date and',
    'a source. A source marked *not verified* was not read in the text itself.',
    '',
    '| standard | owner | status | in force from |',
    '| --- | --- | --- | --- |',
    ...standards.map(
      (s) => `| [${s.id}](#${s.id.toLowerCase()}) | ${s.owner} | ${s.status} | ${s.valid.from} |`,
    ),
    '',
    ...standards.map((s) => section(s, facts)),
    '## Criteria sets',
    '',
    ...sets.flatMap((c) => [
      `### ${c.id}`,
      '',
      `${c.name}. An assessment that is weighed passes with every mandatory criterion met and ${percent(c.passAt)} of the weight.`,
      '',
      '| criterion | | weight | |',
      '| --- | --- | --- | --- |',
      ...c.criteria.map((x) => `| ${x.id} | ${x.text} | ${x.weight} | ${x.mode} |`),
      '',
    ]),
  ].join('\n');
}

if (import.meta.main) writeFileSync(new URL('../standards.md', import.meta.url), standardsPage());
