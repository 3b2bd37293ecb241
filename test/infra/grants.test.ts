import { describe, expect, it } from 'vitest';
import { PURGE_ROUTES } from '../../functions/registry/purge-routes.ts';
import { ROUTES } from '../../functions/registry/routes.ts';
import { EXPLAIN_PATH } from '../../infra/access-api.ts';
import { METHODS_BY_RIGHT } from '../../infra/grants.ts';

const served = [...ROUTES, ...PURGE_ROUTES, { name: 'explain', method: 'POST', path: EXPLAIN_PATH }];
const granted = Object.entries(METHODS_BY_RIGHT).flatMap(([right, methods]) =>
  methods.map(([method, path]) => ({ right, method, path })),
);

/** An ARN's `*` matches any text; what it must not do is match a method nobody meant. */
function covers(pattern: string, path: string): boolean {
  const parts = pattern.split('*').map((p) => p.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^ ]*')}$`).test(path);
}

function rightsFor(route: { readonly method: string; readonly path: string }): readonly string[] {
  return granted.filter((g) => g.method === route.method && covers(g.path, route.path)).map((g) => g.right);
}

describe('grants name the methods that are served', () => {
  it.each(granted)('$right: $method $path', ({ method, path }) => {
    expect(served.some((route) => route.method === method && covers(path, route.path))).toBe(true);
  });

  it.each(served)('somebody can be granted $method $path', (route) => {
    expect(rightsFor(route)).not.toEqual([]);
  });
});

describe('who may do what', () => {
  it.each([
    ['propose', ['propose']],
    ['put-chunk', ['propose']],
    ['approve', ['approve']],
    ['hold', ['hold']],
    ['revoke', ['hold']],
    ['lift', ['propose']],
    ['explain', ['audit']],
  ])('%s: %j and nobody else', (name, rights) => {
    const route = served.find((r) => r.name === name);
    expect(route && rightsFor(route)).toEqual(rights);
  });

  it('notices a grant that would make one person two', () => {
    const loose = [...granted, { right: 'propose', method: 'POST', path: '/v1/registry/proposals/*' }];
    const approve = '/v1/registry/proposals/{id}/approve';
    expect(loose.filter((g) => g.method === 'POST' && covers(g.path, approve)).map((g) => g.right)).toContain(
      'propose',
    );
  });
});
