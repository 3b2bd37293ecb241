/** Attempts to have a function do more than it has time for: refused before anything is done, with what was asked. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { proxyResult } from '../../functions/authzen/index.ts';
import { allNations } from '../../functions/core/marking/codes/codes.ts';
import { type Door, type Doors, startDoors } from '../doors/doors-rig.ts';
import { restEvent } from '../doors/rest-event.ts';

const NATIONS = allNations()
  .map(([code]) => code)
  .filter((code) => code !== 'USA')
  .sort();

let doors: Doors;
let access: Door;
let direct: Door;
beforeAll(async () => {
  doors = await startDoors(['access', 'decide']);
  access = await doors.fresh('access');
  direct = await doors.fresh('decide');
});
afterAll(() => doors.stop());

async function ask(path: string, body: unknown) {
  doors.lines();
  const reply = (await access(restEvent(path, { body }))) as { statusCode: number; body: string };
  return { status: reply.statusCode, body: JSON.parse(reply.body) as unknown, lines: doors.lines().length };
}

const hops = (count: number) => Array.from({ length: count }, () => ({ network: 'gb-b' }));
const path = (count: number) => ({ type: 'path', id: 'p', properties: { hops: hops(count) } });
const standards = (count: number) => Array.from({ length: count }, (_, i) => `S-${i}`);
const subject = { type: 'message', id: 'm', properties: { marking: 'SECRET//REL TO USA, GBR' } };
const action = { name: 'route' };
const batch = (items: number, item: object, defaults: object = {}) => ({
  ...{ subject, action, ...defaults },
  evaluations: Array.from({ length: items }, () => item),
});
const csfc = { scheme: 'csfc', registration: 'r' };
/** After every list of codes changed. */
const YESTERDAY = { context: { at: '2026-11-01T00:00:00Z' } };
/** Before any list of codes changed. */
const PAST = { context: { at: '1940-01-01T00:00:00Z' } };
const fewPortions = Array.from({ length: 100 }, () => '(S//REL TO USA, GBR)');
const document = { ...subject, properties: { marking: { portions: fewPortions } } };
const marked = (marking: unknown) => ({ ...subject, properties: { marking } });
/** Portions that say in four letters what their banner says in a thousand. */
const listing = (codes: number, count: number) => ({
  banner: `SECRET//REL TO USA, ${NATIONS.slice(0, codes).join(', ')}`,
  portions: Array.from({ length: count }, () => '(S//REL)'),
});
const LISTING = listing(190, 256);
const SHORTER = listing(60, 100);
const portions = Array.from({ length: 2_000 }, () => '(S//REL TO USA, GBR)');

describe('a batch', () => {
  const EVALUATIONS = '/access/v1/evaluations';
  it.each<[string, object, number]>([
    ['100 items of 64 hops', batch(100, { resource: path(64) }), 7_400],
    ['100 empty items under one default', batch(100, {}, { resource: path(64) }), 7_400],
    [
      'the same, of which the first refusal would be the last',
      { ...batch(100, {}, { resource: path(64) }), options: { evaluations_semantic: 'deny_on_first_deny' } },
      7_400,
    ],
    [
      '100 routes, whose length nobody knows yet',
      batch(100, { resource: { type: 'route', id: 'us-domestic' } }),
      6_500,
    ],
    [
      '200 items of one hop and 32 standards',
      batch(200, { resource: path(1), context: { standards: standards(32) } }),
      7_200,
    ],
    [
      '2 items of 64 hops, 32 standards, two bases',
      batch(2, {
        resource: path(64),
        action: { name: 'route', properties: { protection: csfc } },
        context: { standards: standards(32) },
      }),
      8_472,
    ],
    [
      'the protection in the subject',
      batch(
        2,
        { resource: path(64), context: { standards: standards(32) } },
        { subject: { ...subject, properties: { ...subject.properties, protection: csfc } } },
      ),
      8_472,
    ],
    [
      '20 documents of 2,000 portions',
      batch(20, { resource: path(1) }, { subject: { ...subject, properties: { marking: { portions } } } }),
      7_220,
    ],
    [
      '1,000 items under a default of members nobody knows',
      batch(
        1_000,
        { resource: path(1) },
        { context: Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`m${i}`, 0])) },
      ),
      15_000,
    ],
    [
      '1,000 items about the past, whose marking is read again for every change since',
      batch(1_000, { resource: path(1) }, PAST),
      26_000,
    ],
    [
      '250 items, each with a past of its own',
      batch(250, { resource: path(1), context: PAST.context }),
      6_500,
    ],
    ['40 documents about the past', batch(40, { resource: path(1) }, { ...PAST, subject: document }), 19_040],
    [
      '190 documents whose portions say what the banner lists',
      batch(190, { resource: path(1) }, { subject: marked(LISTING) }),
      11_590,
    ],
    [
      'the same as text',
      batch(190, { resource: path(1) }, { subject: marked(JSON.stringify(LISTING)) }),
      12_350,
    ],
    [
      'the same as text behind a blank',
      batch(190, { resource: path(1) }, { subject: marked(` ${JSON.stringify(LISTING)}`) }),
      12_350,
    ],
    [
      '20 of them about the past',
      batch(20, { resource: path(1) }, { ...PAST, subject: marked(SHORTER) }),
      8_000,
    ],
  ])('of %s is refused', async (_what, body, steps) => {
    expect(await ask(EVALUATIONS, body)).toEqual({
      status: 400,
      body: `the request asks for ${steps} steps of work, and may ask for 6000`,
      lines: 0,
    });
  });

  it.each<[string, object, number]>([
    ['78 items of 64 hops', batch(78, { resource: path(64) }), 78],
    ['1,000 items of one hop', batch(1_000, { resource: { type: 'network', id: 'gb-b' } }), 1_000],
    ['230 items about the past', batch(230, { resource: path(1) }, PAST), 230],
    ['1,000 items about yesterday', batch(1_000, { resource: path(1) }, YESTERDAY), 1_000],
    [
      'items that are none',
      { ...batch(0, {}), evaluations: [null, [], 'x', {}, { resource: path(9_999) }] },
      1,
    ],
  ])('of %s is answered', async (_what, body, lines) => {
    const { status, body: answer, ...rest } = await ask(EVALUATIONS, body);
    expect([status, rest.lines]).toEqual([200, lines]);
    expect((answer as { evaluations: unknown[] }).evaluations).toHaveLength(
      (body as { evaluations: unknown[] }).evaluations.length,
    );
  });
});

describe('a single question', () => {
  it('is answered where `decide` would read it, at its longest', async () => {
    const message = { id: 'm', marking: subject.properties.marking, protection: csfc };
    const native = { message, path: { hops: hops(64) }, standards: standards(32) };
    expect(await direct({ request: JSON.stringify(native).padEnd(128 * 1024) })).toMatchObject({
      decision: false,
      registry: { version: 1 },
    });
    const properties = { ...subject.properties, protection: csfc };
    const question = {
      subject: { ...subject, properties, pad: 'x'.repeat(128 * 1024) },
      action,
      resource: path(64),
      context: { standards: standards(32) },
    };
    expect(await ask('/access/v1/evaluation', question)).toMatchObject({ status: 200, lines: 1 });
  });

  it.each([
    '/access/v1/evaluation',
    ...['subject', 'action', 'resource'].map((what) => `/access/v1/search/${what}`),
  ])('through %s is refused where it is longer', async (where) => {
    const properties = { ...subject.properties, pad: 'x'.repeat(900_000) };
    const question = {
      subject: { ...subject, properties },
      action,
      resource: { type: 'network', id: 'gb-b' },
    };
    expect(await ask(where, question)).toMatchObject({
      status: 400,
      body: expect.stringMatching(/^the request asks for 70\d\d steps of work, and may ask for 6000$/),
      lines: 0,
    });
    const { pad, ...short } = properties;
    const around = { ...question, subject: { ...subject, properties: short }, pad };
    expect(await ask(where, around)).toMatchObject({
      status: 400,
      body: expect.stringMatching(/^the request asks for 70\d\d steps of work/),
    });
  });

  it('is bounded by what is looked through around a batch', async () => {
    const body = { ...batch(1, { resource: path(1) }), pad: 'x'.repeat(900_000) };
    expect(await ask('/access/v1/evaluations', body)).toMatchObject({
      status: 400,
      body: expect.stringMatching(/^the request asks for 70\d\d steps of work, and may ask for 6000$/),
    });
  });
});

describe('best path', () => {
  const message = { id: 'm', marking: 'SECRET//REL TO USA, GBR' };
  const paths = (count: number, length: number) =>
    Array.from({ length: count }, () => ({ hops: hops(length) }));
  const TEXT = 'The paths and standards of the request are more work than one request may ask for.';
  it.each<[string, object, number]>([
    ['64 paths of 64 hops, under a standard more', { paths: paths(64, 64), standards: ['S-1'] }, 8_192],
    [
      '64 paths of 64 hops, on two bases',
      { paths: paths(64, 64), message: { ...message, protection: csfc } },
      8_192,
    ],
    [
      '64 routes, under a standard more',
      { paths: Array.from({ length: 64 }, () => ({ route: 'us-domestic' })), standards: ['S-1'] },
      8_192,
    ],
    ['3 paths, 32 standards', { paths: paths(3, 64), standards: standards(32) }, 6_336],
    [
      '61 paths of 48 hops, under a standard more, of a document of the past',
      {
        ...{ paths: paths(61, 48), standards: ['S-1'], ...PAST.context },
        message: { ...message, marking: document.properties.marking },
      },
      6_312,
    ],
  ])('over %s is refused', async (_what, over, asked) => {
    expect(await ask('/v1/best-path', { message, ...over })).toEqual({
      status: 400,
      body: { reasons: [{ code: 'REQUEST_TOO_MUCH', text: TEXT, asked, limit: 6_000 }] },
      lines: 1,
    });
  });

  it('over 61 paths of 48 hops, under a standard more, of the same document now, is answered', async () => {
    const over = {
      paths: paths(61, 48),
      standards: ['S-1'],
      message: { ...message, ...document.properties },
    };
    expect(await ask('/v1/best-path', over)).toMatchObject({ status: 200 });
  });

  it('over 64 paths of 64 hops is answered', async () => {
    const { status, body } = await ask('/v1/best-path', { message, paths: paths(64, 64) });
    expect([status, (body as { paths: unknown[] }).paths.length]).toEqual([200, 64]);
  });
});

describe('an answer larger than a function may give', () => {
  const headers = { 'content-type': 'application/json' };
  it.each([
    ['fits', '"'.repeat(2_990_000), 200],
    ['does not, with each of its quotation marks written as two', '"'.repeat(3_010_000), 500],
    ['does not, in more bytes than letters', 'é'.repeat(3_010_000), 500],
  ])('%s', (_what, body, statusCode) => {
    const sent = proxyResult({ status: 200, headers, body });
    expect(sent.statusCode).toBe(statusCode);
    if (statusCode === 500)
      expect(JSON.parse(sent.body)).toBe('the answer is too large: ask for less at a time');
  });
});
