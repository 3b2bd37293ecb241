/** A misspelt option is named before anything else is said, with the one that was probably meant. */
import { expect, it } from 'vitest';
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
