/** The commands over data files, and the program as a person starts it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { routeguard } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'data-commands-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, value: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  return path;
}

const SCENARIO = {
  id: 'one',
  at: '2020-02-15',
  standard: 'UK-HRV-2020-01',
  message: { marking: 'SECRET//REL TO USA, GBR' },
  network: { id: 'uk-a', segments: [{ segment: 'ran', shares: { 'maker-x': 10 } }] },
  expect: { outcome: 'permit' },
};
const WRONG = {
  ...SCENARIO,
  id: 'two',
  title: 'Wrong',
  expect: { outcome: 'deny', reasons: ['SHARE_OVER_CAP'] },
};

describe('routeguard citations', () => {
  const standard = (id: string, sources: readonly object[], part: object = {}) => ({
    ...OF_MINE,
    id,
    requirements: [{ paragraph: '1', says: 'Everything.', encoded: ['path'] }],
    sources,
    ...part,
  });
  const OF_MINE = {
    ...{
      kind: 'standard',
      authority: 'uk-ncsc',
      owner: 'GBR',
      title: 't',
      status: 'policy',
      about: 'carriage',
    },
    ...{ announced: null, complyBy: null, valid: { from: '2020-01-01', to: null, zone: 'UTC' } },
    scope: { levels: [{ frame: 'US', level: 'UNCLASSIFIED' }], flows: null, providers: null },
    belowScope: 'satisfied',
    rules: [{ rule: 'path-assurance', id: 'path', cites: ['a'], accept: ['pinned'] }],
  };
  const cited = (key: string, citation: string, grade: object) => ({ key, citation, ...grade });
  const NEXT = standard('NEXT', [
    cited('a', 'The act itself', { verified: true, primary: true }),
    cited('b', 'A report of the act', { verified: true, uri: 'https://example.org/report' }),
  ]);
  const FIRST = standard('FIRST', [cited('a', 'What somebody remembered', { verified: false })], {
    buildsOn: [{ standard: 'NEXT', rules: ['path'] }],
  });
  const asked = (id: string, standard: string, assurance = 'pinned') => ({
    ...{ id, at: '2024-01-01', standard, message: { marking: 'SECRET//REL TO USA, GBR' }, assurance },
    ...{ network: { id: 'uk-a' }, facts: [FIRST, NEXT], expect: { outcome: 'permit' } },
  });

  test('what most permits rest on first, and never what was read itself', async () => {
    const files = ['one', 'two'].map((id) => file(`${id}.json`, asked(id, id === 'one' ? 'FIRST' : 'NEXT')));
    // A refusal rests on nothing that must be read.
    const refused = file('refused.json', {
      ...asked('refused', 'FIRST', 'assumed'),
      expect: { outcome: 'deny' },
    });
    const { code, out } = await routeguard('citations', ...files, refused, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual([
      {
        citation: 'A report of the act',
        uri: 'https://example.org/report',
        grade: 'secondary',
        permits: 2,
        citedBy: ['standard/NEXT'],
      },
      { citation: 'What somebody remembered', grade: 'unverified', permits: 1, citedBy: ['standard/FIRST'] },
    ]);
    const table = await routeguard('citations', ...files);
    expect(table.out).toMatch(
      /^permits {2}grade {7}cited by {8}what to read\n2 {8}secondary {3}standard\/NEXT {3}A report/,
    );
  });

  test('and of a file that is none, why', async () => {
    const { code, err } = await routeguard('citations', join(folder, 'nowhere'));
    expect([code, err]).toEqual([2, expect.stringContaining('nowhere: no such file or folder')]);
  });
});

describe('routeguard scenarios', () => {
  const good = file('good.json', SCENARIO);
  const wrong = file('wrong.json', WRONG);

  test('0 and a table where all pass', async () => {
    const { code, out, err } = await routeguard('scenarios', good);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^pass {2}one {7}2020-02-15 {2}UK-HRV-2020-01 {2}permit/m);
    expect(out).toMatch(/\n\n1 passed, 0 failed\n$/);
  });

  test('1 on a mismatch, with what differs, whatever else passes', async () => {
    const { code, out } = await routeguard('scenarios', wrong, good);
    expect(code).toBe(1);
    expect(out).toMatch(/^FAIL {2}two /m);
    expect(out).toContain(
      '\ntwo: Wrong\n  outcome is permit, expected deny\n  reason missing: SHARE_OVER_CAP\n',
    );
    expect(out).toMatch(/\n1 passed, 1 failed\n$/);
  });

  test('--json says the same, with the same exit code', async () => {
    const { code, out } = await routeguard('scenarios', good, wrong, '--json');
    expect(code).toBe(1);
    const [one, two] = JSON.parse(out) as Record<string, unknown>[];
    expect(one).toMatchObject({ id: 'one', pass: true, outcome: 'permit', mismatches: [], unsoundFacts: [] });
    expect(two).toMatchObject({ id: 'two', pass: false, outcome: 'permit' });
    expect((await routeguard('scenarios', good, '--json')).code).toBe(0);
  });

  test.each<[string, string[], RegExp]>([
    [
      'a malformed file',
      [file('bad.json', { ...SCENARIO, at: 'soon' })],
      /bad\.json:3: scenario "one", \/at: /,
    ],
    ['a good one beside it', [good, file('bad.json', { ...SCENARIO, at: 'soon' })], /bad\.json:3: /],
    [
      'a contradiction',
      [file('none.json', { ...SCENARIO, network: undefined })],
      /none\.json:1: scenario "one", top level: /,
    ],
    ['no file', [], /missing required argument 'files'/],
    ['a file that is not there', ['/nowhere'], /^routeguard: \/nowhere: no such file or folder\n$/],
    ['a folder of none', [mkdtempSync(join(folder, 'none-'))], /no \.json or \.jsonl file in this folder/],
  ])('2: %s', async (_what, args, sentence) => {
    const { code, out, err } = await routeguard('scenarios', ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(sentence);
  });
});

describe('routeguard check', () => {
  const VENDOR = { kind: 'vendor', id: 'maker-x', nmae: 'X' };
  const vendor = file('vendor.json', VENDOR);
  const said = `${vendor}:4: vendor/maker-x/nmae: unknown member: remove it or correct its spelling; did you mean "name"?`;

  test('0 where all is sound', async () => {
    const { code, out, err } = await routeguard('check');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^\d{3,} facts in \d+ files, all sound\n$/);
    const json = await routeguard('check', 'samples/registry/networks.json', '--json');
    expect([json.code, JSON.parse(json.out)]).toMatchObject([0, { problems: [], files: 1 }]);
  });

  test('1 with file, line and remedy', async () => {
    const { code, out } = await routeguard('check', vendor);
    expect([code, out.split('\n')[0]]).toEqual([1, said]);
    expect(out).toMatch(/\n1 facts in 1 files, \d+ problems\n$/);
    const json = await routeguard('check', vendor, '--json');
    const report = JSON.parse(json.out) as { problems: string[]; facts: number };
    expect([json.code, report.problems[0], report.facts]).toEqual([1, said, 1]);
  });

  test.each([
    ['a file that is not there', '/nowhere', /^\/nowhere: no such file or folder\n/],
    [
      'a folder without facts',
      mkdtempSync(join(folder, 'none-')),
      /no \.json, \.yaml or \.yml file in this folder/,
    ],
    [
      'what is no fact',
      file('text.json', '"text"'),
      /write a fact, \{…\}, a list of facts, \[…\], or \{ reason, changes \}/,
    ],
    ['what is no fact in a list', file('list.json', '[7]'), /\/0: write a fact, \{…\}/],
    ['what is not JSON', file('broken.json', '{\n"kind" "vendor" }'), /broken\.json:2: not JSON here/],
    [
      'a member twice',
      file('twice.json', '{"kind":"vendor",\n"kind":"vendor"}'),
      /:2: a member is written twice/,
    ],
    ['what is no fact in a proposal', file('none.yaml', 'changes:\n  - 7\n'), /\/changes\/0: write a fact/],
    ['what is no fact in an operation', file('op.yaml', '- op: add\n  fact: x\n'), /\/0\/fact: write a fact/],
    ['nothing', file('nothing.json', '[]'), /an empty list: write a fact/],
    ['no change', file('nothing.yaml', 'changes: []\n'), /\/changes: an empty list/],
    ['an addition without a fact', file('no-fact.json', '[{"op":"add"}]'), /\/0\/fact: write a fact/],
    [
      'a fact by another name',
      file('fakt.json', '[{"op":"end","fakt":{}}]'),
      /\/0\/fakt: no member of an operation/,
    ],
    [
      'a fact in capitals',
      file('f.json', '{"changes":[{"op":"replace","Fact":{}}]}'),
      /\/changes\/0\/Fact: no member/,
    ],
    [
      'an operation nobody knows',
      file('ops.json', '[{"op":"ADD","fact":{}}]'),
      /\/0\/op: write one of add, replace, end/,
    ],
    [
      'an end on no day',
      file(
        'end.json',
        '[{"op":"end","key":"vendor/x",\n"on":"tomorrow","ending":[{"citation":"c","verified":true}]}]',
      ),
      /^\S+end\.json:2: \/0\/on: .+\n0 facts in 1 files, 1 problems\n$/,
    ],
    ['what is not YAML', file('broken.yml', 'kind: [\n'), /broken\.yml:\d+:\d+: /],
    [
      'a member twice in YAML',
      file('twice.yaml', 'kind: vendor\nkind: vendor\n'),
      /:2:1: Map keys must be unique/,
    ],
    ['an alias', file('alias.yaml', 'a: &x 1\nb: *x\n'), /anchors and aliases are not taken/],
    ['a file that starts with a mark', file('bom.json', '\ufeff{}'), /byte order mark/],
  ])('1: %s', async (_what, path, sentence) => {
    const { code, out, err } = await routeguard('check', path);
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(sentence);
  });
});

describe('a file in a folder of facts', () => {
  const folderWith = (name: string, text: string) => {
    const made = mkdtempSync(join(folder, 'mixed-'));
    writeFileSync(join(made, 'vendor.json'), '{"kind":"vendor","id":"maker-x","nmae":"X"}');
    mkdirSync(dirname(join(made, name)), { recursive: true });
    writeFileSync(join(made, name), text);
    return made;
  };
  const HOLD = '{"kind":"hold"}';

  test.each(['holds.JSON', 'holds.Yaml', 'holds.YML', '.holds.json'])('%s is read', async (name) => {
    const { code, out } = await routeguard('check', folderWith(name, HOLD));
    expect([code, /2 facts in 2 files, \d+ problems\n$/.test(out)]).toEqual([1, true]);
  });

  test.each(['README.md', '.gitkeep', '.git/config', '.git/x/y.json'])('%s is none of them', async (name) => {
    const { out } = await routeguard('check', folderWith(name, HOLD));
    expect(out).toMatch(/1 facts in 1 files, \d+ problems\n$/);
  });

  test.each([
    ...['holds.jsonc', 'holds.json5', 'holds.jsonl', 'holds.json.bak', 'holds.yaml~', 'holds.toml', 'holds'],
    ...['holds.txt', 'holds.json '],
  ])('%s is not left out unsaid', async (name) => {
    const made = folderWith(name, HOLD);
    const said = `${join(made, name)}: not read as facts: end its name in .json, .yaml or .yml, or move it elsewhere\n`;
    const check = await routeguard('check', made);
    expect([check.code, check.out.startsWith(said)]).toEqual([1, true]);
    const digest = await routeguard('digest', made);
    expect([digest.code, digest.err]).toEqual([2, `routeguard: ${said}`]);
    const span = ['--from', '2019-01-01', '--to', '2029-01-01', '--marking', 'SECRET', '--route', 'r'];
    const timeline = await routeguard('timeline', ...span, '--facts', made);
    expect([timeline.code, timeline.out, timeline.err]).toEqual([2, '', `routeguard: ${said}`]);
  });
});

describe('facts in YAML', () => {
  const VENDOR = 'kind: vendor\nid: maker-x\nnmae: X\n';
  const indented = (text: string, by: string) => text.trimEnd().replaceAll('\n', `\n${by}`);

  test.each([
    ['a fact', VENDOR, 3, 1],
    ['a list', `# one\n- ${indented(VENDOR, '  ')}\n`, 4, 1],
    ['a proposal of facts', `reason: r\nchanges:\n  - ${indented(VENDOR, '    ')}\n`, 5, 1],
    [
      'a proposal of operations',
      `changes:\n  - op: end\n    key: vendor/maker-y\n  - op: add\n    fact:\n      ${indented(VENDOR, '      ')}\n`,
      8,
      1,
    ],
  ])('check names the line in %s', async (what, text, line, facts) => {
    const path = file(`${what}.yaml`, text);
    const { code, out } = await routeguard('check', path);
    expect([code, out.split('\n')[0]]).toEqual([
      1,
      `${path}:${line}: vendor/maker-x/nmae: unknown member: remove it or correct its spelling; did you mean "name"?`,
    ]);
    expect(out).toContain(`\n${facts} facts in 1 files, `);
  });

  test('the sample proposals are sound, alone and as a folder', async () => {
    const genesis = await routeguard('check', 'samples/first-day/genesis.yaml');
    expect(genesis).toEqual({ code: 0, out: '23 facts in 1 files, all sound\n', err: '' });
    const all = await routeguard('check', 'samples/first-day');
    expect(all).toEqual({ code: 0, out: '24 facts in 2 files, all sound\n', err: '' });
  });

  test('digest says the same of a fact in JSON and in YAML', async () => {
    const { changes } = parse(readFileSync('samples/first-day/genesis.yaml', 'utf8')) as { changes: unknown };
    const inYaml = await routeguard('digest', 'samples/first-day/genesis.yaml');
    expect(inYaml.out).toMatch(/^(sha256:[0-9a-f]{64} {2}\S+\n){23}$/);
    expect(await routeguard('digest', file('genesis.json', changes))).toEqual(inYaml);
  });
});

describe('routeguard label', () => {
  test('0 for a marking that is read, 3 for one that is not, 2 for a context that is none', async () => {
    const read = await routeguard('label', 'SECRET//NOFORN', '--format', 'us-banner', '--json');
    expect([read.code, read.err, JSON.parse(read.out)]).toMatchObject([
      0,
      '',
      { valid: true, label: { level: 'SECRET' } },
    ]);
    const refused = await routeguard('label', 'VERY SECRET', '--json');
    expect([refused.code, JSON.parse(refused.out)]).toMatchObject([3, { valid: false }]);
    for (const wrong of [['--on', '2026-02-30'], ['--format', 'us'], ['--owner', 'XXX'], ['--colour']])
      expect(await routeguard('label', 'SECRET', ...wrong)).toMatchObject({ code: 2, out: '' });
  });
});

describe('routeguard timeline over files', () => {
  const ASK = ['--marking', 'OFFICIAL', '--owner', 'GBR', '--route', 'gb-a-alone'];
  const SPAN = ['--from', '2019-01-01', '--to', '2029-01-01', '--facts', 'samples/registry'];

  test('each change of a sample network on its day, in the zone of its instrument', async () => {
    const { code, out } = await routeguard('timeline', ...ASK, ...SPAN, '--json');
    expect(code).toBe(0);
    const entries = JSON.parse(out) as { day: string; zone: string; instruments: { id: string }[] }[];
    const days = entries.map((e) => e.day);
    for (const day of ['2020-01-28', '2020-07-14', '2022-10-13', '2028-01-01']) expect(days).toContain(day);
    const last = entries.find((e) => e.day === '2028-01-01');
    expect(last?.zone).toBe('Europe/London');
    expect(last?.instruments.map((i) => i.id)).toContain('UK-HRV-2020-07');
    const words = await routeguard('timeline', ...ASK, ...SPAN);
    expect(words.out).toMatch(/^2028-01-01 {2}DENY {2}\(Europe\/London\)$/m);
    expect(words.out).toContain('source: Report on the decision of 14 July 2020');
  });

  test('a marking that cannot be read permits at no time', async () => {
    const { code, out } = await routeguard('timeline', ...ASK.with(1, 'COSMIC BANANA'), ...SPAN, '--json');
    expect([code, JSON.parse(out)]).toMatchObject([0, [{ outcome: 'indeterminate', to: null }]]);
  });
});

const STARTED = { cwd: fileURLToPath(new URL('../..', import.meta.url)), encoding: 'utf8' } as const;

test('the program itself, where nobody answers, is misused, reads its input, or only says what it is', () => {
  const start = (script: string, ...args: string[]) =>
    spawnSync(process.execPath, [script, ...args], { ...STARTED, input: 'SECRET//NOFORN\nSECRET\r\n' });
  const nowhere = ['--marking', 'SECRET', '--network', 'gb-a', '--url', 'http://127.0.0.1:9', '--json'];
  expect(start('cli/bin.js', 'decide', ...nowhere)).toMatchObject({
    status: 4,
    stdout: expect.stringMatching(/"decision":false/),
  });
  expect(start('cli/main.ts', 'decide')).toMatchObject({ status: 2, stdout: '' });
  expect(start('cli/main.ts', 'label', '--owner', 'USA')).toMatchObject({
    status: 3,
    stdout: expect.stringMatching(/^SECRET\/\/NOFORN\n[\s\S]*refused/),
  });
  expect(start('cli/scenarios-main.ts')).toMatchObject({ status: 2, stdout: '' });
  expect(start('cli/bin.js', '--version')).toMatchObject({ status: 0, stdout: '0.1.0\n' });
});

test('the program itself keeps what it compiled in the person’s own cache, and starts where it cannot', () => {
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  const start = (cache: string) =>
    spawnSync(process.execPath, ['cli/bin.js', '--version'], {
      ...STARTED,
      env: { ...env, XDG_CACHE_HOME: cache },
    });
  expect(start(join(folder, 'cache'))).toMatchObject({ status: 0, stdout: '0.1.0\n', stderr: '' });
  expect(readdirSync(join(folder, 'cache', 'routeguard'))).toHaveLength(1);
  writeFileSync(join(folder, 'no-folder'), '');
  expect(start(join(folder, 'no-folder'))).toMatchObject({ status: 0, stdout: '0.1.0\n', stderr: '' });
});

test('the program itself, where nobody reads what it says, ends without a word and not as done', () => {
  const script = '{ "$0" cli/main.ts --help; echo "ended with $?" >&2; } | true';
  const { stderr } = spawnSync('sh', ['-c', script, process.execPath], STARTED);
  expect(stderr).toBe('ended with 141\n');
});
