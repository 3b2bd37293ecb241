import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { acknowledgedLinks, type Keyring } from '../../functions/store/keyring.ts';
import type { OpenSnapshot } from '../../functions/store/open-snapshot.ts';
import { stageAgain } from '../../functions/store/staging.ts';
import { signedOn } from '../store/signed.ts';
import { change, changing, confirmed, headItem, now, officeOf, opened, publisher } from './coming-back.ts';
import {
  asked,
  base,
  beginAgain,
  doors,
  type Forgery,
  facts,
  forge,
  HOLD,
  honest,
  insertRow,
  keyring,
  lookAgain,
  on,
  problems,
  staged,
  startForgingOver,
  vendorX,
} from './forging.ts';
import { oneRoute } from './one-route.ts';

beforeAll(() => startForgingOver(oneRoute()), 120_000);
afterEach(beginAgain);
afterAll(() => doors.stop());

const STRANGERS: readonly [string, string] = ['mallory', 'mallory-too'];
/** An office with two more people, and the same with nobody else. */
function offices() {
  const of = (kept: boolean) => officeOf(facts, 'authority/us-state', STRANGERS, kept);
  return { joined: of(true), theirs: of(false) };
}

/** Prepares a version by the two strangers, on what is there now, with a keyring that has them. */
async function forgedBy(ring: Keyring): Promise<() => Promise<unknown>> {
  const top = await doors.store.reader().open();
  const { theirs } = offices();
  const next = await staged(theirs, top);
  const at = { version: top.version, digest: top.digest };
  const signed = signedOn(at, ring, { ...on(next, STRANGERS, now()), changed: theirs });
  return () => forge({ on: top, staged: next, ...signed });
}

const REFUSED = { decision: false, reasons: [{ code: 'REGISTRY_INTEGRITY' }] };

it.each([
  ['no row', null],
  ['a row that acknowledges their keyring', 1],
  ['a row that acknowledges it since the forgery itself', 3],
])('lost to a stop that the role set, and left %s', async (_, since) => {
  const { joined } = offices();
  const lost = signedOn(base(), keyring, {
    ...on(await staged(joined), ['uma', 'ulysses'], now()),
    changed: joined,
  });
  const before = honest.version;
  await forge({ kind: 'hold', staged: stageAgain(honest) });
  await lookAgain();
  // Honest people go on from there, and it is acknowledged.
  const next = await staged(new Map([['vendor/y', { ...vendorX(), id: 'y' } as RawFact]]));
  const meta = { kind: 'change', author: 'pat', approvers: ['alex'], recordedAt: now() };
  const signed = signedOn(base(), keyring, on(next, ['pat', 'alex'], now()));
  await publisher().commit({ base: honest, staged: next, signed, meta, note: null });
  await lookAgain();
  expect(await asked(await doors.fresh('decide'))).toMatchObject({ decision: true });
  const forgery = await forgedBy(lost.keyring);
  if (since !== null) {
    const { count: links, digest } = acknowledgedLinks(lost.keyring);
    await insertRow('KEYRING', links, digest, before + since);
  }
  await forgery();
  expect(await asked(await doors.fresh('decide'))).toMatchObject(REFUSED);
  expect(await problems()).toContain('KEYRING_PEOPLE');
});

it('lost in a restore that everybody confirmed', async () => {
  await doors.store.change({});
  const backup = await headItem();
  for (let versions = 0; versions < 3; versions += 1) await doors.store.change({});
  const lost = await changing(offices().joined, ['uma', 'ulysses']);
  const place = (await opened()).version + 1;
  await publisher().commit(lost);
  await confirmed(backup);
  await lookAgain();
  expect(await asked(await doors.fresh('decide'))).toMatchObject({ decision: true });
  expect(await problems()).toEqual([]);

  // Stops of nothing, without a row, up to the place that the strangers were registered in once.
  for (;;) {
    const top = await doors.store.reader().open();
    if (top.version >= place) break;
    await forge({ kind: 'hold', on: top, staged: stageAgain(top) });
  }
  await (await forgedBy(lost.signed?.keyring ?? keyring))();
  expect(await asked(await doors.fresh('decide'))).toMatchObject(REFUSED);
  expect(await problems()).toContain('KEYRING_PEOPLE');
});

/** Stops of one person, with a row that says a lost version was acknowledged in the place of the first of them. */
async function misplaced(lost: Forgery): Promise<OpenSnapshot> {
  const top = honest;
  const before = await doors.store.reader().open({ exact: top.version - 1 });
  const made = await forge({ ...lost, on: before, silent: true });
  await insertRow('COMMIT', top.version + 1, made);
  await forge({ kind: 'hold', on: top, staged: stageAgain(top), silent: true });
  return opened();
}

it('lost to what others published, and acknowledged in a place above its own: its keys', async () => {
  const { joined } = offices();
  const next = await staged(joined);
  const lost = signedOn(base(), keyring, { ...on(next, ['uma', 'ulysses'], now()), changed: joined });
  await change(new Map([['vendor/y', { ...vendorX(), id: 'y' } as RawFact]]), ['pat', 'alex']);
  await lookAgain();
  const { count, digest } = acknowledgedLinks(lost.keyring);
  await insertRow('KEYRING', count, digest, honest.version);
  const at = await misplaced({ ...lost, staged: next });
  const theirs = await staged(new Map([['vendor/x', vendorX()]]), at);
  const place = { version: at.version, digest: at.digest };
  const signed = signedOn(place, lost.keyring, on(theirs, STRANGERS, now()));
  await forge({ on: at, staged: theirs, ...signed });
  expect(await asked(await doors.fresh('decide'))).toMatchObject(REFUSED);
  expect(await problems()).toContain('FLOOR');
});

it('lost to a stop by two, and acknowledged in a place above its own: its word', async () => {
  const harmless = stageAgain(honest);
  const lost = signedOn(base(), keyring, on(harmless, ['pat', 'alex'], now()));
  await change(new Map([['hold/stop', HOLD]]), ['uma', 'ulysses']);
  await lookAgain();
  const at = await misplaced({ ...lost, staged: harmless });
  await forge({ kind: 'hold', on: at, staged: harmless, ...lost });
  expect(await asked(await doors.fresh('decide'))).toMatchObject(REFUSED);
  expect(await problems()).toContain('FLOOR');
});
