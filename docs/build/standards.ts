import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { loadWorld } from '../../cli/scenario/world.ts';
import { type Fact, type FactOf, readFact } from '../../functions/core/facts/fact.ts';
import { GRADES, type Grade, gradeOf, type Source } from '../../functions/core/facts/provenance.ts';
import { adoptedBy } from '../../functions/core/rules/adopted.ts';
import type { Adoption } from '../../functions/core/rules/adoption.ts';
import { COUNTED_IN_WORDS, percentInWords } from '../../functions/core/rules/gist-words.ts';
import type { Rule } from '../../functions/core/rules/vocabulary.ts';
import { gistOf } from './rule-pages.ts';

/** Writes docs/standards.md (`npm run docs:standards`) from the library and the designations its rules adopt. */
type Standard = FactOf<'standard'>;

/** The library and the sample, as far as they are sound. */
export function soundFacts(): readonly Fact[] {
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

function span({ from, to, zone }: Standard['valid']): string {
  return `${from} to ${to ?? 'open'} (${zone})`;
}

function whereOf(r: Rule): string {
  if (!('where' in r)) return '';
  return Object.entries(r.where)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(', ') : String(value)}`)
    .join('; ');
}

function adoptionText({ instrument, authority, classes, affiliates }: Adoption): string {
  const reach = affiliates.map(
    (a) =>
      `${a.entries} entries from ${percentInWords(a.share)}, ${COUNTED_IN_WORDS[a.counting]}, ${span(a.valid)}`,
  );
  return `${instrument} of \`${authority}\`: ${classes.join(', ')}; over ownership: ${reach.length === 0 ? 'none' : reach.join('; ')}`;
}

function adoptionTexts(r: Rule): readonly string[] {
  return adoptedBy(r).map(([, a]) => adoptionText(a));
}

const IN_GRADES = {
  primary: '(own text)',
  secondary: '(report)',
  unverified: '**(not verified)**',
} as const satisfies Record<Grade, string>;

/** A citation as a line of a list, with its grade. */
export function sourceLine(x: Source & { readonly key?: string }): string {
  const key = x.key === undefined ? '' : `\`${x.key}\` `;
  const at = x.uri === undefined ? '' : ` <${x.uri}>`;
  return `- ${key}${x.citation}${at} ${IN_GRADES[gradeOf(x)]}`;
}

type Requirement = NonNullable<Standard['requirements']>[number];

function fate(r: Requirement): string {
  if (r.encoded !== undefined) return r.encoded.map((id) => `\`${id}\``).join(', ');
  if (r.missing !== undefined) return `**missing**: ${r.missing}`;
  return `out of scope: ${r.outOfScope}`;
}

/** A line of a table; a bar inside a cell stays inside. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** What its instrument asks, and what became of it. */
function requirementLines({ requirements }: Standard): readonly string[] {
  if (requirements === undefined)
    return ['Nobody has listed what its instrument asks: it is incomplete.', ''];
  return [
    '| paragraph | what it asks | here |',
    '| --- | --- | --- |',
    ...requirements.map((r) => tableRow([r.paragraph, r.says, fate(r)])),
    '',
  ];
}

/** How complete a standard is, in a few words. */
function completeness({ requirements = [] }: Standard): string {
  if (requirements.length === 0) return 'not listed';
  const counted = (what: 'encoded' | 'missing' | 'outOfScope') =>
    requirements.filter((r) => r[what] !== undefined).length;
  return `${counted('encoded')} encoded, ${counted('outOfScope')} out of scope, ${counted('missing')} missing`;
}

/** The grades of what a standard cites, the best first. */
function gradesOf({ sources }: Standard): string {
  return GRADES.map((g) => `${sources.filter((x) => gradeOf(x) === g).length}`).join(' / ');
}

function successionLines(s: Standard, facts: readonly Fact[]): readonly string[] {
  const link = (id: string) => `[${id}](#${id.toLowerCase()})`;
  const by = facts.flatMap((f) => (f.kind === 'standard' && (f.replaces ?? []).includes(s.id) ? [f] : []));
  return [
    ...(s.buildsOn ?? []).map(
      ({ standard, rules }) =>
        `- **Builds on** ${link(standard)}: ${rules === null ? 'all of it' : rules.map((r) => `\`${r}\``).join(', ')}`,
    ),
    ...(s.replaces ?? []).map(
      (id) => `- **Replaces** ${link(id)} from ${s.valid.from} on, for whom it binds`,
    ),
    ...by.map((f) => `- **Replaced by** ${link(f.id)} from ${f.valid.from} on, for whom that binds`),
    ...(s.endedBy === undefined ? [] : [`- **Ended**: ${s.endedBy.says} (${s.endedBy.cites.join(', ')})`]),
  ];
}

function instrumentsOf(s: Standard): readonly string[] {
  return [...new Set(s.rules.flatMap(adoptedBy).map(([, a]) => a.instrument))].sort();
}

/** The page's part of one standard: it says every member, so that no figure changes unseen. */
export function standardSection(s: Standard, facts: readonly Fact[]): string {
  const { flows, providers, levels } = s.scope;
  const adopted = [...new Set(s.rules.flatMap(adoptionTexts))];
  const letter = (text: string) => String.fromCharCode(97 + adopted.indexOf(text));
  const rows = s.rules.map((r) => {
    const cells = [
      ...[`\`${r.id}\``, `[${r.rule}](rules.md#${r.rule})`, gistOf(r), whereOf(r)],
      ...[adoptionTexts(r).map(letter).join(', '), r.cites.join(', ')],
    ];
    return tableRow(cells);
  });
  return [
    `## ${s.id}`,
    '',
    `${s.title}.`,
    '',
    `- **Owner** ${s.owner}, \`${s.authority}\`; ${IN_WORDS[s.status]}${s.about === 'carriage' ? '' : `; about ${s.about}, so never applicable to carrying traffic: it is noted`}`,
    `- **Announced** ${s.announced ?? 'not known'}; **in force** ${span(s.valid)}${s.complyBy === null ? '' : `; **comply by** ${s.complyBy}`}`,
    `- **Speaks about** ${levels.map((l) => `${l.frame} from ${l.level}`).join(', ')}; below: ${s.belowScope}`,
    ...(flows === null
      ? []
      : [
          `- **Flows** ${flows.join(', ')}; every other is not applicable, and one that is not said is refused`,
        ]),
    ...(providers === null
      ? []
      : [
          `- **Binds** the networks in ${providers.sets.join(', ')}${providers.who === undefined ? '' : `: ${providers.who}`}${providers.cites === undefined ? '' : ` (${providers.cites.join(', ')})`}; of others: ${providers.others}`,
        ]),
    ...successionLines(s, facts),
    ...adopted.map((text) => `- **Adopts** ${letter(text)}) ${text}`),
    ...instrumentsOf(s).map((instrument) => {
      const days = facts.flatMap((f) =>
        f.kind === 'designation' && f.instrument === instrument ? [f.valid.from] : [],
      );
      return `- **In the sample registry**, of ${instrument}: ${days.length === 0 ? 'no entry' : `${days.length} entries, from ${days.sort()[0]} on`}`;
    }),
    '',
    '| rule | kind | what | where | adopts | cites |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
    ...requirementLines(s),
    'Sources:',
    '',
    ...s.sources.map(sourceLine),
    '',
  ].join('\n');
}

export function criteriaSection(c: FactOf<'criteria-set'>): string {
  return [
    `### ${c.id}`,
    '',
    `${c.name}. An assessment that is weighed passes with every mandatory criterion met and ${percentInWords(c.passAt)} of the weight.`,
    `Kept by \`${c.authority}\`, ${span(c.valid)}.`,
    '',
    '| criterion | | weight | |',
    '| --- | --- | --- | --- |',
    ...c.criteria.map((x) => `| ${x.id} | ${x.text} | ${x.weight} | ${x.mode} |`),
    '',
    ...c.sources.map(sourceLine),
    '',
  ].join('\n');
}

/** How many standards cite nothing worse than this grade, and something of it. */
function count(standards: readonly Standard[], grade: Grade): number {
  const worst = ({ sources }: Standard) =>
    GRADES.findLast((g) => sources.some((x) => gradeOf(x) === g)) ?? 'unverified';
  return standards.filter((s) => worst(s) === grade).length;
}

const notEncodedInstruments = z.array(
  z.strictObject({ nation: z.string(), instrument: z.string(), why: z.string() }),
);

function notEncoded() {
  const file = readFileSync(new URL('../not-encoded.json', import.meta.url), 'utf8');
  return notEncodedInstruments.parse(JSON.parse(file));
}

export function standardsPage(): string {
  const facts = soundFacts();
  const standards = facts
    .filter((f): f is Standard => f.kind === 'standard')
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const sets = facts.filter((f): f is FactOf<'criteria-set'> => f.kind === 'criteria-set');
  return [
    '<!-- Written by `npm run docs:standards` from standards/. Change it there. -->',
    '',
    '# Standards',
    '',
    `This is an encoding for engineers, not legal advice: of the ${standards.length} instruments here ${count(standards, 'primary')} could be read in their own text as far`,
    `as they are cited, ${count(standards, 'secondary')} in part or through reports, and ${count(standards, 'unverified')} rest on something that nobody could read; what was not`,
    'read is listed as missing under each, by name.',
    '',
    'A standard acts only once it is published in a registry and an owner mandates it, or a request asks for it. Each is one file in',
    '`standards/`, over the closed vocabulary of [rules](rules.md); to add one, see [add-a-standard.md](add-a-standard.md). No',
    'standard names a vendor: it adopts designations, which name them with a date and a source. What the instruments call the parts',
    'of a network stands in [parts.md](parts.md).',
    '',
    '**Complete or not.** Under each standard stands everything its instrument asks, by paragraph: encoded by a rule, out of scope',
    'for what carries a message, or *missing*. A standard with something missing is incomplete: every answer by its rules says so',
    '(`STANDARD_INCOMPLETE`), and a mandate that does not accept it by name (`acceptIncomplete`) refuses (`INCOMPLETE_NOT_ACCEPTED`).',
    '',
    '**What replaced what.** A standard may build on rules of another, and replace another of its owner from its first day on, for whom',
    'it binds. Who names a replaced one asks its successor too, as long as the replaced one is in force, and is told',
    '(`STANDARD_REPLACED`). A new mandate cannot name one that has ended, or one replaced for everybody; where the successor binds some',
    'providers or flows only, both stand.',
    '',
    '**Citations** are of three grades: the *own text* of the instrument was read; a *report* of it was; or *nobody verified* it. A',
    'mandate may refuse the last (`acceptUnverified`), or the last two (`acceptSecondary`). `npm run citations` lists what to read next.',
    '',
    '| standard | owner | status | in force | requirements | own text / report / not verified |',
    '| --- | --- | --- | --- | --- | --- |',
    ...standards.map((s) =>
      tableRow([
        `[${s.id}](#${s.id.toLowerCase()})`,
        s.owner,
        s.status,
        `${s.valid.from} to ${s.valid.to ?? 'open'}`,
        completeness(s),
        gradesOf(s),
      ]),
    ),
    '',
    ...standards.map((s) => standardSection(s, facts)),
    '## Not encoded',
    '',
    'Instruments that are known to exist and are no standard here yet: nothing refuses because of them.',
    '',
    '| nation | instrument | why |',
    '| --- | --- | --- |',
    ...notEncoded().map(({ nation, instrument, why }) => tableRow([nation, instrument, why])),
    '',
    '## Criteria sets',
    '',
    ...sets.map(criteriaSection),
  ].join('\n');
}

if (import.meta.main) writeFileSync(new URL('../standards.md', import.meta.url), standardsPage());
