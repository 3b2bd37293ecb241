/** Which guard is asked, whoever says so: an option, else the environment, else the person's own file; never another one in silence. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from '../../cli/command-line.ts';
import { awsPlace, guardDoor, guardOrFunction, type WhichGuard } from '../../cli/which-guard.ts';
import { routeguard } from './command.ts';

const home = mkdtempSync(join(tmpdir(), 'routeguard-config-'));
const CONFIG = join(home, 'routeguard', 'config.json');
beforeAll(() => mkdirSync(join(home, 'routeguard')));
afterAll(() => rmSync(home, { recursive: true }));

type Env = Readonly<Record<string, string>>;
function saying(file: object | undefined, env: Env): Env {
  if (file === undefined) rmSync(CONFIG, { force: true });
  else writeFileSync(CONFIG, JSON.stringify(file));
  return { XDG_CONFIG_HOME: home, ...env };
}

const A = 'https://a.example';
const B = 'https://b.example';
const C = 'https://c.example';

type Row = readonly [what: string, options: WhichGuard, env: Env, file: object | undefined, place: string];
// biome-ignore format: one row a line
const URLS: readonly Row[] = [
  ['nobody', {}, {}, undefined, 'http://127.0.0.1:8787/'],
  ['an empty file', {}, {}, {}, 'http://127.0.0.1:8787/'],
  ['the file', {}, {}, { url: C }, `${C}/`],
  ['the environment before the file', {}, { ROUTEGUARD_URL: B }, { url: C }, `${B}/`],
  ['an option before both', { url: A }, { ROUTEGUARD_URL: B }, { url: C }, `${A}/`],
];
it.each(URLS)('the door is as %s says', (_what, options, env, file, place) => {
  expect(guardDoor(options, saying(file, env)).base.href).toBe(place);
});

// biome-ignore format: one row a line
const EITHER: readonly Row[] = [
  ...URLS,
  ['a function that is named', { function: 'f' }, { ROUTEGUARD_URL: B }, { url: C, function: 'g' }, 'f'],
  ['a URL before the environment’s function', { url: A }, { ROUTEGUARD_FUNCTION: 'g' }, { function: 'h' }, `${A}/`],
  ['the environment’s URL before the file’s function', {}, { ROUTEGUARD_URL: B }, { function: 'h' }, `${B}/`],
  ['the environment’s function', {}, { ROUTEGUARD_FUNCTION: 'g' }, { url: C }, 'g'],
  ['a file’s function, beside its URL', {}, {}, { url: C, function: 'h' }, 'h'],
];
it.each(EITHER)('decide asks as %s says', (_what, options, env, file, place) => {
  const found = guardOrFunction(options, saying(file, env));
  expect(typeof found === 'string' ? found : found.base.href).toBe(place);
});

// biome-ignore format: one row a line
const PLACES: readonly (readonly [string, WhichGuard, Env, object, object])[] = [
  ['nobody', {}, {}, {}, {}],
  ['the file', {}, {}, { region: 'c', profile: 'p' }, { region: 'c', profile: 'p' }],
  ['the environment', {}, { AWS_REGION: 'b', AWS_PROFILE: 'q' }, { region: 'c', profile: 'p' }, { region: 'b', profile: 'q' }],
  ['the older variable', {}, { AWS_REGION: '', AWS_DEFAULT_REGION: 'b' }, { region: 'c' }, { region: 'b' }],
  ['options', { region: 'a', profile: 'r' }, { AWS_REGION: 'b', AWS_PROFILE: 'q' }, { region: 'c' }, { region: 'a', profile: 'r' }],
  ['keys in the environment before a profile in a file', {}, { AWS_ACCESS_KEY_ID: 'A' }, { profile: 'p' }, {}],
  ['a profile that is named, before keys', { profile: 'r' }, { AWS_ACCESS_KEY_ID: 'A' }, {}, { profile: 'r' }],
];
it.each(PLACES)('AWS is asked as %s says', (_what, options, env, file, place) => {
  expect(awsPlace(options, saying(file, env))).toEqual(place);
});

// biome-ignore format: one row a line
const WRONG: readonly (readonly [what: string, options: WhichGuard, env: Env, file: string, says: RegExp])[] = [
  ['an unknown member', {}, {}, '{"uri":"https://a.example"}', /config\.json: unknown member uri; did you mean url\?$/],
  ['a member of a prototype', {}, {}, '{"toString":"x"}', /unknown member toString/],
  ['a number', {}, {}, '{"url":1}', /config\.json: url is not a text$/],
  ['a member twice', {}, {}, '{"url":"https://a.example","url":"https://b.example"}', /config\.json:1: a member is written twice/],
  ['a list', {}, {}, '[]', /not a JSON object with some of url, function, region, profile$/],
  ['no JSON', {}, {}, 'url: x', /config\.json:1: not JSON here/],
  ['an empty URL in the file', {}, {}, '{"url":""}', /url in .*config\.json is empty/],
  ['a URL in the clear in the file', {}, {}, '{"url":"http://a.example"}', /url in .*config\.json must be https/],
  ['an empty URL in the environment', {}, { ROUTEGUARD_URL: '' }, '{}', /^ROUTEGUARD_URL is empty/],
  ['an empty function in the environment', {}, { ROUTEGUARD_FUNCTION: '' }, '{}', /^ROUTEGUARD_FUNCTION is empty/],
  ['a file that is not there', { config: join(home, 'none.json') }, {}, '{}', /none\.json: cannot be read \(ENOENT\)$/],
  ['both', { url: A, function: 'f' }, {}, '{}', /^give either --url or --function$/],
];
it.each(WRONG)('%s asks nobody', (_what, options, env, file, says) => {
  writeFileSync(CONFIG, file);
  expect(() => guardOrFunction(options, { XDG_CONFIG_HOME: home, ...env })).toThrow(says);
});

it.each<[string, WhichGuard, Env, object]>([
  ['an option', { function: 'f', url: A }, {}, {}],
  ['the environment', {}, { ROUTEGUARD_FUNCTION: 'f' }, {}],
  ['the file', {}, {}, { function: 'f' }],
])(
  'a function that %s names is not asked over HTTP, and nobody else instead',
  (_what, options, env, file) => {
    expect(() => guardDoor(options, saying(file, env))).toThrow(/names a function, and this command asks/);
  },
);

it('a file in the working folder, or in a folder named from it, says nothing', () => {
  saying({ url: A }, {});
  const cwd = process.cwd();
  process.chdir(home);
  try {
    expect(guardDoor({}, { XDG_CONFIG_HOME: '.', HOME: home }).base.href).toBe('http://127.0.0.1:8787/');
  } finally {
    process.chdir(cwd);
  }
});

describe('every command that asks has the same options', () => {
  const asking = (path: string) =>
    path.split(' ').reduce((c, name) => c.commands.find((s) => s.name() === name) ?? c, program());
  const words = (path: string) =>
    asking(path)
      .options.filter(({ long }) =>
        ['--url', '--function', '--region', '--profile', '--config'].includes(long ?? ''),
      )
      .map(({ flags, description }) => `${flags} ${description}`);
  it.each([
    'explain',
    'search',
    'best-path',
    'timeline',
    'registry hold',
    'registry show',
    'registry review',
  ])('%s', (path) => {
    expect(words(path)).toEqual(words('decide'));
    expect(words(path)).toHaveLength(5);
  });
});

it('a command says who named what it cannot ask', async () => {
  writeFileSync(CONFIG, '{"url":"guard"}');
  const { code, err } = await routeguard('decide', '--marking', 'SECRET', '--route', 'r', '--config', CONFIG);
  expect([code, err]).toEqual([
    2,
    `routeguard: url in ${CONFIG} is not a URL, such as http://127.0.0.1:8787\n`,
  ]);
});
