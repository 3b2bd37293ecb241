/** What is in force and purged all the same, because somebody published meanwhile, is a hole, whatever word it bears. */
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accreditation, source } from './changes.ts';
import { purgeDoor } from './purge-door.ts';
import { approvalOf, type RegistryRig, simulated, startRegistryRig, type Wire } from './rig.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig();
});
afterAll(() => rig.stop());

const leaky = (words: string, id = 'leaky', year = 2036) =>
  accreditation(id, year, { sources: [{ ...source, citation: words }] });

async function filed(change: Wire): Promise<Wire> {
  const { status, body } = await rig
    .as('usa-proposer')
    .post('proposals', { reason: 'A test', changes: [change] });
  expect(status, JSON.stringify(body)).toBe(201);
  return simulated(rig.as('usa-proposer'), body.id);
}

async function approved(open: Wire): Promise<void> {
  const { status, body } = await rig
    .as('usa-approver')
    .post(`proposals/${open.id}/approve`, approvalOf(open));
  expect(status, JSON.stringify(body)).toBe(200);
}

const replaced = async (words: string): Promise<Wire> => {
  const { digest: was } = (await rig.as('auditor').get('facts/accreditation/leaky')).body;
  return filed({ ...leaky(words), op: 'replace', was });
};

/** The rig's client, which does something once before the first tombstone is written. */
function interrupted(meanwhile: () => Promise<void>): DynamoDBClient {
  let waiting: (() => Promise<void>) | undefined = meanwhile;
  return new Proxy(rig.store.client, {
    get(client, name) {
      const value = Reflect.get(client, name);
      if (name !== 'send') return typeof value === 'function' ? value.bind(client) : value;
      return async (command: { readonly input: { readonly Item?: object } }, ...more: readonly unknown[]) => {
        const isTombstone = command instanceof PutItemCommand && 'purged' in (command.input.Item ?? {});
        const now = isTombstone ? waiting : undefined;
        if (now !== undefined) waiting = undefined;
        await now?.();
        return Reflect.apply(value, client, [command, ...more]);
      };
    },
  });
}

describe('what people signed is in force, also where one person has stopped it since', () => {
  const KEY = 'accreditation/signed';
  const found = async (body: Wire) =>
    purgeDoor(rig.context).post('usa-proposer', '/search', { ...body, after: null });
  let objects: string[] = [];
  beforeAll(async () => {
    await approved(await filed(leaky('MISLAID', 'signed', 2037)));
    const { body } = await found({ text: 'MISLAID' });
    objects = body.places.filter(({ what }: Wire) => what === 'leaf').map(({ name }: Wire) => name);
    const { status } = await rig.as('usa-proposer').post('revoke', { facts: [KEY], reason: 'A test' });
    expect(status).toBe(200);
  });

  it('and no object of it is purged', async () => {
    expect(objects.length).toBeGreaterThan(0);
    for (const object of objects) {
      const named = { objects: [object], authority: 'us-accreditor', reason: 'Spillage 12' };
      const asked = { notes: [], proposals: [], ...named };
      const { status, body } = await purgeDoor(rig.context).post('usa-proposer', '', asked);
      expect([status, body.error?.code, body.error?.details?.object]).toEqual([409, 'IN_FORCE', object]);
    }
  });

  it('and it is not searched for as what it was', async () => {
    const { status, body } = await found({ fact: KEY });
    expect([status, body.error?.code]).toEqual([409, 'IN_FORCE']);
  });
});

it('is found by an audit, where nobody closed the registry and people brought it back meanwhile', async () => {
  await approved(await filed(leaky('SPILLED')));
  await approved(await replaced('A test'));
  const back = await replaced('SPILLED');
  const door = purgeDoor({ ...rig.context, client: interrupted(() => approved(back)) });
  const { body: found } = await door.post('usa-proposer', '/search', { text: 'SPILLED', after: null });
  const objects = [
    ...new Set(found.places.filter(({ what }: Wire) => what === 'leaf').map(({ name }: Wire) => name)),
  ];
  const asked = { notes: [], proposals: [], objects, authority: 'us-accreditor', reason: 'Spillage 11' };
  const { body: request } = await door.post('usa-proposer', '', asked);
  for (const who of ['gbr-proposer', 'gbr-approver', 'proposer', 'approver', 'usa-approver'])
    await door.post(who, `/${request.id}/approve`, { request: request.digest });
  const { body } = await rig.as('auditor').post('verify');
  const report = JSON.parse((await rig.as('auditor').get(`jobs/${body.job.id}/result`)).body.text);
  expect([report.sound, report.problems.map(({ code }: Wire) => code)]).toEqual([
    false,
    expect.arrayContaining(['OBJECT_ALTERED']),
  ]);
});
