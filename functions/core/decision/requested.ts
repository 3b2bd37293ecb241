/**
 * What may be said, short of a full explanation, about a standard that the request adds: its outcome, and nothing that
 * depends on what a network is built of. Whoever may ask could else add standard after standard, and read off rule by
 * rule which segments of each hop hold a designated vendor. An owner's mandate is another matter: it has decided that
 * its own standards are explained by codes.
 */
import { type FactKind, kindOfKey } from '../facts/fact.ts';
import type { CoreDecision, StandardVerdict } from './core-decision.ts';
import type { Reason, ReasonCode } from './reasons.ts';

/** Codes that rest on the law and the question alone. */
const OF_NO_NETWORK: readonly ReasonCode[] = [
  'STANDARD_UNKNOWN',
  'STANDARD_NOT_IN_FORCE',
  'STANDARD_NOT_ABOUT_CARRIAGE',
  'FLOW_UNKNOWN',
];

/** Notes on the law itself: that it lacks something, or was replaced. */
const OF_LAW: readonly ReasonCode[] = ['STANDARD_INCOMPLETE', 'STANDARD_REPLACED'];

function byRequest(decision: CoreDecision): readonly StandardVerdict[] {
  return decision.standards.filter((s) => s.by === 'request');
}

/** The one code for an outcome, unless the law or the question itself is what stands in the way. */
function codeOf({ id, outcome }: StandardVerdict, said: readonly Reason[]): ReasonCode | undefined {
  if (outcome === 'permit') return undefined;
  const codes = said.filter((r) => r.standard === id).map((r) => r.code);
  const ofLaw = OF_NO_NETWORK.find((code) => codes.includes(code));
  return ofLaw ?? (outcome === 'not-applicable' ? 'STANDARD_NOT_APPLICABLE' : 'STANDARD_NOT_SATISFIED');
}

/** Kinds that are about what stands in a network: a count that moves on their dates tells whose they are. */
const OF_EQUIPMENT = {
  accreditation: false,
  assessment: true,
  authority: false,
  'criteria-set': false,
  designation: true,
  equivalence: false,
  exemption: false,
  hold: false,
  mandate: false,
  network: false,
  protection: false,
  route: false,
  standard: false,
  vendor: true,
  waiver: false,
} as const satisfies Record<FactKind, boolean>;

function isOfLaw(key: string): boolean {
  const kind = kindOfKey(key);
  return kind !== undefined && !OF_EQUIPMENT[kind];
}

/** The part of a decision that standards named by a caller may add to. */
export type DisclosedDecision = Pick<
  CoreDecision,
  'reasons' | 'notes' | 'waivers' | 'validUntil' | 'unverified'
>;

/**
 * The decision as it may be told: no citation about equipment, and of each requested standard one reason by its outcome. A waiver that only such a
 * standard needed would say which rule was not met. When its outcome may next change hangs on the vendors it met: so no
 * such instant is given, where one was asked.
 */
export function withoutEquipment(decision: CoreDecision): DisclosedDecision {
  const requested = byRequest(decision);
  const unverified = decision.unverified.filter(isOfLaw);
  if (requested.length === 0) return { ...decision, unverified };
  const isOthers = ({ standard }: Reason) => !requested.some((s) => s.id === standard);
  const said = [...decision.reasons, ...decision.notes];
  const told = (silent: boolean) =>
    requested
      // One that has nothing to say here refuses nothing: it is a note.
      .filter((s) => (s.outcome === 'not-applicable') === silent)
      .flatMap((s): readonly Reason[] => {
        const code = codeOf(s, said);
        return code === undefined ? [] : [{ code, standard: s.id }];
      });
  // What the law itself lacks, and that it was replaced, depends on no equipment.
  const ofLaw = requested.flatMap(({ id }) =>
    OF_LAW.filter((code) => decision.notes.some((r) => r.standard === id && r.code === code)).map(
      (code): Reason => ({ code, standard: id }),
    ),
  );
  return {
    reasons: [...decision.reasons.filter(isOthers), ...told(false)],
    notes: [...decision.notes.filter(isOthers), ...ofLaw, ...told(true)],
    waivers: decision.waivers.filter((key) => !decision.waiversByRequest.includes(key)),
    validUntil: null,
    unverified,
  };
}
