/** The published document by itself: nothing in it is without a word or an example, and every example is one. */
import { describe, expect, it } from 'vitest';
import { AUTHZEN_WORDS } from '../../openapi/authzen-words.ts';
import { DECISION_WORDS } from '../../openapi/decision-words.ts';
import { REGISTRY_WORDS } from '../../openapi/registry-words.ts';
import {
  PUBLISHED,
  PUBLISHED_OPERATIONS,
  publishedResponse,
  wrongInAnswer,
  wrongInRequest,
} from './in-document.ts';

type Visit = (what: string, described: { readonly description?: unknown }) => void;

/** Keywords below which there is no schema: a member of an example may be called like one. */
const DATA = new Set(['example', 'enum', 'const', 'required']);

/** Every member of every schema in it. */
function eachMember(of: unknown, where: string, visit: Visit): void {
  if (typeof of !== 'object' || of === null) return;
  for (const [keyword, value] of Object.entries(of)) {
    if (DATA.has(keyword)) continue;
    if (keyword !== 'properties') {
      eachMember(value, Array.isArray(of) ? where : `${where}/${keyword}`, visit);
      continue;
    }
    for (const [name, member] of Object.entries(value as Record<string, object>)) {
      visit(`${where}.${name}`, member);
      eachMember(member, `${where}.${name}`, visit);
    }
  }
}

/** Everything in a document that a person reads about. */
function eachDescribed({ tags, paths, components }: typeof PUBLISHED, visit: Visit): void {
  for (const tag of tags) visit(`tag ${tag.name}`, tag);
  for (const [path, methods] of Object.entries(paths))
    for (const [method, operation] of Object.entries(methods)) {
      visit(`${method} ${path}`, operation);
      for (const each of operation.parameters ?? []) visit(`${method} ${path} ${each.name}`, each);
      for (const [status, each] of Object.entries(operation.responses))
        if (!('$ref' in each)) visit(`${method} ${path} ${status}`, each);
    }
  for (const [name, each] of Object.entries(components.responses)) visit(name, each);
  eachMember(components.schemas, '', visit);
}

function undescribed(document: typeof PUBLISHED): {
  readonly seen: number;
  readonly missing: readonly string[];
} {
  const missing: string[] = [];
  let seen = 0;
  eachDescribed(document, (what, { description }) => {
    seen += 1;
    if (typeof description !== 'string' || description.length < 8) missing.push(what);
  });
  return { seen, missing };
}

describe('every word is there', () => {
  it('of tags, operations, parameters, answers and members', () => {
    const { seen, missing } = undescribed(PUBLISHED);
    expect(missing).toEqual([]);
    expect(seen).toBeGreaterThan(1000);
  });

  it.each([
    ['a tag', /"name":"Purge","description":"[^"]+"/, '"name":"Purge"'],
    ['an operation', /"summary":"May this message[^"]+","description":"[^"]+",/, '"summary":"x",'],
    ['a parameter', /"description":"The earlier version\.",("schema")/, '$1'],
    ['a member', /"description":"The key of the hold to lift\.",/, ''],
    ['a member of a member', /"description":"The instant up to which[^"]+",/, ''],
    ['an answer', /"description":"The answer\.",/, ''],
    ['an error', /"description":"The function failed\.",/, ''],
  ])('%s without one is noticed', (_what, words, instead) => {
    const text = JSON.stringify(PUBLISHED);
    const without = text.replace(words, instead);
    expect(without).not.toBe(text);
    expect(undescribed(JSON.parse(without)).missing).toHaveLength(1);
  });

  it.each([
    ['authzen-words.ts', AUTHZEN_WORDS],
    ['decision-words.ts', DECISION_WORDS],
    ['registry-words.ts', REGISTRY_WORDS],
  ])('and every one of %s is on a member', (_file, words) => {
    const text = JSON.stringify(PUBLISHED);
    const unused = Object.entries(words).filter(([, said]) => !text.includes(JSON.stringify(said)));
    expect(unused).toEqual([]);
  });

  it('every tag is one that operations have', () => {
    const used = new Set(PUBLISHED_OPERATIONS.flatMap(({ tags }) => tags));
    expect([...used].sort()).toEqual(PUBLISHED.tags.map(({ name }) => name).sort());
  });
});

describe.each(PUBLISHED_OPERATIONS.map((operation) => [operation.operationId, operation] as const))(
  '%s',
  (_id, operation) => {
    it('shows a request as it may be', () => {
      const { requestBody, parameters = [] } = operation;
      expect(parameters.filter(({ example }) => example === undefined)).toEqual([]);
      if (requestBody === undefined) return;
      const { example } = requestBody.content['application/json'];
      expect(example).toBeTypeOf('object');
      expect(wrongInRequest(operation, example)).toBeUndefined();
    });

    it('shows every answer as it may be', () => {
      for (const status of Object.keys(operation.responses)) {
        const { example } = publishedResponse(operation, status).content['application/json'];
        expect(example, status).toBeDefined();
        expect(wrongInAnswer(operation, Number(status), example), status).toBeUndefined();
      }
    });

    it('says what API Gateway answers in its place', () => {
      for (const status of [403, 413, 429, 500, 502, 504])
        expect(wrongInAnswer(operation, status, { message: 'Forbidden' }), String(status)).toBeUndefined();
    });

    it('has another answer for whoever may act, and for whoever may not', () => {
      const [good, ...more] = Object.keys(operation.responses).filter((status) => status < '300');
      expect(good).toBeDefined();
      for (const status of [good, ...more])
        expect(wrongInAnswer(operation, Number(status), { message: 'Forbidden' })).toBeDefined();
    });
  },
);
