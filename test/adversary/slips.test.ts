/**
 * Attempts by a slip of the pen: a word or a member that is misspelt, or stands where nobody reads it, must not leave a
 * question behind that is permitted where the one that was meant is not. Every door, as it is deployed.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, type Doors, startDoors } from '../doors/doors-rig.ts';
import { restEvent } from '../doors/rest-event.ts';

let doors: Doors;
let open: Readonly<Record<'decide' | 'decide-http' | 'explain' | 'access', Door>>;
beforeAll(async () => {
  const names = ['decide', 'decide-http', 'explain', 'access'] as const;
  doors = await startDoors(names);
  const [decide, http, explain, access] = await Promise.all(names.map((name) => doors.fresh(name)));
  if (!decide || !http || !explain || !access) throw new Error('a door is not there');
  open = { decide, 'decide-http': http, explain, access };
});
afterAll(() => doors.stop());

interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers are asserted member by member
  readonly body: any;
}
async function post(door: Door, path: string, body: unknown): Promise<Reply> {
  const reply = (await door(restEvent(path, { body }))) as { statusCode: number; body: string };
  return { status: reply.statusCode, body: JSON.parse(reply.body) };
}

const EVALUATION = '/access/v1/evaluation';
const SEARCH = '/access/v1/search';
const UNCLASSIFIED = { marking: 'UNCLASSIFIED', markingFormat: 'us-banner', originator: 'USA' };
const ROUTE = { route: 'gb-a-alone' };

/** One question at every door that answers one: whether it is permitted, and the whole answer as text. */
async function everywhere(properties: object, standards: readonly string[]) {
  const native = { message: { id: 'm', ...properties }, path: ROUTE, standards };
  const asked = {
    subject: { type: 'message', id: 'm', properties },
    action: { name: 'route' },
    context: { standards },
  };
  const resource = { type: 'route', id: ROUTE.route };
  const { path: _path, ...bare } = native;
  const [direct, http, audit, one, batch, found, actions, best] = await Promise.all([
    open.decide({ request: JSON.stringify(native) }) as Promise<{ decision: boolean }>,
    post(open['decide-http'], '/v1/decide', native),
    post(open.explain, '/v1/audit/explain', native),
    post(open.access, EVALUATION, { ...asked, resource }),
    post(open.access, '/access/v1/evaluations', { ...asked, evaluations: [{ resource }] }),
    post(open.access, `${SEARCH}/resource`, { ...asked, resource: { type: 'route' } }),
    post(open.access, `${SEARCH}/action`, { subject: asked.subject, resource, context: asked.context }),
    post(open.access, '/v1/best-path', { ...bare, paths: [ROUTE] }),
  ]);
  const permits: readonly unknown[] = [
    direct.decision,
    http.body.decision,
    audit.body.decision,
    one.body.decision,
    batch.body.evaluations[0].decision,
    found.body.results?.some((r: { id: string }) => r.id === ROUTE.route) ?? false,
    actions.body.results?.some((r: { properties?: object }) => r.properties === undefined) ?? false,
    best.body.paths?.[0].permitted ?? false,
  ];
  const answers = [direct, ...[http, audit, one, batch, found, actions, best].map((reply) => reply.body)];
  return { permits: [...new Set(permits)], answers: answers.map((answer) => JSON.stringify(answer)) };
}

describe('what a message is part of', () => {
  const STANDARDS = ['US-NDAA-889A'];
  const asked = (flow: string) => everywhere({ ...UNCLASSIFIED, flow }, STANDARDS);

  it('in the word of the standard is refused at every door, and permitted in the word of another', async () => {
    expect((await asked('federal-contract-service')).permits).toEqual([false]);
    expect((await asked('private')).permits).toEqual([true]);
  });

  it.each([
    'federal-contract-servise',
    'federal-contract-servic',
    'federal-contract-services',
    'Federal-Contract-Service',
    'federal_contract_service',
    'federal contract service',
    'federal-contract-service ',
    'fedreal-contract-service',
    'us-diplomatic-facility-6g',
    'none',
    'constructor',
    '__proto__',
    '',
  ])('as %j is refused at every door, in a sentence with the words there are', async (flow) => {
    const { permits, answers } = await asked(flow);
    expect(permits).toEqual([false]);
    for (const answer of answers) expect(answer).toMatch(/FLOW_INVALID.*federal-contract-service, /);
  });
});

describe('a member of an AuthZEN question', () => {
  const QUESTION = {
    subject: { type: 'message', id: 'm', properties: UNCLASSIFIED },
    action: { name: 'route' },
    resource: { type: 'route', id: ROUTE.route },
  };
  type Part = 'subject' | 'action' | 'resource';
  const inside = (part: Part, member: string, value: unknown) => ({
    ...QUESTION,
    [part]: { ...QUESTION[part], [member]: value },
  });
  const property = (part: Part, member: string, value: unknown) =>
    inside(part, 'properties', { ...(part === 'subject' ? UNCLASSIFIED : {}), [member]: value });
  /** The answer to it alone, in a batch as a default, and in a batch as an item. */
  const permitted = async (question: object) => {
    const [one, before, item] = await Promise.all([
      post(open.access, EVALUATION, question),
      post(open.access, '/access/v1/evaluations', {
        ...question,
        evaluations: [{ resource: QUESTION.resource }, {}],
      }),
      post(open.access, '/access/v1/evaluations', { evaluations: [question] }),
    ]);
    return [
      one.body.decision === true,
      before.body.evaluations?.every((e: { decision: boolean }) => e.decision) === true,
      item.body.evaluations?.[0].decision === true,
    ];
  };
  const NO = [false, false, false];

  it('that is somebody else’s is ignored, as the specification demands', async () => {
    const foreign = [
      { foo: 'bar' },
      { futureField: { nested: true } },
      { x: [1], tenant: 'a', object: null, version: 2 },
    ];
    for (const more of foreign) {
      expect(await permitted({ ...QUESTION, ...more })).toEqual([true, true, true]);
      for (const part of ['subject', 'action', 'resource'] as const)
        expect(await permitted({ ...QUESTION, [part]: { ...QUESTION[part], ...more } })).toEqual([
          true,
          true,
          true,
        ]);
    }
  });

  it.each(['originater', 'Originator', 'orginator', 'flows', 'standards', 'hops', 'colour', 'at', 'x'])(
    'called %s among the properties of any part is refused',
    async (member) => {
      for (const part of ['subject', 'action', 'resource'] as const) {
        const question = property(part, member, 'GBR');
        const { status, body } = await post(open.access, EVALUATION, question);
        expect([status, body.decision, body.context.reason.code]).toEqual([200, false, 'PROPERTY_UNKNOWN']);
        expect((await permitted(question)).slice(0, 1)).toEqual([false]);
        expect((await permitted(question)).at(-1)).toBe(false);
      }
    },
  );

  it.each([
    ['a route', 'route', ROUTE.route],
    ['a network', 'network', 'gb-a'],
  ])('that names hops beside %s is refused', async (_what, type, id) => {
    const hops = [{ network: 'sg-a' }];
    const { body } = await post(open.access, EVALUATION, {
      ...QUESTION,
      resource: { type, id, properties: { hops } },
    });
    expect([body.decision, body.context.reason.code]).toEqual([false, 'PROPERTY_UNKNOWN']);
  });

  const STRICTER = { standards: ['US-NDAA-889A'] };
  const CONTEXTS = [
    'contxt',
    'Context',
    'CONTEXT',
    'contexts',
    'conetxt',
    'context_',
    'con-text',
    'ctx',
    'cx',
    'env',
  ];
  it.each(CONTEXTS)('that is %s, and no context, is refused', async (name) => {
    expect(await permitted({ ...QUESTION, context: STRICTER })).toEqual(NO);
    expect(await permitted({ ...QUESTION, [name]: STRICTER })).toEqual(NO);
    expect(await permitted({ ...QUESTION, [name]: [{ more: STRICTER }] })).toEqual(NO);
    expect(await permitted({ ...QUESTION, [name]: { standrads: STRICTER.standards } })).toEqual(NO);
  });

  it.each([
    ['standards', ['US-NDAA-889A']],
    ['standard', ['US-NDAA-889A']],
    ['stndrds', ['US-NDAA-889A']],
    ['originator', 'GBR'],
    ['originater', 'GBR'],
    ['marking', 'TOP SECRET'],
    ['marking_format', 'uk-gsc'],
    ['flow', 'federal-contract-service'],
    ['supportedObligations', []],
    ['hops', [{ network: 'sg-a' }]],
    ['registry', { exact: 1 }],
    ['at', '2020-02-15T00:00:00Z'],
    ['At', '2020-02-15T00:00:00Z'],
    ['propertes', { originator: 'GBR' }],
    ['Properties', {}],
    ['attributes', { originator: 'GBR' }],
  ] as const)('called %s where nobody reads it is refused', async (name, value) => {
    for (const part of ['subject', 'action', 'resource'] as const)
      expect([part, await permitted(inside(part, name, value))]).toEqual([part, NO]);
    if (!/^propert/i.test(name)) expect(await permitted({ ...QUESTION, [name]: value })).toEqual(NO);
  });

  /** What each member would say, were it read: with it nothing is permitted. */
  const VALUES: Readonly<Record<string, unknown>> = {
    marking: 'TOP SECRET//NOFORN',
    markingFormat: 'uk-gsc',
    originator: 'GBR',
    digest: 'sha256:',
    protection: { scheme: 'csfc' },
    flow: 'federal-contract-service',
    hops: [{ network: 'sg-a' }],
    at: '2020-02-15T00:00:00Z',
    registry: { exact: 1 },
    standards: ['US-NDAA-889A'],
    explain: 'full',
    supported_obligations: ['no-fax'],
    context: STRICTER,
    properties: { originator: 'GBR' },
  };
  /** Every letter left out, doubled, changed or swapped with the next; other cases and dashes. Of two letters, those alone. */
  function slipsOf(word: string): readonly string[] {
    const letters = [...word].flatMap((letter, i) => {
      const [before, after] = [word.slice(0, i), word.slice(i + 1)];
      const swapped = before + after.slice(0, 1) + letter + after.slice(1);
      return [before + after, before + letter + letter + after, `${before}x${after}`, swapped];
    });
    const whole = [word.toUpperCase(), `${word}_`, `-${word}`, word.replaceAll('_', '')];
    return [...new Set([...(word.length < 4 ? [] : [...letters, `${word}s`]), ...whole])].filter(
      (s) => s !== word,
    );
  }

  it('is permitted under no slip of its name, in no place', async () => {
    const permits: string[] = [];
    let asked = 0;
    for (const [name, value] of Object.entries(VALUES)) {
      for (const slip of slipsOf(name)) {
        const questions: Readonly<Record<string, object>> = {
          body: { ...QUESTION, [slip]: value },
          context: { ...QUESTION, context: { [slip]: value } },
          ...Object.fromEntries(
            (['subject', 'action', 'resource'] as const).flatMap((part) => [
              [part, inside(part, slip, value)],
              [`properties of ${part}`, property(part, slip, value)],
            ]),
          ),
        };
        for (const [place, question] of Object.entries(questions)) {
          asked += 1;
          const { body } = await post(open.access, EVALUATION, question);
          if (body.decision === true) permits.push(`${slip} in ${place}`);
        }
      }
    }
    console.info(`slips: ${asked} questions, ${permits.length} permits`);
    expect(permits).toEqual([]);
    expect(asked).toBeGreaterThan(3_000);
  });

  it('is named by the word that was meant, and never by the one that was written', async () => {
    const { status, body } = await post(open.access, EVALUATION, { ...QUESTION, contxt: STRICTER });
    expect([status, body]).toEqual([
      400,
      'a member that is not read looks like context: correct its spelling or its place',
    ]);
  });
});

describe('a search whose question is wrong', () => {
  const REL = { marking: 'SECRET//REL TO USA, GBR' };
  const SAYS = {
    MARKING_INVALID: /^MARKING_INVALID: /,
    MARKING_AMBIGUOUS: /^MARKING_AMBIGUOUS: /,
    MARKING_FORMAT_UNKNOWN: /^MARKING_FORMAT_UNKNOWN: /,
    STANDARD_UNKNOWN: /^STANDARD_UNKNOWN: /,
    FLOW_UNKNOWN: /^FLOW_UNKNOWN: /,
    FLOW_INVALID: /^FLOW_INVALID \(\/message\/flow\): .*other\.$/,
    REQUEST_INVALID: /^REQUEST_INVALID \(\//,
    PROTECTION_UNKNOWN: /^PROTECTION_UNKNOWN: /,
    EXPLAIN_NOT_GRANTED: /^EXPLAIN_NOT_GRANTED: /,
    PROPERTY_UNKNOWN: /^The properties of a message are /,
    NONCE: /^a search takes no nonce: ask about what is found singly$/,
  };
  const ask = (api: string, subject: object, context: object = {}, over: object = {}) =>
    post(open.access, `${SEARCH}/${api}`, {
      subject: api === 'subject' ? { type: 'message' } : { type: 'message', id: 'm', properties: subject },
      ...(api !== 'action' && { action: { name: 'route' } }),
      resource: api === 'resource' ? { type: 'route' } : { type: 'network', id: 'gb-b' },
      context,
      ...over,
    });
  type Row = readonly [string, readonly string[], object, keyof typeof SAYS, object?, object?];
  const ALL = ['resource', 'action', 'subject'];
  const OF_A_MESSAGE = ['resource', 'action'];
  // biome-ignore format: one row a line
  const ROWS: readonly Row[] = [
    ['a marking misspelt', OF_A_MESSAGE, { marking: 'SECRT' }, 'MARKING_INVALID'],
    ['a control misspelt', OF_A_MESSAGE, { marking: 'SECRET//NOFRON' }, 'MARKING_INVALID'],
    ['a marking of several nations', OF_A_MESSAGE, { marking: 'SECRET' }, 'MARKING_AMBIGUOUS'],
    ['a format misspelt', OF_A_MESSAGE, { ...REL, markingFormat: 'us-baner' }, 'MARKING_FORMAT_UNKNOWN'],
    ['no marking', OF_A_MESSAGE, {}, 'REQUEST_INVALID'],
    ['an originator that is none', OF_A_MESSAGE, { ...REL, originator: 'usa' }, 'REQUEST_INVALID'],
    ['a flow misspelt', OF_A_MESSAGE, { ...UNCLASSIFIED, flow: 'privat' }, 'FLOW_INVALID'],
    ['a property misspelt', OF_A_MESSAGE, { ...REL, originater: 'USA' }, 'PROPERTY_UNKNOWN'],
    ['a standard misspelt', ALL, REL, 'STANDARD_UNKNOWN', { standards: ['UK-HRV-2020-1'] }],
    ['one of the standards misspelt', ALL, REL, 'STANDARD_UNKNOWN', { standards: ['UK-HRV-2020-01', 'UK-HRV-2020-O1'] }],
    ['no flow, for a standard that asks', ALL, UNCLASSIFIED, 'FLOW_UNKNOWN', { standards: ['US-NDAA-889A'] }],
    ['standards that are no list', ALL, REL, 'REQUEST_INVALID', { standards: 'UK-HRV-2020-01' }],
    ['an obligation misspelt', ALL, REL, 'REQUEST_INVALID', { supported_obligations: ['use-tunel'] }],
    ['a nonce, which no list brings back', ALL, REL, 'NONCE', { nonce: 'A'.repeat(24) }],
    ['a full explanation', ['action', 'subject'], REL, 'EXPLAIN_NOT_GRANTED', { explain: 'full' }],
    ['a path without hops', ['action', 'subject'], REL, 'REQUEST_INVALID', {}, { resource: { type: 'path', id: 'p' } }],
    ['hops beside a network', ['action', 'subject'], REL, 'PROPERTY_UNKNOWN', {}, { resource: { type: 'network', id: 'gb-b', properties: { hops: [] } } }],
    ['hops of what is searched for', ['resource'], REL, 'PROPERTY_UNKNOWN', {}, { resource: { type: 'network', properties: { hops: [] } } }],
    ['a marking of what is searched for', ['subject'], REL, 'PROPERTY_UNKNOWN', {}, { subject: { type: 'message', properties: REL } }],
    ['a tunnel misspelt, and nothing found', ['resource'], { marking: 'TOP SECRET//SI-G ABCD//ORCON/NOFORN', protection: { scheme: 'csfc', registration: 'synthetic-reg-2' } }, 'PROTECTION_UNKNOWN'],
    ['a tunnel of another scheme, and nothing found', ['resource'], { marking: 'TOP SECRET//SI-G ABCD//ORCON/NOFORN', protection: { scheme: 'type-1', registration: 'synthetic-reg-1' } }, 'PROTECTION_UNKNOWN'],
  ];
  it.each(
    ROWS.flatMap(([what, apis, subject, code, context = {}, over = {}]) =>
      apis.map((api) => ({ what, api, subject, code, context, over })),
    ),
  )('$what, in a search for $api, is told so', async ({ api, subject, code, context, over }) => {
    const { status, body } = await ask(api, subject, context, over);
    expect([status, body]).toEqual([400, expect.stringMatching(SAYS[code])]);
  });

  it('is none where nothing is found in truth', async () => {
    for (const marking of ['TOP SECRET//SI-G ABCD//ORCON/NOFORN', 'TOP SECRET//NOFORN'])
      for (const api of OF_A_MESSAGE) {
        const { status, body } = await ask(api, { marking });
        expect([api, status, Array.isArray(body.results)]).toEqual([api, 200, true]);
      }
  });
});
