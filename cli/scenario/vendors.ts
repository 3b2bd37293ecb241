/** Vendor facts a scenario needs: registrations, ownership, and what its `vendors` member says of assessments. */
import type { Assessment } from '../../functions/core/facts/assessment.ts';
import type { Standard } from '../../functions/core/facts/standard.ts';
import type { Ownership, Vendor } from '../../functions/core/facts/vendor.ts';
import type { Rule } from '../../functions/core/rules/vocabulary.ts';
import type { CompactAssessment, CompactOwnership, CompactVendor } from './format.ts';
import { hundredthsOf } from './percent.ts';
import { INVENTED } from './provenance.ts';

const LONG_AGO = '2010-01-01';
const FAR_AHEAD = '2099-12-31';

/** A criteria set, or a list of trusted sources, that a standard asks about, and who may answer. */
export interface CriteriaAsked {
  readonly criteriaSet: string;
  readonly authority: string;
  readonly subjects: readonly ('network' | 'vendors' | 'layers')[];
  readonly trustedSource: boolean;
}

/** What the rules of a standard want to see assessed. */
export function askedBy(standard: Standard | undefined): readonly CriteriaAsked[] {
  return (standard?.rules ?? []).flatMap((r: Rule): readonly CriteriaAsked[] => {
    if (r.rule === 'assessed')
      return [
        {
          criteriaSet: r.criteriaSet,
          authority: r.authorities[0] ?? '',
          subjects: r.subjects,
          trustedSource: false,
        },
      ];
    if (r.rule === 'trusted-source')
      return [
        {
          criteriaSet: r.list,
          authority: r.authorities[0] ?? '',
          subjects: ['vendors'],
          trustedSource: true,
        },
      ];
    return [];
  });
}

type Subject = Assessment['subject'];

/** An assessment fact from the compact form; what it leaves out is taken from what the standard asks. */
export function assessmentFact(
  subject: Subject,
  a: CompactAssessment,
  asked: CriteriaAsked,
  index = 0,
): Assessment {
  const about = 'vendor' in subject ? subject.vendor : subject.network;
  const adverse = a.status === 'not-trusted';
  const to = a.validTo === undefined ? (adverse ? null : FAR_AHEAD) : a.validTo;
  const from = a.validFrom ?? LONG_AGO;
  return {
    kind: 'assessment',
    id: `scenario-${index}-${about}`.slice(0, 64),
    authority: (a.assessor ?? asked.authority).toLowerCase(),
    subject,
    criteriaSet: a.criteriaSet ?? asked.criteriaSet,
    outcome: a.status,
    assessor: 'scenario-assessor',
    approver: 'scenario-approver',
    assessedOn: from,
    valid: { from, to, zone: 'UTC' },
    ...(adverse && to !== null && { ending: [INVENTED] }),
    sources: [INVENTED],
  };
}

/** What the `vendors` member says of one vendor, as assessments. */
export function vendorAssessments(
  id: string,
  said: CompactVendor,
  asked: readonly CriteriaAsked[],
): readonly Assessment[] {
  return asked
    .filter((a) => a.subjects.includes('vendors'))
    .flatMap((a, index): readonly Assessment[] => {
      if (typeof said === 'string')
        return said === 'trusted' || said === 'not-trusted'
          ? [assessmentFact({ vendor: id }, { status: said }, a, index)]
          : [];
      const stated =
        said.assessment ?? (a.trustedSource && said.trustedSource ? { status: 'trusted' as const } : null);
      return stated === null ? [] : [assessmentFact({ vendor: id }, stated, a, index)];
    });
}

function linkOf(o: CompactOwnership): Ownership {
  return {
    owner: o.owner,
    share: hundredthsOf(o.percentage) ?? 0,
    valid: { from: o.from ?? LONG_AGO, to: o.to ?? null, zone: 'UTC' },
  };
}

/** A registration for a vendor the scenario mentions and nobody else registers. */
export function vendorFact(id: string, ownership: readonly CompactOwnership[]): Vendor {
  return {
    kind: 'vendor',
    id,
    name: `Scenario organisation ${id}`,
    synthetic: true,
    ownedBy: ownership.filter((o) => o.asset === id).map(linkOf),
    valid: { from: LONG_AGO, to: null, zone: 'UTC' },
    sources: [INVENTED],
  };
}
