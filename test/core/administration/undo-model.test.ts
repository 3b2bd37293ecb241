/** Random histories of a small registry, gone back in without a name: what nobody named stays taken away, and stays against. */
import { expect, it } from 'vitest';
import { applyChanges, type Facts, type Operation } from '../../../functions/core/administration/change.ts';
import { hasEnded } from '../../../functions/core/administration/ending.ts';
import { speaksAgainst } from '../../../functions/core/administration/polarity.ts';
import { undoOf, type WayBack } from '../../../functions/core/administration/undo.ts';
import { canonicalText, factDigest } from '../../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { type Choices, choicesFrom } from '../../theorems/random.ts';
import { accreditation, assessment, hold, NOW, SOURCES, valid } from './small-registry.ts';

const SEED = 20_261_123;
const HISTORIES = 2_000;
const ACTS = 9;
const DAY = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();
const ENDING = SOURCES as never;

interface Version {
  readonly facts: Facts;
  /** What one person took away to make it. */
  readonly revoked?: string;
}

interface History {
  readonly versions: Version[];
  /** Keys of what was taken away by one person, and by two set anew never since. */
  readonly taken: Set<string>;
  readonly told: string[];
  at: number;
}

const accredited = (id: string, from: number, to: number) =>
  accreditation(id, { network: id }, { valid: valid(iso(from), iso(to)) as never });
const judged = (outcome: string) => assessment('t', { vendor: 'v' }, { outcome });
const factsNow = ({ versions }: History): Facts => versions.at(-1)?.facts ?? new Map();
const isSame = (a: RawFact | undefined, b: RawFact | undefined) =>
  canonicalText(a ?? null) === canonicalText(b ?? null);

/** One version more, where the operations can be made. */
function put(history: History, operations: readonly Operation[], told: string, revoked?: string): boolean {
  const applied = applyChanges(factsNow(history), operations);
  if (!applied.ok) return false;
  history.versions.push({ facts: applied.facts, ...(revoked !== undefined && { revoked }) });
  history.told.push(`v${history.versions.length}: ${told}`);
  return true;
}

function ending(key: string, fact: RawFact, at: number): Operation {
  return { op: 'end', key, on: iso(at), ending: ENDING, was: factDigest(fact) };
}

const setting = (fact: RawFact, is: RawFact | undefined): Operation =>
  is === undefined ? { op: 'add', fact } : { op: 'replace', fact, was: factDigest(is) };

/** Two people set, end, lift and judge; one person revokes and holds. */
function act(history: History, { oneOf }: Choices): void {
  const { at, taken } = history;
  const facts = factsNow(history);
  const id = oneOf(['a', 'b']);
  const key = `accreditation/${id}`;
  const is = facts.get(key);
  const isLive = is !== undefined && !hasEnded(is, at);
  switch (oneOf(['set', 'set', 'revoke', 'revoke', 'end', 'hold', 'lift', 'judge'])) {
    case 'set': {
      const fact = accredited(id, at + oneOf([-10, -0.00001, 3, 30]) * DAY, at + oneOf([500, 700]) * DAY);
      if (put(history, [setting(fact, is)], `two people set ${key}`)) taken.delete(key);
      return;
    }
    case 'revoke':
      if (isLive && put(history, [ending(key, is, at - 2000)], `one person revokes ${key}`, key))
        taken.add(key);
      return;
    case 'end':
      if (isLive) put(history, [ending(key, is, at + 5 * DAY)], `two people end ${key} in five days`);
      return;
    case 'hold': {
      const until = oneOf([null, iso(at + 100 * DAY)]);
      const during = { valid: valid(iso(at + oneOf([-1, 2]) * DAY), until) as never };
      const fact = hold(
        `h${history.versions.length}`,
        { owner: 'USA' },
        { ...during, ...(until && { ending: ENDING }) },
      );
      put(history, [{ op: 'add', fact }], 'hold');
      return;
    }
    case 'lift': {
      const held = [...facts].find(([each, fact]) => each.startsWith('hold/') && !hasEnded(fact, at));
      if (held !== undefined) put(history, [ending(held[0], held[1], at)], `lift ${held[0]}`);
      return;
    }
    case 'judge':
      put(history, [setting(judged(oneOf(['trusted', 'not-trusted'])), facts.get('assessment/t'))], 'judge');
  }
}

/** Goes back, names nothing, and says what is wrong with where that leads. */
function goBack(history: History, { below }: Choices): readonly string[] {
  const { versions, taken, at } = history;
  const to = below(versions.length);
  const [now, was] = [factsNow(history), versions[to]?.facts ?? new Map()];
  const keys = [...new Set([...now.keys(), ...was.keys()])].sort();
  const differences = keys
    .map((key): WayBack => ({ key, now: now.get(key), was: was.get(key) }))
    .filter((each) => !isSame(each.now, each.was));
  const revoked = new Set(versions.slice(to + 1).flatMap((each) => each.revoked ?? []));
  const { parts, stays } = undoOf(differences, { facts: now, at, revoked, also: [], citation: 'Back' });
  const operations = parts.flatMap(({ changes }) => changes);
  if (operations.length > 0 && !put(history, operations, `back to v${to + 1}`)) return ['it cannot be made'];
  const after = factsNow(history);
  const found: string[] = [];
  for (const [key, fact] of now)
    if (speaksAgainst(fact) && !isSame(after.get(key), fact)) found.push(`${key} stood against and went`);
  for (const key of taken) {
    const fact = after.get(key);
    if (fact !== undefined && !hasEnded(fact, at)) found.push(`${key} was taken away and is back`);
  }
  for (const { key, was: then } of differences)
    if (!stays.includes(key) && !isSame(after.get(key), then)) found.push(`${key} is not as it was`);
  return found;
}

it('going back by the way brings back nothing that one person took away', () => {
  const wrong: string[] = [];
  let [backs, came, stayed] = [0, 0, 0];
  for (let seed = SEED; seed < SEED + HISTORIES; seed += 1) {
    const choices = choicesFrom(seed);
    const facts = new Map<string, RawFact>([
      ['accreditation/a', accredited('a', NOW - 400 * DAY, NOW + 900 * DAY)],
      ['accreditation/b', accredited('b', NOW - 400 * DAY, NOW + 900 * DAY)],
      ['assessment/t', judged('trusted')],
    ]);
    const history: History = { versions: [{ facts }], taken: new Set(), told: [], at: NOW };
    for (let n = 0; n < ACTS; n += 1) {
      history.at += DAY;
      if (!choices.chance(0.25)) {
        act(history, choices);
        continue;
      }
      const before = history.versions.length;
      const found = goBack(history, choices);
      backs += 1;
      if (history.versions.length > before) came += 1;
      if (history.taken.size > 0) stayed += 1;
      if (found.length > 0) wrong.push([`seed ${seed}`, ...history.told, ...found].join('\n'));
    }
  }
  console.log(
    `seed ${SEED}: ${backs} ways back, ${came} of which changed something, ${stayed} past what one person took away`,
  );
  expect(wrong).toEqual([]);
  expect(came).toBeGreaterThan(1_000);
  expect(stayed).toBeGreaterThan(1_500);
});
