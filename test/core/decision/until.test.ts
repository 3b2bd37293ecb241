/** How long an answer says it holds: the start and the end of every kind of fact it looked at, one by one. */
import { expect, it } from 'vitest';
import { nextDateAnywhere } from '../../../functions/core/decision/boundaries.ts';
import { judgeStandard } from '../../../functions/core/decision/judge-standard.ts';
import { madeLabel } from '../../../functions/core/marking/label.ts';
import { type DecisionInput, withLabel } from '../../../functions/core/registry/input.ts';
import { DATED } from '../../theorems/standards.ts';
import { approachTo, codesOf, decideOver, labelFor, type Question } from './ask.ts';
import { all, type Change, instead, plus } from './changes.ts';
import {
  AT,
  accreditation,
  assessment,
  authority,
  deployment,
  designation,
  equivalence,
  FACTS,
  FOREVER,
  hold,
  layers,
  mandate,
  protection,
  route,
  standard,
  UNREAD,
  vendor,
  waiver,
} from './facts.ts';

const ENDS = { from: '2019-01-01', to: '2024-06-30', zone: 'UTC' };
const BEGINS = { from: '2024-07-01', to: '2030-12-31', zone: 'UTC' };
/** Both are in Julys: what ended on the last of June is over on the first. */
const JULY = '2024-07-01T00:00:00.000Z';
/** Every other fact of the registry begins in 2019 and ends after 2030, or never. */
const REST = '2031-01-01T00:00:00.000Z';

const tunnelled: Question = {
  protection: 'tunnel',
  supports: ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 're-evaluate-by'],
};
const capped = instead('mandate', 'us-trusted', { standards: ['CAPPED'] });
const strict = instead('mandate', 'us-trusted', { acceptUnverified: false });
const withDevice = (part: object): Change =>
  instead('network', 'net-a', {
    inventory: {
      complete: true,
      asOf: '2024-01-01',
      deployments: [deployment('AMF', 'maker-a'), deployment('OLT', 'maker-c', part)],
    },
  });
const weighed = all(
  plus(
    standard({
      id: 'WEIGHED',
      rules: [
        {
          rule: 'assessed',
          id: 'weighed',
          cites: ['text'],
          subjects: ['network'],
          criteriaSet: 'TRUST',
          authorities: ['us-office'],
          results: 'weighed',
          criteriaAuthority: 'us-office',
        },
      ],
    }),
  ),
  instead('assessment', 'net-a-assessed', {
    items: [{ criterion: 'C-1', result: 'met', evidence: [UNREAD] }],
  }),
);
const criteria = {
  kind: 'criteria-set',
  id: 'TRUST',
  authority: 'us-office',
  name: 'criteria',
  criteria: [{ id: 'C-1', text: 'one', mode: 'mandatory', weight: 1 }],
  passAt: 10_000,
  sources: [UNREAD],
};

const byOtherCriteria = assessment({ id: 'j', criteriaSet: 'OTHER', subject: { vendor: 'maker-a' } });
const TWO_BASES = plus(
  protection({ id: 'tunnel' }),
  mandate({ id: 'us-encrypted', basis: 'encrypted-transport' }),
);

/** A fact of every kind, once with each validity, that must bound the answer. */
const FACT_ROWS: readonly [string, (valid: object) => Change, Question?][] = [
  ['an authority', (valid) => instead('authority', 'us-office', { valid })],
  ['another authority of the owner', (valid) => plus({ ...authority({ id: 'us-second' }), valid })],
  ['a mandate', (valid) => instead('mandate', 'us-trusted', { valid })],
  ['another mandate of the owner', (valid) => plus({ ...mandate({ id: 'm' }), valid })],
  ['a mandated standard', (valid) => instead('standard', 'TRUSTED', { valid })],
  ['a standard asked for', (valid) => instead('standard', 'CAPPED', { valid }), { standards: ['CAPPED'] }],
  ['an accreditation', (valid) => instead('accreditation', 'net-a-accredited', { valid })],
  ['a second accreditation', (valid) => plus({ ...accreditation({ id: 'second' }), valid })],
  ['an assessment of the network', (valid) => instead('assessment', 'net-a-assessed', { valid })],
  ['an assessment of a vendor', (valid) => instead('assessment', 'maker-a-assessed', { valid })],
  [
    'an adopted designation',
    (valid) => all(capped, instead('designation', 'risky-b', { valid, ending: [UNREAD] })),
  ],
  ['a hold on everything', (valid) => plus({ ...hold({ id: 'h' }), valid, ending: [UNREAD] })],
  [
    'a hold on the network',
    (valid) => plus({ ...hold({ id: 'h', scope: { network: 'net-a' } }), valid, ending: [UNREAD] }),
  ],
  ['a criteria set', (valid) => all(weighed, plus({ ...criteria, valid })), { standards: ['WEIGHED'] }],
  ['a waiver', (valid) => plus({ ...waiver({ id: 'w' }), valid })],
  ['an equivalence of the frame', (valid) => plus({ ...equivalence({ id: 'e' }), valid })],
  ['the network', (valid) => instead('network', 'net-a', { valid })],
  [
    'the network under its identifier',
    (valid) => instead('network', 'net-a', { valid }),
    { hops: [{ plmn: '999-01' }] },
  ],
  [
    'the network that hosts it',
    (valid) =>
      all(instead('network', 'net-a', { hostedOn: 'net-b' }), instead('network', 'net-b', { valid })),
  ],
  ['a vendor', (valid) => instead('vendor', 'maker-a', { valid })],
  ['the operator', (valid) => instead('vendor', 'operator', { valid })],
  [
    'the owner of a vendor',
    (valid) =>
      all(
        plus({ ...vendor({ id: 'holding' }), valid }),
        instead('vendor', 'maker-a', { ownedBy: [{ owner: 'holding', share: 10, valid: FOREVER }] }),
      ),
  ],
  [
    'the ownership of a vendor',
    (valid) => instead('vendor', 'maker-a', { ownedBy: [{ owner: 'maker-c', share: 10, valid }] }),
  ],
  [
    'the ownership of its owner',
    (valid) =>
      all(
        instead('vendor', 'maker-a', { ownedBy: [{ owner: 'maker-c', share: 10, valid: FOREVER }] }),
        instead('vendor', 'maker-c', { ownedBy: [{ owner: 'operator', share: 10, valid }] }),
      ),
  ],
  ['a protection', (valid) => plus({ ...protection({ id: 'tunnel' }), valid }), tunnelled],
  [
    'the accreditation of a protection',
    (valid) =>
      plus(protection({ id: 'tunnel' }), {
        ...accreditation({ id: 't', subject: { protection: 'tunnel' } }),
        valid,
      }),
    tunnelled,
  ],
  ['the route', (valid) => instead('route', 'a-to-b', { valid }), { route: 'a-to-b' }],
  ['a network on the route', (valid) => instead('network', 'net-b', { valid }), { route: 'a-to-b' }],
  [
    'an alternate of the route',
    (valid) =>
      all(
        instead('route', 'a-to-b', { hops: ['net-a'], alternates: ['net-b'] }),
        instead('network', 'net-b', { valid }),
      ),
    { route: 'a-to-b' },
  ],
  [
    'an equivalence, where the mandate refuses what nobody read',
    (valid) => all(strict, plus({ ...equivalence({ id: 'e', sources: [UNREAD] }), valid })),
  ],
  [
    'a judgement against a vendor, where the mandate refuses what nobody read',
    (valid) =>
      all(
        strict,
        plus({
          ...assessment({
            id: 'j',
            criteriaSet: 'OTHER',
            outcome: 'not-trusted',
            subject: { vendor: 'maker-a' },
            sources: [UNREAD],
          }),
          valid,
          ending: [UNREAD],
        }),
      ),
  ],
  [
    'a judgement by other criteria, where only the mandate of the other basis refuses what nobody read',
    (valid) => all(strict, TWO_BASES, plus({ ...byOtherCriteria, valid })),
    tunnelled,
  ],
  [
    'a judgement by other criteria, where the mandate refuses only what binds nothing',
    (valid) =>
      all(instead('mandate', 'us-trusted', { acceptUnbound: false }), plus({ ...byOtherCriteria, valid })),
  ],
  [
    'a designation nobody adopts, where the mandate refuses what nobody read',
    (valid) =>
      all(
        strict,
        plus({
          ...designation({ id: 'd', instrument: 'OTHER', subject: { vendor: 'maker-a' }, sources: [UNREAD] }),
          valid,
          ending: [UNREAD],
        }),
      ),
  ],
];

function until(change: Change, question?: Question): string | null {
  const { validUntil } = decideOver(change(FACTS), question);
  return validUntil === null ? null : new Date(validUntil).toISOString();
}

it('nothing else in these registries has a date before 2031', () => {
  expect(until((facts) => facts)).toBe(REST);
});

it.each(FACT_ROWS)('%s bounds it by its end, and by its beginning', (_, changed, question) => {
  expect([until(changed(ENDS), question), until(changed(BEGINS), question)]).toEqual([JULY, JULY]);
});

const DATES: readonly [string, Change, Question?][] = [
  ['a device that goes', withDevice({ removed: '2024-07-01' })],
  ['a device that comes', withDevice({ installed: '2024-07-01' })],
];
it.each(DATES)('%s bounds it', (_, change, question) => {
  expect(until(change, question)).toBe(JULY);
});

const APART: readonly [string, Change, Question?][] = [
  ['a mandate of another owner', plus(mandate({ id: 'm', owner: 'FRA', authority: 'x', valid: BEGINS }))],
  ['an authority of another owner', plus(authority({ id: 'fr', speaksFor: ['FRA'], valid: ENDS }))],
  ['a standard nobody asked for', instead('standard', 'CAPPED', { valid: ENDS })],
  ['another network', instead('network', 'net-b', { valid: ENDS })],
  ['a vendor of another network', instead('vendor', 'maker-c', { valid: ENDS })],
  [
    'an equivalence of another frame',
    plus(equivalence({ id: 'e', from: { frame: 'NATO', level: 'NATO SECRET' }, valid: ENDS })),
  ],
  ['a designation nobody adopts', plus(designation({ id: 'd', instrument: 'OTHER', valid: BEGINS }))],
  ['another route', plus(route({ id: 'r', valid: ENDS }))],
  ['a tunnel that is not claimed', plus(protection({ id: 'tunnel', valid: ENDS }))],
];
it.each(APART)('%s does not', (_, change, question) => {
  expect(until(change, question)).toBe(REST);
});

it('a deadline bounds it, on the calendar of its standard', () => {
  expect(until(plus(DATED), { standards: ['DATED'] })).toBe('2024-10-01T00:00:00.000Z');
  expect(until(plus({ ...DATED, about: 'procurement-ban' }), { standards: ['DATED'] })).toBe(
    '2024-10-01T00:00:00.000Z',
  );
  const indian = { ...DATED, valid: { ...FOREVER, zone: 'Asia/Kolkata' } };
  expect(until(plus(indian), { standards: ['DATED'] })).toBe('2024-09-30T18:30:00.000Z');
});

it('of two dates it is the nearer, and one of now is past', () => {
  const at = (from: number) =>
    plus(
      hold({
        id: `h-${from}`,
        scope: { network: 'net-z' },
        valid: { ...FOREVER, from: new Date(from).toISOString() },
      }),
    );
  expect(until(all(at(AT + 2000), at(AT + 1000), at(AT), at(AT - 1000)))).toBe(
    new Date(AT + 1000).toISOString(),
  );
});

it('an answer without a date ahead says none', () => {
  const forever = FACTS.filter((f) => f.kind !== 'accreditation' && f.kind !== 'assessment');
  expect(until(() => forever)).toBeNull();
});

/** What one standard says, given everything else, ends with what a standard looks at and nothing more. */
it.each([
  ['its own end', instead('standard', 'CAPPED', { valid: ENDS }), JULY],
  ['a hold', plus(hold({ id: 'h', scope: { network: 'net-z' }, valid: { ...BEGINS, to: null } })), JULY],
  ['a waiver', plus(waiver({ id: 'w', valid: ENDS })), JULY],
  [
    'who gave a waiver',
    all(plus(waiver({ id: 'w' })), instead('authority', 'gb-office', { valid: ENDS })),
    JULY,
  ],
  ['a vendor', instead('vendor', 'maker-a', { valid: ENDS }), JULY],
  ['the designation it adopts', instead('designation', 'risky-b', { valid: ENDS, ending: [UNREAD] }), JULY],
  ['a mandate', instead('mandate', 'us-trusted', { valid: ENDS }), null],
  ['an accreditation', instead('accreditation', 'net-a-accredited', { valid: ENDS }), null],
  ['an authority where nothing is waived', instead('authority', 'gb-office', { valid: ENDS }), null],
] as const)('a standard alone: %s', (_, change: Change, end) => {
  const from = approachTo(change(FACTS));
  const { outcome, validUntil } = judgeStandard({ ...from, label: labelFor({}), labelUntil: null }, 'CAPPED');
  expect([outcome, validUntil === null ? null : new Date(validUntil).toISOString()]).toEqual(['permit', end]);
});

it.each([
  ['are registered', ['maker-a', 'maker-c'], 'permit', []],
  ['are not, one of them', ['maker-a', 'nobody'], 'deny', ['VENDOR_UNKNOWN']],
  ['are not, both', ['nobody', 'none'], 'deny', ['VENDOR_UNKNOWN']],
] as const)('a standard alone, through a tunnel whose makers %s', (_, [outer, inner], outcome, codes) => {
  const tunnel = protection({ id: 'tunnel', layers: layers(outer, inner) });
  const from = approachTo([...FACTS, tunnel], { protection: 'tunnel' });
  const judged = judgeStandard({ ...from, label: labelFor({}), labelUntil: null }, 'TRUSTED');
  expect([judged.outcome, codesOf(judged)]).toEqual([outcome, codes]);
});

it('a standard that is not there, and one that asks to be asked again', () => {
  const sealed = standard({
    id: 'HOURLY',
    rules: [
      {
        rule: 'obligations-required',
        id: 'again',
        cites: ['text'],
        obligations: [],
        reEvaluateWithinHours: 2,
      },
    ],
  });
  const from = approachTo([...FACTS, sealed]);
  const judge = (id: string) => judgeStandard({ ...from, label: labelFor({}), labelUntil: null }, id);
  expect(judge('NONE')).toMatchObject({ outcome: 'indeterminate', reasons: [{ code: 'STANDARD_UNKNOWN' }] });
  expect(judge('HOURLY')).toMatchObject({ outcome: 'permit', validUntil: AT + 2 * 3_600_000 });
});

it('what is told of an answer may be otherwise sooner: whatever of a law or of what is in sight begins or ends', () => {
  const inputOf = (change: Change) => withLabel(approachTo(change(FACTS)), madeLabel(labelFor({})));
  const anywhere = (input: DecisionInput) => {
    const next = nextDateAnywhere(input);
    return Number.isFinite(next) ? new Date(next).toISOString() : null;
  };
  const rest = inputOf((facts) => facts);
  const french = inputOf(plus(authority({ id: 'fr', speaksFor: ['FRA'], valid: ENDS })));
  expect(anywhere(rest)).toBe(REST);
  expect(anywhere(french)).toBe(JULY);
  expect(
    anywhere(inputOf(plus(designation({ id: 'd', instrument: 'OTHER', valid: { ...BEGINS, to: null } })))),
  ).toBe(JULY);
  const { law, path, vendors, protection } = french;
  expect(anywhere({ ...rest, signed: { law, path, vendors, protection } })).toBe(JULY);
});
