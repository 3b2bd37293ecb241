/** The document of the registry's administration, against the registry: what it shows is understood, and nothing else is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { purgeContextOf } from '../../functions/registry/assemble.ts';
import { purgeRouting } from '../../functions/registry/purge-routing.ts';
import type { RefusalCode } from '../../functions/registry/refusal-table.ts';
import { handleWith } from '../../functions/registry/router.ts';
import { identities, userArn } from '../../infra/local/identities.ts';
import { REGISTRY_OPERATIONS } from '../../openapi/registry-operations.ts';
import { sourceFiles } from '../ci/source-files.ts';
import { inContract } from './contract.ts';
import { handle } from './every-door.ts';
import { proxyEvent, type RegistryRig, startRegistryRig, TIMES } from './rig.ts';

/** The examples that a new registry refuses, for what they name alone; it does what the others ask. */
const REFUSED: Readonly<Record<string, RefusalCode>> = {
  propose: 'CONFLICT',
  hold: 'PROPOSAL_INVALID',
  confirm: 'PROPOSAL_STATUS',
  ...whereNothingIs('FACT_UNKNOWN', ['revoke', 'lift', 'searchTables']),
  ...whereNothingIs('VERSION_UNKNOWN', ['rollback', 'requestPurge', 'stops']),
  ...whereNothingIs('PROPOSAL_UNKNOWN', [
    ...['showProposal', 'putChunk', 'validate', 'simulate', 'sign', 'approve', 'reject'],
  ]),
  ...whereNothingIs('JOB_UNKNOWN', ['showJob', 'runJob', 'jobResult']),
  ...whereNothingIs('PURGE_UNKNOWN', ['showPurge', 'approvePurge']),
};

function whereNothingIs(code: RefusalCode, operations: readonly string[]): Record<string, RefusalCode> {
  return Object.fromEntries(operations.map((operation) => [operation, code]));
}

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig();
});
afterAll(() => rig.stop());

const proposer = identities.find(({ name }) => name === 'usa-proposer');
if (proposer === undefined) throw new Error('nobody proposes');
const identity = { userArn: userArn(proposer), user: `${proposer.roleId}:${proposer.session}` };

type Operation = (typeof REGISTRY_OPERATIONS)[number];

/** The example of an operation, sent; `more` is misspelt in its query or its body. */
async function answered(operation: Operation, more: { query?: object; body?: object } = {}) {
  const given = (place: 'path' | 'query') =>
    (operation.parameters ?? [])
      .filter((each) => each.in === place)
      .map(({ name, example }) => [name, String(example)] as const);
  const path = given('path').reduce(
    (text, [name, value]) => text.replace(`{${name}}`, value),
    operation.path,
  );
  // Each says where a page begins or which piece it is: none of the newest registry's has a second.
  const query = { ...Object.fromEntries(given('query').filter(([name]) => name === 'from')), ...more.query };
  const { request } = operation;
  const body = request === undefined ? null : JSON.stringify({ ...Object(request.example), ...more.body });
  const event = proxyEvent(operation.method.toUpperCase(), path, query, body, identity);
  const context = purgeContextOf(rig.context, rig.context.tables.state, true);
  const handled = path.startsWith('/v1/registry-purge')
    ? await handleWith(context, event, TIMES, purgeRouting)
    : await handle(rig.context, event, TIMES);
  return inContract(handled);
}

describe.each(REGISTRY_OPERATIONS.map((operation) => [operation.operationId, operation] as const))(
  '%s',
  (_, operation) => {
    it('is understood as its example shows it', async () => {
      expect((await answered(operation)).record.code).toBe(REFUSED[operation.operationId] ?? null);
    });

    it('refuses a parameter that it does not name', async () => {
      const { record } = await answered(operation, { query: { nosuch: '1' } });
      expect(record).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
    });
  },
);

const withBody = REGISTRY_OPERATIONS.filter(({ request }) => request !== undefined);

it.each(withBody.map((operation) => [operation.operationId, operation] as const))(
  '%s reads the body it is said to read, and no member beside',
  async (_, operation) => {
    const { record } = await answered(operation, { body: { nosuch: 1 } });
    // What there is none of is said first, by those that look for it first.
    expect([
      'REQUEST_INVALID',
      'FACT_UNKNOWN',
      'PROPOSAL_UNKNOWN',
      'JOB_UNKNOWN',
      'PURGE_UNKNOWN',
      'PURGE_MISSING',
    ]).toContain(record.code);
  },
);

it('no function carries the shapes of answers: its handlers know their types alone', () => {
  const importing = sourceFiles(['functions']).flatMap(([path, text]) =>
    [...text.matchAll(/^import (.*) from '\.\/answers\.ts';$/gm)].map(
      ([, what = '']) => [path, what] as const,
    ),
  );
  expect(importing.length).toBeGreaterThan(15);
  expect(importing.filter(([, what]) => !what.startsWith('type '))).toEqual([]);
});
