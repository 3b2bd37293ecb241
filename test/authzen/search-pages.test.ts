import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  authzenBinding,
  type HttpHandler,
  type Pdp,
  pageOf,
  type Session,
} from '../../functions/authzen/index.ts';
import { PageTokens } from '../../functions/authzen/page-token.ts';

const KEY = new Uint8Array(32).fill(7);
const SUBJECTS = '/access/v1/search/subject';
const REQUEST = {
  subject: { type: 'user' },
  action: { name: 'read' },
  resource: { type: 'record', id: 'record-1' },
};

/** A decision point whose subject search finds these, and a handler over it. */
function finding(all: readonly string[], options: { caller?: string; key?: Uint8Array } = {}): HttpHandler {
  const session: Session = {
    evaluate: () => ({ decision: false }),
    searchSubject: ({ subject: { type } }, window) =>
      pageOf(
        all.map((id) => ({ type, id })),
        ({ id }) => id,
        window,
      ),
    searchResource: ({ resource: { type } }, window) =>
      pageOf(
        all.map((id) => ({ type, id })),
        ({ id }) => id,
        window,
      ),
    searchAction: (_, window) =>
      pageOf(
        all.map((name) => ({ name })),
        ({ name }) => name,
        window,
      ),
  };
  const pdp: Pdp = { open: () => session };
  return authzenBinding({
    pdp,
    identifier: 'https://pdp.example',
    pageKey: options.key ?? KEY,
    maxSteps: 6_000,
    maxLimit: 50,
    defaultLimit: 20,
    admit: () => ({ kind: 'admitted', caller: { id: options.caller ?? 'a' } }),
  });
}

interface Page {
  readonly status: number;
  readonly page?: { readonly next_token: string; readonly count?: number; readonly total?: number };
  readonly results: readonly { readonly id: string }[];
  readonly firstKey: string | undefined;
}

async function ask(handler: HttpHandler, body: object, path = SUBJECTS): Promise<Page> {
  const { status, body: text } = await handler({
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const json = JSON.parse(text) as Omit<Page, 'status' | 'firstKey'>;
  return { ...json, status, firstKey: typeof json === 'object' ? Object.keys(json)[0] : undefined };
}

const many = Array.from({ length: 45 }, (_, index) => `user-${String(index).padStart(3, '0')}`);

describe('pages', () => {
  it('a search that asked for none is told where to go on, and no other search goes on there', async () => {
    const handler = finding(many);
    const body = {
      ...REQUEST,
      subject: { type: 'user', id: 'alice' },
      resource: { type: 'record', id: 'record-1' },
    };
    const first = await ask(handler, body);
    expect([first.results.length, first.page?.count, first.page?.next_token !== '']).toEqual([20, 20, true]);
    const page = { token: first.page?.next_token };
    expect((await ask(handler, { ...body, page })).status).toBe(200);
    expect((await ask(handler, { ...body, page }, '/access/v1/search/resource')).status).toBe(400);
    expect((await ask(handler, body, '/access/v1/search/resource')).status).toBe(200);
  });

  it('carry page first, its count, the total, and an empty token at the end', async () => {
    const handler = finding(['alice', 'bob', 'carol']);
    const first = await ask(handler, { ...REQUEST, page: { limit: 2 } });
    expect(first).toMatchObject({ status: 200, firstKey: 'page', page: { count: 2, total: 3 } });
    expect(first.page?.next_token).not.toBe('');
    // The empty token that ends one search begins another.
    expect(await ask(handler, { ...REQUEST, page: { limit: 2, token: '' } })).toEqual(first);
    const last = await ask(handler, { ...REQUEST, page: { limit: 2, token: first.page?.next_token } });
    expect(last).toMatchObject({ page: { next_token: '', count: 1 }, results: [{ id: 'carol' }] });
  });

  it('follow a token without the limit being repeated', async () => {
    const handler = finding(many);
    const first = await ask(handler, { ...REQUEST, page: { limit: 2 } });
    const second = await ask(handler, { ...REQUEST, page: { token: first.page?.next_token } });
    expect(second.results.map(({ id }) => id)).toEqual(['user-002', 'user-003']);
  });

  it('keep their limit', async () => {
    const handler = finding(many);
    const token = (await ask(handler, { ...REQUEST, page: { limit: 2 } })).page?.next_token;
    expect((await ask(handler, { ...REQUEST, page: { limit: 2, token } })).status).toBe(200);
    expect((await ask(handler, { ...REQUEST, page: { limit: 3, token } })).status).toBe(400);
    // Both are lowered to the same largest page.
    const all = finding([...many, ...many.map((id) => `x-${id}`)]);
    const large = (await ask(all, { ...REQUEST, page: { limit: 70 } })).page?.next_token;
    expect((await ask(all, { ...REQUEST, page: { limit: 80, token: large } })).results).toHaveLength(40);
  });

  it('are left out where everything fits and nobody asked for them', async () => {
    expect(await ask(finding(['alice']), REQUEST)).toEqual({
      status: 200,
      firstKey: 'results',
      results: [{ type: 'user', id: 'alice' }],
    });
    expect((await ask(finding(['alice']), { ...REQUEST, page: {} })).page).toEqual({
      next_token: '',
      count: 1,
      total: 1,
    });
  });

  it('are never silently cut off: a partial answer has a token even for a caller who knows no pages', async () => {
    const first = await ask(finding(many), REQUEST);
    expect(first.results).toHaveLength(20);
    expect(first.page?.next_token).not.toBe('');
  });

  it('lower a limit that is too large', async () => {
    expect((await ask(finding(many), { ...REQUEST, page: { limit: 10_000 } })).results).toHaveLength(45);
    expect(
      (await ask(finding([...many, ...many.map((id) => `x-${id}`)]), { ...REQUEST, page: { limit: 10_000 } }))
        .results,
    ).toHaveLength(50);
  });

  it('of no length say only whether there is more', async () => {
    const some = await ask(finding(many), { ...REQUEST, page: { limit: 0 } });
    expect(some).toMatchObject({ status: 200, page: { count: 0, total: 45 }, results: [] });
    expect(some.page?.next_token).not.toBe('');
    const after = await ask(finding(many), { ...REQUEST, page: { limit: 3, token: some.page?.next_token } });
    expect(after.results.map(({ id }) => id)).toEqual(many.slice(0, 3));
    expect((await ask(finding([]), { ...REQUEST, page: { limit: 0 } })).page?.next_token).toBe('');
  });

  it('ignore unknown members', async () => {
    expect(
      (await ask(finding(['alice']), { ...REQUEST, page: { limit: 5, customAttr: 1, properties: {} } }))
        .status,
    ).toBe(200);
  });

  it('together hold exactly what was found, whatever the limit', async () => {
    const seed = 20_260_303;
    let pages = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ unit: 'binary', maxLength: 6 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 7 }),
        async (ids, limit) => {
          // As JSON carries them, in the order the contract demands.
          const found = [...new Set(ids.map((id) => id.toWellFormed()))].sort();
          const handler = finding(found);
          const collected: string[] = [];
          let token: string | undefined;
          // A page brings something or is the last: pages that go round in circles come to an end here.
          for (let most = found.length + 1; token !== '' && most > 0; most -= 1) {
            const page = { limit, ...(token === undefined ? {} : { token }) };
            const answer = await ask(handler, { ...REQUEST, page });
            collected.push(...answer.results.map(({ id }) => id));
            token = answer.page?.next_token ?? '';
            pages += 1;
          }
          expect(collected).toEqual(found);
        },
      ),
      { seed, numRuns: 200 },
    );
    console.info(`seed ${seed}: ${pages} pages`);
  });
});

describe('a page token', () => {
  const withToken = async (token: string) => ({ ...REQUEST, page: { limit: 2, token } });
  const issued = async (): Promise<string> =>
    (await ask(finding(many), { ...REQUEST, page: { limit: 2 } })).page?.next_token ?? '';

  it('may come back with the members in another order', async () => {
    const { subject, action, resource } = REQUEST;
    const body = {
      page: { token: await issued() },
      resource: { id: resource.id, type: resource.type },
      action,
      subject,
    };
    expect((await ask(finding(many), body)).status).toBe(200);
  });

  it.each<[string, object]>([
    ['another subject type', { subject: { type: 'device' } }],
    ['another action', { action: { name: 'write' } }],
    ['another resource', { resource: { type: 'record', id: 'record-2' } }],
    ['more properties', { resource: { ...REQUEST.resource, properties: { status: 'archived' } } }],
    ['a context', { context: {} }],
    ['an unknown member', { foo: 1 }],
  ])('is refused for a request with %s', async (_, change) => {
    const body = { ...(await withToken(await issued())), ...change };
    expect((await ask(finding(many), body)).status).toBe(400);
  });

  it('is refused for every other search, though it be for the same words', async () => {
    const searches = ['subject', 'resource', 'action'].map((name) => `/access/v1/search/${name}`);
    const same = { ...REQUEST, subject: { type: 'user', id: 'a' } };
    for (const from of searches) {
      const { page } = await ask(finding(many), { ...same, page: { limit: 2 } }, from);
      const body = { ...same, page: { token: page?.next_token } };
      for (const to of searches)
        expect([from, to, (await ask(finding(many), body, to)).status]).toEqual([
          from,
          to,
          from === to ? 200 : 400,
        ]);
    }
  });

  it('is refused for another caller and another key', async () => {
    const body = await withToken(await issued());
    expect((await ask(finding(many), body)).status).toBe(200);
    expect((await ask(finding(many, { caller: 'b' }), body)).status).toBe(400);
    expect((await ask(finding(many, { key: new Uint8Array(32).fill(8) }), body)).status).toBe(400);
  });

  it('is refused with any character changed, cut or added', async () => {
    const token = await issued();
    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      // The last character of unpadded base64 carries unused bits: another spelling of the same seal.
      const sameBytes = Buffer.from(changed.split('.')[1] ?? '', 'base64url').equals(
        Buffer.from(token.split('.')[1] ?? '', 'base64url'),
      );
      if (sameBytes && changed.split('.')[0] === token.split('.')[0]) continue;
      expect((await ask(finding(many), await withToken(changed))).status).toBe(400);
    }
    for (const wrong of [
      token.slice(1),
      token.slice(0, -4),
      `${token}.x`,
      token.replace('.', ''),
      'x'.repeat(10_000),
      '.',
      '..',
    ]) {
      expect((await ask(finding(many), await withToken(wrong))).status).toBe(400);
    }
  });

  it('would be taken to another request by tokens that are not bound: what the binding prevents', () => {
    /** The same tokens without the request in their seal. */
    class Unbound extends PageTokens {
      override issue(position: { readonly limit: number }): string {
        return super.issue(position, '');
      }
      override open(token: string): { readonly limit: number } | null {
        return super.open(token, '');
      }
    }
    const probe = (tokens: PageTokens): boolean =>
      tokens.open(tokens.issue({ limit: 1 }, 'mine'), 'yours') === null;
    expect(probe(new PageTokens(KEY))).toBe(true);
    expect(probe(new Unbound(KEY))).toBe(false);
  });

  it('needs a key of 32 bytes', () => {
    expect(() => new PageTokens(new Uint8Array(31))).toThrow(RangeError);
  });
});
