/** Every member of every body: missing, of another type, at and beyond its bounds, and beside one that nobody knows. */

import { expect, it } from 'vitest';
import * as schemas from '../../functions/registry/bodies.ts';
import { Refusal } from '../../functions/registry/refusal.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import { LOCAL_FOUNDERS, localKey } from '../../infra/local/identities.ts';
import { digestOf } from './changes.ts';
import type { Wire } from './rig.ts';

const DIGEST = digestOf('x');
const reason = 'A test';
const until = '2026-12-01T00:00:00Z';
const sources = [{ citation: 'A letter', verified: true }];

interface Body {
  readonly schema: Parameters<typeof schemas.readBody>[0];
  readonly valid: Wire;
  /** Members that may be missing. */
  readonly optional?: readonly string[];
  /** Members that may be null. */
  readonly nullable?: readonly string[];
}

const SIGNED = signStatement(
  { operation: 'propose', registry: '0'.repeat(32), at: '2026-01-01T00:00:00.000Z', content: DIGEST },
  localKey('pat'),
);
const attested = { salt: '0'.repeat(32), signed: SIGNED };

const BODIES: Readonly<Record<string, Body>> = {
  propose: {
    schema: schemas.proposeBody,
    valid: { reason, base: 1, changes: [], ...attested },
    optional: ['/base'],
    nullable: ['/base'],
  },
  upload: {
    schema: schemas.proposeBody,
    valid: { reason, base: 1, upload: { chunks: 1, bytes: 2, digest: DIGEST }, ...attested },
    optional: ['/base'],
    nullable: ['/base'],
  },
  chunk: { schema: schemas.chunkBody, valid: { text: 'x' } },
  simulate: { schema: schemas.simulateBody, valid: { recent: [] }, optional: ['/recent'] },
  approve: {
    schema: schemas.approveBody,
    valid: { permits: [1], signed: SIGNED },
  },
  sign: { schema: schemas.signBody, valid: { signed: SIGNED } },
  reject: { schema: schemas.rejectBody, valid: { reason } },
  'hold everything': {
    schema: schemas.holdBody,
    valid: {
      id: 'h',
      authority: 'us-state',
      scope: { everything: true },
      cause: 'doubt',
      until,
      reason,
      dryRun: true,
    },
    optional: ['/until', '/dryRun'],
  },
  'hold an owner': {
    schema: schemas.holdBody,
    valid: {
      id: 'h',
      authority: 'us-state',
      scope: { owner: 'USA' },
      cause: 'doubt',
      until,
      reason,
      dryRun: true,
    },
    optional: ['/until', '/dryRun'],
  },
  'hold a network': {
    schema: schemas.holdBody,
    valid: {
      id: 'h',
      authority: 'us-state',
      scope: { network: 'us-a' },
      cause: 'doubt',
      until,
      reason,
      dryRun: true,
    },
    optional: ['/until', '/dryRun'],
  },
  revoke: {
    schema: schemas.revokeBody,
    valid: { facts: ['network/us-a'], reason, sources, dryRun: true },
    optional: ['/sources', '/dryRun'],
  },
  lift: {
    schema: schemas.liftBody,
    valid: { hold: 'h', reason, sources, ...attested },
    optional: ['/sources'],
  },
  rollback: {
    schema: schemas.rollbackBody,
    valid: { version: 1, by: 'us-state', also: [], reason, ...attested },
  },
  confirm: {
    schema: schemas.confirmBody,
    valid: { version: 1, digest: DIGEST, reason, ...attested },
  },
  forecast: {
    schema: schemas.forecastBody,
    valid: { days: 1, from: '2026-01-01' },
    optional: ['/days', '/from'],
  },
  nothing: { schema: schemas.emptyBody, valid: {} },
};

const refusal = (schema: Body['schema'], body: unknown): Wire => {
  try {
    schemas.readBody(schema, body);
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { code: error.code, ...error.context };
  }
};

/** Members of a body by JSON Pointer; what sources and signatures are has tests of its own. */
function membersOf(value: Wire, at = ''): readonly string[] {
  return Object.entries(value).flatMap(([name, member]) => [
    `${at}/${name}`,
    ...(typeof member === 'object' && member !== null && !Array.isArray(member) && name !== 'signed'
      ? membersOf(member, `${at}/${name}`)
      : []),
  ]);
}

function changed(body: Wire, pointer: string, change: (holder: Wire, name: string) => void): Wire {
  const copy = structuredClone(body);
  const path = pointer.split('/').slice(1);
  const name = path.pop() ?? '';
  change(
    path.reduce((holder, part) => holder[part], copy),
    name,
  );
  return copy;
}

it.each(Object.entries(BODIES))('%s', (_name, { schema, valid, optional = [], nullable = [] }) => {
  const set = (pointer: string, value: unknown) =>
    refusal(
      schema,
      changed(valid, pointer, (holder, name) => (holder[name] = value)),
    );
  expect(schemas.readBody(schema, valid)).toEqual(valid);
  for (const member of membersOf(valid)) {
    const without = refusal(
      schema,
      changed(valid, member, (holder, name) => delete holder[name]),
    );
    expect([member, without === undefined]).toEqual([member, optional.includes(member)]);
    expect([member, set(member, null) === undefined]).toEqual([member, nullable.includes(member)]);
    for (const other of [true, false, 0, -1, 0.5, '', '\u0000', [null], {}]) {
      const mayBe =
        (Array.isArray(other) && ['/changes', '/recent'].includes(member)) ||
        (member === '/text' && other === '\u0000');
      if (/\/(?:everything|dryRun)$/.test(member) && other === true) continue;
      const refused = set(member, other);
      expect([member, other, refused?.code]).toEqual([member, other, mayBe ? undefined : 'REQUEST_INVALID']);
      if (!member.startsWith('/scope') && refused !== undefined)
        expect(refused.problems.some(({ path }: Wire) => `${path}/`.startsWith(`${member}/`))).toBe(true);
    }
  }
  for (const holder of ['', ...membersOf(valid).filter((at) => ['/upload', '/scope'].includes(at))]) {
    for (const extra of ['author', 'approver', 'x~/y']) {
      const path = `${holder}/${extra.replace('~', '~0').replace('/y', '~1y')}`;
      const found = refusal(
        schema,
        holder === ''
          ? { ...valid, [extra]: 1 }
          : { ...valid, [holder.slice(1)]: { ...valid[holder.slice(1)], [extra]: 1 } },
      );
      const problem = { path, message: 'unknown member: remove it or correct its spelling' };
      expect(found).toEqual({ code: 'REQUEST_INVALID', path, problems: [problem] });
    }
  }
});

const MOST_VERSION = 2_147_483_647;
const many = (n: number, value: unknown) => Array.from({ length: n }, () => value);
const upTo = (n: number) => Array.from({ length: n }, (_, index) => index + 1);
/** The last value that is taken, and the first that is not. */
const BOUNDS: readonly [body: string, member: string, taken: unknown, refused: unknown][] = [
  ['rollback', '/version', 1, 0],
  ['rollback', '/version', MOST_VERSION, MOST_VERSION + 1],
  ['confirm', '/version', MOST_VERSION, '1'],
  ['propose', '/base', MOST_VERSION, MOST_VERSION + 1],
  ['upload', '/upload/chunks', 64, 65],
  ['upload', '/upload/bytes', 2, 1],
  ['upload', '/upload/bytes', 25_165_824, 25_165_825],
  ['upload', '/upload/digest', DIGEST, DIGEST.toUpperCase()],
  ['upload', '/upload/digest', DIGEST, DIGEST.slice(0, -1)],
  ['upload', '/upload/digest', DIGEST, `${DIGEST}0`],
  ['propose', '/salt', 'f'.repeat(32), 'F'.repeat(32)],
  ['propose', '/salt', 'f'.repeat(32), 'f'.repeat(31)],
  ['propose', '/salt', '0'.repeat(32), '0'.repeat(33)],
  ['approve', '/groups', ['vendor-a-0001', 'vendor-a-0002'], ['vendor-a-0001', 'vendor-a-0001']],
  ['rollback', '/also', many(100, 'hold/a'), many(101, 'hold/a')],
  ['approve', '/signed/statement/content', DIGEST, `x${DIGEST}`],
  ['approve', '/signed/statement/at', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00Z'],
  ['approve', '/signed/key', LOCAL_FOUNDERS[1], `${LOCAL_FOUNDERS[1]}=`],
  ['approve', '/permits', [], [0]],
  ['approve', '/permits', [1_000_000], [1_000_001]],
  ['approve', '/permits', upTo(100_000), upTo(100_001)],
  ['approve', '/permits', [2, 1], [1, 2, 1]],
  ['simulate', '/recent', many(10_000, 1), many(10_001, 1)],
  ['revoke', '/facts', many(100, 'network/us-a'), many(101, 'network/us-a')],
  ['revoke', '/facts', ['network/a'], []],
  ['revoke', '/facts', [`network/${'a'.repeat(64)}`], [`network/${'a'.repeat(65)}`]],
  ['revoke', '/facts', ['network/a'], ['Network/a']],
  ['revoke', '/facts', ['network/a'], ['network/a/b']],
  ['revoke', '/facts', ['network/a'], ['network']],
  ['forecast', '/days', 366, 367],
  ['forecast', '/from', '2026-01-01T00:00:00Z', '2026-13-01'],
  ['chunk', '/text', ' ', ''],
];
it.each(BOUNDS)('%s %s: one is the last', (name, member, taken, refused) => {
  const { schema, valid } = BODIES[name] as Body;
  const set = (value: unknown) => changed(valid, member, (holder, key) => (holder[key] = value));
  expect(refusal(schema, set(taken))).toBeUndefined();
  expect(refusal(schema, set(refused)).code).toBe('REQUEST_INVALID');
});
