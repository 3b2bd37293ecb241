/** The collection for Bruno: what is written from the operations, signed by people who may ask. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { identities, mayCall } from '../../infra/local/identities.ts';
import { OPERATIONS } from '../../openapi/api.ts';
import { BRUNO_IDENTITIES, brunoCollection } from '../../openapi/bruno.ts';

const FOLDER = fileURLToPath(new URL('../../examples/bruno/', import.meta.url));
const collection = brunoCollection(OPERATIONS);

describe('examples/bruno', () => {
  it('is what `npm run docs:bruno` writes, and nothing beside', () => {
    const there = globSync('**/*.*', { cwd: FOLDER });
    expect(there.sort()).toEqual([...collection.keys()].sort());
    for (const [path, text] of collection) expect(readFileSync(`${FOLDER}${path}`, 'utf8'), path).toBe(text);
  });

  it('has every operation, with its address and its example', () => {
    expect(OPERATIONS.length).toBeGreaterThan(40);
    for (const { tag, operationId, method, path, request } of OPERATIONS) {
      const text = collection.get(`${tag}/${operationId}.bru`) ?? '';
      expect(text).toContain(`\n${method} {\n  url: {{baseUrl}}${path.replaceAll(/\{(\w+)\}/g, ':$1')}`);
      const [, body] = /^body:json \{\n(.*?)^\}/ms.exec(text) ?? [];
      expect(body === undefined ? undefined : JSON.parse(body)).toEqual(
        request && JSON.parse(JSON.stringify(request.example)),
      );
    }
  });

  it.each(Object.entries(BRUNO_IDENTITIES))('%s is asked as %s, who may', (tag, name) => {
    const who = identities.find((each) => each.name === name);
    if (who === undefined) throw new Error(`nobody is called ${name}`);
    const signed = collection.get(`${tag}/folder.bru`);
    expect(signed).toContain(
      `  accessKeyId: ${who.accessKeyId}\n  secretAccessKey: ${who.secretAccessKey}\n`,
    );
    const paths = OPERATIONS.filter((each) => each.tag === tag).map(({ path }) => path);
    expect(paths.filter((path) => !mayCall(who, path))).toEqual([]);
    expect(paths.length).toBeGreaterThan(2);
  });
});
