/**
 * Attempts to act on what is not about now: through whatever member makes an answer hypothetical, by every door, on
 * top, inside and beside. INVARIANT: nothing but `hypothetical` says what such an answer came to.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RouteGuard } from '../../client/index.ts';
import { BOUND, boundReply } from '../client/vectors.ts';
import { type Door, type Doors, startDoors } from '../doors/doors-rig.ts';
import { type Call, restEvent } from '../doors/rest-event.ts';
import { choicesFrom } from '../theorems/random.ts';

let doors: Doors;
let direct: Door;
let http: Door;
let audit: Door;
let access: Door;
beforeAll(async () => {
  doors = await startDoors(['decide', 'decide-http', 'explain', 'access']);
  [direct, http, audit, access] = await Promise.all([
    doors.fresh('decide'),
    doors.fresh('decide-http'),
    doors.fresh('explain'),
    doors.fresh('access'),
  ]);
});
afterAll(() => doors.stop());

interface Told {
  readonly decision: boolean;
  readonly outcome: string;
  readonly enforceable: boolean;
  readonly hypothetical?: { readonly decision: boolean; readonly outcome: string };
  readonly obligations: readonly unknown[];
}

async function over(door: Door, path: string, call: Call) {
  const { statusCode, body } = (await door(restEvent(path, call))) as { statusCode: number; body: string };
  return { status: statusCode, text: body, body: JSON.parse(body) as Record<string, unknown> };
}

/** An AuthZEN decision with the members of a native one. */
function native({ decision, context }: Record<string, unknown>): Told {
  return { ...(context as Told), decision: decision as boolean };
}

/** The same question through every door that decides. */
async function everywhere(request: Readonly<Record<string, unknown>>): Promise<readonly Told[]> {
  const text = JSON.stringify(request);
  const { message, path, supportedObligations, ...context } = request as {
    message: { id: string };
    path: object;
    supportedObligations: unknown;
  };
  const { id, ...properties } = message;
  const question = {
    subject: { type: 'message', id, properties },
    action: { name: 'route' },
    resource:
      'route' in path
        ? { type: 'route', id: path.route }
        : { type: 'path', id: 'p', properties: { hops: (path as { hops: unknown }).hops } },
    context: {
      ...context,
      supported_obligations: supportedObligations,
    },
  };
  const many = await over(access, '/access/v1/evaluations', {
    body: { ...question, evaluations: [{}], options: { evaluations_semantic: 'permit_on_first_permit' } },
  });
  return [
    (await direct({ request: text })) as Told,
    (await over(http, '/v1/decide', { body: text })).body as unknown as Told,
    (await over(audit, '/v1/audit/explain', { body: text })).body as unknown as Told,
    native((await over(access, '/access/v1/evaluation', { body: question })).body),
    native((many.body['evaluations'] as Record<string, unknown>[])[0] ?? {}),
  ];
}

const SOON = new Date(Date.now() + 60_000).toISOString();
/** Members that make a question one about something else than now, alone and together; even where they name now. */
const ELSEWHERE: readonly (readonly [string, object])[] = [
  ['another time', { at: '2026-06-15T00:00:00Z' }],
  ['a time to come', { at: SOON }],
  ['the version that is the newest', { registry: { exact: 1 } }],
  ['both', { at: SOON, registry: { exact: 1 } }],
  ['a version that is not there', { registry: { exact: 99 } }],
  ['a time, of the newest version', { at: SOON, registry: { atLeast: 1 } }],
];
const NOW: readonly (readonly [string, object])[] = [
  ['now', {}],
  ['now, of no older version', { registry: { atLeast: 1 } }],
];
const MARKINGS = [
  'SECRET//REL TO USA, GBR',
  'SECRET//NOFORN',
  'UNCLASSIFIED',
  'not a marking',
  'NATO SECRET',
];
const PATHS = [
  ...['gb-a', 'gb-b', 'us-a', 'us-b', 'nowhere'].map((network) => ({
    hops: [{ network }],
  })),
  { route: 'sms-gb-primary' },
  { route: 'us-domestic' },
];
const EXTRAS = [
  {},
  { explain: 'none' },
  { explain: 'codes' },
  { standards: ['UK-HRV-2020-01'] },
  { supportedObligations: ['pin-path', 'log-hops'] },
];

describe('whatever is asked, an answer that is not about now can be acted on by nobody', () => {
  it('over 60 questions, each about now and elsewhere', async () => {
    const seed = 11;
    const { oneOf: of } = choicesFrom(seed);
    let permits = 0;
    let hypothetical = 0;
    for (let i = 0; i < 60; i += 1) {
      const base = { message: { id: 'm', marking: of(MARKINGS) }, path: of(PATHS), ...of(EXTRAS) };
      const [, about] = i % 3 === 0 ? of(NOW) : of(ELSEWHERE);
      const isNow = i % 3 === 0;
      for (const told of await everywhere({ ...base, ...about })) {
        if (isNow) {
          expect([told.decision, told.enforceable, 'hypothetical' in told]).toEqual([
            told.outcome === 'permit',
            true,
            false,
          ]);
          permits += Number(told.decision);
        } else {
          expect(told).toMatchObject({ decision: false, outcome: 'indeterminate', enforceable: false });
          for (const member of ['useBy', 'use_by', 'receipt']) expect(told).not.toHaveProperty(member);
          expect([told.obligations, told.hypothetical?.decision]).toEqual([
            [],
            told.hypothetical?.outcome === 'permit',
          ]);
          hypothetical += Number(told.hypothetical?.decision);
        }
      }
    }
    // The doors write to `console.log`, and the rig listens there.
    console.info(`seed ${seed}: ${permits} permits about now, ${hypothetical} hypothetical ones`);
    expect(permits).toBeGreaterThan(5);
    expect(hypothetical).toBeGreaterThan(10);
  });
});

describe('a client acts on no such answer, whatever a guard or somebody in its place makes of it', () => {
  const request = {
    message: { id: 'm', marking: 'SECRET//REL TO USA, GBR' },
    path: { route: 'sms-gb-primary' },
  };
  async function sent(
    change: (answer: Record<string, unknown>) => object,
    about: object = {},
  ): Promise<boolean> {
    const guard = new RouteGuard({
      attempts: 1,
      maxLeaseSeconds: 60,
      transport: {
        async send(text) {
          const asked = JSON.stringify({ ...(JSON.parse(text) as object), ...about });
          const answer = (await direct({ request: asked })) as Record<string, unknown>;
          // Whatever is made of it names the question that was sent, so that nothing else refuses it.
          const made = { ...change(answer), question: BOUND };
          return boundReply(text, {
            ...{ kind: 'answered', status: 200, functionError: null },
            text: JSON.stringify(made),
          });
        },
      },
    });
    return (await guard.decide(request)).kind === 'permit';
  }
  const result = (answer: Record<string, unknown>) => answer['hypothetical'] as object;

  it('though it acts on the answer about now', async () => {
    expect(await sent((answer) => answer)).toBe(true);
  });

  it.each<[string, (answer: Record<string, unknown>) => object]>([
    ['as it comes', (answer) => answer],
    ['with the boolean turned', (answer) => ({ ...answer, decision: true })],
    ['with its result on top', (answer) => ({ ...answer, ...result(answer) })],
    [
      'with its result on top, and called enforceable',
      (answer) => ({ ...answer, ...result(answer), enforceable: true }),
    ],
    [
      'with a lease, too',
      (answer) => ({
        ...answer,
        ...result(answer),
        enforceable: true,
        useBy: new Date(Date.now() + 60_000).toISOString(),
      }),
    ],
    ['its result alone', (answer) => result(answer)],
  ])('%s', async (_what, change) => {
    for (const [, about] of ELSEWHERE.slice(0, 4)) expect(await sent(change, about)).toBe(false);
  });
});

describe('no list has a hit that is not about now', () => {
  const subject = { type: 'message', id: 'm', properties: { marking: 'SECRET//REL TO USA, GBR' } };
  const search = {
    subject,
    action: { name: 'route' },
    resource: { type: 'network', id: 'gb-b' },
  };
  it.each(ELSEWHERE)('about %s, a search is an error', async (_what, about) => {
    for (const what of ['subject', 'action', 'resource']) {
      const context = about;
      const { status, text } = await over(access, `/access/v1/search/${what}`, {
        body: { ...search, context },
      });
      expect([status, text.includes('results')]).toEqual([400, false]);
    }
  });

  it.each(ELSEWHERE)('about %s, a path compared is not permitted', async (_what, about) => {
    const message = { id: 'm', marking: 'SECRET//REL TO USA, GBR' };
    const { body } = await over(access, '/v1/best-path', { body: { message, paths: PATHS, ...about } });
    const paths = (body['paths'] ?? []) as { permitted: boolean; hypothetical?: { permitted: boolean } }[];
    expect(paths.filter((p) => p.permitted)).toEqual([]);
    if ('paths' in body) expect(paths.filter((p) => p.hypothetical?.permitted).length).toBeGreaterThan(1);
  });
});
