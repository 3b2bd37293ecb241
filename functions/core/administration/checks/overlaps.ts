/**
 * Two facts that would contradict each other are not valid at the same time. Otherwise the more generous of the two
 * would go on counting after the stricter was recorded: end the old one where the new one begins.
 */
import { canonicalText, type Json } from '../../facts/canonical.ts';
import type { Fact } from '../../facts/fact.ts';
import { type Interval, intervalOf } from '../../facts/moment.ts';
import type { Check, CheckContext, CheckFlaw } from './check.ts';

/** What a fact is the one current statement of; empty for kinds of which there may be any number. */
function statementsOf(f: Fact): readonly Json[] {
  switch (f.kind) {
    case 'accreditation':
      return f.carries.map((c) => ['accreditation', f.authority, f.subject, c.frame]);
    case 'assessment':
      // An adverse judgement may stand beside a favourable one: it outweighs it, and must not wait for its end.
      return [['assessment', f.authority, f.subject, f.criteriaSet, f.outcome === 'not-trusted']];
    case 'designation':
      return [['designation', f.authority, f.instrument, f.subject, f.class, canonicalText(f.scope)]];
    case 'equivalence':
      return [['equivalence', f.authority, f.from, f.to.frame]];
    case 'waiver':
      return [['waiver', f.owner, f.standard, f.rule, f.network]];
    default:
      return [];
  }
}

function overlap(a: Interval, b: Interval): boolean {
  return a.from < b.to && b.from < a.to;
}

/** Only facts about the same thing can contradict each other: those that name what this one names. */
function rivals(ctx: CheckContext, f: Fact): readonly string[] {
  switch (f.kind) {
    case 'accreditation':
    case 'assessment':
    case 'designation': {
      const [[kind, id] = ['', '']] = Object.entries(f.subject);
      return kind === 'category' ? ctx.index.keysOfKind('designation') : ctx.index.referrers(`${kind}/${id}`);
    }
    case 'equivalence':
      return ctx.index.keysOfKind('equivalence');
    case 'waiver':
      return ctx.index.referrers(`network/${f.network}`);
    default:
      return [];
  }
}

const KINDS = ['accreditation', 'assessment', 'designation', 'equivalence', 'waiver'] as const;

function betweenFacts(ctx: CheckContext): readonly CheckFlaw[] {
  return KINDS.flatMap((kind) =>
    ctx.judged(kind).flatMap(({ key, fact, interval }) => {
      const own = new Set(statementsOf(fact).map(canonicalText));
      return rivals(ctx, fact).flatMap((other): readonly CheckFlaw[] => {
        const rival = other === key ? undefined : ctx.sound(other);
        if (rival === undefined || rival.fact.kind !== kind || !overlap(interval, rival.interval)) return [];
        if (!statementsOf(rival.fact).some((s) => own.has(canonicalText(s)))) return [];
        // Told once, of the two to be judged.
        if (ctx.scope.includes(other) && other < key) return [];
        return [{ key, path: '/valid', message: `${other} says the same of the same time` }];
      });
    }),
  );
}

function betweenLinks(ctx: CheckContext): readonly CheckFlaw[] {
  return ctx.judged('vendor').flatMap(({ key, fact }) =>
    fact.ownedBy.flatMap((link, i) => {
      const clash = fact.ownedBy.findIndex(
        (l) => l.owner === link.owner && overlap(intervalOf(l.valid), intervalOf(link.valid)),
      );
      if (clash >= i) return [];
      return [
        { key, path: `/ownedBy/${i}/valid`, message: `entry ${clash} is about the same owner at that time` },
      ];
    }),
  );
}

export const overlaps: Check = (ctx) => [...betweenFacts(ctx), ...betweenLinks(ctx)];
