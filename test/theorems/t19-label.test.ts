/**
 * T19, beyond the United States: what any format says, said again as a structured label or through another carrier of
 * the same policy, is judged the same or is refused.
 */
import { describe, expect, it } from 'vitest';
import { isMarkingFormat, MARKING_FORMATS } from '../../functions/core/marking/formats.ts';
import type { Label } from '../../functions/core/marking/label.ts';
import { readMarking } from '../../functions/core/marking/read.ts';
import documents from '../core/marking/field/documents.json' with { type: 'json' };
import machine from '../core/marking/field/machine.json' with { type: 'json' };
import national from '../core/marking/field/national.json' with { type: 'json' };
import us from '../core/marking/field/us.json' with { type: 'json' };
import { judgedBy, restated } from '../core/marking/restated.ts';
import { type Choices, choicesFrom, SCALE, SEED } from './random.ts';

const ON = '2026-11-23';

function read(format: string, input: unknown): Label | undefined {
  const result = readMarking(input, { format, on: ON });
  return result.ok ? result.label : undefined;
}

describe('T19: a marking of the field, said again as a structured label', () => {
  const corpora: readonly { readonly accepted: Readonly<Record<string, readonly string[]>> }[] = [
    us,
    documents,
    national,
    machine,
  ];
  const texts = corpora.flatMap(({ accepted }) =>
    Object.entries(accepted).flatMap(([format, list]) => list.map((text) => [format, text] as const)),
  );
  it('is judged the same, or refused', () => {
    const seen = new Map<string, { same: number; refused: number }>();
    const different: unknown[] = [];
    for (const [format, text] of texts) {
      const label = read(format, text);
      if (label === undefined) throw new Error(`${format} no longer reads ${text}`);
      const again = read('label', restated(label));
      const count = seen.get(format) ?? { same: 0, refused: 0 };
      seen.set(format, count);
      if (again === undefined) count.refused += 1;
      else if (JSON.stringify(judgedBy(again)) === JSON.stringify(judgedBy(label))) count.same += 1;
      else different.push([text, judgedBy(label), judgedBy(again)]);
    }
    console.info('T19: said again as a label', Object.fromEntries(seen));
    expect(different).toEqual([]);
    const unseen = MARKING_FORMATS.filter((f) => f !== 'label' && (seen.get(f)?.same ?? 0) === 0);
    // Its public samples carry labels of unknown policies only; the NATO ones below are read through it.
    expect(unseen).toEqual(['xep-0258-xml']);
    expect([...seen.keys()].every(isMarkingFormat)).toBe(true);
  });
});

interface NatoInformation {
  readonly level: 'RESTRICTED' | 'CONFIDENTIAL' | 'SECRET' | 'TOP SECRET';
  readonly sensitivities: readonly string[];
  readonly administrative: readonly string[];
  readonly kfor: boolean;
  readonly release: 'Releasable To' | 'Only' | undefined;
  /** Codes with the names the text uses, in the order of the names. */
  readonly to: readonly (readonly [code: string, name: string])[];
}

const NAMES = [
  ['AUS', 'Australia'],
  ['DEU', 'Germany'],
  ['JPN', 'Japan'],
  ['UKR', 'Ukraine'],
  ['KFOR', 'KFOR'],
] as const;

function natoInformationFrom(pick: Choices): NatoInformation {
  const to = pick.some(NAMES, 0.4);
  return {
    level: pick.oneOf(['RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET']),
    sensitivities: pick.some(['ATOMAL', 'BALK', 'BOHEMIA', 'CRYPTO', 'SIOP'], 0.2),
    administrative: pick.some(['COMMERCIAL', 'MEDICAL', 'STAFF'], 0.2),
    kfor: pick.chance(0.2),
    release: to.length === 0 ? undefined : pick.oneOf(['Releasable To', 'Only']),
    to,
  };
}

function natoText(i: NatoInformation): string {
  const names = i.to.map(([, name]) => name).join(', ');
  return [
    i.level === 'TOP SECRET' && !i.kfor ? 'COSMIC TOP SECRET' : `NATO${i.kfor ? '/KFOR' : ''} ${i.level}`,
    ...i.sensitivities,
    ...(i.release === 'Releasable To' ? [`Releasable to ${names}`] : []),
    ...(i.release === 'Only' ? [`${names} ONLY`] : []),
    ...(i.administrative.length === 0 ? [] : [`- ${i.administrative.join(' ')}`]),
  ].join(' ');
}

/** Name, type by its letter in JSON, values: in any order, as the writer of a label likes. */
function categories(i: NatoInformation, pick: Choices) {
  const codes = i.to.map(([code]) => code);
  const all: (readonly [string, 'R' | 'P' | 'I', readonly string[]])[] = [
    ['Additional Sensitivity', 'R', i.sensitivities],
    ['Administrative', 'I', i.administrative],
    ['Context', 'P', ['NATO', ...(i.kfor ? ['KFOR'] : [])]],
    ...(i.release === undefined ? [] : [[i.release, 'P', codes] as const]),
  ];
  const said = all.filter(([, , values]) => values.length > 0);
  return pick.chance(0.5) ? said : said.toReversed();
}

const TYPES = { R: 'RESTRICTIVE', P: 'PERMISSIVE', I: 'INFORMATIVE' } as const;

function natoXml(i: NatoInformation, pick: Choices): string {
  const parts = categories(i, pick).map(([name, type, values]) => {
    const list = values.map((value) => `<GenericValue>${value}</GenericValue>`).join('');
    return `<Category TagName="${name}" Type="${TYPES[type]}">${list}</Category>`;
  });
  return [
    '<originatorConfidentialityLabel xmlns="urn:nato:stanag:4774:confidentialitymetadatalabel:1:0">',
    '<ConfidentialityInformation><PolicyIdentifier>NATO</PolicyIdentifier>',
    `<Classification>${i.level}</Classification>${parts.join('')}`,
    '</ConfidentialityInformation></originatorConfidentialityLabel>',
  ].join('');
}

function natoJson(i: NatoInformation, pick: Choices): object {
  const catl = categories(i, pick).map(([name, type, vals]) => ({ type, name, vals }));
  return {
    ocl: { pol: 'NATO', cls: i.level, catl },
    context: { '@base': 'urn:nato:stanag:5636:A:1:elements:json' },
  };
}

const WRITTEN: readonly (readonly [format: string, write: (i: NatoInformation, pick: Choices) => unknown])[] =
  [
    ['nato-text', natoText],
    ['stanag-4774-xml', natoXml],
    ['stanag-5636-json', natoJson],
    [
      'sio-label-header',
      (i, pick) => `type=":xml"; label="${Buffer.from(natoXml(i, pick)).toString('base64')}"`,
    ],
    [
      'xep-0258-xml',
      (i, pick) =>
        `<securitylabel xmlns="urn:xmpp:sec-label:0"><label>${natoXml(i, pick)}</label></securitylabel>`,
    ],
  ];

const CASES = 1500 * SCALE;

it('T19: no carrier of a NATO marking says less than another', () => {
  const pick = choicesFrom(SEED);
  const counts = new Map<string, number>();
  const different: unknown[] = [];
  for (let n = 0; n < CASES; n += 1) {
    const i = natoInformationFrom(pick);
    const labels = WRITTEN.map(([format, write]) => [format, read(format, write(i, pick))] as const);
    const said = new Set(labels.map(([, label]) => JSON.stringify(label && judgedBy(label))));
    for (const [format, label] of labels)
      if (label !== undefined) counts.set(format, (counts.get(format) ?? 0) + 1);
    const [label] = labels.flatMap(([, one]) => one ?? []);
    const again = label && read('label', restated(label));
    if (again !== undefined) said.add(JSON.stringify(judgedBy(again)));
    if (said.size > 1) different.push([i, ...said]);
  }
  console.info(
    `T19: seed ${SEED}, ${CASES} times the same in ${WRITTEN.length} formats`,
    Object.fromEntries(counts),
  );
  expect(different.slice(0, 3)).toEqual([]);
  for (const [format] of WRITTEN)
    expect([format, (counts.get(format) ?? 0) > CASES / 5]).toEqual([format, true]);
});
