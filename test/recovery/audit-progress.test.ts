/** An audit that is stopped goes on where it was, and finds what one in a piece finds. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditInSlices } from '../../cli/recover/audit-progress.ts';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { makeSigningKey, publicKeyText } from '../../infra/local/signing-key.ts';
import { openRig, type StoreRig, sampleState } from '../store/store-rig.ts';

let rig: StoreRig;
const directory = mkdtempSync(join(tmpdir(), 'routeguard-audit-'));
const file = join(directory, 'progress.json');
beforeAll(async () => {
  rig = await openRig();
  await rig.genesis(sampleState(3, 3));
  for (let n = 0; n < 6; n += 1) await rig.change({ vendors: new Map([['vendor-1', { n }]]) });
});
afterAll(async () => {
  await rig.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function audited(file: string | undefined, dieAt = 0, slice = 2, keys = rig.keys) {
  const { client, tables, founders } = rig;
  const seen: number[] = [];
  const head = await rig.reader().open();
  const looked = (version: number) => {
    seen.push(version);
    if (version === dieAt) throw new Error('killed');
  };
  const registry = { client, tables, publicKeys: keys, founders };
  const report = await auditInSlices(registry, head, { looked, file, slice }).catch(() => null);
  return { seen, report };
}

it('goes on after the last slice that was noted, and says the same as one in a piece', async () => {
  const whole = await audited(undefined, 0, 100);
  expect(whole.seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
  expect((await audited(file, 4)).report).toBeNull();
  const rest = await audited(file);
  expect(rest.seen).toEqual([5, 4, 3, 2, 1]);
  expect(rest.report).toEqual(whole.report);
  expect(existsSync(file)).toBe(false);
});

it('begins anew where other keys are believed', async () => {
  await audited(file, 4);
  const [key] = parseCommitKeys(publicKeyText(makeSigningKey()));
  expect((await audited(file, 0, 100, [...rig.keys, ...(key === undefined ? [] : [key])])).seen[0]).toBe(7);
});

it('begins anew under another HEAD, and takes no other file for its own', async () => {
  await audited(file, 4);
  await rig.change({ vendors: new Map([['vendor-1', null]]) });
  expect((await audited(file)).seen[0]).toBe(8);
  for (const text of ['no JSON', '{}']) {
    writeFileSync(file, text);
    expect(await audited(file)).toEqual({ seen: [], report: null });
  }
});
