/** `registry edit` and `registry diff FILE…` over the registry's own code: what an editor leaves behind, and what comes of it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { editorIn } from '../../cli/registry/editor.ts';
import { bodyOf, draftText, factBody, readDraft } from '../../cli/registry/fact-draft.ts';
import { templateOf } from '../../cli/registry/fact-template.ts';
import { FACT_KINDS, type FactKind, readFact } from '../../functions/core/facts/fact.ts';
import { SPECIMENS } from '../core/facts/specimens.ts';
import { type RegistryRig, startRegistryRig } from '../registry/rig.ts';
import { type ServedRegistry, serveRegistry } from '../registry/served.ts';
import { type Ran, routeguard } from './command.ts';

let rig: RegistryRig;
let served: ServedRegistry;
const folder = mkdtempSync(join(tmpdir(), 'edit-test-'));
beforeAll(async () => {
  rig = await startRegistryRig();
  served = await serveRegistry(rig.context);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await served.close();
  await rig.stop();
});
beforeEach(() => vi.stubEnv('TMPDIR', mkdtempSync(join(folder, 'drafts-'))));
afterEach(() => vi.unstubAllEnvs());

const drafts = () =>
  readdirSync(process.env['TMPDIR'] ?? '').filter((name) => name.startsWith('routeguard-edit-'));

/** An editor that does to the text what a line of JavaScript says; `round` counts its calls. */
function editor(work: string): void {
  const file = join(folder, 'editor.mjs');
  const seen = join(process.env['TMPDIR'] ?? '', 'seen');
  writeFileSync(
    file,
    `import { existsSync, readFileSync, statSync, writeFileSync, appendFileSync } from 'node:fs';
const file = process.argv.at(-1);
let text = readFileSync(file, 'utf8');
const seen = ${JSON.stringify(seen)};
appendFileSync(seen, '\\n---' + (statSync(file).mode & 0o777).toString(8) + '\\n' + text);
const round = readFileSync(seen, 'utf8').split('\\n---').length - 1;
${work};
writeFileSync(file, text);
`,
  );
  vi.stubEnv('VISUAL', `"${process.execPath}" '${file}'`);
}

const seen = () =>
  readFileSync(join(process.env['TMPDIR'] ?? '', 'seen'), 'utf8')
    .split('\n---')
    .slice(1);

function registry(...args: readonly string[]): Promise<Ran> {
  return routeguard('registry', ...args, '--url', served.url, '--as', 'proposer');
}
const edit = (...args: readonly string[]) => registry('edit', ...args, '--reason', 'Because');
const KEY = 'network/us-a';
const proposals = async () => (await rig.as('auditor').get('proposals')).body.proposals.length;
const RENAME = "text = text.replace(/^name: .*/m, 'name: Renamed')";

describe('edit', () => {
  it('proposes what differs, against the fact that was shown, and leaves nothing behind', async () => {
    editor(RENAME);
    const before = await rig.as('auditor').get(`facts/${KEY}`);
    const { code, out } = await edit(KEY, '--json');
    const proposal = (await rig.as('auditor').get(`proposals/${JSON.parse(out).id}`)).body;
    expect([code, proposal.reason, drafts()]).toEqual([0, 'Because', []]);
    expect(proposal.changes).toEqual([
      { op: 'replace', fact: { ...before.body.fact, name: 'Renamed' }, was: before.body.digest },
    ]);
    const [first = ''] = seen();
    expect(first).toMatch(
      /^600\n# yaml-language-server: \$schema=\/\S+network\.schema\.json\n#! .*\n#! .*\nkind: network\n/,
    );
  });

  it.each<[string, string, number, RegExp]>([
    ['left as it is', 'text += ""', 0, /network\/us-a is left as it is: nothing is proposed/],
    ['with a comment', "text += '# a note of my own\\n'", 0, /left as it is/],
    ['emptied', "text = ''", 0, /left as it is/],
    ['but for comments', "text = '# nothing\\n\\n'", 0, /left as it is/],
    ['an editor that fails', 'process.exit(9)', 2, /the editor ended with 9: nothing is proposed/],
    [
      'unsound, and left so',
      "if (round === 1) text = text.replace('complete: true', 'complete: yess')",
      2,
      /not sound as you left it.*\/inventory\/complete: write true or false/,
    ],
    ['no YAML', "if (round === 1) text += '\\n  - : ['", 2, /not sound as you left it/],
    ['a list', "if (round === 1) text = '- 1\\n'", 2, /write one fact/],
    [
      'another id',
      "if (round === 1) text = text.replace('id: us-a', 'id: us-z')",
      2,
      /this is network\/us-a: another kind or id is another fact/,
    ],
  ])('%s: nothing is proposed', async (_name, work, code, says) => {
    editor(work);
    const before = await proposals();
    const ran = await edit(KEY);
    expect([ran.code, await proposals()]).toEqual([code, before]);
    expect(`${ran.out}${ran.err}`).toMatch(says);
    const [kept = ''] = drafts();
    expect(kept === '').toBe(!ran.err.includes('What you wrote is kept in'));
    expect(ran.err.includes('kept in')).toBe(code === 2 && !work.startsWith('process.exit'));
    if (kept !== '')
      expect(statSync(join(process.env['TMPDIR'] ?? '', kept, 'fact.yaml')).mode & 0o777).toBe(0o600);
  });

  it('opens again with what is wrong, by the lines as they then are, until it is sound', async () => {
    editor(`
      if (round === 1) text = text.replace(/^name: .*/m, 'nam: Renamed');
      if (round === 2) text = text.replace(/^nam: .*/m, 'name: Renamed')`);
    const { code } = await edit(KEY, '--dry-run');
    const [, second = ''] = seen();
    const lines = second.split('\n').slice(1);
    const said = lines.filter((line) => line.startsWith('#! '));
    expect([code, said.length]).toEqual([0, 3]);
    const [, line, what] = /^#! line (\d+): (.*)$/.exec(said[1] ?? '') ?? [];
    expect(lines[Number(line) - 1]).toBe('nam: Renamed');
    expect(what).toMatch(/^\/nam: unknown member: .* did you mean "name"\?$/);
  });

  it('--dry-run prints a change that propose takes, and proposes nothing', async () => {
    editor(RENAME);
    const before = await proposals();
    const { code, out } = await registry('edit', KEY, '--dry-run');
    expect([code, await proposals()]).toEqual([0, before]);
    expect(parse(out)).toMatchObject({ changes: [{ op: 'replace', fact: { name: 'Renamed' } }] });
    const file = join(folder, 'printed.yaml');
    writeFileSync(file, out);
    expect((await registry('propose', file, '--reason', 'As printed')).code).toBe(0);
  });

  it('CONFLICT where somebody else changed it meanwhile; what was written is kept', async () => {
    editor(RENAME);
    let asked = 0;
    served.lie = (path, body) => {
      if (path !== `facts/${KEY}`) return body;
      asked += 1;
      return asked === 1 ? body : { ...body, fact: { ...body.fact, name: 'By somebody else' } };
    };
    const before = await proposals();
    const { code, err } = await edit(KEY);
    served.lie = (_path, body) => body;
    expect([code, await proposals()]).toEqual([3, before]);
    expect(err).toMatch(/CONFLICT: network\/us-a was changed while you edited it/);
    const [, file = ''] = /What you wrote is kept in (\S+)/.exec(err) ?? [];
    expect(readFileSync(file, 'utf8')).toContain('name: Renamed');
  });

  it.each<[string, string[], number, RegExp]>([
    ['no such fact', ['network/nowhere'], 3, /FACT_UNKNOWN: there is no network\/nowhere: --new begins one/],
    ['one that is there', [KEY, '--new'], 2, /is registered: edit it without --new/],
    ['no key', ['networks'], 2, /a fact is KIND\/ID/],
    ['no kind', ['nework/a'], 2, /did you mean network/],
  ])('%s: no editor is opened', async (_name, args, code, says) => {
    editor(RENAME);
    const ran = await edit(...args);
    expect([ran.code, existsSync(join(process.env['TMPDIR'] ?? '', 'seen'))]).toEqual([code, false]);
    expect(ran.err).toMatch(says);
  });

  it('asks for an editor, and for a reason, before anything is opened', async () => {
    vi.stubEnv('VISUAL', '');
    vi.stubEnv('EDITOR', ' ');
    expect((await edit(KEY)).err).toMatch(/set VISUAL or EDITOR/);
    editor(RENAME);
    expect(await registry('edit', KEY)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--reason says why'),
    });
    vi.stubEnv('VISUAL', '/no/such/editor');
    expect(await edit(KEY)).toMatchObject({ code: 2, err: expect.stringContaining('cannot be started') });
    expect(drafts()).toEqual([]);
  });

  it('--new begins a fact from a template, which says nothing before it is filled in', async () => {
    editor(`if (round === 1) text = text
      .replace(/^name: .*/m, 'name: A new vendor').replace('synthetic: ""', 'synthetic: true')
      .replace(/ownedBy:\\n(  .*\\n)+/, 'ownedBy: []\\n')
      .replace('from: ""', 'from: 2026-01-01').replace('to: ""', 'to: null').replace('zone: ""', 'zone: UTC')
      .replace('citation: ""', 'citation: A register').replace('verified: ""', 'verified: true')`);
    const { code, out, err } = await registry('edit', 'vendor/maker-z', '--new', '--dry-run', '--json');
    expect(code, err + seen().at(-1)).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      op: 'add',
      fact: { kind: 'vendor', id: 'maker-z', ownedBy: [] },
    });
  });
});

it.each<[string, string[]]>([
  ['vi', ['vi']],
  ['code --wait', ['code', '--wait']],
  [`"/a b/ed" -x 'c d'`, ['/a b/ed', '-x', 'c d']],
])('an editor is words: %s', (said, words) => {
  expect(editorIn({ EDITOR: said })).toEqual(words);
  expect(editorIn({ VISUAL: said, EDITOR: 'other' })).toEqual(words);
});

describe('a draft', () => {
  const file = (text: string) => {
    const path = join(folder, 'draft.yaml');
    writeFileSync(path, text);
    return path;
  };

  it.each(Object.entries(SPECIMENS))('is the fact and nothing else: %s', (kind, fact) => {
    const text = draftText(factBody(fact), 's.json', [{ line: 3, message: 'Wrong\u202e' }]);
    expect(readDraft(file(text), text, `${kind}/${fact['id']}`)).toEqual({ is: 'sound', fact });
    expect(text.split('\n')[2]).toBe('#! line 6: Wrong[U+202E]');
    expect(bodyOf(text)).toBe(factBody(fact));
  });

  it('shows what would not be seen, and reads it back', () => {
    const fact = { kind: 'vendor', id: 'a', name: 'Trus\u202eted\u00a0\u0301 é' } as never;
    const body = factBody(fact);
    expect(body).toContain('"Trus\\u202eted\\u00a0\\u0301 é"');
    expect(parse(body)).toEqual(fact);
  });

  /** How many members with a value of one's own each kind cannot do without. */
  const NEEDED: Readonly<Record<FactKind, number>> = {
    accreditation: 7,
    assessment: 9,
    authority: 8,
    'criteria-set': 7,
    designation: 7,
    equivalence: 7,
    exemption: 6,
    hold: 5,
    mandate: 11,
    network: 13,
    protection: 9,
    route: 7,
    standard: 10,
    vendor: 6,
    waiver: 9,
  };

  it.each(FACT_KINDS.map((kind) => [kind] as const))(
    'a template has what its kind needs, and passes for nothing: %s',
    (kind: FactKind) => {
      const template = parse(templateOf(kind, 'a'));
      const missing = (fact: unknown) => {
        const reading = readFact(fact);
        return reading.sound
          ? []
          : reading.problems.filter(({ message }) => message.endsWith('the member may be missing'));
      };
      expect(template).toMatchObject({ kind, id: 'a' });
      const needed = Object.keys(SPECIMENS[kind]).filter(
        (each) => missing({ ...SPECIMENS[kind], [each]: undefined }).length > 0,
      );
      expect(needed).toHaveLength(NEEDED[kind]);
      for (const name of needed) expect(template, name).toHaveProperty(name);
      expect(readFact(template).sound).toBe(false);
    },
  );
});

describe('diff of files', () => {
  const place = (name: string, value: unknown) => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(value));
    return path;
  };
  const standing = async (key: string) => (await rig.as('auditor').get(`facts/${key}`)).body;

  it('nothing to change: 0, whether or not the file names its schema', async () => {
    const { fact } = await standing(KEY);
    const { code, out } = await registry('diff', place('same.json', { $schema: 'x', ...fact }), '--json');
    expect([code, JSON.parse(out)]).toEqual([0, { version: 1, changes: [], same: 1, missing: [] }]);
  });

  it('new and changed: 3, member by member, and --out writes what propose takes', async () => {
    const { fact, digest } = await standing(KEY);
    const file = place('changed.json', [
      { ...fact, name: 'Renamed' },
      { ...fact, id: 'us-z', identifiers: [] },
      (await standing('vendor/nokia')).fact,
    ]);
    const out = join(folder, 'change.yaml');
    const said = await registry('diff', file, '--out', out);
    expect(said.code, said.err).toBe(3);
    expect(said.out).toMatch(
      /2 operations[\s\S]*name becomes Renamed[\s\S]*replace network\/us-a[\s\S]*add network\/us-z[\s\S]*1 facts are registered as they are here/,
    );
    expect(parse(readFileSync(out, 'utf8')).changes).toMatchObject([
      { op: 'replace', was: digest, fact: { name: 'Renamed' } },
      { op: 'add', fact: { id: 'us-z' } },
    ]);
    expect((await registry('propose', out, '--reason', 'As our files have it')).code).toBe(0);
  });

  it('what is in none of the files is told only where they claim to be all there is', async () => {
    const file = place('one.json', (await standing(KEY)).fact);
    expect((await registry('diff', file)).code).toBe(0);
    const { code, out } = await registry('diff', file, '--all');
    expect(code).toBe(3);
    expect(out).toMatch(/registered, and in none of these files: authority\/registrar/);
    expect(out).not.toContain(`none of these files: ${KEY}`);
  });

  it.each<[string, () => string[], RegExp]>([
    [
      'an unsound fact',
      () => [place('bad.json', { kind: 'network', id: 'a' })],
      /bad\.json:1: network\/a.*missing member/,
    ],
    [
      'a fact twice',
      () => [place('a.json', SPECIMENS.vendor), place('b.json', SPECIMENS.vendor)],
      /already in/,
    ],
    ['no file', () => [join(folder, 'nowhere')], /no such file or folder/],
    ['a version and a file', () => ['3', folder], /compare one or two versions, or files/],
    ['three versions', () => ['1', '2', '3'], /compare one or two versions, or files/],
    ['--all of versions', () => ['1', '--all'], /--all and --out are for files/],
  ])('%s: 2', async (_name, args, says) => {
    const { code, err } = await registry('diff', ...args());
    expect(code).toBe(2);
    expect(err).toMatch(says);
  });
});
