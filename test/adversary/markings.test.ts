/** Attempts to have information judged as less, or as somebody else's, than it is: through how it is marked. */
import { describe, expect, it } from 'vitest';
import { decide } from '../../functions/core/decision/decide.ts';
import { dominanceShortfall } from '../../functions/core/decision/dominance.ts';
import { labelOf } from '../../functions/core/decision/label-of.ts';
import { plainLabel, responsibleOwners } from '../../functions/core/marking/label.ts';
import { frames, ladderOf } from '../../functions/core/marking/ladders.ts';
import { readMarking } from '../../functions/core/marking/read.ts';
import { READING_CHANGES } from '../../functions/core/marking/reading-dates.ts';
import { inputFor } from '../../functions/core/registry/input.ts';
import { registryFrom } from '../../functions/core/registry/registry.ts';
import { requestOf } from '../core/decision/ask.ts';
import * as make from '../core/decision/facts.ts';
import { AT } from '../core/decision/facts.ts';
import { EU_FACTS, EU_MESSAGE, LEAVES } from './eu-facts.ts';

const ON = '2024-06-15';
const DAY_MS = 86_400_000;

function read(marking: unknown, format?: string) {
  return readMarking(marking, { on: ON, ...(format !== undefined && { format }) });
}

/** Who must permit, and which read-ins a network must have; why not, where the marking is refused. */
function judged(marking: unknown, format?: string): readonly [owners: string, readIns: string] | string {
  const reading = read(marking, format);
  if (!reading.ok) return reading.errors[0].code;
  return [responsibleOwners(reading.label).join(' '), reading.label.compartments.join(' ')];
}

describe('owners do not vanish in a document', () => {
  const JOINT = '(//JOINT S GBR USA//REL TO USA, GBR)';
  it.each<[string, string | undefined, readonly string[], ReturnType<typeof judged>]>([
    ['a joint portion', undefined, [JOINT], ['GBR USA', '']],
    ['a joint portion beside an unclassified one', undefined, [JOINT, '(U)'], ['GBR USA', '']],
    ['a British portion', undefined, ['(//GBR S//REL TO USA, GBR)'], ['GBR USA', '']],
    ['a British portion beside one', undefined, ['(//GBR S//REL TO USA, GBR)', '(U)'], ['GBR USA', '']],
    ['the other order', undefined, ['(U)', '(//GBR S//REL TO USA, GBR)'], ['GBR USA', '']],
    ['a NATO portion', undefined, ['(//NS//REL TO USA, NATO)', '(U)'], ['NATO USA', 'NATO']],
    ['two nations', undefined, ['(//GBR S//NF)', '(//CAN S//NF)', '(S//NF)'], ['CAN GBR USA', '']],
    ['a banner that names the source', 'SECRET//FGI GBR//NOFORN', ['(//GBR S//NF)'], ['USA', '']],
    ['a banner that conceals it', 'SECRET//FGI//NOFORN', ['(//GBR S//NF)'], ['USA', '']],
    ['a banner that leaves it out', 'SECRET//NOFORN', ['(//GBR S//NF)'], 'BANNER_LACKS_SOURCE'],
    ['a banner over a joint portion', 'SECRET//REL TO USA, GBR', [JOINT], 'BANNER_LACKS_SOURCE'],
    [
      'a joint portion that the banner carries as a source',
      'SECRET//FGI GBR//REL TO USA, GBR',
      [JOINT],
      ['GBR USA', ''],
    ],
    ['a foreign banner that names nobody', '//FGI SECRET//NOFORN', ['(//GBR S//NF)'], ['GBR USA', '']],
    ['NATO under a concealing banner', 'SECRET//FGI//NOFORN', ['(S//FGI NATO//NF)'], ['USA', 'NATO']],
  ])('%s', (_what, banner, portions, expected) => {
    expect(judged({ ...(banner !== undefined && { banner }), portions }, 'us-document')).toEqual(expected);
  });
});

describe('NATO information takes a NATO read-in, in every format', () => {
  const label = { frame: 'US', level: 'SECRET', owners: ['USA'], markedBy: 'USA', noforn: true };
  it.each<[string, unknown, string]>([
    ['us-banner', '//NATO SECRET//REL TO USA, NATO', 'NATO'],
    ['us-banner', '//COSMIC TOP SECRET//BOHEMIA//REL TO USA, NATO', 'BOHEMIA NATO'],
    ['us-banner', '//NATO SECRET//ATOMAL//REL TO USA, NATO', 'ATOMAL NATO'],
    ['us-banner', 'SECRET//FGI DEU NATO//NOFORN', 'NATO'],
    ['us-banner', '//JOINT SECRET USA NATO//REL TO USA, NATO', 'NATO'],
    ['label', { ...label, owners: ['NATO'] }, 'NATO'],
    ['label', { ...label, fgi: ['NATO'] }, 'NATO'],
    ['label', { ...label, compartments: ['ATOMAL'] }, 'ATOMAL NATO'],
    ['label', { ...label, fgi: ['DEU'] }, ''],
    [
      'ism-attrs',
      {
        classification: 'S',
        ownerProducer: 'USA',
        FGIsourceOpen: 'NATO',
        highWaterNATO: 'NATO-S',
        disseminationControls: 'NF',
      },
      'NATO',
    ],
    [
      'ism-attrs',
      {
        classification: 'S',
        ownerProducer: 'USA',
        FGIsourceProtected: 'FGI',
        highWaterNATO: 'NATO-S',
        disseminationControls: 'NF',
      },
      'NATO',
    ],
  ])('%s %j: %s', (format, marking, readIns) => {
    const reading = read(marking, format);
    expect(reading.ok ? reading.label.compartments.join(' ') : reading.errors).toBe(readIns);
  });
});

it.each([
  ['US', 'SECRET', 'GBR', 'GBR USA'],
  ['UK', 'SECRET', 'USA', 'GBR USA'],
  ['NATO', 'NATO SECRET', 'GBR', 'GBR NATO'],
  ['CAN-PROTECTED', 'PROTECTED B', 'USA', 'CAN USA'],
  ['EU', 'EU SECRET', 'FRA', 'EU FRA'],
])('a label of frame %s at %s that %s says it marked answers to %s', (frame, level, markedBy, owners) => {
  const marking = { frame, level, owners: [markedBy], markedBy, ownerOnly: true };
  expect(judged(marking, 'label')).toEqual([owners, '']);
});

describe('a structured label is everybody’s only where a nation’s own formats say so', () => {
  const of = (frame: string) => ({ US: 'USA', UK: 'GBR' })[frame] ?? frame.split('-')[0] ?? frame;
  const said = (frame: string, level: string, more: object = {}) =>
    read({ frame, level, owners: [of(frame)], markedBy: of(frame), unrestricted: true, ...more }, 'label').ok;
  it('of every level there is', () => {
    const all = frames().flatMap((frame) => (ladderOf(frame) ?? []).map((level) => [frame, level] as const));
    expect(all.filter(([frame, level]) => said(frame, level)).map((each) => each.join(' '))).toEqual([
      'AUS UNOFFICIAL',
      'CAN UNCLASSIFIED',
      'NZL UNCLASSIFIED',
      'UK OFFICIAL',
      'US UNCLASSIFIED',
    ]);
  });
  it.each<[string, object]>([
    ['another owner', { owners: ['GBR'] }],
    ['a second owner', { owners: ['GBR', 'USA'] }],
    ['the Alliance as owner', { owners: ['NATO'] }],
    ['another who marked it', { markedBy: 'GBR' }],
    ['a foreign source', { fgi: ['GBR'] }],
    ['a list for display', { displayOnly: ['GBR'] }],
    ['a compartment', { compartments: ['CUI'] }],
    ['a control', { controls: ['FOUO'] }],
  ])('not with %s', (_what, more) => {
    expect(said('US', 'UNCLASSIFIED', more)).toBe(false);
  });
});

it.each([
  ['UNCLASSIFIED//FGI GBR', 'USA', 'USA'],
  ['UNCLASSIFIED//DOD UCNI', 'USA', 'USA'],
  ['UNCLASSIFIED', 'USA', 'all'],
  ['//JOINT SECRET CAN GBR USA//REL TO USA, CAN, GBR', 'CAN GBR USA', 'CAN GBR USA'],
])('%s is owned by %s, for %s', (marking, owners, audience) => {
  const reading = read(marking, 'us-banner');
  if (!reading.ok) throw new Error(reading.errors[0].code);
  expect(reading.label.owners.join(' ')).toBe(owners);
  expect(reading.label.audience?.join(' ') ?? 'all').toBe(audience);
});

describe('NATO information keeps its read-in', () => {
  it('in a label of any other frame', () => {
    const label = { level: 'SECRET', markedBy: 'GBR', ownerOnly: true };
    expect(judged({ ...label, frame: 'UK', owners: ['GBR', 'NATO'] }, 'label')).toEqual(['GBR NATO', 'NATO']);
    expect(judged({ ...label, frame: 'UK', owners: ['GBR'], fgi: ['NATO'] }, 'label')).toEqual([
      'GBR',
      'NATO',
    ]);
  });
  it.each<[string, readonly string[], readonly string[]]>([
    ['without the read-in', [], ['COMPARTMENT_NOT_ACCREDITED']],
    ['with it', ['NATO'], []],
  ])('where a level is translated, over a network %s', (_what, compartments, codes) => {
    const carries = [{ frame: 'US', level: 'SECRET', compartments, controls: [] }];
    const audience = ['USA'];
    const fact = make.accreditation({ id: 'a', carries: carries as never, audience });
    const to = { frame: 'US', level: 'SECRET' };
    const equal = make.equivalence({ id: 'e', from: { frame: 'NATO', level: 'NATO SECRET' }, to });
    const interval = { from: 0, to: Number.POSITIVE_INFINITY };
    const carrier = { accreditations: [{ key: 'accreditation/a', fact, interval }], reach: ['USA'] };
    const label = plainLabel('NATO', 'NATO', 'NATO SECRET', ['USA']);
    const equivalences = [{ key: 'equivalence/e', fact: equal, interval }];
    const terms = { label, accreditors: [fact.authority], equivalences, at: AT };
    expect(dominanceShortfall(carrier as never, terms as never)?.codes ?? []).toEqual(codes);
  });
});

describe('one nation’s marking in its weakest format', () => {
  const cui = { compliesWith: 'USA-CUI', classification: 'U', ownerProducer: 'USA' };
  const federal = { ...cui, disseminationControls: 'FED_ONLY REL', releasableTo: 'USA GBR' };
  it.each<[string, unknown, string]>([
    ['aus-pspf', 'PROTECTED//AGAO', ' | AGAO | AUS'],
    ['aus-epms-subject', '[SEC=PROTECTED, CAVEAT=RI:AGAO]', ' | AGAO | AUS'],
    [
      'aus-epms-header',
      'VER=2018.4, NS=gov.au, SEC=PROTECTED, CAVEAT=RI:AGAO, ORIGIN=a@b.gov.au',
      ' | AGAO | AUS',
    ],
    ['aus-pspf', 'PROTECTED//AUSTEO', ' |  | AUS'],
    ['cui-banner', 'CUI', 'CUI |  | all'],
    ['ism-attrs', cui, 'CUI |  | all'],
    ['ism-attrs', { ...cui, classification: 'S', disseminationControls: 'NF' }, ' |  | USA'],
    ['cui-banner', 'CUI//FED ONLY/REL TO USA, GBR', 'CUI | FED ONLY | USA'],
    ['cui-banner', 'CUI//FEDCON/REL TO USA, GBR', 'CUI | FEDCON | USA'],
    ['ism-attrs', federal, 'CUI | FED ONLY | USA'],
    ['cui-banner', 'CUI//NOCON/REL TO USA, GBR', 'CUI | NOCON | GBR USA'],
  ])('%s %j takes %s', (format, marking, taken) => {
    const reading = read(marking, format);
    if (!reading.ok) throw new Error(reading.errors[0].code);
    const { compartments, controls, audience } = reading.label;
    const lists = [compartments.join(' '), controls.join(' '), audience?.join(' ') ?? 'all'];
    expect(lists.join(' | ')).toBe(taken);
  });
  it.each([['NATO'], ['IRL'], ['NATO', 'IRL']])(
    'NATO information for %s beside whom it is only for',
    (...to) => {
      const catl = [
        { type: 'P', name: 'Releasable To', vals: to },
        { type: 'P', name: 'Only', vals: ['IRL'] },
      ];
      const context = { '@base': 'urn:nato:stanag:5636:A:1:elements:json' };
      const label = { ocl: { pol: 'NATO', cls: 'CONFIDENTIAL', catl }, context };
      expect(judged(label, 'stanag-5636-json')).toBe('CAVEAT_EXCLUDED');
    },
  );
});

describe('ISM says no more than it has words for', () => {
  const ISM = { classification: 'S', ownerProducer: 'USA', disseminationControls: 'NF' };
  const PROTOTYPE = Object.getOwnPropertyNames(Object.prototype);
  it.each(
    PROTOTYPE.flatMap((name) =>
      ['disseminationControls', 'SCIcontrols', 'nonICmarkings', 'nonUSControls', 'atomicEnergyMarkings'].map(
        (attribute) => [attribute, name] as const,
      ),
    ),
  )('%s with %s', (attribute, name) => {
    const before = attribute === 'disseminationControls' ? 'NF ' : '';
    expect(typeof judged({ ...ISM, [attribute]: `${before}${name}` }, 'ism-attrs')).toBe('string');
  });

  it.each<[string, boolean]>([
    ['SAR-DOD:BP', true],
    ['SAR-DOD:BP-J12', true],
    ['SAR-DOD:BP-J12-J54', false],
    ['SAR-DOD:BP-', false],
  ])('%s can be read: %s', (SARIdentifier, expected) => {
    expect(read({ ...ISM, SARIdentifier }, 'ism-attrs').ok).toBe(expected);
  });

  const CUI = { compliesWith: 'USGov USA-CUI-ONLY', cuiBasic: 'PRIVILEGE' };
  it.each<[string, object, ReturnType<typeof judged>]>([
    ['LES-NF beside NF', { ...ISM, classification: 'U', nonICmarkings: 'LES-NF' }, 'CAVEAT_EXCLUDED'],
    ['SBU-NF beside NF', { ...ISM, classification: 'U', nonICmarkings: 'SBU-NF' }, 'CAVEAT_EXCLUDED'],
    ['an estimate', { ...ISM, hasApproximateMarkings: 'true' }, 'APPROXIMATE'],
    ['no estimate', { ...ISM, hasApproximateMarkings: 'false' }, ['USA', '']],
    ['CUI alone', CUI, ['USA', 'CUI CUI:PRIVILEGE']],
    ['CUI alone, classified', { ...CUI, classification: 'U' }, 'CUI_ONLY'],
    ['CUI alone, owned', { ...CUI, ownerProducer: 'USA' }, 'CUI_ONLY'],
    ['CUI alone, without any', { compliesWith: 'USA-CUI-ONLY' }, 'CUI_ONLY'],
    [
      'a programme as a banner has it',
      { ...ISM, SARIdentifier: 'SAR-DOD:BP-J12' },
      ['USA', 'SAR-BP SAR-BP-J12'],
    ],
    ['a programme of no name', { ...ISM, SARIdentifier: 'SAR-DOD:-J12' }, 'MALFORMED_NAME'],
  ])('%s', (_what, attributes, expected) => {
    expect(judged(attributes, 'ism-attrs')).toEqual(expected);
  });

  const xml = (declaration: string) =>
    `${declaration}<ism:security xmlns:ism="urn:us:gov:ic:ism" ism:classification="S" ism:ownerProducer="USA" ism:disseminationControls="NF"/>`;
  it.each<[string, ReturnType<typeof judged>]>([
    ['', ['USA', '']],
    ['<?xml version="1.0"?>', ['USA', '']],
    ['<?xml version="1.0" encoding="utf-8"?>', ['USA', '']],
    ['<?xml version="1.0" encoding="ISO-8859-1"?>', 'FORBIDDEN_XML'],
    ['<?xml version="1.0" encoding="UTF-16"?>', 'FORBIDDEN_XML'],
    ['<?xml version="1.1" encoding="UTF-8"?>', 'FORBIDDEN_XML'],
  ])('%s', (declaration, expected) => {
    expect(judged(xml(declaration), 'ism-xml')).toEqual(expected);
  });
});

describe('a reading ends where a list of codes changes', () => {
  function decideAt(at: number) {
    const reading = labelOf(EU_MESSAGE, at);
    if (!reading.ok) throw new Error(JSON.stringify(reading.reasons));
    return decide(inputFor(registryFrom(EU_FACTS), requestOf({ route: 'only-a' }), reading, at));
  }

  it('a permit for EU information does not outlive a membership', () => {
    const leaves = Date.parse(LEAVES);
    const before = decideAt(leaves - DAY_MS);
    expect([before.outcome, before.validUntil]).toEqual(['permit', leaves]);
    expect(decideAt(leaves).outcome).toBe('deny');
  });

  it('every reading is the same until it says, and another then', () => {
    const markings: readonly (readonly [string, string])[] = [
      ['eu-text', 'SECRET UE/EU SECRET'],
      ['nato-text', 'NATO SECRET'],
      ['us-banner', '//NATO SECRET//REL TO USA, NATO'],
      ['us-banner', 'SECRET//REL TO USA, ISAF'],
      ['us-banner', 'SECRET//REL TO USA, FVEY'],
      ['us-banner', 'SECRET//NOFORN'],
      ['fra-text', 'TRÈS SECRET'],
      ['deu-text', 'GEHEIM'],
      ['aus-pspf', 'PROTECTED'],
      ['nzl-text', 'SECRET'],
      ['can-text', 'SECRET'],
    ];
    const days = READING_CHANGES.map((day) => Date.parse(`${day}T00:00:00Z`));
    const said = (format: string, marking: string, at: number) => {
      const { until: _until, ...rest } = labelOf({ id: 'm', marking, markingFormat: format }, at);
      return JSON.stringify(rest);
    };
    let ends = 0;
    for (const [format, marking] of markings)
      for (const at of days.flatMap((day) => [day - DAY_MS, day])) {
        const { until } = labelOf({ id: 'm', marking, markingFormat: format }, at);
        const now = said(format, marking, at);
        for (const day of days.filter((d) => d > at && (until === null || d < until)))
          expect([format, marking, day, said(format, marking, day)]).toEqual([format, marking, day, now]);
        if (until === null) continue;
        ends += 1;
        expect(said(format, marking, until - 1)).toBe(now);
        expect(said(format, marking, until)).not.toBe(now);
      }
    expect(ends).toBeGreaterThan(50);
  });

  it('a reading of today knows no end', () => {
    expect(labelOf(EU_MESSAGE, AT)).toMatchObject({ ok: true, until: null });
  });
});
