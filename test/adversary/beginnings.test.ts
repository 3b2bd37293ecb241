/**
 * Another beginning: what it takes to confirm a registry that came back, for whoever holds the registry's role, two founders'
 * keys, keys that were taken off, or words that everybody gave once and nobody used.
 */

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { placesAfter } from '../../functions/store/epochs.ts';
import { acknowledgedLinks, authoritiesAfter } from '../../functions/store/keyring.ts';
import { stageAgain } from '../../functions/store/staging.ts';
import { tableIdOf } from '../../functions/store/table-id.ts';
import { wordOf } from '../../functions/store/word.ts';
import { signedOn } from '../store/signed.ts';
import {
  change,
  changing,
  comeBack,
  confirmed,
  confirmWith,
  EVERYBODY,
  headItem,
  now,
  officeOf,
  opened,
  permits,
  publisher,
  putHead,
  type SaidBy,
  signedAs,
  stagedOn,
  statementOn,
} from './coming-back.ts';
import {
  asked,
  base,
  beginAgain,
  doors,
  facts,
  forge,
  HOLD,
  insertRow,
  keyring,
  on,
  problems,
  removeRow,
  staged,
  startForgingOver,
  vendorX,
} from './forging.ts';
import { oneRoute } from './one-route.ts';

beforeAll(() => startForgingOver(oneRoute()), 120_000);
afterEach(beginAgain);
afterAll(() => doors.stop());

const STOP = new Map([['hold/stop', HOLD]]);
const all = (names: readonly string[], at = now()): SaidBy[] => names.map((name) => [name, at]);

describe('a confirmation', () => {
  const stranger = (at: string): SaidBy => ['nobody-at-all', at];
  it.each<[string, () => readonly SaidBy[], boolean]>([
    ['by everybody', () => all(EVERYBODY), true],
    ['by founders alone', () => all(['pat', 'alex']), false],
    ['by everybody, and a stranger', () => [...all(EVERYBODY), stranger(now())], false],
    [
      'by founders, and a stranger at no time',
      () => [...all(['pat', 'alex']), stranger('2026-99-99T99:99:99.999Z')],
      false,
    ],
  ])('%s', async (_, words, expected) => {
    const old = await headItem();
    await change(STOP, ['uma', 'ulysses']);
    expect(await permits()).toBe(false);
    const back = await comeBack(old);
    await confirmWith(back, { approval: signedAs(await statementOn(back, keyring), words()), keyring });
    expect(await permits()).toBe(expected);
    expect((await problems()).length === 0).toBe(expected);
  });

  it('that nobody used says nothing once the registry has gone on', async () => {
    const old = await headItem();
    const first = await statementOn(await opened(), keyring);
    const approval = signedAs({ ...first, epoch: 2 }, all(EVERYBODY));
    // What they signed for is as it was; then two people stop everything.
    await change(STOP, ['uma', 'ulysses']);
    await confirmWith(await comeBack(old), { approval, keyring });
    expect(await asked(await doors.fresh('decide'))).toMatchObject({
      decision: false,
      reasons: [{ code: 'REGISTRY_INTEGRITY' }],
    });
    expect(await problems()).toContain('FLOOR');
  });

  it('by two founders and a keyring of theirs, over everybody’s facts, is of people whom nobody knew', async () => {
    const old = await headItem();
    await change(STOP, ['uma', 'ulysses']);
    const back = await comeBack(old);
    const office = authoritiesAfter(keyring.links).get('authority/registrar') as RawFact;
    const { keyring: ring } = signedOn(null, null, {
      ...on(stageAgain(back), ['pat', 'alex'], now()),
      changed: new Map([['authority/registrar', office]]),
    });
    const approval = signedAs(await statementOn(back, ring), all(['pat', 'alex']));
    await confirmWith(back, { approval, keyring: ring });
    expect(await permits()).toBe(false);
    expect(await problems()).toContain('KEYRING_PEOPLE');
  });
});

function officesOf(person: string): readonly string[] {
  const isIn = ({ people = [] }: { readonly people?: readonly { readonly name: string }[] }) =>
    people.some(({ name }) => name === person);
  return [...facts].flatMap(([key, fact]) => (isIn(fact as object) ? [key] : []));
}

/** American offices with two others, besides those they have or instead of them. */
function offices(kept: boolean): Map<string, RawFact> {
  return new Map(
    officesOf('uma').flatMap((key) => [...officeOf(facts, key, ['mallory', 'mallory-too'], kept)]),
  );
}

/** Two people of every American office, for a while; then its own again, and a stop. */
async function peopleTakenOff(): Promise<{ readonly ring: typeof keyring }> {
  await change(offices(true), ['uma', 'ulysses']);
  const joined = await opened();
  const { keyring: ring } = await wordOf(joined, joined.objects);
  await change(new Map([...offices(true).keys()].map((key) => [key, facts.get(key) as RawFact])), [
    'uma',
    'ulysses',
  ]);
  await change(STOP, ['uma', 'ulysses']);
  return { ring };
}

describe('keys that were taken off, with two founders, the rest of the old people and the registry’s role', () => {
  const THEN = ['pat', 'alex', 'mallory', 'mallory-too', 'gwen', 'george'];
  it.each<[string, boolean, boolean, boolean]>([
    ['the keyring of then', false, false, false],
    ['the keyring of then, and a link of theirs', true, false, false],
    ['the keyring of then, and an epoch that never was', false, true, false],
    ['the keyring of then, a link of theirs, and an epoch that never was', true, true, false],
    ['the same, in place of another epoch', true, true, true],
  ])('begin nothing with %s', async (_, isContinued, isMadeUp, isLater) => {
    const old = await headItem();
    if (isLater) {
      await confirmed(old);
      expect(await permits()).toBe(true);
    }
    const { ring: then } = await peopleTakenOff();
    expect([await permits(), await problems()]).toEqual([false, []]);
    const top = await opened();
    const theirs = offices(false);
    const ring = isContinued
      ? signedOn({ version: 20, digest: top.digest }, then, {
          ...{ tables: doors.store.tables, root: top.commit.root, at: now(), changed: theirs },
          names: ['mallory', 'mallory-too'],
        }).keyring
      : then;
    if (isMadeUp) {
      const first = acknowledgedLinks({ links: keyring.links.slice(0, 1) });
      await insertRow('KEYRING', first.count, first.digest, 1, top.commit.epoch + 1);
      await insertRow('APPROVAL', 1, top.digest, undefined, top.commit.epoch + 1);
    }
    const changes = new Map<string, RawFact | null>([['hold/stop', null], ...authoritiesAfter(ring.links)]);
    const next = await stagedOn(top, changes);
    const { approval: carried, keyring: same } = await wordOf(top, top.objects);
    await forge({
      ...{ kind: 'restore', on: top, staged: stageAgain(top), approval: carried, keyring: same },
      commit: {
        epoch: top.commit.epoch + 2,
        lineage: 'f'.repeat(32),
        confirmed: false,
        approvers: [],
      },
    });
    const back = await opened();
    const statement = { ...(await statementOn(back, ring)), root: next.rootDigest };
    const approval = signedAs(statement, all(THEN));
    await confirmWith(back, { approval, keyring: ring }, next);
    expect((await opened()).commit.kind).toBe('confirm');
    expect(await permits()).toBe(false);
    expect(await problems()).not.toEqual([]);
  });

  it('begin nothing with a version of then that they go on from', async () => {
    const old = await headItem();
    const { ring } = await peopleTakenOff();
    await confirmed(old);
    await change(STOP, ['uma', 'ulysses']);
    const top = await opened();
    // In the first epoch, after all that it acknowledged, on the version in which they counted.
    const { commit } = top;
    await forge({ on: top, keyring: ring, staged: stageAgain(top), commit: { epoch: 1, version: 5 } });
    const fork = await headItem();
    const back = await comeBack(fork);
    const statement = await statementOn(back, ring);
    await confirmWith(back, { approval: signedAs(statement, all(THEN)), keyring: ring });
    expect([commit.epoch, await permits()]).toEqual([2, false]);
    expect(await problems()).not.toEqual([]);
  });
});

describe('what the registry’s role leaves out, or carries', () => {
  it('no stop carries everybody’s confirmation over what two people signed after it', async () => {
    await confirmed(await headItem());
    const { approval, keyring: ring } = await wordOf(await opened(), (await opened()).objects);
    await change(STOP, ['uma', 'ulysses']);
    const stopped = await opened();
    const next = await stagedOn(stopped, new Map([['hold/stop', null]]));
    await forge({ kind: 'hold', on: stopped, staged: next, approval, keyring: ring });
    expect(await permits()).toBe(false);
    expect(await problems()).toContain('APPROVAL_CARRIED');
  });

  it.each<['APPROVAL' | 'KEYRING', () => ReadonlyMap<string, RawFact>]>([
    ['APPROVAL', () => STOP],
    ['KEYRING', () => offices(true)],
  ])('without its %s row a version opens for nobody, and is not sound', async (line, changes) => {
    await change(changes(), ['uma', 'ulysses']);
    const { commit } = await opened();
    const links = (await wordOf(await opened(), (await opened()).objects)).keyring.links.length;
    const version = line === 'KEYRING' ? links : commit.version;
    await removeRow(line, { epoch: commit.epoch, version });
    expect(await asked(await doors.fresh('decide'))).toMatchObject({
      decision: false,
      reasons: [{ code: 'REGISTRY_INTEGRITY' }],
    });
    expect(await problems()).toEqual(['FLOOR']);
    // The next publication makes good for it.
    await publisher().acknowledge(await opened());
    expect(await problems()).toEqual([]);
  });

  it('a nation that had lapsed in what came back is asked, as it speaks now', async () => {
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    const until = (to: string | null) => {
      const valid = { from: '2020-01-01', to, zone: 'UTC' };
      return new Map(officesOf('gwen').map((key) => [key, { ...facts.get(key), valid } as RawFact]));
    };
    await change(until(daysAgo(1).slice(0, 10)), ['gwen', 'george'], daysAgo(3));
    const old = await headItem();
    await change(until(null), ['gwen', 'george'], daysAgo(2.9));
    await change(STOP, ['uma', 'ulysses']);
    expect([await permits(), await problems()]).toEqual([false, []]);
    const british = ['gwen', 'george'];
    await confirmed(
      old,
      EVERYBODY.filter((name) => !british.includes(name)),
    );
    expect([(await opened()).commit.kind, await permits(), await problems()]).toEqual([
      'confirm',
      false,
      ['FLOOR'],
    ]);
  });

  it('a beginning that was not finished gives way to the next', async () => {
    const old = await headItem();
    await change(STOP, ['uma', 'ulysses']);
    const back = await comeBack(old);
    const { client, tables } = doors.store;
    const approval = signedAs(await statementOn(back, keyring), all(EVERYBODY));
    const dead = await forge({
      kind: 'confirm',
      on: back,
      approval,
      keyring,
      silent: true,
      commit: { epoch: 2, confirmed: true },
    });
    const id = await tableIdOf(client, tables.floor, AbortSignal.timeout(60_000));
    const floor = (await statementOn(back, keyring)).floor;
    for (const { line, epoch, version } of placesAfter(floor, id))
      await insertRow(line, version, dead, undefined, epoch);
    const unfinished = await opened();
    // HEAD comes back once more, and everybody signs again.
    await confirmed(old);
    expect([await permits(), await problems()]).toEqual([true, []]);
    await expect(publisher().acknowledge(unfinished)).rejects.toMatchObject({ code: 'HEAD_BELOW_FLOOR' });
    await change(STOP, ['uma', 'ulysses']);
    expect([await permits(), await problems()]).toEqual([false, []]);
  });
});

describe('an epoch', () => {
  it('is followed by another, and that by a third', async () => {
    for (const epoch of [2, 3, 4]) {
      const old = await headItem();
      await change(STOP, ['uma', 'ulysses']);
      expect(await permits()).toBe(false);
      await confirmed(old);
      expect([(await opened()).commit.epoch, await permits(), await problems()]).toEqual([epoch, true, []]);
    }
  });

  it('that has ended is followed by no other, whatever rows are written beyond its end', async () => {
    const old = await headItem();
    const { digest, version } = await opened();
    await confirmed(old);
    await change(STOP, ['uma', 'ulysses']);
    // A row that nobody acknowledged, after the place that the confirmation took.
    await insertRow('COMMIT', version + 2, digest);
    const back = await comeBack(old);
    const floor = { epoch: 1, version: version + 2, digest };
    const approval = signedAs({ ...(await statementOn(back, keyring)), floor }, all(EVERYBODY));
    await confirmWith(back, { approval, keyring });
    expect([(await opened()).commit.kind, await permits(), await problems()]).toEqual([
      'confirm',
      false,
      ['FLOOR'],
    ]);
  });
});

describe('an epoch that the registry’s role has rows in', () => {
  it.each(['KEYRING', 'APPROVAL'] as const)('of %s is passed over by those who confirm', async (line) => {
    const old = await headItem();
    await change(STOP, ['uma', 'ulysses']);
    const other = acknowledgedLinks({ links: [...keyring.links, ...keyring.links] });
    for (const epoch of [2, 3]) await insertRow(line, 1, other.digest, undefined, epoch);
    await confirmed(old);
    expect([(await opened()).commit.epoch, await permits(), await problems()]).toEqual([4, true, []]);
  });
});

describe('what a publisher writes too late', () => {
  it('is not in the registry, and keeps no confirmed epoch from opening', async () => {
    const old = await headItem();
    await change(new Map([['vendor/x', vendorX()]]), ['pat', 'alex']);
    // HEAD has moved to the next version, and nothing is acknowledged yet.
    const late = await changing(new Map([['vendor/y', { ...vendorX(), id: 'y' } as RawFact]]), [
      'pat',
      'alex',
    ]);
    const { staged: next, signed } = late;
    const digest = await forge({ on: await opened(), staged: next, ...signed, silent: true });
    const stalled = await opened();
    await confirmed(old);
    expect([await permits(), await problems()]).toEqual([true, []]);
    await expect(publisher().acknowledge(stalled)).rejects.toMatchObject({ code: 'HEAD_BELOW_FLOOR' });
    // Nor does a row that anybody writes beyond the end.
    await insertRow('COMMIT', stalled.version + 1, digest);
    expect([await permits(), await problems()]).toEqual([true, []]);
    await change(STOP, ['uma', 'ulysses']);
    expect([await permits(), await problems()]).toEqual([false, []]);
  });

  it('of a keyring whose version is gone is found, and HEAD does not move where nobody could follow', async () => {
    const old = await headItem();
    const joined = officeOf(facts, 'authority/us-state', ['mallory', 'mallory-too'], true);
    const { signed } = await changing(joined, ['uma', 'ulysses']);
    // Its publisher died after the first of its rows, and HEAD came back from a backup.
    const links = acknowledgedLinks(signed?.keyring ?? keyring);
    await insertRow('KEYRING', links.count, links.digest, 2);
    await putHead(old);
    expect([await permits(), await problems()]).toEqual([true, []]);
    await expect(change(STOP, ['uma', 'ulysses'])).rejects.toMatchObject({ code: 'NOT_OPENABLE' });
    expect([await permits(), await problems()]).toEqual([true, []]);
    // A new epoch does not know of it.
    await confirmed(old);
    await change(STOP, ['uma', 'ulysses']);
    expect([await permits(), await problems()]).toEqual([false, []]);
  });

  it('of a keyring that HEAD goes on without is found by an audit', async () => {
    const next = await staged(STOP);
    await forge({ staged: next, ...signedOn(base(), keyring, on(next, ['uma', 'ulysses'], now())) });
    const other = acknowledgedLinks({ links: [...keyring.links, ...keyring.links] });
    await insertRow('KEYRING', other.count, other.digest, 2);
    expect([await permits(), await problems()]).toEqual([false, ['FLOOR']]);
  });
});

describe('a version that nobody was told of', () => {
  it('permits nothing, however well it is signed, until it is acknowledged', async () => {
    const next = await staged(new Map([['vendor/x', vendorX()]]));
    const signed = signedOn(base(), keyring, on(next, ['pat', 'alex'], now()));
    const warm = await doors.fresh('decide');
    expect((await asked(warm)).decision).toBe(true);
    await forge({ staged: next, ...signed, silent: true });
    for (const decide of [warm, await doors.fresh('decide')])
      expect(await asked(decide)).toMatchObject({ decision: false, reasons: [{ code: 'REGISTRY_HELD' }] });
    expect(await problems()).toEqual(['FLOOR']);
    await publisher().acknowledge(await opened());
    expect([await permits(), (await asked(warm)).decision, await problems()]).toEqual([true, true, []]);
  });
});
