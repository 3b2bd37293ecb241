/** Ids and reasons that lie are pointed out, and those that are true are not. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { factsIn } from '../../../cli/fact-files.ts';
import type { Operation } from '../../../functions/core/administration/change.ts';
import { contradictionsOf } from '../../../functions/core/administration/contradictions.ts';
import { factDigest } from '../../../functions/core/facts/canonical.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { namesIn } from '../../../functions/core/facts/words/names.ts';
import * as make from '../decision/facts.ts';

const { stored, keyOf, YEARS } = make;

const SAMPLES = factsIn(['samples/registry', 'standards']);
const excepting = (id: string, network: string) =>
  stored(
    make.waiver({
      ...{ id, network, authority: 'uk-dsit', owner: 'GBR', standard: 'UK-HRV-2020-07' },
    }),
  );
const REGISTERED = [
  ...SAMPLES,
  ...['Trillium Radio', 'Larch Radio'].map((name) =>
    stored(make.vendor({ id: name.toLowerCase().replace(' ', '-'), name: `${name} Ltd.` })),
  ),
  stored(
    make.assessment({
      ...{ id: 'larch-radio-not', authority: 'us-state', criteriaSet: 'STATE-TRUST-2019-12' },
      ...{ subject: { vendor: 'larch-radio' }, outcome: 'not-trusted' },
    }),
  ),
  ...['w', 'w-gb-a'].map((id) => excepting(id, 'gb-a')),
  stored(
    make.designation({
      ...{ id: 'larch-radio-listed', authority: 'us-state', subject: { vendor: 'larch-radio' } },
    }),
  ),
];
const names = namesIn(REGISTERED);
const facts = new Map(REGISTERED.map((fact) => [keyOf(fact), fact]));

const add = (fact: object): Operation => ({ op: 'add', fact: stored(fact) });
const replace = (key: string, over: make.Members): Operation => {
  const was = facts.get(key) ?? stored({});
  return { op: 'replace', fact: { ...was, ...over } as RawFact, was: factDigest(was) };
};
const end = (key: string): Operation => ({
  ...{ op: 'end', key, on: '2026-01-01', ending: [{ citation: 'A', verified: true }] },
  was: factDigest(facts.get(key) ?? stored({})),
});
const trusted = (id: string, vendor: string, more: object = {}) =>
  add(
    make.assessment({
      ...{ id, authority: 'us-state', subject: { vendor }, criteriaSet: 'STATE-TRUST-2019-12' },
      ...{ valid: { from: '2026-11-01', to: '2027-10-31', zone: 'UTC' }, ...more },
    }),
  );
const found = (reason: string, changes: readonly Operation[]) =>
  contradictionsOf({ reason, changes, facts, names, earlier: () => REGISTERED }).map(
    ({ operation, sentence }) => `${operation ?? 'reason'}: ${sentence}`,
  );

const carrying = (level: string) => ({ carries: [{ frame: 'US', level, compartments: [], controls: [] }] });
const capped = (max: number) => ({ rules: [{ rule: 'share-cap', max }] });
const sharing = (sites: number) => ({ inventory: { deployments: [{ shares: { sites } }] } });

const mandate = SAMPLES.find((fact) => fact['kind'] === 'mandate' && fact['owner'] === 'GBR') as RawFact;
const carried = SAMPLES.find((fact) => keyOf(fact) === 'accreditation/us-on-gb-a') as RawFact;
const hold = stored(make.hold({ id: 'usa-drill', authority: 'us-state', scope: { owner: 'USA' } }));
facts.set('hold/usa-drill', hold);
facts.set('hold/wide', stored(hold, { id: 'wide', scope: { everything: true } }));
facts.set(
  'accreditation/three',
  stored({ ...carried, id: 'three', ...carrying('SECRET') }, { audience: ['FRA', 'GBR', 'USA'] }),
);

// biome-ignore format: one row a line
const LIES: readonly (readonly [name: string, reason: string, changes: readonly Operation[], flagged: readonly RegExp[]])[] = [
  ['an id that names another vendor', 'A yearly judgement', [trusted('nokia-2027', 'huawei')], [/^0: the id speaks of Nokia Corporation \(vendor nokia\), the content is about Huawei/]],
  ['a reason that does', 'Nokia for another year', [trusted('a-2027', 'huawei')], [/^reason: the reason speaks of Nokia Corporation .*nothing in the change is about that$/, /^0: the reason speaks of Nokia .*, this is about Huawei/]],
  ['both, and nothing that it renews', 'Renew Nokia', [trusted('nokia-renewal', 'huawei')], [/^reason: the reason speaks of Nokia/, /^0: the reason speaks of Nokia/, /^0: the reason speaks of renewing/, /^0: the id speaks of Nokia/]],
  ['a name by its full form', 'For Nokia Corporation', [trusted('a', 'ericsson')], [/^reason: .*Nokia/, /^0: .*Nokia.*this is about Telefon/]],
  ['a network', 'A yearly judgement', [add({ ...carried, id: 'us-on-gb-b-2027' })], [/^0: the id speaks of .*\(network gb-b\), the content is about .*\(network gb-a\)$/]],
  ['a nation in an id', 'New terms', [add({ ...mandate, id: 'usa-terms' })], [/^0: the id speaks of USA, the content is about information of GBR$/]],
  ['a nation in a reason', 'As FRA asked', [trusted('a', 'ericsson')], [/^reason: the reason speaks of FRA, and nothing in the change names it$/]],
  ['a standard in an id', 'New terms', [add(make.waiver({ id: 'uk-hrv-2020-01-gb-a', authority: 'uk-dsit', owner: 'GBR', standard: 'UK-HRV-2020-07', network: 'gb-a' }))], [/^0: the id speaks of UK-HRV-2020-01, the content is about UK-HRV-2020-07$/]],
  ['an id that renews nothing', 'A judgement', [trusted('renewal-2027', 'trillium-radio')], [/^0: the id speaks of renewing, and nothing of the kind/]],
  ['a grant that renews a refusal', 'Extend what runs out', [trusted('a', 'larch-radio')], [/^0: the reason speaks of renewing, and nothing of the kind that says the same is registered/]],
  ['a waiver that renews another network’s', 'Renew the waiver', [add(excepting('w-2', 'gb-b'))], [/^0: the reason speaks of renewing/]],
  ['a waiver as tightening', 'Tighten the terms', [add(excepting('w-2', 'gb-b'))], [/and this records a waiver that permits, from \S+ until \S+$/]],
  ['a vendor called as another', 'A maker', [add(make.vendor({ id: 'maker-x', name: 'Nokia Corp.' }))], [/^0: the name speaks of Nokia/]],
  ['a wider audience as a typo', 'Fix a typo', [replace('accreditation/us-on-gb-a', { audience: [...(carried['audience'] as string[]), 'CHN'] })], [/^0: the reason sounds as if it permitted no more, and this makes audience longer by CHN, on which what is refused rests$/]],
  ['a narrower audience, which more release lists hold, as tightening', 'Tighten the audience', [replace('accreditation/us-on-gb-a', { audience: ['USA'] })], [/and this makes audience shorter by GBR, on which what is refused rests$/]],
  ['a later end as housekeeping', 'Housekeeping', [replace('accreditation/us-on-gb-a', { valid: { ...YEARS, to: '2049-12-31' } })], [/prolongs something that permits: \S+ to 2049-12-31$/]],
  ['a standard less as tightening', 'Tighten the terms', [replace(keyOf(mandate), { standards: [] })], [/makes standards shorter by \S+$/]],
  ['the end of a stop as a restriction', 'Only restricts', [end('hold/usa-drill')], [/ends something that refuses$/]],
  ['a level', 'Gb-a goes on at CONFIDENTIAL', [replace('accreditation/us-on-gb-a', carrying('TOP SECRET'))], [/^0: the reason speaks of CONFIDENTIAL, this says TOP SECRET$/]],
  ['a level that ends as the true one does', 'Gb-a goes on at SECRET', [replace('accreditation/us-on-gb-a', carrying('TOP SECRET'))], [/^0: the reason speaks of SECRET, this says TOP SECRET$/]],
  ['a level of one among others', 'All go on at SECRET', [add({ ...carried, ...carrying('SECRET'), id: 'a' }), add({ ...carried, ...carrying('TOP SECRET'), id: 'b' })], [/^1: the reason speaks of SECRET, this says TOP SECRET$/]],
  ['a level, where the true one is denied', 'Stays at SECRET, not TOP SECRET', [replace('accreditation/us-on-gb-a', carrying('TOP SECRET'))], [/^0: the reason speaks of SECRET, this says TOP SECRET$/]],
  ['an end where there is none', 'Only until 2026-12-31', [replace(keyOf(mandate), { valid: { ...YEARS, to: null } })], [/^0: the reason speaks of 2026-12-31, this says no end$/]],
  ['a level raised as a typo', 'Fix a typo', [replace('accreditation/three', carrying('TOP SECRET'))], [/and this raises carries\/US\/level from SECRET to TOP SECRET$/]],
  ['more who speak as a typo', 'Fix a typo', [replace('authority/registrar', { approvers: [...((facts.get('authority/registrar')?.['approvers'] as string[]) ?? []), 'mallory'] })], [/and this makes approvers longer by mallory$/]],
  ['an authority as housekeeping', 'Housekeeping', [add({ ...facts.get('authority/registrar'), id: 'another' })], [/and this records an authority that permits, from \S+ without an end$/]],
  ['a bound', 'The cap stays at 35 %', [replace('standard/UK-HRV-2020-07', capped(4_500))], [/^0: the reason speaks of 35 %, this says 45 %$/]],
  ['a bound with a comma', 'Now 35,5 per cent', [replace('standard/UK-HRV-2020-07', capped(3_500))], [/^0: the reason speaks of 35.5 %, this says 35 %$/]],
  ['a share', 'Measured: 12 % of the sites', [replace('network/gb-a', sharing(1_250))], [/^0: the reason speaks of 12 %, this says 12.5 %$/]],
  ['an end', 'Trusted until 2026-12-31', [trusted('a', 'ericsson')], [/^0: the reason speaks of 2026-12-31, this says 2027-10-31$/]],
  ['the day on which something ends', 'It ends on 2026-02-01', [end('accreditation/us-on-gb-a')], [/^0: the reason speaks of 2026-02-01, this says 2026-01-01$/]],
  ['an assessment that is another vendor’s from now on', 'Typo in the assessment of Nokia', [replace('assessment/state-trust-nokia', { subject: { vendor: 'huawei' } })], [/^0: the reason speaks of Nokia .*, this is about Huawei/, /^0: the reason sounds as if .*, and this changes subject\/vendor from nokia to huawei/, /^0: moved from Nokia Corporation \(vendor nokia\) to Huawei .*\(vendor huawei\)$/, /^0: the id speaks of Nokia .*, the content is about Huawei/]],
  ['the same as a renewal', 'Nokia is assessed again', [replace('assessment/state-trust-nokia', { subject: { vendor: 'huawei' } })], [/^0: .*this is about Huawei/, /^0: the reason speaks of renewing, and nothing of the kind/, /^0: moved from Nokia/, /^0: the id speaks of Nokia/]],
  ['a designation that is another vendor’s', 'As published', [replace('designation/larch-radio-listed', { subject: { vendor: 'trillium-radio' } })], [/^0: moved from Larch Radio Ltd\. .* to Trillium Radio Ltd\./, /^0: the id speaks of Larch Radio/]],
  ['a waiver that is another network’s', 'As agreed', [replace('waiver/w-gb-a', { network: 'sg-a' })], [/^0: moved from .*\(network gb-a\) to .*\(network sg-a\)$/, /^0: the id speaks of .*\(network gb-a\), the content is about .*\(network sg-a\)$/]],
  ['an accreditation that is another network’s', 'As agreed', [replace('accreditation/us-on-us-a', { subject: { network: 'sg-a' } })], [/^0: moved from .*\(network us-a\) to .*\(network sg-a\)$/, /^0: the id speaks of .*\(network us-a\), the content is about .*sg-a/]],
  ['a stop that is of something else', 'As agreed', [replace('hold/usa-drill', { scope: { network: 'gb-a' } })], [/^0: moved from USA to .*\(network gb-a\)$/]],
  ['a stop of everything that is of something', 'As agreed', [replace('hold/wide', { scope: { owner: 'USA' } })], [/^0: moved from everything to USA$/]],
  ['a waiver for another owner, of another standard, on another’s word', 'As agreed', [replace('waiver/w', { owner: 'USA', standard: 'UK-HRV-2020-01', authority: 'us-state' })], [/^0: moved from .*uk-dsit\) to .*us-state\)$/, /^0: moved from UK-HRV-2020-07 to UK-HRV-2020-01$/, /^0: moved from GBR to USA$/]],
  ['a vendor that is called something else', 'Register a maker', [replace('vendor/nokia', { name: 'Northern Radio' })], [/^0: is called Northern Radio from now on, was Nokia Corporation$/]],
  ['a vendor that is called as another is, in Greek letters', 'Register a maker', [add(make.vendor({ id: 'maker-x', name: '\u039dokia Corporation' }))], [/^0: the name mixes letters of several alphabets in one word \(\u039dokia\)$/, /^0: the name reads like Nokia Corporation \(vendor nokia\), in other letters$/]],
  ['in nothing but Cyrillic ones', 'Register a maker', [add(make.vendor({ id: 'maker-x', name: '\u041d\u0423\u0422\u0415\u0420\u0410' })), add(make.vendor({ id: 'maker-y', name: 'Hytepa' }))], [/^0: the name reads like Hytepa \(vendor maker-y\), in other letters$/, /^1: the name reads like .*\(vendor maker-x\), in other letters$/]],
  ['in wide ones', 'Register a maker', [add(make.vendor({ id: 'maker-x', name: '\uff2e\uff4f\uff4b\uff49\uff41' }))], [/^0: the name reads like Nokia/]],
  ['letters of two alphabets in a reason', 'Renew N\u043ekia', [trusted('a-2027', 'ericsson')], [/^reason: the reason mixes .*\(N\u043ekia\)$/, /^reason: the reason reads like Nokia Corporation \(vendor nokia\), in other letters$/]],
  ['letters of an alphabet that few know', 'Register a maker', [add(make.vendor({ id: 'maker-x', name: 'N\u0585kia Corporation' }))], [/^0: the name mixes letters/]],
  ['a letter that lacks its dot', 'Register a maker', [add(make.vendor({ id: 'maker-x', name: 'Nok\u0131a Corporation' }))], [/^0: the name reads like Nokia Corporation/]],
  ['a danger among five hundred', 'Renew what runs out', [...Array.from({ length: 500 }, (_, n) => trusted(`ericsson-${n}`, 'ericsson')), trusted('nokia-2027', 'huawei')], [/^500: the reason speaks of renewing/, /^500: the id speaks of Nokia/]],
];
it.each(LIES)('%s', (_name, reason, changes, flagged) => {
  const lines = found(reason, changes);
  expect(lines).toHaveLength(flagged.length);
  for (const [n, pattern] of flagged.entries()) expect(lines[n]).toMatch(pattern);
});

// biome-ignore format: one row a line
const TRUTHS: readonly (readonly [name: string, reason: string, changes: readonly Operation[]])[] = [
  ['what it is about', 'Renew Nokia', [trusted('nokia-2027', 'nokia')]],
  ['in lower case, and by its network', 'us-a is accredited again', [add(make.accreditation({ id: 'us-on-us-a-2', authority: 'us-accreditor', subject: { network: 'us-a' } }))]],
  ['a part of a family', 'Huawei Marine is listed', [add(make.designation({ id: 'huawei-marine-2', authority: 'us-state', subject: { vendor: 'huawei-marine' } }))]],
  ['a renewal of what is there', 'Extend what runs out', [trusted('ericsson-2027', 'ericsson')]],
  ['words that are ids too', 'Three networks of one operator in the US', [trusted('a', 'ericsson')]],
  ['a level that falls', 'Tighten the terms', [replace('accreditation/us-on-gb-a', carrying('CONFIDENTIAL'))]],
  ['a waiver that renews what is there', 'Renew the waiver', [add(excepting('w-2', 'gb-a'))]],
  ['a standard is called as it is, whoever’s', 'New terms', [add(make.standard({ id: 'usa-terms', owner: 'GBR', rules: [] }))]],
  ['an authority that asked', 'As uk-dsit asked', [trusted('a', 'ericsson')]],
  ['a nation that leaves', 'FRA has left', [replace('accreditation/three', { audience: ['GBR', 'USA'] })]],
  ['a reason in capitals', 'THE USA AND FRA AGREE', [trusted('a', 'ericsson')]],
  ['the level that it says, from another', 'From SECRET to TOP SECRET', [replace('accreditation/us-on-gb-a', carrying('TOP SECRET'))]],
  ['a level that is no more', 'No more TOP SECRET: it was TOP SECRET', [replace('accreditation/us-on-gb-a', carrying('SECRET'))]],
  ['an end that was', 'It ran until 2026-10-31; one more year', [trusted('a', 'ericsson')]],
  ['a secret that is none', 'Kept secret, at 2 % of the price', [replace('accreditation/us-on-gb-a', carrying('SECRET'))]],
  ['a level in capitals', 'THE TOP SECRET ROOM HAS MOVED', [replace('accreditation/us-on-gb-a', carrying('SECRET'))]],
  ['a level where none is said', 'As the SECRET letter asked', [trusted('a', 'ericsson')]],
  ['a part of a word', 'The SECRETARY and the NON-SECRET annex', [replace('accreditation/us-on-gb-a', carrying('TOP SECRET'))]],
  ['the bound that it says', 'The cap is 35 percent', [replace('standard/UK-HRV-2020-07', capped(3_500))]],
  ['the end that it says', 'Trusted until 2027-10-31', [trusted('a', 'ericsson')]],
  ['a day that is no end', 'By the letter of 2026-10-01', [trusted('a', 'ericsson')]],
  ['an assessment that is prolonged', 'Nokia is assessed again', [replace('assessment/state-trust-nokia', { valid: { ...YEARS, to: '2049-12-31' } })]],
  ['another standard of a list, and no other mandate', 'New terms', [replace(keyOf(mandate), { standards: ['US-STATE-TRUST'] })]],
  ['another operator, and no other network', 'gb-a is sold', [replace('network/gb-a', { operator: 'nokia' })]],
  ['short words that are an id besides', 'Opened gb a hurry', [trusted('a', 'ericsson')]],
  ['words in one other alphabet', '\u041f\u043e \u043f\u0438\u0441\u044c\u043c\u0443 \u03ba\u03b1\u03b9', [trusted('a', 'ericsson')]],
  ['abbreviations that are no nations', 'The AMF and the SMS hub', [trusted('a', 'ericsson')]],
];
it.each(TRUTHS)('no alarm: %s', (_name, reason, changes) => {
  expect(found(reason, changes)).toEqual([]);
});

describe('no alarm in what this project publishes', () => {
  const files = ['samples/registry', 'standards', 'standards/criteria'].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name)),
  );
  it.each(files)('%s', (file) => {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const changes = [read].flat().map((fact) => add(fact as object));
    expect(found('The sample registry', changes)).toEqual([]);
  });
});

it('what nobody looked for is told, and a name in the change itself counts', () => {
  const changes = [
    trusted('renewal', 'new-maker'),
    add(make.vendor({ id: 'new-maker', name: 'New Maker AB' })),
  ];
  const claimed = { reason: 'Renew New Maker', changes, facts, names };
  const doubts = (earlier: () => readonly RawFact[] | undefined) =>
    contradictionsOf({ ...claimed, earlier }).map(({ sentence }) => sentence);
  expect(doubts(() => undefined)).toEqual([
    expect.stringMatching(/nobody looked whether there is anything that it renews \(/),
  ]);
  expect(doubts(() => [])).toEqual([expect.stringMatching(/nothing of the kind that says the same/)]);
});
