/**
 * What a guard remembers changes no answer: whatever is asked, of whichever version, in whatever order, at instants just
 * before, at and after a date on which something changes, it says to the byte what a guard says that remembers nothing.
 */
import { expect, it } from 'vitest';
import type { Answer } from '../../functions/core/decision/answer.ts';
import { bindingOfText } from '../../functions/core/decision/question-binding.ts';
import { type Digest, digestOf } from '../../functions/core/facts/canonical.ts';
import { type RawFact, viewOf } from '../../functions/core/facts/view.ts';
import { OBLIGATION_TYPES } from '../../functions/core/obligation.ts';
import { type AnswerMemory, createAnswerMemory } from '../../functions/decide/answer-memory.ts';
import { createGuard } from '../../functions/decide/guard.ts';
import { newTrace } from '../../functions/decide/trace.ts';
import type { OpenRegistry, OpenSnapshot, RegistryReader } from '../../functions/store/registry-reader.ts';
import { acceptingAssumed } from '../accepting-assumed.ts';
import { AT, authority, criteriaSet, designation, stored, UNREAD } from '../core/decision/facts.ts';
import { BUILD } from '../decide/rig.ts';
import type { Case } from './case.ts';
import { type Choices, choicesFrom, SCALE, SEED } from './random.ts';
import { caseOf, NETWORKS } from './world.ts';

type Version = OpenRegistry & Pick<OpenSnapshot, 'digest'>;

const LATER = AT + 3 * 86_400_000;
const TOLD_LATER = { from: new Date(LATER).toISOString(), to: null, zone: 'UTC' };
/** Facts that nobody adopts, cited by nobody who read them, from a day on: an answer tells of them and of nothing else. */
const TOLD: readonly RawFact[] = [
  criteriaSet({ id: 'LATER', sources: [UNREAD], valid: TOLD_LATER }),
  designation({ id: 'later', instrument: 'NOBODYS', sources: [UNREAD], valid: TOLD_LATER }),
  authority({ id: 'later', speaksFor: ['USA'], sources: [UNREAD], valid: TOLD_LATER }),
].map((f) => stored(f));

/** A version of the registry, as it is opened, whose owners accept hops as a caller names them. */
function versionOf(name: string, { facts }: Case, signed?: Version): Version {
  const all = [...facts, ...TOLD].map((f, i) => [`${i}`, f] as const);
  const view = viewOf([...acceptingAssumed(new Map(all)).values()]);
  const found = <V>(map: ReadonlyMap<string, V>, keys: readonly string[]) =>
    new Map(keys.flatMap((key) => (map.has(key) ? [[key, map.get(key) as V] as const] : [])));
  const digest = digestOf(Buffer.from(name)) as Digest;
  return {
    version: 1,
    digest,
    readStartedAt: 0,
    read: async (keys: readonly string[]) => ({ law: view.law, entries: found(view.entries, keys) }),
    vendors: async (ids: readonly string[]) => found(view.vendors, ids),
    approved: async () => signed,
    consumed: () => ({ readUnits: 1, batches: 1 }),
  } as unknown as Version;
}

const MARKINGS = ['SECRET//REL TO USA, GBR', 'SECRET//NOFORN', 'UK SECRET', 'no marking at all'] as const;
const DUTIES = Object.keys(OBLIGATION_TYPES);
const OFFSETS = [-1, 0, 1] as const;

function questionOf({ question: q }: Case, pick: Choices): object {
  const given = {
    marking: q.marking ?? MARKINGS[0],
    ...(q.format !== undefined && { markingFormat: q.format }),
  };
  return {
    message: {
      id: `m-${pick.below(1000)}`,
      ...pick.oneOf([given, given, given, { marking: pick.oneOf(MARKINGS) }]),
      ...pick.oneOf([{}, {}, { originator: 'USA' }]),
      ...(q.protection !== undefined && {
        protection: pick.oneOf([{ scheme: 'csfc', registration: q.protection }, { scheme: 'none' }]),
      }),
      ...pick.oneOf([{}, {}, { flow: 'us-diplomatic-facility' }]),
    },
    path: { hops: pick.oneOf([q.hops ?? ['net-a'], ['net-a'], [pick.oneOf(NETWORKS)]]).map(hopOf) },
    nonce: `nonce-nonce-nonce-${pick.below(1000)}`,
    ...pick.oneOf([{}, {}, { standards: pick.some(q.standards ?? ['UK-HRV-2020-01'], 0.7) }]),
    ...pick.oneOf([{ supportedObligations: DUTIES }, { supportedObligations: pick.some(DUTIES, 0.5) }, {}]),
    ...pick.oneOf([{}, {}, { explain: 'none' }, { at: '2024-06-01T00:00:00Z' }]),
  };
}

function hopOf(hop: string | Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return typeof hop === 'string' ? { network: hop } : hop;
}

interface Seen {
  asked: number;
  remembered: number;
  permits: number;
  differing: number;
}

/** Asks one guard that remembers and one that does not the same things, one after the other. */
async function askBoth(from: number, cases: number, memory: AnswerMemory, seen: Seen): Promise<void> {
  let now = AT;
  let open: Version | undefined;
  const reader: RegistryReader = { open: async () => ({ ...(open as Version), readStartedAt: now }) };
  const options = {
    reader,
    build: BUILD,
    budgetMs: 1000,
    leaseMs: 60_000,
    clock: () => now,
    newEvaluationId: () => 'one',
    mostExplained: 'full',
  } as const;
  const [remembering, forgetting] = [createGuard({ ...options, memory }), createGuard(options)];
  for (let i = 0; i < cases; i += 1) {
    const pick = choicesFrom(from + i);
    const [one, other] = [caseOf(2 * (from + i)), caseOf(2 * (from + i) + 1)];
    const base = versionOf(`one ${i}`, one);
    const versions = [
      base,
      versionOf(`other ${i}`, other),
      // Stopped by one person: the same HEAD, on what people have signed, and on something else that they signed.
      versionOf(`stopped ${i}`, one, base),
      versionOf(`stopped ${i}`, one, versionOf(`other ${i}`, other)),
    ];
    const questions = Array.from({ length: 3 }, () => JSON.stringify(questionOf(one, pick)));
    const instants = [AT, LATER];
    for (let round = 0; round < 24; round += 1) {
      if (round === 0 || pick.chance(0.2)) open = pick.oneOf(versions);
      now = pick.chance(0.7) ? now : pick.oneOf(instants.slice(-3)) + pick.oneOf(OFFSETS);
      const text = pick.oneOf(questions);
      const trace = newTrace(bindingOfText(text));
      const [told, anew] = [await remembering.decideText(text, trace), await forgetting.decideText(text)];
      seen.asked += 1;
      if (trace.remembered === true) seen.remembered += 1;
      if (trace.remembered === true && anew.decision) seen.permits += 1;
      if (JSON.stringify(told) !== JSON.stringify(anew)) seen.differing += 1;
      if (anew.validUntil !== undefined) instants.push(Date.parse((anew as Required<Answer>).validUntil));
    }
  }
}

it('what is remembered changes no answer', async () => {
  const seen: Seen = { asked: 0, remembered: 0, permits: 0, differing: 0 };
  await askBoth(SEED, Math.round(80 * SCALE), createAnswerMemory(), seen);
  console.log(
    `remembered: seed ${SEED}, ${seen.asked} questions, ${seen.remembered} remembered, ${seen.permits} of them permits`,
  );
  expect(seen.differing).toBe(0);
  expect(seen.remembered).toBeGreaterThan(seen.asked / 5);
  expect(seen.permits).toBeGreaterThan(seen.asked / 50);
});
