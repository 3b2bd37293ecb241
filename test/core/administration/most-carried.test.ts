/** What networks, routes and tunnels carry at most: what each accreditation does, and what several do together. */
import { expect, it } from 'vitest';
import { mostCarried } from '../../../functions/core/administration/most-carried.ts';
import { indexOf } from '../../../functions/core/administration/registry-index.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import { accreditation, equivalence, network, registry, route } from './small-registry.ts';

/** `SI,TK/ORCON for GBR,USA`, of a subject and in a frame. */
function carrying(id: string, subject: RawFact, caveats: string, frame = 'US'): RawFact {
  const [carries = '', audience = ''] = caveats.split(' for ');
  const [compartments, controls] = carries.split('/').map((list) => list.split(',').filter(Boolean));
  return accreditation(id, subject, {
    carries: [{ frame, level: 'SECRET', compartments: compartments ?? [], controls: controls ?? [] }],
    audience: audience.split(','),
  });
}
const A = { network: 'a' };
const B = { network: 'b' };
const NETWORKS = [network('a'), network('b')];

it.each<[string, readonly RawFact[], readonly string[]]>([
  ['nothing, of nobody accredited', [], []],
  ['what one does', [carrying('one', A, 'SI/ORCON for USA')], ['US: SI/ORCON for USA']],
  [
    'of one network what either does, and what both do, for the audiences of both',
    [carrying('one', A, 'SI,TK/ORCON for USA'), carrying('two', A, 'TK/ORCON,IMCON for GBR')],
    ['US: SI,TK/ORCON for USA', 'US: TK/IMCON,ORCON for GBR', 'US: TK/ORCON for GBR,USA'],
  ],
  [
    'of two networks apart what each does',
    [carrying('one', A, 'SI/ for USA'), carrying('two', B, 'TK/ for GBR')],
    ['US: SI/ for USA', 'US: TK/ for GBR'],
  ],
  [
    'of two networks of a route what both do',
    [route('way', ['a', 'b']), carrying('one', A, 'SI/ for USA'), carrying('two', B, 'TK/ for GBR')],
    ['US: / for GBR,USA', 'US: SI/ for USA', 'US: TK/ for GBR'],
  ],
  [
    'of three what all three do',
    [
      carrying('one', A, 'HCS,SI/ for USA'),
      carrying('two', A, 'HCS,TK/ for GBR'),
      carrying('three', A, 'HCS/ORCON for FRA'),
    ],
    [
      'US: HCS,SI/ for USA',
      'US: HCS,TK/ for GBR',
      'US: HCS/ for FRA,GBR',
      'US: HCS/ for FRA,GBR,USA',
      'US: HCS/ for FRA,USA',
      'US: HCS/ for GBR,USA',
      'US: HCS/ORCON for FRA',
    ],
  ],
  [
    'of two frames nothing together',
    [carrying('one', A, '/ORCON for USA'), carrying('two', A, '/ORCON for GBR', 'UK')],
    ['UK: /ORCON for GBR', 'US: /ORCON for USA'],
  ],
  [
    'of another frame what an equivalence translates to it',
    [equivalence('e'), carrying('one', A, '/ORCON for GBR', 'UK')],
    ['UK: /ORCON for GBR', 'US: /ORCON for GBR'],
  ],
])('%s', (_, facts, expected) => {
  const carried = mostCarried(indexOf(registry([...NETWORKS, ...facts])));
  const said = [...carried].flatMap(([frame, each]) =>
    each.map((c) => `${frame}: ${c.compartments}/${c.controls} for ${c.audience}`),
  );
  expect(said.toSorted()).toEqual(expected);
});
