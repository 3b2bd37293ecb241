/** Whether a judgement (an accreditation, an assessment) is of the very fact it stands beside, or of one as it was. */
import type { Accreditation } from '../facts/accreditation.ts';
import type { Assessment } from '../facts/assessment.ts';
import { type Digest, factDigest } from '../facts/canonical.ts';
import { holdsAt } from '../facts/moment.ts';
import type { Network } from '../facts/network.ts';
import type { Protection } from '../facts/protection.ts';
import type { Sound } from '../facts/sound.ts';
import type { Vendor } from '../facts/vendor.ts';
import type { DecisionInput } from '../registry/input.ts';
import type { Reason } from './reasons.ts';

/** Whether a judgement is about what is registered now. `unbound`: it does not say what it judged. */
export type Binding = 'bound' | 'changed' | 'unbound';

type Judgement = Accreditation | Assessment;
type Subject = Network | Protection | Vendor;

/** Facts never change once read, so a digest is kept for as long as the fact. */
const digests = new WeakMap<Subject, Digest>();

function digestOfSubject(subject: Subject): Digest {
  let digest = digests.get(subject);
  if (digest === undefined) {
    // As it is registered: without the members that are not there.
    digest = factDigest(JSON.parse(JSON.stringify(subject)));
    digests.set(subject, digest);
  }
  return digest;
}

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

/** What to tell: a judgement in force is of something that has changed since. */
export function changedSinceJudged(input: DecisionInput): readonly Reason[] {
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
