/** An option that is misspelt, or written twice, is named before anything else is said. */
import type { Command, Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { program } from '../../cli/command-line.ts';
import { routeguard } from './command.ts';

const HELP = ' (--help shows what the command takes)\n';
// biome-ignore format: one row a line
const MISSPELT: readonly (readonly [line: string, option: string, meant: string | null])[] = [
  ['decide --markng SECRET --route x', '--markng', '--marking'],
  ['decide --markng=SECRET --route x', '--markng', '--marking'],
  ['decide --mark SECRET', '--mark', '--marking'],
  ['decide --MARKING SECRET', '--MARKING', '--marking'],
  ['decide --marking SECRET --rout x', '--rout', '--route'],
  ['decide --marking --markng --rout x', '--rout', '--route'],
  ['decide --re 1', '--re', null],
  ['decide --registry 1', '--registry', null],
  ['decide --colour red', '--colour', null],
  ['decide -m SECRET', '-m', null],
  ['explain --markng SECRET', '--markng', '--marking'],
  ['search --makring SECRET', '--makring', '--marking'],
  ['best-path --pth a,b', '--pth', '--path'],
  ['timeline --marking A --form 2020-01-01', '--form', '--from'],
  ['simulate --biuld a', '--biuld', '--build'],
  ['registry hold h --authorty us-state', '--authorty', '--authority'],
  ['registry revoke accreditation/x --reson why', '--reson', '--reason'],
  ['registry approve p-1 --acknowlege 1-2', '--acknowlege', '--acknowledge'],
  ['registry purge approve x-1 --reqest a', '--reqest', '--request'],
  ['registry show hold --verson 1', '--verson', '--version'],
  ['registry key new --uot k.pem', '--uot', '--out'],
];
it.each(MISSPELT)('%s', async (line, option, meant) => {
  const { code, out, err } = await routeguard(...line.split(' '));
  const suggestion = meant === null ? '' : `; did you mean ${meant}?`;
  expect([code, out, err]).toEqual([2, '', `routeguard: unknown option '${option}'${suggestion}${HELP}`]);
});

it.each([
  ['what is missing', 'decide --route x', 2, /required option '--marking <marking>' not specified/],
  ['what comes after --', 'decide --marking SECRET -- --markng', 2, /too many arguments/],
  ['help', 'decide --help --markng x', 0, /^$/],
  ['the value of an option', 'decide --marking SECRET --route --rout --owner', 2, /argument missing/],
])('%s is none', async (_what, line, code, said) => {
  const ran = await routeguard(...line.split(' '));
  expect([ran.code, ran.err]).toEqual([code, expect.stringMatching(said)]);
});

/** Options that add to a list each time they are written. */
const REPEATED: readonly string[] = [
  ...['decide', 'explain'].flatMap((c) => [`${c} --supports`, `${c} --standard`, `${c} --network`]),
  ...['--supports', '--standard'].map((option) => `search ${option}`),
  ...['--supports', '--standard', '--path', '--route'].map((option) => `best-path ${option}`),
  'registry rollback --also',
  ...['--network', '--supports', '--standard', '--facts'].map((option) => `timeline ${option}`),
  ...['--note-of', '--proposal', '--fact', '--object', '--job'].map(
    (option) => `registry purge request ${option}`,
  ),
];

function leaves(command: Command, path: readonly string[] = []): readonly (readonly [string, Option])[] {
  return [
    ...command.options.map((option) => [path.join(' '), option] as const),
    ...command.commands.flatMap((sub) => leaves(sub, [...path, sub.name()])),
  ];
}

describe('an option that is written twice', () => {
  const all = leaves(program()).filter(([path]) => path !== '');
  const key = ([path, { long }]: readonly [string, Option]) => `${path} ${long}`;
  const single = all.filter((one) => !REPEATED.includes(key(one)));
  const FIRST = 'OBJECTS,STATE,1';
  const forms = ({ long, required }: Option): readonly (readonly string[])[] =>
    required
      ? [
          [`${long}`, FIRST, `${long}`, 'b'],
          [`${long}=${FIRST}`, `${long}=b`],
          [`${long}`, FIRST, `${long}=${FIRST}`],
          [`${long}`, `${long}`, `${long}`, 'b'],
        ]
      : [[`${long}`, `${long}`]];

  it.each(single.map((one) => [key(one), ...one] as const))('%s', async (_name, path, option) => {
    for (const form of forms(option)) {
      const { code, out, err } = await routeguard(...path.split(' '), ...form);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(
        new RegExp(
          `^routeguard: option '${option.long}' is written twice, and only the last would count: write it once`,
        ),
      );
    }
  });

  it('is every one but those that are lists', () => {
    const repeated = all.filter((one) => REPEATED.includes(key(one)));
    expect(repeated.map(key).toSorted()).toEqual(REPEATED.toSorted());
    expect(single.length).toBeGreaterThan(100);
  });

  it.each(REPEATED)('%s adds to its list', async (line) => {
    const [long = '', ...path] = line.split(' ').toReversed();
    const { err } = await routeguard(...path.toReversed(), long, 'a', long, 'b');
    expect(err).not.toContain('twice');
  });

  it.each([
    ['registry hold h --network gb-a --network gb-b', 'and run the command again for another'],
    ['registry approve p-1 --acknowledge 1 --acknowledge 2', 'with commas between several'],
    ['registry verify --founder-keys a --founder-keys b', 'with commas between several'],
  ])('%s: how several are written', async (line, how) => {
    expect((await routeguard(...line.split(' '))).err).toContain(`write it once, ${how}\n`);
  });

  it.each([
    ['the value of another', 'label SECRET --owner --on --on 2020-01-01'],
    ['an argument', 'label --owner USA -- --owner'],
    ['of another command', 'registry --help hold h --network a --network b'],
  ])('%s is none', async (_what, line) => {
    expect((await routeguard(...line.split(' '))).err).not.toContain('twice');
  });
});
