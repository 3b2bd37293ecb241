import { writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { BAND_WORDS } from '../../functions/core/facts/band.ts';
import { PRODUCTS } from '../../functions/core/facts/products.ts';
import {
  FLOWS,
  PROVIDER_SETS,
  SERVICES,
  USES,
  VOCABULARY_VERSION,
} from '../../functions/core/facts/scope-words.ts';
import { classOf, NETWORK_FUNCTIONS } from '../../functions/core/facts/taxonomy.ts';
import { OBLIGATION_TYPES } from '../../functions/core/obligation.ts';
import { RULE_CODES } from '../../functions/core/rules/finding.ts';
import { isWaivable, type RuleName, rule } from '../../functions/core/rules/vocabulary.ts';
import { RULE_PAGES } from './rule-pages.ts';

/** Writes docs/rules.md (`npm run docs:rules`) from what each rule says of itself: its `about` and its parameters. */
type Shape = { readonly [name: string]: unknown };
interface Parameters {
  readonly properties: { readonly [name: string]: Shape };
  readonly required?: readonly string[];
}

/** A parameter's values in words: the closed lists are the point, the rest is named by its type. */
function valuesOf(shape: Shape): string {
  if (shape['const'] !== undefined) return `\`${String(shape['const'])}\``;
  if (Array.isArray(shape['enum'])) return shape['enum'].map((v) => `\`${String(v)}\``).join(' ');
  const forms = (shape['anyOf'] ?? shape['oneOf']) as readonly Shape[] | undefined;
  if (forms !== undefined) return forms.map(valuesOf).join(', or ');
  if (shape['type'] === 'array') {
    const items = (shape['items'] ?? {}) as Shape;
    const inner = valuesOf(items);
    return items['type'] === 'object' ? `list of ${inner}` : `any of: ${inner}`;
  }
  if (shape['type'] === 'object') {
    const members = Object.keys((shape['properties'] ?? {}) as object);
    return `{ ${members.map((m) => `\`${m}\``).join(', ')} }`;
  }
  if (shape['type'] === 'null') return '`null`';
  return shape['pattern'] === undefined ? String(shape['type'] ?? 'any') : 'an id';
}

function words(of: typeof USES): string {
  return [...of].map(([word, whole]) => `\`${word}\`${whole === null ? '' : ` of \`${whole}\``}`).join(', ');
}

const COMMON = new Set(['rule', 'id', 'cites']);
const ELSEWHERE: Readonly<Record<string, string>> = {
  adopt: 'designations adopted, see [adoption](#adoption)',
  beside: 'designations adopted, see [adoption](#adoption)',
  where: 'the part of the network, see [selection](#selection)',
};

function parameterRows({ properties, required = [] }: Parameters, names: readonly string[]): string {
  const rows = names.map((name) => {
    const values = ELSEWHERE[name] ?? valuesOf(properties[name] ?? {}).replaceAll('|', '\\|');
    return `| \`${name}\` | ${required.includes(name) ? 'yes' : 'no'} | ${values} |`;
  });
  return ['| parameter | required | values |', '| --- | --- | --- |', ...rows].join('\n');
}

export function rulesPage(): string {
  const variants = (z.toJSONSchema(rule, { io: 'input', unrepresentable: 'any' })['oneOf'] ??
    []) as readonly Parameters[];
  const named = variants.map((v) => ({
    name: String(v.properties['rule']?.['const']) as RuleName,
    shape: v,
  }));
  const sections = named.map(({ name, shape }) => {
    const { about } = RULE_PAGES[name];
    const own = Object.keys(shape.properties).filter((p) => !COMMON.has(p));
    const codes = about.codes.map((c) => `\`${c}\``);
    return [
      `## ${name}`,
      '',
      about.demands,
      '',
      `- **Reads** ${about.reads}`,
      `- **Satisfied by** ${about.satisfiedBy}`,
      `- **Cites** ${about.cites}`,
      `- **Codes** ${codes.length === 0 ? 'none of its own' : codes.join(', ')}`,
      ...(isWaivable(name) ? ['- **Waivable** for one network, by every owner'] : []),
      '',
      ...(own.length === 0 ? [] : [parameterRows(shape, own), '']),
    ].join('\n');
  });
  const shapeOf = (owner: string, member: string) => {
    const found = named.find((n) => n.name === owner)?.shape.properties[member] ?? {};
    return (found['type'] === 'array' ? found['items'] : found) as Parameters;
  };
  const adoption = shapeOf('share-cap', 'adopt');
  const affiliates = (adoption.properties['affiliates']?.['items'] ?? {}) as Parameters;
  const selection = shapeOf('share-cap', 'where');
  return [
    '<!-- Written by `npm run docs:rules` from functions/core/rules. Change it there. -->',
    '',
    '# Rules',
    '',
    'The closed vocabulary a standard is written in. A rule only ever restricts: it finds something, or it is satisfied.',
    'Each is one file in `functions/core/rules`, judged for every network of every hop. A finding denies, or is',
    'indeterminate (which permits as little), or is a note that explains a permit. A value that is not known refuses.',
    '',
    'On the basis `encrypted-transport` the layers of the tunnel are equipment too: `TUNNEL-ENCRYPTOR`, in the segment',
    '`security`, carrying all of what is in the tunnel, reached from where its ends stand, and of a day, a site and uses',
    'that are not known. What reads equipment below reads them; a finding about one names no hop.',
    '',
    'Every rule has an `id` of its own within the standard, and `cites`: keys of the sources it rests on. Dates are days in',
    "the standard's own time zone; a day by which something must be so is inclusive.",
    '',
    ...named.map(({ name }) => `- [${name}](#${name})`),
    '',
    ...sections,
    '## Adoption',
    '',
    'A designation is not a denial. A standard names the instruments it adopts, and how far ownership carries them, by date.',
    'A designation whose effect is `proposed` is never in force. One whose scope names services reaches operators, not equipment.',
    'One that names a category of products, and nobody, may be about whatever its scope covers: until somebody names who is',
    'meant, each rule that adopts it answers `SCOPE_UNKNOWN` where naming a vendor would refuse.',
    '',
    parameterRows(adoption, Object.keys(adoption.properties)),
    '',
    'Each entry of `affiliates` is a time in which designations carry over ownership; with an empty list they reach the',
    'organisation named and nobody else.',
    '',
    parameterRows(affiliates, Object.keys(affiliates.properties)),
    '',
    '## Selection',
    '',
    'Everything given must hold; what is left out does not limit. A deployment whose attribute is not known, or written in other',
    '[words](#words-of-scopes), may be meant, and refuses; equipment of generation `shared` falls under a rule about any of them. Classes are the names regimes give to groups',
    'of functions: see [functions](#functions).',
    '',
    parameterRows(selection, Object.keys(selection.properties)),
    '',
    '## Words of scopes',
    '',
    `Closed lists, of ${VOCABULARY_VERSION}. A word that is not in them, of equipment, of a network, of a designation or of a standard, may mean any:`,
    'it refuses (`SCOPE_UNKNOWN`) wherever it could matter, and is not published. A service covers its parts; of the whole it is',
    'not known which part is meant, and so it is with flows (`FLOW_UNKNOWN`). An empty list says that there is none. A request',
    'with another flow is refused (`FLOW_INVALID`); what is part of none of these is `other`.',
    '',
    '| word | values |',
    '| --- | --- |',
    `| \`bands\`, \`band\` | ${BAND_WORDS}; two bands are one where they have a frequency in common |`,
    `| \`uses\` | ${words(USES)} |`,
    `| \`services\` | ${words(SERVICES)} |`,
    `| \`product\` of equipment, \`category\` of a designation | ${words(PRODUCTS)} |`,
    `| \`providerSets\`, \`providers.sets\` | ${words(PROVIDER_SETS)} |`,
    `| \`flows\`, a request’s \`flow\` | ${words(FLOWS)} |`,
    '',
    '## Functions',
    '',
    'What equipment does, the segment it stands in, and how each regime sees it; in whose words, says [parts.md](parts.md). A',
    'function that is not listed is refused.',
    '',
    '| function | segment | `uk-critical` | `eu-critical-or-high` | `se-central` | Germany | clean path |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...NETWORK_FUNCTIONS.map((fn) => {
      const c = classOf(fn);
      const said = [
        c.ukCritical ? 'critical' : '',
        c.euSensitivity,
        c.seCentral ? 'central' : '',
        c.deCritical,
      ];
      return `| ${[fn, c.segment, ...said, c.cleanPath].join(' | ')} |`;
    }),
    '',
    '## Codes',
    '',
    '| code | in words |',
    '| --- | --- |',
    ...Object.entries(RULE_CODES).map(([code, words]) => `| \`${code}\` | ${words} |`),
    '',
    '## Obligations',
    '',
    'What a permit may ask of the enforcement point. One that did not declare it can discharge an obligation is denied.',
    '',
    '| type | what to do |',
    '| --- | --- |',
    ...Object.entries(OBLIGATION_TYPES).map(([type, words]) => `| \`${type}\` | ${words} |`),
    '',
  ].join('\n');
}

if (import.meta.main) writeFileSync(new URL('../rules.md', import.meta.url), rulesPage());
