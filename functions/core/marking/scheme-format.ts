/**
 * A national scheme as data: one JSON file in `schemes/`, read by `scheme.ts`. Adding a nation needs a file and
 * `npm run schemes:index`, no TypeScript (see docs/add-a-marking-scheme.md).
 */
export interface Scheme {
  /** Format id, lower-case kebab: `aus-pspf`. */
  readonly format: string;
  readonly title: string;
  /** The marking nation (ISO 3166-1 alpha-3) or organisation. */
  readonly markedBy: string;
  /** The public documents the file restates. */
  readonly sources: readonly string[];
  /** Days on which the scheme is in force, inclusive; open where absent. */
  readonly inForce: { readonly from?: string; readonly until?: string };
  /** Each ladder is a frame of its own; levels lowest first. */
  readonly ladders: readonly { readonly frame: string; readonly levels: readonly SchemeLevel[] }[];
  /** Separators that may stand before a caveat; one kind throughout a marking. The first is canonical. */
  readonly separators: readonly string[];
  readonly caveats: readonly SchemeCaveat[];
  /** Levels and words of earlier schemes, refused with a reason of their own. */
  readonly retired: readonly string[];
  /** Checked by the tests; shown in docs/markings.md. */
  readonly examples: { readonly valid: readonly string[]; readonly invalid: readonly string[] };
}

/** A level of a marking scheme that is data. */
export interface SchemeLevel {
  readonly name: string;
  /** Every accepted spelling, the canonical one first. */
  readonly spellings: readonly [string, ...string[]];
  /** Audience without a caveat that decides it: nobody but the owner, or no restriction. */
  readonly untagged: 'owner' | 'unrestricted';
}

/** A caveat of a marking scheme that is data, and its one effect. */
export type SchemeCaveat = {
  readonly name: string;
  readonly meaning: string;
  readonly spellings: readonly [string, ...string[]];
  readonly levels: readonly string[];
  readonly excludes?: readonly string[];
} & (
  | { readonly effect: 'control' | 'compartment' }
  | {
      readonly effect: 'audience';
      readonly audience: readonly string[];
      /** Whom it admits is narrower than the nations named, so a network must honour it as a control besides. */
      readonly also?: 'control';
    }
  | { readonly effect: 'release'; readonly listSeparator: string; readonly includes: string }
);

/** Thrown for a scheme file that is not as described above: which file, where in it, and what to write. */
export class SchemeFileError extends Error {
  override readonly name = 'SchemeFileError';
}

const KEYS = [
  'format',
  'title',
  'markedBy',
  'sources',
  'inForce',
  'ladders',
  'separators',
  'caveats',
  'retired',
  'examples',
] as const;
const CAVEAT_KEYS = [
  'name',
  'meaning',
  'spellings',
  'levels',
  'excludes',
  'effect',
  'audience',
  'also',
  'listSeparator',
  'includes',
];

/** Checks one scheme file completely; `file` is named in the error. Unknown and missing members are errors. */
export function checkScheme(value: unknown, file: string): Scheme {
  const fail = (path: string, remedy: string): never => {
    throw new SchemeFileError(`${file}: ${path}: ${remedy}`);
  };
  const object = (
    candidate: unknown,
    path: string,
    keys: readonly string[],
    optional: readonly string[] = [],
  ) => {
    if (typeof candidate !== 'object' || candidate === null || Array.isArray(candidate)) {
      return fail(path, 'write an object');
    }
    const entries = candidate as Readonly<Record<string, unknown>>;
    for (const key of Object.keys(entries)) {
      if (!keys.includes(key)) fail(`${path}.${key}`, `unknown member; the members are ${keys.join(', ')}`);
    }
    for (const key of keys) {
      if (!optional.includes(key) && !Object.hasOwn(entries, key)) fail(`${path}.${key}`, 'missing member');
    }
    return entries;
  };
  const text = (candidate: unknown, path: string): string =>
    typeof candidate === 'string' && candidate !== '' ? candidate : fail(path, 'write a non-empty string');
  const list = (candidate: unknown, path: string): readonly unknown[] =>
    Array.isArray(candidate) ? candidate : fail(path, 'write a list');
  const texts = (candidate: unknown, path: string, least = 0): readonly string[] => {
    const items = list(candidate, path).map((item, index) => text(item, `${path}[${index}]`));
    if (items.length < least) fail(path, `write at least ${least}`);
    if (new Set(items).size < items.length) fail(path, 'the same entry twice');
    return items;
  };
  const oneOf = (candidate: unknown, allowed: readonly string[], path: string): string =>
    typeof candidate === 'string' && allowed.includes(candidate)
      ? candidate
      : fail(path, `write one of ${allowed.map((word) => JSON.stringify(word)).join(', ')}`);

  const scheme = object(value, '$', KEYS);
  const format = text(scheme['format'], '$.format');
  if (![...format].every((unit) => (unit >= 'a' && unit <= 'z') || unit === '-')) {
    fail('$.format', 'write lower-case letters and hyphens, e.g. "nor-text"');
  }
  text(scheme['title'], '$.title');
  text(scheme['markedBy'], '$.markedBy');
  texts(scheme['sources'], '$.sources', 1);
  const inForce = object(scheme['inForce'], '$.inForce', ['from', 'until'], ['from', 'until']);
  for (const [key, date] of Object.entries(inForce)) {
    if (!isDay(text(date, `$.inForce.${key}`))) fail(`$.inForce.${key}`, 'write a date as YYYY-MM-DD');
  }

  const names: string[] = [];
  const spellings: string[] = [];
  for (const [at, entry] of list(scheme['ladders'], '$.ladders').entries()) {
    const ladder = object(entry, `$.ladders[${at}]`, ['frame', 'levels']);
    text(ladder['frame'], `$.ladders[${at}].frame`);
    const levels = list(ladder['levels'], `$.ladders[${at}].levels`);
    if (levels.length === 0) fail(`$.ladders[${at}].levels`, 'write at least one level, lowest first');
    for (const [index, item] of levels.entries()) {
      const path = `$.ladders[${at}].levels[${index}]`;
      const level = object(item, path, ['name', 'spellings', 'untagged']);
      names.push(text(level['name'], `${path}.name`));
      spellings.push(...texts(level['spellings'], `${path}.spellings`, 1));
      oneOf(level['untagged'], ['owner', 'unrestricted'], `${path}.untagged`);
    }
  }
  if (names.length === 0) fail('$.ladders', 'write at least one ladder');
  if (new Set(names).size < names.length) fail('$.ladders', 'two levels with the same name');

  const separators = texts(scheme['separators'], '$.separators');
  const caveats = list(scheme['caveats'], '$.caveats').map((entry, at) => {
    const path = `$.caveats[${at}]`;
    const optional = ['excludes', 'audience', 'also', 'listSeparator', 'includes'];
    const caveat = object(entry, path, CAVEAT_KEYS, optional);
    text(caveat['meaning'], `${path}.meaning`);
    spellings.push(...texts(caveat['spellings'], `${path}.spellings`, 1));
    for (const level of texts(caveat['levels'], `${path}.levels`, 1)) oneOf(level, names, `${path}.levels`);
    const effect = oneOf(
      caveat['effect'],
      ['control', 'compartment', 'audience', 'release'],
      `${path}.effect`,
    );
    const needed =
      effect === 'audience' ? ['audience'] : effect === 'release' ? ['listSeparator', 'includes'] : [];
    for (const key of ['audience', 'listSeparator', 'includes']) {
      if (needed.includes(key) !== Object.hasOwn(caveat, key)) {
        fail(
          `${path}.${key}`,
          needed.includes(key) ? `an effect "${effect}" needs it` : `not used with "${effect}"`,
        );
      }
    }
    if (effect === 'audience') texts(caveat['audience'], `${path}.audience`, 1);
    if (Object.hasOwn(caveat, 'also')) {
      if (effect !== 'audience') fail(`${path}.also`, `not used with "${effect}"`);
      oneOf(caveat['also'], ['control'], `${path}.also`);
    }
    if (effect === 'release') {
      text(caveat['listSeparator'], `${path}.listSeparator`);
      text(caveat['includes'], `${path}.includes`);
    }
    return { name: text(caveat['name'], `${path}.name`), excludes: caveat['excludes'] ?? [], path };
  });
  if (caveats.length > 0 && separators.length === 0) fail('$.separators', 'caveats need a separator');
  for (const { excludes, path } of caveats) {
    for (const other of texts(excludes, `${path}.excludes`)) {
      oneOf(
        other,
        caveats.map((caveat) => caveat.name),
        `${path}.excludes`,
      );
    }
  }
  if (new Set(spellings).size < spellings.length) fail('$', 'two levels or caveats share a spelling');
  for (const spelling of spellings) {
    const inside = separators.find((separator) => spelling.includes(separator) && !spelling.endsWith(' '));
    if (inside !== undefined) fail('$.separators', `${JSON.stringify(inside)} occurs inside a spelling`);
  }
  texts(scheme['retired'], '$.retired');
  const examples = object(scheme['examples'], '$.examples', ['valid', 'invalid']);
  texts(examples['valid'], '$.examples.valid', 1);
  texts(examples['invalid'], '$.examples.invalid', 1);
  return value as Scheme;
}

function isDay(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return date.length === 10 && Number.isFinite(time) && new Date(time).toISOString().startsWith(date);
}
