/**
 * Attempts to have a screen, a forecast or an explanation call something permitted that no marking says: through labels
 * which no reader of markings made. Each is what some marking reads as, and what is called permitted is permitted for it.
 */
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../functions/board/evaluate.ts';
import { columnsOf } from '../../functions/board/profiles.ts';
import { markingProfiles } from '../../functions/core/administration/marking-profiles.ts';
import { indexOf } from '../../functions/core/administration/registry-index.ts';
import { highestLabels } from '../../functions/core/decision/highest.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { type Label, labelFrom, plainLabel } from '../../functions/core/marking/label.ts';
import { readMarking } from '../../functions/core/marking/read.ts';
import { wholeRegistry } from '../../functions/store/whole-registry.ts';
import { readSampleRegistry } from '../../infra/local/sample-registry.ts';
import { approachTo, asStored, decideOver, labelFor } from '../core/decision/ask.ts';
import * as make from '../core/decision/facts.ts';
import { AT } from '../core/decision/facts.ts';
import { judgedBy, restated } from '../core/marking/restated.ts';

const ON = '2024-06-15';

/** American, British and NATO information; the one network accredited for what is named. */
function world(compartments: readonly string[], frame: string = 'US'): readonly RawFact[] {
  const carries = [{ frame, level: 'SECRET', compartments, controls: ['ORCON'] }];
  const from = [
    { frame: 'US', level: 'CONFIDENTIAL' },
    { frame: 'UK', level: 'OFFICIAL' },
  ];
  return asStored([
    ...make.FACTS.filter(({ id }) => id !== 'net-a-accredited'),
    make.authority({ id: 'nato-office', speaksFor: ['NATO'] }),
    make.mandate({ id: 'nato', owner: 'NATO', authority: 'nato-office', from, accreditors: ['us-office'] }),
    make.accreditation({ id: 'more', carries: carries as never }),
  ]);
}

const WORLDS: readonly (readonly [what: string, facts: readonly RawFact[]])[] = [
  ['the sample', [...readSampleRegistry().values()]],
  ['NATO information over what is not read in', world(['SI'])],
  ['NATO information over what is', world(['NATO', 'SI'])],
  ['a sub-compartment without its compartment', world(['SI-G', 'TK'])],
  ['a category of the Alliance without its read-in', world(['ATOMAL', 'TK'])],
  ['the same in British markings', world(['ATOMAL', 'SI-G'], 'UK')],
];

/** The label as a marking of the same reads; where it has no restriction, as one that is released to somebody. */
function asRead(label: Label): Label {
  const owned = { ...label, owners: label.owners.length === 0 ? [label.markedBy] : label.owners };
  const released = { ...owned, audience: label.audience ?? ['USA'] };
  const reading = readMarking(restated(released), { format: 'label', on: ON });
  if (!reading.ok) throw new Error(`${JSON.stringify(label)}: ${reading.errors[0].code}`);
  return { ...reading.label, audience: label.audience === null ? null : reading.label.audience };
}

describe.each(WORLDS)('%s', (_what, facts) => {
  it('every marking that is asked about is what some marking reads as', () => {
    const asked = markingProfiles(AT, indexOf(new Map(facts.map((f) => [make.keyOf(f), f]))));
    const invented = asked.filter(
      ({ label }) => JSON.stringify(judgedBy(asRead(label))) !== JSON.stringify(judgedBy(label)),
    );
    expect(invented.slice(0, 3)).toEqual([]);
    expect(asked.length).toBeGreaterThan(50);
  });
  it('what a path may carry most is what some marking reads as, and that is permitted', () => {
    const input = { ...approachTo(facts, { hops: ['net-a'] }), label: labelFor({}), labelUntil: null };
    for (const { level, owner, ...said } of highestLabels(input)) {
      if (level === null) continue;
      const label = labelFrom({ ...said, level, markedBy: owner });
      expect(judgedBy(asRead(label))).toEqual(judgedBy(label));
      expect(decideOver(facts, { label: asRead(label), hops: ['net-a'] }).outcome).toBe('permit');
    }
  });
});

/** What is said of NATO SECRET in American markings: the path explained, and the board's column. */
function saidOfNato(facts: readonly RawFact[]): readonly unknown[] {
  const input = { ...approachTo(facts, { hops: ['net-a'] }), label: labelFor({}), labelUntil: null };
  const highest = highestLabels(input).find((h) => h.owner === 'NATO' && h.frame === 'US');
  const registry = wholeRegistry({ version: 1, digest: 'sha256:x', recordedAt: ON }, facts);
  const columns = columnsOf(registry, AT).drawn.filter((p) => p.name === 'NATO · SECRET, shared');
  const column = columns.find((p) => p.label.frame === 'US');
  if (column === undefined) throw new Error('NATO has no column');
  const drawn = evaluate(registry, { network: 'net-a' }, column, AT).outcome;
  const marking = '//NATO SECRET//REL TO USA, GBR';
  const decided = decideOver(facts, { marking, format: 'us-banner', hops: ['net-a'] }).outcome;
  return [decided, drawn, highest?.level, highest?.compartments.join(' ')];
}

it.each([
  [[], ['deny', 'deny', null, '']],
  [['SI'], ['deny', 'deny', null, '']],
  [['NATO'], ['permit', 'permit', 'SECRET', 'NATO']],
  [['ATOMAL'], ['deny', 'deny', null, '']],
])('over a network accredited for %j, NATO SECRET in American markings: %j', (compartments, expected) => {
  expect(saidOfNato(world(compartments))).toEqual(expected);
});

it.each<[string, Label, readonly string[]]>([
  ['an owner', plainLabel('NATO', 'US', 'SECRET', null), ['NATO']],
  ['an owner in British markings', plainLabel('NATO', 'UK', 'SECRET', null), ['NATO']],
  ['an owner in its own', plainLabel('NATO', 'NATO', 'NATO SECRET', null), []],
  [
    'a leaf',
    labelFrom({ frame: 'US', level: 'SECRET', markedBy: 'USA', compartments: ['SI-G ABCD'], audience: null }),
    ['SI', 'SI-G', 'SI-G ABCD'],
  ],
  [
    'a source',
    labelFrom({ frame: 'US', level: 'SECRET', markedBy: 'USA', fgi: ['NATO'], audience: null }),
    ['NATO'],
  ],
])('a label made from %s has the read-ins of a marking', (_what, label, readIns) => {
  expect(label.compartments).toEqual(readIns);
});
