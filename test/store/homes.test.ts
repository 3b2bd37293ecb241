/** A registry is never copied into tables of a name that it had before: whatever its people signed there would be at home again. */
import { randomUUID } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { homeOf } from '../../functions/store/commit.ts';
import { demandNeverAt } from '../../functions/store/homes.ts';
import type { StoreAt } from '../../functions/store/object-copies.ts';
import { StoreError } from '../../functions/store/store-error.ts';
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
