import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_APIS, APIS } from '../../functions/authzen/apis.ts';
import { PURGE_ROUTES } from '../../functions/registry/purge-routes.ts';
import { ROUTES } from '../../functions/registry/routes.ts';
import { apiDocument } from '../../openapi/api.ts';

interface Document {
  readonly openapi: string;
  readonly paths: {
    readonly [path: string]: { readonly [method: string]: { readonly operationId: string } };
  };
  readonly components: { readonly schemas: { readonly [name: string]: object } };
}

const OWN = ['/v1/decide', '/v1/best-path', '/v1/audit/explain'];
const ADMINISTRATION = [...new Set([...ROUTES, ...PURGE_ROUTES].map(({ path }) => path))];

const OWN_BODIES = ['BestPathRequest', 'DecisionRequest'];
const PROTOCOLS = ['Action', 'Evaluation', 'Evaluations', 'Resource', 'Subject'].flatMap((name) => [
  `${name}Request`,
  `${name}SearchRequest`,
]);

const checkedIn = readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
const document = JSON.parse(checkedIn) as Document;

describe('docs/openapi.json', () => {
  it('is what `npm run docs:openapi` writes, to the last member and in its order', () => {
    expect(JSON.stringify(document)).toBe(JSON.stringify(apiDocument()));
  });

  it('has every path of the binding, and the guard’s own', () => {
    expect(document.openapi).toBe('3.1.0');
    const paths = [...ALL_APIS.map((api) => APIS[api].path), '/.well-known/authzen-configuration'];
    expect(Object.keys(document.paths)).toEqual([...paths, ...OWN, ...ADMINISTRATION]);
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((o) => o.operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers to schemas that are there, and leaves none unused', () => {
    const named = new Set([...checkedIn.matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]));
    expect([...named].sort()).toEqual(Object.keys(document.components.schemas));
  });

  it('forbids unknown members in the guard’s own schemas, and nowhere in the protocol’s', () => {
    const strict = Object.entries(document.components.schemas)
      .filter(([, schema]) => JSON.stringify(schema).includes('"additionalProperties":false'))
      .map(([name]) => name);
    const bodies = Object.keys(document.components.schemas).filter((name) => name.endsWith('Request'));
    const registrys = bodies.filter((name) => !PROTOCOLS.includes(name) && !OWN_BODIES.includes(name));
    expect(registrys.length).toBeGreaterThan(12);
    expect(strict).toEqual(
      [...OWN_BODIES, ...registrys, 'Answer', 'ExplainedAnswer', 'SignedStatement'].sort(),
    );
  });
});
