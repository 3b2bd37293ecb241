/** Figures of a reason beside those of an operation, and which earlier facts a renewal is held against. */
import { expect, it } from 'vitest';
import type { Operation } from '../../../functions/core/administration/change.ts';
import { figuresAgainst } from '../../../functions/core/administration/figures.ts';
import { renewalsToFind } from '../../../functions/core/administration/renewals.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { accreditation, add, authority, mandate } from './small-registry.ts';

const carries = (level: string): Operation => ({ op: 'add', fact: { carries: [{ level }] } });
const ends = (to: string): Operation => ({ op: 'add', fact: { valid: { to } } });
const against = (reason: string, fact: string) => [`the reason speaks of ${reason}, this says ${fact}`];

it.each<[string, Operation, readonly string[]]>([
  ['Goes on at PROTECTED B', carries('PROTECTED B'), []],
  ['Goes on at PROTECTED', carries('PROTECTED B'), against('PROTECTED', 'PROTECTED B')],
  ['Goes on at PROTECTED B', carries('PROTECTED'), against('PROTECTED B', 'PROTECTED')],
  ['Goes on at OFFICIAL: Sensitive', carries('OFFICIAL: Sensitive'), []],
  ['Until 2026-12-31', ends('2027-10-31'), against('2026-12-31', '2027-10-31')],
  ['It expires on 2026-12-31', ends('2027-10-31'), against('2026-12-31', '2027-10-31')],
  ['It ends on 2026-12-31', ends('2027-10-31'), against('2026-12-31', '2027-10-31')],
  ['It ends 2027-10-31', ends('2027-10-31T12:00:00Z'), []],
  ['It ends 2027-10-30', ends('2027-10-31T12:00:00Z'), against('2027-10-30', '2027-10-31')],
])('"%s" over %j', (reason, operation, expected) => {
  expect(figuresAgainst(reason)(operation)).toEqual(expected);
});

const about = { network: 'net-one' };
it.each<[string, RawFact, readonly string[]]>([
  ['Renew it', accreditation('a', about), ['accreditation network/net-one']],
  ['Extend it', accreditation('a', about), ['accreditation network/net-one']],
  ['Prolong it', accreditation('a', about), ['accreditation network/net-one']],
  ['As agreed', accreditation('a-renewal', about), ['accreditation network/net-one']],
  ['As agreed', accreditation('a', about), []],
  ['Renew it', mandate('m'), ['mandate authority/us-office']],
  ['Renew it', authority('us-new', 'USA'), []],
])('to find under "%s" (%#)', (reason, fact, expected) => {
  expect(renewalsToFind(reason, [add(fact)]).map((each) => `${each.kind} ${each.about}`)).toEqual(expected);
});
