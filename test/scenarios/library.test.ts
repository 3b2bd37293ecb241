/** The library as a lawyer reads it: nothing is left out in silence, nobody is bound without being named, no grade is too good. */
import { describe, expect, test } from 'vitest';
import { runFiles } from '../../cli/scenarios.ts';
import { soundFacts } from '../../docs/build/standards.ts';
import { canonicalBytes, digestOf } from '../../functions/core/facts/canonical.ts';
import type { Fact, FactOf } from '../../functions/core/facts/fact.ts';
import { PRODUCTS } from '../../functions/core/facts/products.ts';
import { gradeOf, type Source } from '../../functions/core/facts/provenance.ts';
import {
  FLOWS,
  PROVIDER_SETS,
  SERVICES,
  USES,
  VOCABULARY_VERSION,
} from '../../functions/core/facts/scope-words.ts';

const FACTS = soundFacts();
const STANDARDS = FACTS.filter((f): f is FactOf<'standard'> => f.kind === 'standard');
const LAW = STANDARDS.map((s) => [s.id, s] as const);
const VENDORS = FACTS.filter((f): f is FactOf<'vendor'> => f.kind === 'vendor');

/** Where a text was read that is a report whatever it says: newspapers, law firms, blogs, copies, forums. */
const REPORTS =
  /news|blog|rappler|commsupdate|telecompaper|telecomtv|mondaq|law\.com|akingump|thompsonhine|freshfields|osborneclarke|scribd|docslib|lagen\.nu|wikipedia|reddit|forum|malwaretips|biztweet|parallelparliament|ispreview|cenerva|cms\.law/i;

function cited(f: Fact): readonly Source[] {
  const own: readonly Source[] = 'sources' in f ? f.sources : [];
  const ending: readonly Source[] = 'ending' in f ? (f.ending ?? []) : [];
  return [...own, ...ending];
}

describe.each(LAW)('%s', (_id, s) => {
  test('lists everything its instrument asks, and no rule asks more', () => {
    const encoded = new Set((s.requirements ?? []).flatMap((r) => r.encoded ?? []));
    expect(s.requirements?.length ?? 0).toBeGreaterThan(1);
    // Without a complete inventory nothing could be judged at all: that is ours.
    const ours = s.rules.filter((r) => r.rule === 'inventory-complete').map((r) => r.id);
    expect(s.rules.map((r) => r.id).filter((id) => !encoded.has(id) && !ours.includes(id))).toEqual([]);
  });

  test('says whom it binds and what ended it, with a source', () => {
    const { providers } = s.scope;
    if (providers !== null) expect([providers.who, providers.cites?.length]).not.toContain(undefined);
    expect(s.valid.to === null).toBe(s.endedBy === undefined);
  });

  test('is replayed before it, on its first day and to the end of the decade', () => {
    const days = REPLAYS.filter((r) => r.scenario.standard === s.id).map((r) => r.scenario.at.slice(0, 10));
    expect(days.length).toBeGreaterThan(2);
    // Replays begin with 2018.
    if (s.valid.from >= '2018-01-01') expect(days.some((d) => d < s.valid.from)).toBe(true);
    if (s.status !== 'proposed') expect(days.some((d) => d >= s.valid.from)).toBe(true);
  });
});

const REPLAYS = runFiles(['test/scenarios']);

test('every citation is found by its address, or says where to look', () => {
  const lost = FACTS.filter((f) => f.kind === 'standard' || f.kind === 'designation').flatMap((f) =>
    cited(f)
      .filter(
        (x) =>
          x.uri === undefined &&
          !/[a-z]\.[a-z]{2,}|this project|no act|no instrument|from memory/.test(x.citation),
      )
      .map((x) => `${f.id}: ${x.citation}`),
  );
  expect(lost).toEqual([]);
});

test('no report is told as a text that was read itself', () => {
  const better = FACTS.flatMap((f) =>
    cited(f)
      .filter((x) => gradeOf(x) === 'primary' && x.uri !== undefined && REPORTS.test(new URL(x.uri).hostname))
      .map((x) => `${f.kind}/${f.id}: ${x.uri ?? ''}`),
  );
  expect(better).toEqual([]);
});

test('every real vendor has an owner, or says that it heads its group', () => {
  // Ownership is how a designation reaches an affiliate: a subsidiary without its owner is permitted everywhere.
  const alone = VENDORS.filter(
    (v) =>
      !v.synthetic &&
      v.ownedBy.length === 0 &&
      !v.sources.some((s) => /\bheads its group\b/.test(s.citation)),
  );
  expect(alone.map((v) => v.id)).toEqual([]);
  expect(VENDORS.filter((v) => !v.synthetic && v.ownedBy.length > 0).length).toBeGreaterThan(15);
});

test('no closed word changes without a new version of the vocabulary', () => {
  const words = Object.entries({ FLOWS, PRODUCTS, PROVIDER_SETS, SERVICES, USES }).map(
    ([name, vocabulary]) => [name, [...vocabulary].map(([word, whole]) => [word, whole])],
  );
  // Whoever changes a word gives the vocabulary the day of the change, and writes both here.
  expect([VOCABULARY_VERSION, digestOf(canonicalBytes(words)).slice(0, 23)]).toEqual([
    '2026-11-29',
    'sha256:46a736ea4c1a653a',
  ]);
});
