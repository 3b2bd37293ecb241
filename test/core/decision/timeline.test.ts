import { describe, expect, test } from 'vitest';
import { loadWorld } from '../../../cli/scenario/world.ts';
import { type DatedAnswer, timelineOf } from '../../../functions/core/decision/timeline.ts';
import { dayOf } from '../../../functions/core/facts/moment.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import type { Label } from '../../../functions/core/marking/label.ts';
import { approach } from '../../../functions/core/registry/input.ts';
import { registryFrom } from '../../../functions/core/registry/registry.ts';
import { SpanError } from '../../../functions/core/time/spans.ts';
import { deployment, network, vendor } from '../rules/world.ts';
import { ask, requestOf } from './ask.ts';

const LONDON = 'Europe/London';
const FROM = Date.parse('2019-01-01T00:00:00Z');
const TO = Date.parse('2029-01-01T00:00:00Z');
const sources = [{ citation: 'invented for a test', verified: true }];
const since = (from: string, to: string | null = null) => ({ from, to, zone: LONDON });

const LABEL: Label = {
  frame: 'UK',
  level: 'OFFICIAL',
  compartments: [],
  controls: [],
  owners: ['GBR'],
  markedBy: 'GBR',
  fgi: [],
  audience: null,
  displayOnly: [],
};

const LIBRARY_IDS = ['UK-HRV-2020-01', 'UK-HRV-2020-07', 'UK-DVD-2022-10'];

const library = loadWorld().standards.filter((s) => LIBRARY_IDS.some((id) => id === s['id']));

function fact(kind: string, id: string, part: object): RawFact {
  return { kind, id, valid: since('2018-01-01'), sources, ...part } as unknown as RawFact;
}

function mandate(id: string, from: string, to: string | null, standards: readonly string[]): RawFact {
  return fact('mandate', id, {
    authority: 'uk-dsit',
    owner: 'GBR',
    from: [{ frame: 'UK', level: 'OFFICIAL' }],
    basis: 'trusted-transport',
    standards,
    accreditors: ['uk-dsit'],
    assurances: ['pinned'],
    acceptUnverified: true,
    acceptUnbound: true,
    acceptIncomplete: LIBRARY_IDS,
    valid: since(from, to),
  });
}

function designation(id: string, authority: string, instrument: string, kind: string, from: string): RawFact {
  return fact('designation', id, {
    authority,
    instrument,
    subject: { vendor: 'maker-r' },
    class: kind,
    effect: 'advice',
    reach: 'affiliates',
    scope: {},
    valid: since(from),
  });
}

/** One UK network: a high-risk vendor with 35 % of its 5G radio, a fibre share above the cap, and one old core node. */
const FACTS: readonly RawFact[] = [
  ...library,
  network(
    'net-a',
    [
      deployment('gNB-DU', 'maker-r', { shares: { sites: 3500, traffic: 3000 }, installed: '2018-06-01' }),
      deployment('gNB-DU', 'maker-a', { shares: { sites: 6500, traffic: 7000 }, installed: '2018-06-01' }),
      deployment('OLT', 'maker-r', {
        generation: 'fixed',
        band: null,
        shares: { premises: 4000, traffic: 3000 },
        installed: '2021-03-01',
        removed: '2024-03-01',
      }),
      deployment('AMF', 'maker-a', { installed: '2018-06-01' }),
      deployment('UDM', 'maker-r', {
        generation: '4G',
        band: null,
        installed: '2020-03-02',
        removed: '2020-06-01',
      }),
    ],
    { providerSets: ['uk-dvd-2022-10'], valid: since('2018-01-01') },
  ),
  vendor('maker-a'),
  vendor('maker-r'),
  vendor('operator-a'),
  fact('authority', 'uk-dsit', {
    name: 'Office',
    speaksFor: ['GBR'],
    proposers: [],
    approvers: [],
    holders: [],
  }),
  fact('accreditation', 'on-net-a', {
    authority: 'uk-dsit',
    subject: { network: 'net-a' },
    carries: [{ frame: 'UK', level: 'SECRET', compartments: [], controls: [] }],
    audience: ['GBR'],
    valid: since('2018-01-01', '2035-12-31'),
  }),
  mandate('january', '2020-01-28', '2020-07-13', ['UK-HRV-2020-01']),
  mandate('july', '2020-07-14', '2022-10-12', ['UK-HRV-2020-07']),
  mandate('direction', '2022-10-13', null, ['UK-DVD-2022-10']),
  designation('hrv', 'uk-ncsc', 'NCSC-HRV', 'capped', '2020-01-28'),
  designation('notice', 'uk-dsit', 'UK-DESIGNATION-NOTICE', 'listed', '2022-10-13'),
];

const request = requestOf();
const answerAt = (at: number): DatedAnswer => {
  return ask(approach(registryFrom(FACTS), request, at, 'pinned'), LABEL);
};

/** Day, outcome, and what came: `STANDARD/rule CODE`, each once. */
async function story(answer: typeof answerAt, from = FROM, to = TO) {
  const { entries } = await timelineOf(answer, from, to);
  return entries.map((e) => {
    const came = [...e.change.reasonsAdded, ...e.change.notesAdded].map((r) =>
      r.rule === undefined ? r.code : `${r.standard}/${r.rule} ${r.code}`,
    );
    return [dayOf(e.from, LONDON), e.answer.outcome, [...new Set(came)].sort()] as const;
  });
}

describe('the timeline of one UK network, 2019 to 2028', () => {
  test('tells each change on its day, with its instrument', async () => {
    expect(await story(answerAt)).toEqual([
      ['2019-01-01', 'not-applicable', ['OWNER_WITHOUT_MANDATE']],
      ['2020-01-28', 'permit', ['STANDARD_INCOMPLETE', 'UK-HRV-2020-01/cap35-mobile SHARE_WITHIN_CAP']],
      // A 4G core node of the vendor comes and goes: nothing of it is allowed there.
      ['2020-03-02', 'deny', ['UK-HRV-2020-01/core DESIGNATED_VENDOR_PRESENT']],
      ['2020-06-01', 'permit', []],
      // July stands on January's caps.
      [
        '2020-07-14',
        'permit',
        [
          'STANDARD_INCOMPLETE',
          'UK-HRV-2020-07/cap35-mobile SHARE_WITHIN_CAP',
          'UK-HRV-2020-07/removal-5g DESIGNATED_VENDOR_BEFORE_DEADLINE',
        ],
      ],
      ['2021-01-01', 'permit', ['UK-HRV-2020-07/purchase-5g EXISTING_EQUIPMENT_BEFORE_BAN']],
      ['2021-03-01', 'deny', ['UK-HRV-2020-07/cap35-fibre SHARE_OVER_CAP']],
      ['2021-10-01', 'deny', ['UK-HRV-2020-07/install-5g EXISTING_EQUIPMENT_BEFORE_BAN']],
      // The direction gives the full-fibre cap until the end of October 2023.
      [
        '2022-10-13',
        'permit',
        [
          'STANDARD_INCOMPLETE',
          'UK-DVD-2022-10/5g-access35 SHARE_WITHIN_CAP',
          'UK-DVD-2022-10/5g-removal DESIGNATED_VENDOR_BEFORE_DEADLINE',
          'UK-DVD-2022-10/fibre35 SHARE_OVER_CAP_BEFORE_DEADLINE',
          'UK-DVD-2022-10/install-5g EXISTING_EQUIPMENT_BEFORE_BAN',
        ],
      ],
      ['2023-11-01', 'deny', ['UK-DVD-2022-10/fibre35 SHARE_OVER_CAP']],
      ['2024-03-01', 'permit', []],
      ['2028-01-01', 'deny', ['UK-DVD-2022-10/5g-removal DESIGNATED_VENDOR_AFTER_DEADLINE']],
    ]);
  });

  test('says what went, and notices a mandate that changes nothing else', async () => {
    const { entries } = await timelineOf(answerAt, FROM, TO);
    const removal = entries.find((e) => dayOf(e.from, LONDON) === '2020-06-01');
    expect(removal?.change.reasonsRemoved.map((r) => r.code)).toEqual(['DESIGNATED_VENDOR_PRESENT']);
    const still = { outcome: 'deny', standards: [], reasons: [], notes: [] } as const;
    const renewed = (at: number): DatedAnswer =>
      at < FROM + 5
        ? { ...still, mandates: ['mandate/a'], validUntil: FROM + 5 }
        : { ...still, mandates: ['mandate/b'], validUntil: null };
    expect((await timelineOf(renewed, FROM, TO)).entries.map((e) => e.from)).toEqual([FROM, FROM + 5]);
    expect((await timelineOf(renewed, FROM, FROM + 5)).entries).toHaveLength(1);
  });

  test('says which standards turned', async () => {
    const { entries } = await timelineOf(answerAt, FROM, TO);
    expect(entries.at(-1)?.change.standards).toEqual([{ id: 'UK-DVD-2022-10', from: 'permit', to: 'deny' }]);
    expect(entries.every((e, i) => e.to === null || e.to === (entries[i + 1]?.from ?? e.to))).toBe(true);
  });

  test('is exact: the answer a millisecond before each change is the one before', async () => {
    const { entries } = await timelineOf(answerAt, FROM, TO);
    const said = (a: DatedAnswer) => JSON.stringify([a.outcome, a.standards, a.reasons, a.notes, a.mandates]);
    for (const [i, e] of entries.entries()) {
      const before = entries[i - 1];
      if (before === undefined) continue;
      expect(said(answerAt(e.from - 1))).toBe(said(before.answer));
      expect(said(answerAt(e.from))).toBe(said(e.answer));
    }
  });

  test('a build that samples month by month tells another story', async () => {
    const MONTH = 30 * 86_400_000;
    const sampled = await story((at) => ({ ...answerAt(at), validUntil: at + MONTH }));
    expect(sampled).not.toEqual(await story(answerAt));
  });

  test('a span is asked from its own beginning to its end', async () => {
    const days = (
      await story(answerAt, Date.parse('2021-06-01T00:00:00Z'), Date.parse('2024-03-01T00:00:00Z'))
    ).map(([d]) => d);
    expect(days).toEqual(['2021-06-01', '2021-10-01', '2022-10-13', '2023-11-01']);
  });

  test('an answer that ends before it begins is an error; one that never settles is followed so far, and that is said', async () => {
    await expect(timelineOf((at) => ({ ...answerAt(at), validUntil: at }), FROM, TO)).rejects.toThrow(
      SpanError,
    );
    const still: DatedAnswer = {
      outcome: 'deny',
      standards: [],
      reasons: [],
      notes: [],
      mandates: [],
      validUntil: null,
    };
    const restless = (at: number) => ({ ...still, validUntil: at + 1 });
    expect(await timelineOf(restless, FROM, TO)).toMatchObject({ lookedUntil: FROM + 10_000 });
    expect(await timelineOf(restless, FROM, TO, { limit: 3 })).toMatchObject({
      entries: [{ from: FROM, to: FROM + 3 }],
      lookedUntil: FROM + 3,
    });
    expect(await timelineOf(() => still, FROM, TO)).toMatchObject({ entries: [{}], lookedUntil: null });
  });
});
