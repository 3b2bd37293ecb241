/** The judgement on one basis. Bases are never blended: each is judged as if the other did not exist. */
import type { Basis } from '../facts/mandate.ts';
import type { PathAssurance } from '../facts/route.ts';
import type { Sound } from '../facts/sound.ts';
import { responsibleOwners } from '../marking/label.ts';
import type { Obligation } from '../obligation.ts';
import type { DecisionInput } from '../registry/input.ts';
import { vendorIdsOf } from '../registry/path.ts';
import { type AskedStandard, askStandard, lacking } from './asked-standard.ts';
import type { SourcedFact } from './boundaries.ts';
import { carriersOn, dominanceReasons } from './carriers.ts';
import { CITATION_CODES, type Demands, gradeAsked, irreducible, onlyCounting } from './citations.ts';
import type { CoreDecision, StandardVerdict } from './core-decision.ts';
import { heldMessage } from './held-message.ts';
import { stopsOf } from './holds.ts';
import { mandatesOf, type OwnerMandates } from './mandates.ts';
import { tunnelObligations, uniqueObligations } from './obligations.ts';
import { type Outcome, worst } from './outcome.ts';
import type { Reason } from './reasons.ts';
import type { JudgedHop, StandardTerms } from './standard-terms.ts';
import { judgeTunnel } from './tunnel.ts';

/** What every owner’s mandates of one basis come to, with the standards that a request adds. */
export type BasisJudgement = Pick<
  CoreDecision,
  'dominance' | 'standards' | 'notes' | 'obligations' | 'mandates' | 'waivers' | 'waiversByRequest'
> & {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  readonly boundaries: readonly number[];
  /** The mandates and standards that were asked. */
  readonly relied: readonly Sound<SourcedFact>[];
  /** What one of the mandates asks of every favourable fact. */
  readonly demands: Demands;
};

/** A step of the judgement: what it makes of the outcome, and why. An outcome counts also where no reason came with it. */
interface Said {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
}

function refusal(outcome: Exclude<Outcome, 'permit'>, reasons: readonly Reason[]): Said {
  return { outcome: reasons.length === 0 ? 'permit' : outcome, reasons };
}

/** What the owners say before any standard is asked. */
function askOwners(owners: readonly OwnerMandates[], assurance: PathAssurance): readonly Said[] {
  const reasons = owners.flatMap((o) => o.reasons);
  const unassured = owners.filter((o) => !o.mandates.every((m) => m.fact.assurances.includes(assurance)));
  return [
    refusal(
      'not-applicable',
      reasons.filter((r) => r.code === 'OWNER_WITHOUT_MANDATE'),
    ),
    refusal(
      'indeterminate',
      reasons.filter((r) => r.code !== 'OWNER_WITHOUT_MANDATE'),
    ),
    refusal(
      'deny',
      unassured.map((o) => ({ code: 'PATH_ASSURANCE_INSUFFICIENT', owner: o.owner })),
    ),
  ];
}

/** The input as the basis sees it: without a tunnel, nobody's who makes one. */
function onBasis(basis: Basis, input: DecisionInput): DecisionInput {
  if (input.protection === undefined) return input;
  switch (basis) {
    case 'encrypted-transport':
      return input;
    case 'trusted-transport': {
      const ids = new Set(vendorIdsOf(input.path, undefined));
      const vendors = new Map([...input.vendors].filter(([id]) => ids.has(id)));
      return { ...input, vendors, protection: undefined };
    }
    default:
      return basis satisfies never;
  }
}

/** Every standard that must be evaluated, mandated ones first, each once. */
function standardIds(
  owners: readonly OwnerMandates[],
  requested: readonly string[],
): readonly { id: string; by: 'mandate' | 'request' }[] {
  const mandated = [...new Set(owners.flatMap((o) => o.mandates.flatMap((m) => m.fact.standards)))].sort();
  const added = requested.filter((id) => !mandated.includes(id));
  return [
    ...mandated.map((id) => ({ id, by: 'mandate' as const })),
    ...added.map((id) => ({ id, by: 'request' as const })),
  ];
}

interface Asked {
  readonly verdict: StandardVerdict;
  readonly said: Said;
  /** Absent where the registry has no such standard. */
  readonly result?: AskedStandard;
  readonly relied: readonly Sound<SourcedFact>[];
  readonly notes: readonly Reason[];
}

function ask(id: string, by: StandardVerdict['by'], terms: StandardTerms): Asked {
  const standard = terms.law.standards.get(id);
  if (standard === undefined) {
    const said = refusal('indeterminate', [{ code: 'STANDARD_UNKNOWN', standard: id }]);
    return { verdict: { id, by, outcome: said.outcome }, said, relied: [], notes: [] };
  }
  const result = askStandard(standard, terms);
  const { outcome, reasons } = result;
  // A standard that a request adds, and that has nothing to say here, is reported and has no effect.
  const silent = by === 'request' && outcome === 'not-applicable';
  return {
    verdict: { id, by, outcome },
    said: silent ? { outcome: 'permit', reasons: [] } : { outcome, reasons },
    result,
    relied: [standard, ...result.asked.map((a) => a.standard)],
    notes: silent ? [...result.notes, ...reasons] : result.notes,
  };
}

function waiversOf(asked: readonly Asked[]): readonly string[] {
  return [...new Set(asked.flatMap((a) => a.result?.waivers ?? []))].sort();
}

/** Standards that ask less than their instruments, and that an owner's mandate has not accepted by name. */
function unaccepted(owners: readonly OwnerMandates[], asked: readonly Asked[]): readonly Reason[] {
  return owners.flatMap(({ owner, mandates }) =>
    mandates.flatMap(({ fact: { standards, acceptIncomplete = [] } }) =>
      asked
        .filter(({ verdict }) => standards.includes(verdict.id))
        .flatMap(({ verdict, result }) =>
          (result?.incomplete ?? [])
            .filter((id) => !acceptIncomplete.includes(id))
            .map((id) => ({ ...lacking('INCOMPLETE_NOT_ACCEPTED', verdict.id, id), owner })),
        ),
    ),
  );
}

/** What an enforcement point that declared less than the permit needs would have to do. */
function askCaller(obligations: readonly Obligation[], input: DecisionInput): Said {
  const supported = input.request.supportedObligations ?? [];
  const able = obligations.every((o) => supported.includes(o.type));
  return refusal('deny', able ? [] : [{ code: 'OBLIGATION_UNSUPPORTED' }]);
}

function judgeOn(basis: Basis, input: DecisionInput, hops: readonly JudgedHop[]): BasisJudgement {
  const { label, law, at, request } = input;
  const owners = responsibleOwners(label).map((owner) => mandatesOf(owner, label, basis, law, at));
  const mandates = owners.flatMap((o) => o.mandates);
  const tunnelled = basis === 'encrypted-transport' ? judgeTunnel(input) : undefined;
  const assurance = input.path.known ? input.path.assurance : 'assumed';
  const carriers = carriersOn(basis, input, hops);
  const dominance = dominanceReasons(input, owners, carriers);
  const terms: StandardTerms = {
    label,
    owners: owners.map((o) => o.owner),
    hops,
    assurance,
    flow: request.message.flow,
    tunnel: tunnelled?.tunnel,
    law,
    at,
  };
  const asked = standardIds(owners, request.standards ?? []).map(({ id, by }) => ask(id, by, terms));
  const mandated = asked.filter((a) => a.verdict.by === 'mandate');
  const obligations = uniqueObligations([
    ...(tunnelled?.tunnel === undefined ? [] : tunnelObligations(tunnelled.tunnel.protection.fact)),
    ...asked.flatMap((a) => a.result?.obligations ?? []),
  ]);
  const said: readonly Said[] = [
    ...askOwners(owners, assurance),
    refusal('deny', tunnelled?.refused ?? []),
    refusal('indeterminate', tunnelled?.unread ?? []),
    refusal('deny', dominance),
    ...asked.map((a) => a.said),
    refusal('deny', unaccepted(owners, asked)),
    askCaller(obligations, input),
  ];
  const evaluated = mandates.length > 0 && hops.length > 0 && carriers.length > 0;
  const outcome = worst(said.map((s) => s.outcome));
  return {
    // INVARIANT: a permit was shown, not merely not refused: somebody was asked about something that carries.
    outcome: outcome === 'permit' && !evaluated ? 'deny' : outcome,
    reasons: said.flatMap((s) => s.reasons),
    notes: asked.flatMap((a) => a.notes),
    obligations,
    dominance: !evaluated ? 'not-evaluated' : dominance.length === 0 ? 'satisfied' : 'not-satisfied',
    standards: asked.map((a) => a.verdict),
    mandates: mandates.map((m) => m.key).sort(),
    waivers: waiversOf(asked),
    waiversByRequest: waiversOf(asked).filter((key) => !waiversOf(mandated).includes(key)),
    boundaries: asked.flatMap((a) => a.result?.boundaries ?? []),
    relied: [...mandates, ...asked.flatMap((a) => a.relied)],
    demands: {
      grade: gradeAsked(mandates.map((m) => m.fact)),
      bound: mandates.some((m) => !m.fact.acceptUnbound),
    },
  };
}

/**
 * The judgement, with what the mandates make of citations less well known and of judgements that bind nothing. Without such
 * a mandate they only are reported; with one, a permit must stand also without every favourable fact of that kind.
 */
export function judgeCited(basis: Basis, all: DecisionInput, hops: readonly JudgedHop[]): BasisJudgement {
  const input = onBasis(basis, all);
  const judged = judgeOn(basis, input, hops);
  const { demands } = judged;
  // An exemption that rests on an authority's fact of a lower grade is none: what it set aside stops again.
  const stopsIn = ({ label, path, law, at }: DecisionInput) =>
    stopsOf(law, heldMessage(responsibleOwners(label), path), at).reasons.length;
  const stands = (asked: Demands) => {
    const counting = onlyCounting(input, hops, asked);
    if (counting === undefined) return judged.outcome === 'permit';
    const permits = judgeOn(basis, counting.input, counting.hops).outcome === 'permit';
    return permits && !(stopsIn(counting.input) > stopsIn(all));
  };
  const permits = judged.outcome === 'permit';
  const reasons: Reason[] = [];
  const { grade } = demands;
  const code = grade === 'unverified' ? undefined : CITATION_CODES[grade];
  if (
    code !== undefined &&
    (irreducible(grade, input, judged.relied).length > 0 || (permits && !stands({ grade, bound: false })))
  )
    reasons.push({ code });
  if (demands.bound && permits && !stands({ grade: 'unverified', bound: true }))
    reasons.push({ code: 'JUDGEMENT_NOT_BOUND' });
  // Each may have a fact to stand on, and both together none.
  if (permits && reasons.length === 0 && code !== undefined && demands.bound && !stands(demands))
    reasons.push({ code }, { code: 'JUDGEMENT_NOT_BOUND' });
  if (reasons.length === 0) return judged;
  return {
    ...judged,
    outcome: worst([judged.outcome, 'deny']),
    reasons: [...judged.reasons, ...reasons],
  };
}
