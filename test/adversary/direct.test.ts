/** Attempts on the direct door: to have a request read as something else than its text. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, type Doors, startDoors } from '../doors/doors-rig.ts';
import { permitted, question, refused, refusedLine, unbound } from '../doors/expected.ts';
import { restEvent } from '../doors/rest-event.ts';

let doors: Doors;
let direct: Door;
let http: Door;
beforeAll(async () => {
  doors = await startDoors(['decide', 'decide-http']);
  direct = await doors.fresh('decide');
  http = await doors.fresh('decide-http');
});
afterAll(() => doors.stop());

const GOOD = JSON.stringify(question('gb-b'));
const NOT_TEXT = [{ code: 'REQUEST_NOT_TEXT' }] as const;
const withTime = (answer: object) => ({ ...answer, evaluatedAt: expect.any(String) });

it('the text of a request is permitted, so that what is refused below is refused for its form', async () => {
  const { digest } = await doors.store.reader().open();
  expect(unbound(await direct({ request: GOOD }), GOOD)).toEqual({
    ...withTime(permitted(digest)),
    ...{ at: expect.any(String), useBy: expect.any(String) },
  });
});

describe('what carries no text of a request, and nothing beside it, is refused with a sentence that says how', () => {
  const request = question('gb-b');
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a number', 7],
    ['the text itself', GOOD],
    ['a list of the text', [GOOD]],
    ['a list of the event', [{ request: GOOD }]],
    ['an empty object', {}],
    ['the request as an object', request],
    ['the request as an object inside', { request }],
    ['the request in a list inside', { request: [GOOD] }],
    ['the text as an object', { request: Object(GOOD) }],
    ['a number inside', { request: 7 }],
    ['null inside', { request: null }],
    ['no text inside', { request: undefined }],
    ['a member before it', { at: '2020-02-15T00:00:00Z', request: GOOD }],
    ['a member after it', { request: GOOD, explain: 'none' }],
    ['a member that is not there', { request: GOOD, explain: undefined }],
    [
      'a member of a prototype',
      JSON.parse(`{"__proto__":{"request":"x"},"request":${JSON.stringify(GOOD)}}`),
    ],
    ['a request that is inherited', Object.create({ request: GOOD })],
    ['the other spelling', { Request: GOOD }],
    ['a name with a space', { 'request ': GOOD }],
    ['an event of the REST API', restEvent('/v1/decide', { body: GOOD })],
    [
      'an event of the REST API with a request',
      { ...restEvent('/v1/decide', { body: GOOD }), request: GOOD },
    ],
    ['an event of a queue', { Records: [{ body: GOOD }] }],
    ['two requests', { request: GOOD, requests: [GOOD] }],
  ])('%s', async (_what, event) => {
    doors.lines();
    expect(await direct(event)).toEqual({ ...withTime(refused(NOT_TEXT, 'never')), question: {} });
    const [line, ...more] = doors.lines();
    expect([JSON.parse(line ?? ''), more]).toMatchObject([
      { Class: 'invalid', codes: refusedLine('invalid', NOT_TEXT, 'never').codes, decision: false },
      [],
    ]);
  });
});

describe('inside the text, the direct door reads what HTTP reads', () => {
  const twice = (from: string, to: string) => GOOD.replace(from, to);
  it.each([
    ['a byte-order mark', `\uFEFF${GOOD}`],
    ['a member twice, the last one good', twice('{"network"', '{"network":"gb-c","network"')],
    ['a member twice by an escape', twice('"marking"', '"mark\\u0069ng":"UNCLASSIFIED","marking"')],
    ['a request in a request', JSON.stringify({ request: GOOD })],
    ['a text in a text', JSON.stringify(GOOD)],
    ['padding over the limit', GOOD.padEnd(128 * 1024 + 1)],
    ['padding over the limit before it', GOOD.padStart(128 * 1024 + 1)],
    [
      'a member that pads over the limit',
      twice('{"message"', `{"pad":"${'a'.repeat(128 * 1024)}","message"`),
    ],
    ['a null byte after it', `${GOOD}\u0000`],
    ['a second request after it', `${GOOD}${GOOD}`],
    ['a lone surrogate', twice('m', '\ud800')],
    ['an unknown member', twice('{"message"', '{"enforceable":true,"message"')],
    ['a prototype', twice('{"message"', '{"__proto__":{"explain":"none"},"message"')],
    ['no text', ''],
    ['spaces', '   '],
  ])('%s is refused by both, alike', async (_what, text) => {
    const answer = (await direct({ request: text })) as { readonly reasons: unknown };
    const over = (await http(restEvent('/v1/decide', { body: text }))) as { readonly body: string };
    expect(answer).toMatchObject({ decision: false, outcome: 'indeterminate' });
    expect((JSON.parse(over.body) as typeof answer).reasons).toEqual(answer.reasons);
  });

  it('padding within the limit changes nothing', async () => {
    for (const text of [GOOD.padEnd(128 * 1024), `\n\t ${GOOD}`])
      expect(await direct({ request: text })).toMatchObject({ decision: true });
  });

  it('bytes that are not UTF-8 are no request', async () => {
    const bytes = Buffer.from(GOOD.replace('CANARY', '\u00ff'), 'latin1');
    const event = { ...restEvent('/v1/decide'), body: bytes.toString('base64'), isBase64Encoded: true };
    const { body } = (await http(event)) as { readonly body: string };
    expect(JSON.parse(body)).toMatchObject({ decision: false, reasons: [{ code: 'REQUEST_UNPARSABLE' }] });
  });
});
