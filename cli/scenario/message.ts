/** From the message of a scenario to what the core reads: a label, and the message part of a request. */

import { type LabelReading, labelOf } from '../../functions/core/decision/label-of.ts';
import type { Assessment } from '../../functions/core/facts/assessment.ts';
import type { Fact } from '../../functions/core/facts/fact.ts';
import type { Protection } from '../../functions/core/facts/protection.ts';
import type { Vendor } from '../../functions/core/facts/vendor.ts';
import { isMarkingFormat } from '../../functions/core/marking/formats.ts';
import { type Label, labelFrom, madeLabel } from '../../functions/core/marking/label.ts';
import type { CompactMessage, CompactProtection } from './format.ts';
import { INVENTED } from './provenance.ts';
import { ScenarioError } from './scenario-error.ts';

/** How a nation's classification is written as a marking, and by which format it is read. */
const WRITTEN: Readonly<Record<string, { readonly format: string; readonly write: (m: Written) => string }>> =
  {
    USA: { format: 'us-banner', write: usBanner },
    GBR: { format: 'uk-gsc', write: ({ classification }) => classification },
    CAN: {
      format: 'can-text',
      write: ({ classification }) => classification.replace('PROTECTED-', 'PROTECTED '),
    },
    AUS: { format: 'aus-pspf', write: ({ classification }) => classification },
    DEU: { format: 'deu-text', write: ({ classification }) => classification },
    EU: { format: 'eu-text', write: ({ classification }) => EU_GRADES[classification] ?? classification },
  };

const EU_GRADES: Readonly<Record<string, string>> = {
  'RESTREINT-UE': 'RESTREINT UE/EU RESTRICTED',
  'CONFIDENTIEL-UE': 'CONFIDENTIEL UE/EU CONFIDENTIAL',
  'SECRET-UE': 'SECRET UE/EU SECRET',
  'TRES-SECRET-UE': 'TRÈS SECRET UE/EU TOP SECRET',
};

interface Written {
  readonly classification: string;
  readonly releasableTo: readonly string[] | undefined;
}

function usBanner({ classification, releasableTo }: Written): string {
  if (releasableTo === undefined) return classification;
  const others = releasableTo.filter((n) => n !== 'USA').sort();
  return others.length === 0
    ? `${classification}//NOFORN`
    : `${classification}//REL TO USA, ${others.join(', ')}`;
}

/**
 * The label of a scenario's message. A marking that cannot be read is an answer (`ok: false`), as it is for the
 * guard; a classification in short form that cannot be read is a mistake in the scenario.
 *
 * @param owner who marks where the message does not say: the owner of the standard
 * @param at the instant asked about, epoch ms: tables of codes are dated
 * @throws ScenarioError
 */
export function scenarioLabel(m: CompactMessage, owner: string, at: number): LabelReading {
  const forms = [m.marking, m.classification, m.label].filter((x) => x !== undefined);
  if (forms.length !== 1)
    throw new ScenarioError('/message', 'give exactly one of "marking", "classification" and "label"');
  if (m.label !== undefined) {
    const { compartments = [], controls = [], owners, audience = null, ...rest } = m.label;
    const said = { ...rest, compartments, controls, audience, owners: owners ?? [rest.markedBy] };
    return bare(labelFrom(said));
  }
  if (m.marking !== undefined) {
    return written(m.marking, m, owner, at);
  }
  return classified(m, m.classification ?? '', m.originator ?? owner, at);
}

/** Several nations write `SECRET`: where a scenario does not say who marks, the owner of the standard does, or the USA. */
function written(
  marking: string,
  { markingFormat, originator }: CompactMessage,
  owner: string,
  at: number,
): LabelReading {
  const asMarkedBy = (nation: string | undefined) => labelOf(asSent(marking, markingFormat, nation), at);
  const read = asMarkedBy(originator);
  if (read.ok || originator !== undefined) return read;
  if (!read.reasons.some((r) => r.code === 'MARKING_AMBIGUOUS')) return read;
  const supposed = [owner, 'USA'].map(asMarkedBy).find((each) => each.ok);
  return supposed ?? { ...read, until: null };
}

function asSent(marking: string, markingFormat: string | undefined, originator: string | undefined) {
  return {
    id: 'scenario',
    marking,
    ...(markingFormat !== undefined && { markingFormat }),
    ...(originator !== undefined && { originator }),
  };
}

function classified(m: CompactMessage, classification: string, markedBy: string, at: number): LabelReading {
  // Controlled unclassified information is UNCLASSIFIED, with its categories among the compartments.
  if (markedBy === 'USA' && classification === 'CUI')
    return bare(
      labelFrom({ frame: 'US', level: 'UNCLASSIFIED', compartments: ['CUI'], markedBy, audience: null }),
    );
  const written = WRITTEN[markedBy];
  if (written === undefined || !isMarkingFormat(written.format))
    return bare(labelFrom({ frame: markedBy, level: classification, markedBy, audience: null }));
  const text = written.write({ classification, releasableTo: m.releasableTo });
  const read = labelOf(asSent(text, written.format, markedBy), at);
  if (!read.ok)
    throw new ScenarioError(
      '/message/classification',
      `not a classification of ${markedBy}: give "marking" or "label"`,
    );
  return read;
}

/** A label that rests on no list of codes. */
function bare(label: Label): LabelReading {
  return { ok: true, ...madeLabel(label) };
}

const SCHEMES: Readonly<Record<string, Protection['scheme']>> = {
  csfc: 'csfc',
  'csfc-msc': 'csfc',
  'type-1': 'type-1',
  haipe: 'type-1',
};

export interface ClaimedProtection {
  readonly scheme: Protection['scheme'];
  readonly registration: string;
  /** The registration and the makers of its layers, where the compact notation describes one. */
  readonly facts: readonly Fact[];
}

/** `undefined` where the message travels unprotected. @throws ScenarioError */
export function scenarioProtection(p: CompactProtection | undefined): ClaimedProtection | undefined {
  if (p === undefined) return undefined;
  const layers = 'endToEndLayers' in p ? p.endToEndLayers : undefined;
  if (layers === 0) return undefined;
  const scheme = SCHEMES[(p.scheme ?? 'csfc').toLowerCase()];
  if (scheme === undefined)
    throw new ScenarioError('/message/protection/scheme', `write one of ${Object.keys(SCHEMES).join(', ')}`);
  if (!('endToEndLayers' in p)) return { scheme, registration: p.registration, facts: [] };
  if (p.registrationId === undefined) return { scheme, registration: 'not-registered', facts: [] };
  const independent = p.independentVendors ?? true;
  const part = (name: string, i: number) => `scenario-${name}-${independent ? i : 0}`;
  const named = p.layerVendors;
  const fact: Protection = {
    kind: 'protection',
    id: p.registrationId,
    name: `Scenario registration ${p.registrationId}`,
    synthetic: true,
    authority: 'scenario-accreditor',
    scheme,
    layers: Array.from({ length: p.endToEndLayers }, (_, i) => ({
      vendor: named?.[i] ?? part('vendor', i),
      codeBase: part('code', i),
      keyDomain: part('keys', i),
      suite: 'CNSA',
    })),
    endpointCountries: ['USA'],
    riskAcceptedBy: 'scenario-accreditor',
    valid: {
      from: p.registrationValidFrom ?? '2010-01-01',
      to: p.registrationValidTo ?? '2099-12-31',
      zone: 'UTC',
    },
    sources: [INVENTED],
  };
  const makers = new Set(fact.layers.map((l) => l.vendor).filter((id) => named?.includes(id) !== true));
  return { scheme, registration: p.registrationId, facts: [fact, ...[...makers].flatMap(trustedMaker)] };
}

/** A maker nobody names is one that nothing speaks against, assessed as trusted. */
function trustedMaker(id: string): readonly (Vendor | Assessment)[] {
  const always = { from: '2010-01-01', to: '2099-12-31', zone: 'UTC' } as const;
  const common = { valid: always, sources: [INVENTED] };
  return [
    { kind: 'vendor', id, name: id, synthetic: true, ownedBy: [], ...common },
    {
      kind: 'assessment',
      id: `${id}-trusted`,
      authority: 'us-state',
      subject: { vendor: id },
      criteriaSet: 'STATE-TRUST-2019-12',
      outcome: 'trusted',
      assessor: 'scenario-assessor',
      approver: 'scenario-approver',
      assessedOn: '2010-01-01',
      ...common,
    },
  ];
}
