/** What the contract tests of the doors expect, written by hand: the sample registry's answers and their lines. */
import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import { BUILD } from '../decide/rig.ts';

/** The instant of every question; the clock stands still unless a test moves it. */
export const NOW = '2026-11-28T12:00:00.000Z';
export const NOW_MS = 1_795_867_200_000;
/** NOW and the lease the doors are set to. */
const LEASE_END = '2026-11-28T12:01:00.000Z';

export const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A message with something of its own in every place where nothing of it may be repeated. */
export function question(network: string, over: Readonly<Record<string, unknown>> = {}) {
  const message = { id: 'CANARY-7f3a', marking: 'SECRET//REL TO USA, GBR', flow: 'agency-internal' };
  return { message, path: { hops: [{ network }] }, ...over };
}

/** What may stand in no line: the label and its words, hops, vendors, owners, and whatever the caller wrote. */
export const NEVER_IN_A_LINE =
  /SECRET|REL TO|USA|GBR|canary|agency|gb-[a-e]|us-[a-c]|sg-a|"(?:label|level|frame|owners?|audience|vendor|fact|network|field|text|share|message|id":"m)"|ericsson|nokia|huawei|zte|cisco|operator-/i;

const LABEL = {
  frame: 'US',
  level: 'SECRET',
  compartments: [],
  controls: [],
  owners: ['USA'],
  markedBy: 'USA',
  fgi: [],
  audience: ['GBR', 'USA'],
  displayOnly: [],
};

/** The digest of a text, as an answer names the question that it answers. */
export const digestOfText = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** What a door sent, less what binds it to its question: this text, which says nothing of itself. */
export function unbound(sent: unknown, text: string): unknown {
  const whole = sent as { readonly body?: object };
  const { question, ...answer } = (whole.body ?? whole) as { readonly question?: unknown };
  expect(question).toEqual({ digest: digestOfText(text) });
  return whole.body === undefined ? answer : { ...whole, body: answer };
}

const ENVELOPE = { retry: 'never', evaluationId: expect.stringMatching(ID), evaluatedAt: NOW, build: BUILD };

const decided = (digest: string) => ({
  ...ENVELOPE,
  enforceable: true,
  at: NOW,
  registry: { version: 1, digest },
  label: LABEL,
  dominance: 'satisfied',
  notes: [
    {
      code: 'STANDARD_INCOMPLETE',
      standard: 'US-STATE-TRUST',
      text: 'A standard that was asked lacks requirements of its instrument, or nobody has listed them.',
    },
  ],
  obligations: [],
  basis: 'trusted-transport',
  pathAssurance: 'assumed',
  mandates: ['mandate/usa-trusted-transport'],
  waivers: [],
  validUntil: '2036-01-01T00:00:00.000Z',
});

/** The answer over gb-b. */
export const permitted = (digest: string) => ({
  ...decided(digest),
  decision: true,
  outcome: 'permit',
  standards: [{ id: 'US-STATE-TRUST', by: 'mandate', outcome: 'permit' }],
  reasons: [],
  unverifiedCitations: 2,
  useBy: LEASE_END,
});

/** The answer over gb-c. */
export const denied = (digest: string) => ({
  ...decided(digest),
  decision: false,
  outcome: 'deny',
  standards: [{ id: 'US-STATE-TRUST', by: 'mandate', outcome: 'deny' }],
  reasons: [
    {
      code: 'ASSESSMENT_EXPIRED',
      standard: 'US-STATE-TRUST',
      rule: 'network-assessed',
      hop: 0,
      text: 'The assessment this needs has ended: it expired, or was revoked.',
    },
    {
      code: 'VENDOR_NOT_ASSESSED',
      segment: 'core',
      standard: 'US-STATE-TRUST',
      rule: 'vendors-assessed',
      hop: 0,
      text: 'A vendor in this network has no valid assessment by an accepted authority.',
    },
  ],
  unverifiedCitations: 2,
});

export const SENTENCES = {
  REGISTRY_UNAVAILABLE: 'The registry could not be read in time.',
  REGISTRY_INTEGRITY: 'The registry failed its integrity check.',
  REGISTRY_EMPTY: 'The registry has no published version.',
  BUDGET_EXHAUSTED: 'The time for this decision ran out.',
  REQUEST_NOT_TEXT:
    'A direct invocation carries {"request": "<the request as JSON text>"} and nothing beside it.',
  REQUEST_UNPARSABLE: 'The request is not JSON.',
  REQUEST_DUPLICATE_KEY: 'The request names a member twice.',
  REQUEST_TOO_LARGE: 'The request is larger than the guard reads.',
  REQUEST_TOO_DEEP: 'The request is nested deeper than the guard reads.',
  REQUEST_UNKNOWN_FIELD: 'The request has a member the guard does not know.',
  REQUEST_INVALID: 'A member of the request is missing or has the wrong form.',
  MARKING_INVALID: 'The marking cannot be read with certainty.',
  EXPLAIN_NOT_GRANTED: 'A full explanation has its own door and grant.',
} as const;

export type Refusal = { readonly code: keyof typeof SENTENCES } & Readonly<Record<string, unknown>>;

/** The answer where nothing was decided. */
export const refused = (reasons: readonly Refusal[], retry: 'after' | 'never') => ({
  ...ENVELOPE,
  decision: false,
  outcome: 'indeterminate',
  enforceable: true,
  retry,
  dominance: 'not-evaluated',
  standards: [],
  reasons: reasons.map((reason) => ({ ...reason, text: SENTENCES[reason.code] })),
  obligations: [],
});

const UNITS = {
  Decisions: 'Count',
  Permits: 'Count',
  Faults: 'Count',
  WaivedPermits: 'Count',
  DecisionTime: 'Milliseconds',
  RegistryReadTime: 'Milliseconds',
  ReadUnits: 'Count',
  ProbeDecisions: 'Count',
} as const;

export function counted(names: readonly (keyof typeof UNITS)[], byClass = true) {
  const directive = (dimensions: readonly string[], listed: typeof names) => ({
    Namespace: 'Routeguard',
    Dimensions: [dimensions],
    Metrics: listed.map((Name) => ({ Name, Unit: UNITS[Name] })),
  });
  return {
    _aws: {
      Timestamp: NOW_MS,
      CloudWatchMetrics: [
        directive(['Service'], names),
        ...(byClass ? [directive(['Service', 'Class'], ['Decisions'])] : []),
      ],
    },
  };
}

const ALWAYS = ['Decisions', 'Permits', 'Faults', 'WaivedPermits', 'DecisionTime'] as const;

const LINE = {
  event: 'decision',
  schema: 1,
  Service: 'contract',
  probe: false,
  evaluationId: expect.stringMatching(ID),
  evaluatedAt: NOW,
  enforceable: true,
  retry: 'never',
  build: BUILD,
  waivers: [],
  Decisions: 1,
  Permits: 0,
  Faults: 0,
  WaivedPermits: 0,
  DecisionTime: expect.any(Number),
};

const decidedLine = (digest: string) => ({
  ...LINE,
  ...counted([...ALWAYS, 'RegistryReadTime', 'ReadUnits']),
  at: NOW,
  registry: { version: 1, digest },
  basis: 'trusted-transport',
  pathAssurance: 'assumed',
  dominance: 'satisfied',
  mandates: ['mandate/usa-trusted-transport'],
  // A warm decision is one read of HEAD.
  batches: 1,
  ReadUnits: 1,
  RegistryReadTime: expect.any(Number),
});

export const permittedLine = (digest: string) => ({
  ...decidedLine(digest),
  Class: 'permit',
  outcome: 'permit',
  decision: true,
  standards: [{ id: 'US-STATE-TRUST', by: 'mandate', outcome: 'permit' }],
  codes: [],
  reasons: [],
  reasonCount: 0,
  useBy: LEASE_END,
  Permits: 1,
});

export const deniedLine = (digest: string) => ({
  ...decidedLine(digest),
  Class: 'policy',
  outcome: 'deny',
  decision: false,
  standards: [{ id: 'US-STATE-TRUST', by: 'mandate', outcome: 'deny' }],
  codes: ['ASSESSMENT_EXPIRED', 'VENDOR_NOT_ASSESSED'],
  reasons: [
    { code: 'ASSESSMENT_EXPIRED', standard: 'US-STATE-TRUST', rule: 'network-assessed', hop: 0 },
    {
      code: 'VENDOR_NOT_ASSESSED',
      segment: 'core',
      standard: 'US-STATE-TRUST',
      rule: 'vendors-assessed',
      hop: 0,
    },
  ],
  reasonCount: 2,
});

export const refusedLine = (
  Class: 'invalid' | 'unavailable' | 'integrity',
  reasons: readonly Refusal[],
  retry: 'after' | 'never',
) => ({
  ...LINE,
  ...counted(ALWAYS),
  Class,
  Faults: Class === 'integrity' ? 1 : 0,
  retry,
  outcome: 'indeterminate',
  decision: false,
  dominance: 'not-evaluated',
  standards: [],
  mandates: [],
  codes: [...new Set(reasons.map(({ code }) => code))],
  // Where in the request a reason points is for the caller alone.
  reasons: reasons.map(({ field: _field, position: _position, ...reason }) => reason),
  reasonCount: reasons.length,
});
