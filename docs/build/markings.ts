import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { allNations, allOrganisations, CODE_SOURCES } from '../../functions/core/marking/codes/codes.ts';
import { MARKING_ERRORS } from '../../functions/core/marking/errors.ts';
import { examplesOf } from '../../functions/core/marking/examples.ts';
import { isSchemeFormat, MARKING_FORMATS, type MarkingFormat } from '../../functions/core/marking/formats.ts';
import { frames, ladderOf } from '../../functions/core/marking/ladders.ts';
import { readMarking } from '../../functions/core/marking/read.ts';
import type { Scheme } from '../../functions/core/marking/scheme-format.ts';
import { SCHEMES } from '../../functions/core/marking/schemes/index.ts';
import { CUI_CATEGORIES, CUI_CONTROLS } from '../../functions/core/marking/us/cui-register.ts';
import {
  AEA_MARKINGS,
  CONTROL_SYSTEMS,
  type Entry,
  IC_CONTROLS,
  LEVELS,
  NATO_LEVELS,
  NON_IC_CONTROLS,
} from '../../functions/core/marking/us/register.ts';
import { FORMAT_PAGES } from './marking-pages.ts';

/** Writes docs/markings.md from the readers' own tables, headers and answers (`npm run docs:markings`). */
export const MARKINGS_PAGE = new URL('../markings.md', import.meta.url);
const FOLDER = new URL('../../functions/core/marking/', import.meta.url);
/** The day the examples are read on, so that the page does not change with the calendar. */
const ON = '2026-01-01';

export function markingsPage(): string {
  return [
    '# Markings this guard reads',
    '',
    'Generated from the code by `npm run docs:markings`; do not edit.',
    '',
    ...INTRODUCTION,
    '',
    '## Formats',
    '',
    ...table(
      ['format', 'what it is', 'example'],
      MARKING_FORMATS.map((format) => [code(format), titleOf(format), code(firstExample(format))]),
    ),
    '',
    ...MARKING_FORMATS.flatMap(formatSection),
    '## The US register',
    '',
    ...registerTables(),
    '',
    '## Levels by frame',
    '',
    'Lowest first. Levels of different frames are never compared by name; an equivalence is a fact of the registry, and none is built in.',
    'It is stated by an authority of the frame it translates from, and counts for the owners that authority speaks for and for those whose mandates recognise it as an accreditor: for nobody else’s information.',
    '',
    ...table(
      ['frame', 'levels'],
      frames().map((frame) => [code(frame), (ladderOf(frame) ?? []).join(' < ')]),
    ),
    '',
    '## Refusal codes',
    '',
    '`at` is an index into the text; in a document it is the number of the portion; 0 where there is no position. No error repeats the text it refuses.',
    '',
    ...table(
      ['code', 'meaning'],
      Object.entries(MARKING_ERRORS).map(([name, meaning]) => [code(name), meaning]),
    ),
    '',
    '## Nations and organisations',
    '',
    `${CODE_SOURCES.organisations}`,
    '',
    ...table(
      ['code', 'name', 'in a release list', 'members'],
      allOrganisations().map(({ code: id, name, expandable, members }) => [
        code(id),
        name,
        expandable ? 'stands for its members' : 'stands only for itself',
        members.map((member) => dated(member)).join(' ') || '–',
      ]),
    ),
    '',
    `${CODE_SOURCES.nations}`,
    '',
    allNations()
      .map(([id]) => id)
      .join(' '),
    '',
  ].join('\n');
}

const INTRODUCTION = [
  'A marking is read exactly or refused: no trimming, no change of case, no normalising, no guess. Every format below',
  'yields the same label, and every refusal says why and where. Try one:',
  '',
  '```',
  "routeguard label 'TOP SECRET//SI-G ABCD/TK//ORCON/NOFORN' --json",
  '```',
  '',
  '**Which format.** Name it (`markingFormat`, `--format`). Without a name, a marking is accepted only if exactly one',
  'grammar accepts it: `SECRET` alone belongs to several nations and needs the originator (`originator`, `--owner`).',
  'An originator that contradicts the format is refused.',
  '',
  '**What a label says.** A *level* on the ladder of its frame; *compartments* that a network must hold by name, closed',
  'upwards (`SI-G ABCD` also needs `SI-G` and `SI`); *controls* that a network must honour (`ORCON-USGOV` also needs `ORCON`); *owners* and the marking',
  'nation, each of whom must have a mandate; the *audience*, every nation that may receive it; and display-only nations,',
  'which never count for routing.',
  '',
  '**Who may receive it.** NOFORN is the United States alone, whoever the owner. A release list is its nations, with',
  'FVEY, ACGU, TEYE, NATO and CFCK expanded to their members on the day. Classified information without a decision',
  'stays with its owner. RELIDO and DISPLAY ONLY release nothing. An uncaveated UK SECRET or TOP SECRET, and',
  'OFFICIAL-SENSITIVE, stay with the United Kingdom. NATO and EU information without a release is for their members.',
  '',
  '**Several portions.** The label of a document is the highest level, the union of everything that restricts and the',
  'intersection of everything that permits, of the banner and all portions. A banner may say more than its portions',
  '(compilation); a banner that says less is refused.',
  '',
  '**Not read.** Packet-header options (IPSO, CALIPSO) have too few bits and name no policy. Of ASN.1 labels only an',
  'ESS policy identifier and classification are read, in gateway formats; privacy marks and categories need the',
  'policy file of their issuer and are refused. Free text that mentions a marking is not a marking.',
];

function titleOf(format: MarkingFormat): string {
  return isSchemeFormat(format) ? SCHEMES[format].title : FORMAT_PAGES[format].title;
}

function firstExample(format: MarkingFormat): string {
  const [first = ''] = examplesOf(format).valid;
  return first.length > 60 ? `${first.slice(0, 57)}…` : first;
}

function formatSection(format: MarkingFormat): readonly string[] {
  const { valid, invalid } = examplesOf(format);
  const explanation = isSchemeFormat(format) ? schemeTables(SCHEMES[format]) : explain(FORMAT_PAGES[format]);
  return [
    `### ${titleOf(format)}`,
    '',
    `Format \`${format}\`.`,
    '',
    ...explanation,
    '',
    ...table(
      ['marking', 'level', 'must hold', 'must honour', 'may receive'],
      valid.map((text) => [code(text), ...meaning(format, text)]),
    ),
    '',
    ...table(
      ['refused', 'why'],
      invalid.map((text) => [code(text), refusal(format, text)]),
    ),
    '',
  ];
}

function meaning(format: MarkingFormat, text: string): readonly string[] {
  const result = readMarking(text, { format, on: ON });
  if (!result.ok) throw new Error(`${format}: the example is refused with ${result.errors[0].code}`);
  const { frame, level, compartments, controls, audience } = result.label;
  const many = audience !== null && audience.length > 6;
  const receivers =
    audience === null ? 'no restriction' : many ? `${audience.length} nations` : audience.join(' ');
  return [`${frame} ${level}`, compartments.join(', '), controls.join(', '), receivers || 'nobody'];
}

function refusal(format: MarkingFormat, text: string): string {
  const result = readMarking(text, { format, on: ON });
  if (result.ok) throw new Error(`${format}: the counter-example is accepted`);
  return result.errors.map((error) => `\`${error.code}\` at ${error.at}: ${error.message}`).join(' ');
}

/** The comment that carries the grammar, as its file has it: prose, then the fenced block. */
function explain(page: { readonly file: string }): readonly string[] {
  const source = readFileSync(new URL(page.file, FOLDER), 'utf8');
  const comments = source
    .split('/**')
    .slice(1)
    .map((piece) => piece.split('*/', 1)[0] ?? '');
  const lines = (comment: string) =>
    comment
      .split('\n')
      .map((line) => line.trimStart().replace(/^\* ?/, '').trimEnd())
      .join('\n')
      .trim();
  const grammar = comments.map(lines).find((comment) => comment.includes('```')) ?? lines(comments[0] ?? '');
  return [grammar];
}

function schemeTables(scheme: Scheme): readonly string[] {
  return [
    ...scheme.sources.map((source) => `- Source: ${source}.`),
    `- Marked by: \`${scheme.markedBy}\`. In force: ${scheme.inForce.from ?? 'open'} to ${scheme.inForce.until ?? 'open'}.`,
    ...(scheme.separators.length === 0
      ? []
      : [
          `- Between the level and each caveat: ${scheme.separators.map((separator) => code(separator)).join(' or ')}.`,
        ]),
    ...(scheme.retired.length === 0
      ? []
      : [`- Retired, and refused as such: ${scheme.retired.map(code).join(', ')}.`]),
    '',
    ...table(
      ['frame', 'level', 'spellings', 'without a caveat'],
      scheme.ladders.flatMap((ladder) =>
        ladder.levels.map((level) => [
          code(ladder.frame),
          level.name,
          level.spellings.map(code).join(', '),
          level.untagged === 'owner' ? 'owner only' : 'no restriction',
        ]),
      ),
    ),
    ...(scheme.caveats.length === 0
      ? []
      : [
          '',
          ...table(
            ['caveat', 'meaning', 'spellings', 'with', 'effect'],
            scheme.caveats.map((caveat) => [
              caveat.name,
              caveat.meaning,
              caveat.spellings.map(code).join(', '),
              caveat.levels.join(', '),
              caveat.effect === 'audience'
                ? [
                    `only ${caveat.audience.join(' ')}`,
                    ...(caveat.also === undefined ? [] : [caveat.also]),
                  ].join(', ')
                : caveat.effect,
            ]),
          ),
        ]),
  ];
}

function registerTables(): readonly string[] {
  const entries = (heading: string, list: readonly Entry<string>[]) => [
    `**${heading}**`,
    '',
    ...table(
      ['banner', 'portion'],
      list.map((entry) => [entry.banner.map(code).join(' or '), code(entry.portion)]),
    ),
    '',
  ];
  return [
    'In register order, from the *IC Markings System Register and Manual*, 31 December 2016, UNCLASSIFIED, released by ODNI (FOIA DF-2019-00061), Table 4. A word that is not here is refused.',
    '',
    ...entries('Levels (RESTRICTED only with a foreign owner)', LEVELS),
    ...entries('NATO levels, after `//`', NATO_LEVELS),
    '**Control systems**',
    '',
    ...table(
      ['system', 'published compartments', 'others'],
      CONTROL_SYSTEMS.map((system) => [
        system.banner.map(code).join(' or '),
        system.compartments.map((rule) => (rule.banner ?? [rule.id]).map(code).join(' or ')).join(', ') ||
          '–',
        system.unpublished === undefined
          ? 'none'
          : `${system.unpublished.shape.min} to ${system.unpublished.shape.max} ${system.unpublished.shape.only}`,
      ]),
    ),
    '',
    ...entries('Atomic Energy Act information', AEA_MARKINGS),
    ...entries('Dissemination controls', IC_CONTROLS),
    ...entries('Non-IC dissemination controls', NON_IC_CONTROLS),
    '**CUI limited dissemination controls**',
    '',
    ...table(
      ['banner', 'portion'],
      CUI_CONTROLS.map((control) => [code(control.banner), code(control.portion)]),
    ),
    '',
    `**CUI categories** (also with \`SP-\`): ${[...CUI_CATEGORIES].sort().map(code).join(' ')}`,
  ];
}

function dated({
  code: id,
  from,
  until,
}: {
  readonly code: string;
  readonly from?: string;
  readonly until?: string;
}): string {
  if (until !== undefined) return `${id} (${from ?? ''} to ${until})`;
  return from === undefined ? id : `${id} (${from})`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(MARKINGS_PAGE, markingsPage());
