/** A registry is never copied into tables of a name that it had before: whatever its people signed there would be at home again. */
import { randomUUID } from 'node:crypto';
import { type AttributeValue, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { homeOf } from '../../functions/store/commit.ts';
import { demandNeverAt } from '../../functions/store/homes.ts';
import type { StoreAt } from '../../functions/store/object-copies.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { tableIdOf } from '../../functions/store/table-id.ts';
import { createTables, type Engine, engineClient, startEngine } from '../engine.ts';
import { pairedChange, sampleState } from './store-rig.ts';
import { headItem, openRegions, putHead, type TwoRegions } from './two-regions.ts';

let engines: [Engine, Engine];
let regions: TwoRegions;
beforeAll(async () => {
  engines = [await startEngine(), await startEngine()];
});
afterAll(() => Promise.all(engines.map((engine) => engine.stop())));
/** Of three versions in the first Region, copied, restored and confirmed in the second, and changed there. */
beforeEach(async () => {
  regions = await openRegions(engines);
  const { first, second } = regions;
  await first.genesis(sampleState(5, 3));
  for (const value of [2, 3]) await first.change(pairedChange(value));
  expect(await regions.ran()).toBe('copied');
  await regions.restore();
  await regions.confirm();
  for (const value of [6, 7, 8, 9]) await second.change(pairedChange(value));
});
afterEach(() => regions.stop());

/** Tables of a third one, beside those of the second. */
async function third(names: { readonly objects?: string; readonly state?: string } = {}): Promise<StoreAt> {
  const id = randomUUID();
  const tables = { objects: `objects-${id}`, state: `state-${id}`, floor: `floor-${id}`, ...names };
  return {
    client: engineClient(engines[1].endpoint),
    tables: await createTables(engines[1].endpoint, tables),
  };
}

const ran = (to: StoreAt) => regions.ran({ from: regions.second, to });

describe('a standby of what has moved', () => {
  it('is not made under the name of before, and nothing is written', async () => {
    const to = await third({ state: regions.first.tables.state });
    expect(await ran(to)).toBe('HOME_USED');
    for (const TableName of Object.values(to.tables))
      expect((await to.client.send(new ScanCommand({ TableName }))).Items).toEqual([]);
    to.client.destroy();
  });

  it('is made under a new one', async () => {
    const to = await third();
    expect([await ran(to), await ran(to)]).toEqual(['copied', 'current']);
    to.client.destroy();
  });

  it('is not gone on with under the name of before, however much of it was copied', async () => {
    const to = await third();
    expect(await ran(to)).toBe('copied');
    const { state } = await createTables(engines[1].endpoint, {
      ...{ objects: `objects-${randomUUID()}`, floor: `floor-${randomUUID()}` },
      state: regions.first.tables.state,
    });
    const again = { ...to, tables: { ...to.tables, state } };
    expect(await ran(again)).toBe('HOME_USED');
    // Also where what was copied stands there as HEAD: it is not called current.
    const head = await headItem({ ...regions.second, ...to });
    await putHead({ ...regions.second, ...again }, head ?? {});
    expect(await ran(again)).toBe('HOME_USED');
    to.client.destroy();
  });
});

describe('where a history has lived', () => {
  it('is every place in which an epoch of it was, and no other', async () => {
    const head = await regions.second.reader({ publicKeys: regions.keys }).open();
    const told = (home: string) =>
      demandNeverAt(home, head, head.objects).then(
        () => null,
        (error: unknown) => (error instanceof StoreError ? [error.code, error.version] : error),
      );
    const { first, second } = regions;
    const homes = [second, first].map(({ tables }) => homeOf(tables.state));
    expect(await Promise.all([...homes, homeOf('another')].map(told))).toEqual([
      ['HOME_USED', 9],
      ['HOME_USED', 3],
      null,
    ]);
  });
});

describe('beside a floor that was lost, whoever may write HEAD and the new one', () => {
  it.each<[state: string, isNew: boolean, opens: string]>([
    ['of the same name', false, 'version 3'],
    ['of a new name', true, 'LINEAGE_CHANGED'],
  ])('puts back what was, where the state table is %s', async (_, isNew, opens) => {
    const { first } = regions;
    const { client, founders, keys: publicKeys, tables: before } = first;
    const rows = (await client.send(new ScanCommand({ TableName: before.floor }))).Items ?? [];
    const head = await headItem(first);
    // What was taken away since, and what only the floor that is lost would know.
    await first.change(pairedChange(4));
    const id = randomUUID();
    const made = await createTables(engines[0].endpoint, {
      ...{ objects: `none-${id}`, state: `state-${id}`, floor: `floor-${id}` },
    });
    const tables = { ...before, floor: made.floor, ...(isNew && { state: made.state }) };
    const adopting = { ...first, tables };
    await putHead(adopting, (await headItem(first)) ?? {});
    const opened = () =>
      createRegistryReader({ client, tables, founders, publicKeys, budgetMs: 20_000 })
        .open()
        .then(
          ({ version }) => `version ${version}`,
          ({ code }) => code,
        );
    expect(await opened()).toBe('FLOOR_MISSING');
    const signal = AbortSignal.timeout(20_000);
    const [was, is] = await Promise.all(
      [before, tables].map(({ floor }) => tableIdOf(client, floor, signal)),
    );
    const forThis = ({ S, ...value }: AttributeValue) =>
      S === undefined ? value : { S: S.replace(was ?? '', is ?? '') };
    for (const row of rows) {
      const Item = Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, forThis(value) as AttributeValue]),
      );
      await client.send(new PutItemCommand({ TableName: tables.floor, Item }));
    }
    await putHead(adopting, head ?? {});
    expect(await opened()).toBe(opens);
  });
});
