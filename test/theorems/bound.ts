/** Cases in which owners accept a judgement only of the very fact it judged: every one is bound, then something breaks. */
import { factDigest } from '../../functions/core/facts/canonical.ts';
import { kindOf, member } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { BREAKS } from './breaks.ts';
import { type Case, stored } from './case.ts';
import { type Choices, choicesFrom } from './random.ts';
import { permitOf } from './world.ts';

function subjectIn(facts: readonly RawFact[], judgement: RawFact): RawFact | undefined {
  const [[kind, id] = []] = Object.entries(Object(judgement['subject']));
  return facts.find((f) => kindOf(f) === kind && member(f, 'id') === id);
}

/** Binds each judgement to what stands there now. */
function bound(facts: readonly RawFact[]): readonly RawFact[] {
  return stored(
    facts.map((fact) => {
      if (kindOf(fact) === 'mandate') return { ...fact, acceptUnbound: false };
      const subject = subjectIn(facts, fact);
      const judges = kindOf(fact) === 'accreditation' || kindOf(fact) === 'assessment';
      return judges && subject !== undefined ? { ...fact, judged: factDigest(subject) } : fact;
    }),
  );
}

function change(facts: readonly RawFact[], kinds: readonly string[], pick: Choices, part: object) {
  const places = facts.flatMap((f, i) => (kinds.includes(kindOf(f) ?? '') ? [i] : []));
  const at = pick.oneOf(places);
  return stored(facts.map((f, i) => (i === at ? { ...f, ...part } : f)));
}

type Whole = Pick<Case, 'facts' | 'question'>;
type Break = (c: Whole, pick: Choices) => Whole;

/** What only such owners notice. */
const OWN: Readonly<Record<string, Break>> = {
  'something judged has another name': (c, pick) => ({
    ...c,
    facts: change(c.facts, ['network', 'vendor', 'protection'], pick, { name: 'another' }),
  }),
  'a judgement of something else': (c, pick) => ({
    ...c,
    facts: change(c.facts, ['accreditation', 'assessment'], pick, { judged: `sha256:${'0'.repeat(64)}` }),
  }),
  'a judgement that binds nothing': (c, pick) => ({
    ...c,
    facts: change(c.facts, ['accreditation', 'assessment'], pick, { judged: undefined }),
  }),
  'a mandate that does not ask': (c, pick) => ({
    ...c,
    facts: change(c.facts, ['mandate'], pick, { acceptUnbound: true }),
  }),
  nothing: (c) => c,
};

export function boundCaseOf(seed: number): Case {
  const pick = choicesFrom(seed);
  const whole = permitOf(seed);
  const start: Whole = { question: whole.question, facts: bound(whole.facts) };
  const own = pick.oneOf(Object.keys(OWN));
  const other = pick.chance(0.3) ? pick.oneOf(Object.keys(BREAKS)) : undefined;
  const first = OWN[own]?.(start, pick) ?? start;
  const broken = other === undefined ? first : (BREAKS[other]?.(first, pick) ?? first);
  return { ...broken, broke: other === undefined ? own : `${own}, ${other}` };
}
