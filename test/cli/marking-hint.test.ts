/** A marking that nobody reads: its writer is shown what the nearest grammar says, where, and what may have been meant. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { markingHint } from '../../cli/marking-hint.ts';
import { notePlace } from '../../cli/terminal.ts';
import { MARKING_FORMATS } from '../../functions/core/marking/formats.ts';
import { readMarking } from '../../functions/core/marking/read.ts';
import { BOUND } from '../client/vectors.ts';
import { routeguard } from './command.ts';
import { type Guard, weatheredGuard } from './weather.ts';

const ON = { on: '2026-01-01' } as const;

// biome-ignore format: one row a line
const MISSPELT: readonly (readonly [text: string, format: string, code: string, at: number, meant: string | undefined])[] = [
  ['SECRET/NOFORN', 'us-banner', 'UNKNOWN_LEVEL', 0, 'SECRET//NOFORN'],
  ['TOPSECRET', 'us-banner', 'UNKNOWN_LEVEL', 0, 'TOP SECRET'],
  ['TOP-SECRET//SI', 'us-banner', 'UNKNOWN_LEVEL', 0, 'TOP SECRET//SI'],
  ['SECRET//REL TO USA,GBR', 'us-banner', 'MALFORMED_LIST', 18, 'SECRET//REL TO USA, GBR'],
  ['SECRET//REL TO GBR, USA', 'us-banner', 'USA_NOT_FIRST', 15, 'SECRET//REL TO USA, GBR'],
  ['SECRET//REL USA, GBR', 'us-banner', 'UNKNOWN_MARKING', 8, 'SECRET//REL TO USA, GBR'],
  ['secret//noforn', 'us-banner', 'FORBIDDEN_CHARACTER', 0, 'SECRET//NOFORN'],
  ['SECRET // NOFORN', 'us-banner', 'STRAY_SPACE', 6, 'SECRET//NOFORN'],
  ['SECRET//NOFRON', 'us-banner', 'UNKNOWN_MARKING', 8, 'SECRET//NOFORN'],
  ['SECRET//NF', 'us-banner', 'WRONG_CATEGORY', 8, 'SECRET//NOFORN'],
  ['S//NF', 'us-banner', 'UNKNOWN_LEVEL', 0, 'SECRET//NOFORN'],
  ['(S//NF', 'us-portion', 'MALFORMED_PORTION', 0, '(S//NF)'],
  ['OFFICAL', 'uk-gsc', 'UNKNOWN_LEVEL', 0, 'OFFICIAL'],
  ['COSMIC TOPSECRET', 'nato-text', 'UNKNOWN_LEVEL', 0, 'COSMIC TOP SECRET'],
  ['SECRET//UMBRA', 'us-banner', 'UNKNOWN_MARKING', 8, undefined],
  ['COSMIC BANANA', 'us-banner', 'UNKNOWN_LEVEL', 0, undefined],
];

describe.each(MISSPELT)('%j', (text, format, code, at, meant) => {
  it('is refused as before, and explained', () => {
    expect(readMarking(text, ON)).toMatchObject({ ok: false, errors: [{ code: 'UNRECOGNISED' }] });
    expect(markingHint(text, ON)).toMatchObject({ format, error: { code, at }, meant });
  });

  it('a caret stands under the place, on standard error alone', async () => {
    const { code: exit, out, err } = await routeguard('label', text, '--on', ON.on);
    expect([exit, out]).toEqual([3, expect.stringMatching(/^refused\n {2}at 0: UNRECOGNISED: /)]);
    const [shown, caret, said, did] = err.split('\n');
    expect([shown, caret]).toEqual([`  ${text}`, `  ${' '.repeat(at)}^`]);
    expect(said).toContain(`${format} is nearest, at ${at}: ${code}: `);
    expect(did).toBe(meant === undefined ? '' : `  did you mean ${meant}`);
    expect(out).not.toContain(text);
  });
});

it('what is suggested is read by the grammar that is named, and keeps every word there was', () => {
  const letters = (text: string) => text.toUpperCase().replace(/[^A-Z]/g, '').length;
  for (const [text, format, , , meant] of MISSPELT)
    if (meant !== undefined) {
      const named = MARKING_FORMATS.find((each) => each === format);
      expect(readMarking(meant, { ...ON, ...(named && { format: named }) }).ok, meant).toBe(true);
      expect(letters(meant)).toBeGreaterThanOrEqual(letters(text));
    }
});

it.each([
  ['read by one', 'SECRET//NOFORN'],
  ['read by several', 'SECRET'],
  ['a structured label', '{"frame":"US"}'],
  ['a document', `SECRET//${'X'.repeat(300)}`],
])('of a marking that is %s nothing is said', (_what, text) => {
  expect(markingHint(text, ON)).toBeUndefined();
});

it('a format that is named is the only one that is asked', () => {
  expect(markingHint('OFFICAL', { ...ON, format: 'us-banner' })).toMatchObject({
    ...{ format: 'us-banner', error: { code: 'UNKNOWN_LEVEL' }, meant: undefined },
  });
});

it('what others wrote turns nothing around, and the caret stands under it as it is shown', async () => {
  const { err } = await routeguard('label', '\u202eSECRET//UMBRA', '--format', 'us-banner');
  expect(err).toMatch(/^ {2}\[U\+202E\]SECRET\/\/UMBRA\n {2}\^\n/);
  const later = await routeguard('label', 'SECRET//REL TO USA,\u202eGBR', '--format', 'us-banner');
  expect(later.err).toMatch(/^ {2}SECRET\/\/REL TO USA,\[U\+202E\]GBR\n {2} {19}\^\n/);
  const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
  notePlace('a\u202eb', 2);
  expect(spy.mock.calls).toEqual([['  a[U+202E]b\n           ^']]);
  spy.mockRestore();
});

it('with --json nothing is said beside the answer', async () => {
  expect((await routeguard('label', 'SECRET/NOFORN', '--json')).err).toBe('');
});

describe('where a guard did not read it', () => {
  let guard: Guard;
  beforeAll(async () => {
    guard = await weatheredGuard();
  });
  afterAll(() => guard.close());
  const UNREAD = {
    ...{ decision: false, question: BOUND, outcome: 'indeterminate', enforceable: true, retry: 'never' },
    ...{ evaluationId: 'e-1', dominance: 'not-evaluated', standards: [], obligations: [] },
    reasons: [{ code: 'MARKING_INVALID', text: 'No.', marking: 'UNRECOGNISED', position: 0 }],
  };
  it.each(['decide', 'explain'])('%s says so, and what was asked stays what was written', async (command) => {
    guard.heard.length = 0;
    guard.answer = () => UNREAD;
    const args = [command, '--marking', 'SECRET/NOFORN', '--route', 'r', '--url', guard.url];
    const { code, out, err } = await routeguard(...args);
    expect([code, guard.heard.length]).toEqual([3, 1]);
    expect(JSON.parse(guard.heard[0]?.body ?? '')).toMatchObject({ message: { marking: 'SECRET/NOFORN' } });
    expect(err).toMatch(/^ {2}SECRET\/NOFORN\n {2}\^\n.*\n {2}did you mean SECRET\/\/NOFORN\n$/);
    expect(out).not.toContain('NOFORN');
    expect((await routeguard(...args, '--json')).err).toBe('');
  });
  it('a deny for another reason says nothing of the marking', async () => {
    guard.answer = () => ({ ...UNREAD, reasons: [{ code: 'HOP_UNKNOWN', text: 'No.' }] });
    const args = ['decide', '--marking', 'SECRET/NOFORN', '--route', 'r', '--url', guard.url];
    expect((await routeguard(...args)).err).toBe('');
  });
});
