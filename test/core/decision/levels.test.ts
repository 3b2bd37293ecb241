/** Every ordered pair of levels of every ladder, as accreditation, mandate and scope each compare it. */
import { describe, expect, it } from 'vitest';
import { plainLabel } from '../../../functions/core/marking/label.ts';
import { frames } from '../../../functions/core/marking/ladders.ts';
import { codesOf, decideOver } from './ask.ts';
import { accreditation, authority, FACTS, mandate, standard } from './facts.ts';

/** Lowest first, as the texts of each marking system order them; whose they are, then the levels. */
const LADDERS: Readonly<Record<string, readonly [owner: string, ...levels: string[]]>> = {
  AUS: ['AUS', 'UNOFFICIAL', 'OFFICIAL', 'OFFICIAL: Sensitive', 'PROTECTED', 'SECRET', 'TOP SECRET'],
  CAN: ['CAN', 'UNCLASSIFIED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET'],
  'CAN-PROTECTED': ['CAN', 'PROTECTED A', 'PROTECTED B', 'PROTECTED C'],
  DEU: ['DEU', 'VS-NUR FÜR DEN DIENSTGEBRAUCH', 'VS-VERTRAULICH', 'GEHEIM', 'STRENG GEHEIM'],
  EU: ['EU', 'EU RESTRICTED', 'EU CONFIDENTIAL', 'EU SECRET', 'EU TOP SECRET'],
  FRA: ['FRA', 'NON PROTÉGÉ', 'DIFFUSION RESTREINTE', 'SECRET', 'TRÈS SECRET'],
  IND: ['IND', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET'],
  NATO: [
    'NATO',
    'NATO UNCLASSIFIED',
    'NATO RESTRICTED',
    'NATO CONFIDENTIAL',
    'NATO SECRET',
    'COSMIC TOP SECRET',
  ],
  NZL: ['NZL', 'UNCLASSIFIED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET'],
  'NZL-POLICY': ['NZL', 'IN-CONFIDENCE', 'SENSITIVE'],
  SWE: ['SWE', 'BEGRÄNSAT HEMLIG', 'KONFIDENTIELL', 'HEMLIG', 'KVALIFICERAT HEMLIG'],
  UK: ['GBR', 'OFFICIAL', 'SECRET', 'TOP SECRET'],
  US: ['USA', 'UNCLASSIFIED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET'],
};

const NETWORKS = FACTS.filter((f) => f.kind === 'network' || f.kind === 'vendor');

interface Thresholds {
  readonly accredited: string;
  readonly mandated: string;
  readonly scope: string;
  readonly carriedIn?: string;
  readonly below?: 'satisfied' | 'not-applicable';
  /** A second level of the scope, in the same frame. */
  readonly orScope?: string;
}

/** What an answer about a label of that level and nothing else says, where three levels are named. */
function said(frame: string, level: string, t: Thresholds): readonly string[] {
  const [owner] = LADDERS[frame] ?? expect.fail();
  const facts = [
    ...NETWORKS,
    authority({ id: 'office', speaksFor: [owner] }),
    accreditation({
      id: 'on-net-a',
      authority: 'office',
      carries: [{ frame: t.carriedIn ?? frame, level: t.accredited, compartments: [], controls: [] }],
    }),
    mandate({
      id: 'm',
      authority: 'office',
      owner,
      from: [{ frame, level: t.mandated }],
      standards: ['S'],
      accreditors: ['office'],
    }),
    standard({
      id: 'S',
      belowScope: t.below ?? 'not-applicable',
      scope: {
        levels: [t.scope, ...(t.orScope === undefined ? [] : [t.orScope])].map((l) => ({ frame, level: l })),
        flows: null,
        providers: null,
      },
      rules: [{ rule: 'path-assurance', id: 'path', cites: ['text'], accept: ['observed'] }],
    }),
  ];
  const decision = decideOver(facts, {
    label: plainLabel(owner, frame, level, null),
    assurance: t.below === undefined ? 'observed' : 'pinned',
  });
  const codes = codesOf(decision);
  expect(decision.outcome === 'permit').toBe(codes.length === 0);
  return codes;
}

it('every frame with a ladder is in the table', () => {
  expect(frames()).toEqual(Object.keys(LADDERS).sort());
});

describe.each(Object.entries(LADDERS))('%s', (frame, [, ...levels]) => {
  const lowest = levels[0] ?? expect.fail();
  const highest = levels.at(-1) ?? expect.fail();
  const pairs = levels.flatMap((level, i) => levels.map((other, j) => [level, other, i - j] as const));

  it.each(pairs)('%s where %s is named', (level, named, above) => {
    const t = { accredited: highest, mandated: lowest, scope: lowest };
    expect({
      accredited: said(frame, level, { ...t, accredited: named }),
      mandated: said(frame, level, { ...t, mandated: named }),
      inScope: said(frame, level, { ...t, scope: named }),
      // Below its scope the standard is satisfied; within it, its rule refuses.
      belowScope: said(frame, level, { ...t, scope: named, below: 'satisfied' }),
    }).toEqual({
      accredited: above > 0 ? ['LEVEL_NOT_ACCREDITED'] : [],
      mandated: above < 0 ? ['OWNER_WITHOUT_MANDATE'] : [],
      inScope: above < 0 ? ['STANDARD_NOT_APPLICABLE'] : [],
      belowScope: above < 0 ? [] : ['PATH_NOT_ASSURED'],
    });
  });

  it('is not carried by an accreditation of another frame, be it of the same word', () => {
    for (const [carriedIn, [, ...theirs]] of Object.entries(LADDERS)) {
      if (carriedIn === frame) continue;
      for (const level of levels)
        expect([
          carriedIn,
          said(frame, level, { accredited: theirs.at(-1) ?? '', mandated: lowest, scope: lowest, carriedIn }),
        ]).toEqual([carriedIn, ['FRAME_NOT_ACCREDITED']]);
    }
  });
});

describe('a level its frame does not have', () => {
  const t = { accredited: 'SECRET', mandated: 'UNCLASSIFIED', scope: 'UNCLASSIFIED' };
  it.each([
    ['on the label', 'SECERT', t, ['OWNER_WITHOUT_MANDATE']],
    ['in the accreditation', 'SECRET', { ...t, accredited: 'SECERT' }, ['LEVEL_NOT_ACCREDITED']],
    ['in the mandate', 'SECRET', { ...t, mandated: 'SECERT' }, ['OWNER_WITHOUT_MANDATE', 'MANDATE_UNSOUND']],
    ['in the scope', 'SECRET', { ...t, scope: 'SECERT' }, ['STANDARD_NOT_APPLICABLE']],
    [
      'in the scope, beside one above the label: it may have been meant',
      'CONFIDENTIAL',
      { ...t, scope: 'SECRET', orScope: 'CONFIDENTAIL', below: 'satisfied' as const },
      ['STANDARD_NOT_APPLICABLE'],
    ],
  ])('%s', (_, level, thresholds, codes) => {
    expect(said('US', level, thresholds)).toEqual(codes);
  });
});
