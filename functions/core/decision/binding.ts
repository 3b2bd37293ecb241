/** Whether a judgement (an accreditation, an assessment) is of the very fact it stands beside, or of one as it was. */
import type { Accreditation } from '../facts/accreditation.ts';
import type { Assessment } from '../facts/assessment.ts';
import { type Digest, factDigest } from '../facts/canonical.ts';
import { holdsAt } from '../facts/moment.ts';
import type { Network } from '../facts/network.ts';
import type { Protection } from '../facts/protection.ts';
import type { Sound } from '../facts/sound.ts';
import type { Vendor } from '../facts/vendor.ts';
import { perObject } from '../per-object.ts';
import type { DecisionInput } from '../registry/input.ts';
import type { Reason } from './reasons.ts';
import { type EvidenceParts, eachPart, perPart } from './relied-on.ts';

/** Whether a judgement is about what is registered now. `unbound`: it does not say what it judged. */
export type Binding = 'bound' | 'changed' | 'unbound';

type Judgement = Accreditation | Assessment;
type Subject = Network | Protection | Vendor;

/** As it is registered: without the members that are not there. */
const digestOfSubject = perObject(
  (subject: Subject): Digest => factDigest(JSON.parse(JSON.stringify(subject))),
);

export function bindingOf({ judged }: Judgement, subject: Subject): Binding {
  if (judged === undefined) return 'unbound';
  return judged === digestOfSubject(subject) ? 'bound' : 'changed';
}

interface Placed {
  readonly judgement: Sound<Judgement>;
  readonly subject: Subject;
  readonly hop?: number;
  readonly vendor?: string;
}

/** Every judgement in sight with what it stands beside; a network that several hops share once. */
function judgementsIn({ path, vendors, protection }: DecisionInput): readonly Placed[] {
  const networks = new Map(
    (path.known ? path.hops : []).flatMap((h) =>
      (h.networks ?? []).map((n) => [n.network.key, { ...n, hop: h.index }] as const),
    ),
  );
  return [
    ...[...networks.values()].flatMap(({ network, accreditations, assessments, hop }) =>
      [...accreditations, ...assessments].map((judgement) => ({ judgement, subject: network.fact, hop })),
    ),
    ...[...vendors].flatMap(([vendor, { evidence }]) =>
      evidence.assessments.map((judgement) => ({ judgement, subject: evidence.vendor.fact, vendor })),
    ),
    ...(protection?.accreditations ?? []).map((judgement) => ({
      judgement,
      subject: protection?.protection.fact as Protection,
    })),
  ];
}

/** True for a judgement that speaks for its subject: one against it counts whatever became of what it judged. */
export function isFavourable(judgement: Judgement): boolean {
  return judgement.kind === 'accreditation' || judgement.outcome !== 'not-trusted';
}

function inForce(input: DecisionInput): readonly Placed[] {
  return judgementsIn(input).filter(
    ({ judgement: { fact, interval } }) => isFavourable(fact) && holdsAt(interval, input.at),
  );
}

function anyChanged(judgements: readonly Sound<Judgement>[], subject: Subject): boolean {
  return judgements.some(({ fact }) => bindingOf(fact, subject) === 'changed');
}

/** Whether any judgement of a part is of something that has changed since, in force or not. */
const hasChanged = perPart((place, part) => HAS_CHANGED[place](part));

const HAS_CHANGED: { readonly [P in keyof EvidenceParts]: (part: EvidenceParts[P]) => boolean } = {
  network: (n) => anyChanged([...n.accreditations, ...n.assessments], n.network.fact),
  vendor: (v) => anyChanged(v.assessments, v.vendor.fact),
  protection: (p) => anyChanged(p.accreditations, p.protection.fact),
  route: () => false,
  law: () => false,
};

/** What to tell: a judgement in force is of something that has changed since. */
export function changedSinceJudged(input: DecisionInput): readonly Reason[] {
  let any = false;
  eachPart(input, (place, part) => {
    any ||= hasChanged(place, part);
  });
  if (!any) return [];
  return inForce(input)
    .filter(({ judgement, subject }) => bindingOf(judgement.fact, subject) === 'changed')
    .map(({ judgement: { key }, hop, vendor }) => ({
      code: 'CHANGED_SINCE_JUDGED',
      fact: key,
      ...(hop !== undefined && { hop }),
      ...(vendor !== undefined && { vendor }),
    }));
}

/** True where some judgement in force does not bind what stands beside it. */
export function anyUnbound(input: DecisionInput): boolean {
  return inForce(input).some(({ judgement, subject }) => bindingOf(judgement.fact, subject) !== 'bound');
}
