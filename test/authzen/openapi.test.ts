import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_APIS, APIS } from '../../functions/authzen/apis.ts';
import { apiDocument } from '../../functions/authzen/openapi/api.ts';

interface Document {
  readonly openapi: string;
  readonly paths: {
    readonly [path: string]: { readonly [method: string]: { readonly operationId: string } };
  };
  readonly components: { readonly schemas: { readonly [name: string]: object } };
}

const checkedIn = readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
const document = JSON.parse(checkedIn) as Document;

describe('docs/openapi.json', () => {
  it('is what `npm run docs:openapi` writes, to the last member and in its order', () => {
    expect(JSON.stringify(document)).toBe(JSON.stringify(apiDocument()));
  });

  it('has every path of the binding', () => {
    expect(document.openapi).toBe('3.1.0');
    const paths = ALL_APIS.map((api) => APIS[api].path);
    expect(Object.keys(document.paths)).toEqual([...paths, '/.well-known/authzen-configuration']);
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((o) => o.operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('refers to schemas that are there, and leaves none unused', () => {
    const named = new Set([...checkedIn.matchAll(/#\/components\/schemas\/(\w+)/g)].map((match) => match[1]));
    expect([...named].sort()).toEqual(Object.keys(document.components.schemas));
  });

  it('forbids no unknown member anywhere', () => {
    expect(checkedIn).not.toContain('"additionalProperties": false');
  });
});
