/** What a standard builds on, what replaced it, and what it lacks: each case by hand, on one network that permits. */
import { describe, expect, it } from 'vitest';
import { repairsOf } from '../../../functions/core/decision/repair.ts';
import { withoutEquipment } from '../../../functions/core/decision/requested.ts';
import type { RawFact } from '../../../functions/core/facts/view.ts';
import type { Rule } from '../../../functions/core/rules/vocabulary.ts';
import { approachTo, decideOver, labelFor, type Question } from './ask.ts';
import * as make from './facts.ts';

const { AT, standard, stored } = make;
type Part = Partial<Parameters<typeof standard>[0]>;

const cites = ['text'];
const rule = (id: string, accept: readonly ('pinned' | 'observed')[]) => ({
  rule: 'path-assurance' as const,
  id,
  cites,
  accept: [...accept],
});
/** Every path here is pinned: this asks nothing of it, and the other refuses it. */
const yes = (id: string, part: Part = {}) => standard({ id, rules: [rule('asked', ['pinned'])], ...part });
const no = (id: string, part: Part = {}) => standard({ id, rules: [rule('asked', ['observed'])], ...part });
const on = (base: string, ...rules: readonly string[]) => ({
  standard: base,
  rules: rules.length === 0 ? null : [...rules],
});

const LACKING = { requirements: [{ paragraph: '2', says: 'Something.', missing: 'nobody read it' }] };
const UNLISTED = { requirements: undefined };
const SET = 'uk-dvd-2022-10';
const binding = (others: 'satisfied' | 'not-applicable', sets = [SET]) => ({
  scope: { ...make.TRUSTED.scope, providers: { sets, others } },
});
const BOUND = { providerSets: [SET] };
const valid = (from: string, to: string | null = null) => ({ from, to, zone: 'UTC' });

interface World {
  readonly facts: readonly object[];
  readonly mandate?: Partial<ReturnType<typeof make.mandate>>;
  readonly network?: object;
  readonly q?: Question;
}

function factsOf({ facts, mandate, network }: World): readonly object[] {
  const kept = make.FACTS.filter((f) => f.kind !== 'mandate' && f.kind !== 'standard').map((f) =>
    f.kind === 'network' && f.id === 'net-a' ? { ...f, ...network } : f,
  );
  return [...kept, make.mandate({ id: 'us', standards: ['OLD'], ...mandate }), ...facts];
}
const decided = (world: World) => decideOver(factsOf(world), world.q ?? {});

/** `CODE asked<said by/rule`, whatever of it is there. */
const line = (r: ReturnType<typeof decided>['reasons'][number]) =>
  [
    r.code,
    ' ',
    r.standard ?? '',
    r.statedIn === undefined ? '' : `<${r.statedIn}`,
    r.rule === undefined ? '' : `/${r.rule}`,
    r.owner === undefined ? '' : ` ${r.owner}`,
  ]
    .join('')
    .trim();

function says(world: World): readonly [outcome: string, ...reasons: string[]] {
  const { outcome, reasons } = decided(world);
  return [outcome, ...new Set(reasons.map(line))];
}
const notes = (world: World) => decided(world).notes.map(line);

type Row = readonly [name: string, world: World, outcome: string, ...reasons: string[]];
const rows = (table: readonly Row[]) =>
  it.each(table.map(([name, world, ...expected]) => ({ name, world, expected })))(
    '$name',
    ({ world, expected }) => {
      expect(says(world)).toEqual(expected);
    },
  );

const REFUSED = 'PATH_NOT_ASSURED';

describe('what it builds on', () => {
  // biome-ignore format: one row a line
  rows([
    ['is asked whole', { facts: [yes('OLD', { buildsOn: [on('A')] }), no('A')] }, 'deny', `${REFUSED} OLD<A/asked`],
    ['is asked beside its own rules', { facts: [no('OLD', { buildsOn: [on('A')] }), yes('A')] }, 'deny', `${REFUSED} OLD/asked`],
    ['permits where all of it does', { facts: [yes('OLD', { buildsOn: [on('A')] }), yes('A')] }, 'permit'],
    ['is asked by rule', { facts: [yes('OLD', { buildsOn: [on('A', 'hard')] }), yes('A', { rules: [rule('soft', ['pinned']), rule('hard', ['observed'])] })] }, 'deny', `${REFUSED} OLD<A/hard`],
    ['is not asked by another rule', { facts: [yes('OLD', { buildsOn: [on('A', 'soft')] }), yes('A', { rules: [rule('soft', ['pinned']), rule('hard', ['observed'])] })] }, 'permit'],
    ['is asked of every foundation', { facts: [yes('OLD', { buildsOn: [on('A'), on('B')] }), yes('A'), no('B')] }, 'deny', `${REFUSED} OLD<B/asked`],
    ['is asked through another', { facts: [yes('OLD', { buildsOn: [on('A')] }), yes('A', { buildsOn: [on('B')] }), no('B')] }, 'deny', `${REFUSED} OLD<B/asked`],
    ['is asked by rule through another', { facts: [yes('OLD', { buildsOn: [on('A', 'hard')] }), yes('A', { buildsOn: [on('B')] }), no('B', { rules: [rule('hard', ['observed'])] })] }, 'deny', `${REFUSED} OLD<B/hard`],
    ['is asked after it ended', { facts: [yes('OLD', { buildsOn: [on('A')] }), no('A', { valid: valid('2019-01-01', '2020-12-31') })] }, 'deny', `${REFUSED} OLD<A/asked`],
    ['is asked before it begins', { facts: [yes('OLD', { buildsOn: [on('A')] }), no('A', { valid: valid('2029-01-01') })] }, 'deny', `${REFUSED} OLD<A/asked`],
    ['is asked of another owner', { facts: [yes('OLD', { buildsOn: [on('A')] }), no('A', { owner: 'GBR', authority: 'gb-office' })] }, 'deny', `${REFUSED} OLD<A/asked`],
    ['is asked though only proposed', { facts: [yes('OLD', { buildsOn: [on('A')] }), no('A', { status: 'proposed' })] }, 'deny', `${REFUSED} OLD<A/asked`],
    ['is not there', { facts: [yes('OLD', { buildsOn: [on('A')] })] }, 'indeterminate', 'FOUNDATION_UNKNOWN OLD<A'],
    ['cannot be read', { facts: [yes('OLD', { buildsOn: [on('A')] }), stored(yes('A'), { rules: 'all' })] }, 'indeterminate', 'FOUNDATION_UNKNOWN OLD<A', 'FACT_UNSOUND OLD'],
    ['is not there, further down', { facts: [yes('OLD', { buildsOn: [on('A', 'asked')] }), yes('A', { buildsOn: [on('B')] })] }, 'indeterminate', 'FOUNDATION_UNKNOWN OLD<B'],
    ['has no such rule', { facts: [yes('OLD', { buildsOn: [on('A', 'other')] }), yes('A')] }, 'indeterminate', 'FOUNDATION_UNKNOWN OLD<A'],
    ['has one of two rules', { facts: [yes('OLD', { buildsOn: [on('A', 'asked', 'other')] }), yes('A')] }, 'indeterminate', 'FOUNDATION_UNKNOWN OLD<A'],
    ['is itself', { facts: [yes('OLD', { buildsOn: [on('OLD')] })] }, 'indeterminate', 'FOUNDATION_UNKNOWN OLD<OLD'],
    ['is itself through another', { facts: [yes('OLD', { buildsOn: [on('A')] }), yes('A', { buildsOn: [on('OLD')] })] }, 'indeterminate', 'FOUNDATION_UNKNOWN OLD<OLD'],
    ['turns round further down', { facts: [yes('OLD', { buildsOn: [on('A')] }), yes('A', { buildsOn: [on('B')] }), yes('B', { buildsOn: [on('A')] })] }, 'indeterminate', 'FOUNDATION_UNKNOWN OLD<A'],
    ['turns round in three', { facts: [yes('OLD', { buildsOn: [on('A')] }), yes('A', { buildsOn: [on('B')] }), yes('B', { buildsOn: [on('OLD')] })] }, 'indeterminate', 'FOUNDATION_UNKNOWN OLD<OLD'],
    ['turns round in three further down', { facts: [yes('OLD', { buildsOn: [on('A')] }), yes('A', { buildsOn: [on('B')] }), yes('B', { buildsOn: [on('C')] }), yes('C', { buildsOn: [on('A')] })] }, 'indeterminate', 'FOUNDATION_UNKNOWN OLD<A'],
    ['binds whom it binds', { facts: [yes('OLD', { ...binding('satisfied'), buildsOn: [on('A')] }), no('A')] }, 'permit'],
    ['is missing for nobody it binds', { facts: [yes('OLD', { ...binding('satisfied'), buildsOn: [on('A')] })] }, 'permit'],
    ['is missing for whom it binds', { facts: [yes('OLD', { ...binding('satisfied'), buildsOn: [on('A')] })], network: BOUND }, 'indeterminate', 'FOUNDATION_UNKNOWN OLD<A'],
    ['binds whoever the one asked binds, and not whom it bound', { facts: [yes('OLD', { buildsOn: [on('A')] }), no('A', binding('satisfied'))] }, 'deny', `${REFUSED} OLD<A/asked`],
  ] satisfies readonly Row[]);

  it('its days are days in its own zone', () => {
    const adopt = [
      { instrument: 'RISKY', authority: 'gb-office', classes: ['capped' as const], affiliates: [] },
    ];
    const gone: Rule = { rule: 'removal-deadline', id: 'gone', cites, adopt, where: {}, by: '2024-06-15' };
    const zoned = (zone: string) => ({ from: '2019-01-01', to: null, zone });
    const facts = (zone: string) => [
      yes('OLD', { buildsOn: [on('A')] }),
      standard({ id: 'A', rules: [gone], valid: zoned(zone) }),
    ];
    // Noon in London: the fifteenth is over in Kiritimati since ten in the morning.
    expect(says({ facts: facts('Europe/London') })[0]).toBe('permit');
    expect(says({ facts: facts('Pacific/Kiritimati') })[0]).toBe('deny');
    expect(decided({ facts: facts('Europe/London') }).validUntil).toBe(Date.parse('2024-06-15T23:00:00Z'));
  });

  it('a waiver names the standard that states the rule', () => {
    const fresh: Rule = { rule: 'inventory-complete', id: 'fresh', cites, maxAgeDays: 1 };
    const facts = (waived: string) => [
      yes('OLD', { buildsOn: [on('A')] }),
      standard({ id: 'A', rules: [fresh] }),
      make.waiver({ id: 'w', owner: 'USA', authority: 'us-office', standard: waived, rule: 'fresh' }),
    ];
    expect(says({ facts: facts('OLD') })).toEqual(['deny', 'INVENTORY_STALE OLD<A/fresh']);
    expect(says({ facts: facts('A') })).toEqual(['permit']);
    const asked = { facts: facts('A'), q: { standards: ['A'] } };
    expect([decided(asked).waivers, decided(asked).waiversByRequest]).toEqual([['waiver/w'], []]);
    expect(withoutEquipment(decided(asked)).waivers).toEqual(['waiver/w']);
    const only = {
      facts: [...facts('A'), yes('ELSE')],
      mandate: { standards: ['ELSE'] },
      q: { standards: ['OLD'] },
    };
    expect([decided(only).waivers, decided(only).waiversByRequest]).toEqual([['waiver/w'], ['waiver/w']]);
  });

  it('the layers of a tunnel are asked it too', () => {
    const adopt = [
      { instrument: 'RISKY', authority: 'gb-office', classes: ['capped' as const], affiliates: [] },
    ];
    const none: Rule = {
      rule: 'adopted-designation-absent',
      id: 'none',
      cites,
      adopt,
      where: { segments: ['security'] },
    };
    const over = (maker: string) =>
      decided({
        facts: [
          yes('OLD', { buildsOn: [on('A')] }),
          standard({ id: 'A', rules: [none] }),
          make.protection({ id: 'tunnel', layers: make.layers('maker-a', maker) }),
          make.accreditation({ id: 't', subject: { protection: 'tunnel' }, audience: ['USA', 'GBR'] }),
        ],
        mandate: { basis: 'encrypted-transport' },
        q: {
          protection: 'tunnel',
          supports: ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 're-evaluate-by'],
        },
      });
    expect(over('maker-c').outcome).toBe('permit');
    expect([over('maker-b').outcome, over('maker-b').reasons.map(line)]).toEqual([
      'deny',
      ['DESIGNATED_VENDOR_PRESENT OLD<A/none'],
    ]);
  });
});

describe('what replaced it', () => {
  const NEW = { replaces: ['OLD'] };
  const chain = (length: number) =>
    Array.from({ length }, (_, i) => yes(`S-${i + 1}`, { replaces: [i === 0 ? 'OLD' : `S-${i}`] }));
  // biome-ignore format: one row a line
  rows([
    ['is asked too', { facts: [yes('OLD'), no('NEW', NEW)] }, 'deny', `${REFUSED} OLD<NEW/asked`],
    ['permits where both do', { facts: [yes('OLD'), yes('NEW', NEW)] }, 'permit'],
    ['takes nothing back', { facts: [no('OLD'), yes('NEW', NEW)] }, 'deny', `${REFUSED} OLD/asked`],
    ['is asked through another', { facts: [yes('OLD'), yes('MID', NEW), no('NEW', { replaces: ['MID'] })] }, 'deny', `${REFUSED} OLD<NEW/asked`],
    ['is asked through fifteen others', { facts: [yes('OLD'), ...chain(16)] }, 'permit'],
    ['is too far to be asked, through sixteen others', { facts: [yes('OLD'), ...chain(17)] }, 'indeterminate', 'FACT_UNSOUND OLD'],
    ['is asked through one that has ended', { facts: [yes('OLD'), yes('MID', { ...NEW, valid: valid('2019-01-01', '2020-12-31') }), no('NEW', { replaces: ['MID'] })] }, 'deny', `${REFUSED} OLD<NEW/asked`],
    ['is asked with what it builds on', { facts: [yes('OLD'), yes('NEW', { ...NEW, buildsOn: [on('A')] }), no('A')] }, 'deny', `${REFUSED} OLD<A/asked`],
    ['may build on what it replaces', { facts: [yes('OLD'), yes('NEW', { ...NEW, buildsOn: [on('OLD')] })] }, 'permit'],
    ['is another owner’s', { facts: [yes('OLD'), no('NEW', { ...NEW, owner: 'GBR', authority: 'gb-office' })] }, 'permit'],
    ['is another owner’s, further on', { facts: [yes('OLD'), yes('MID', NEW), no('NEW', { replaces: ['MID'], owner: 'GBR', authority: 'gb-office' })] }, 'permit'],
    ['is only proposed', { facts: [yes('OLD'), no('NEW', { ...NEW, status: 'proposed' })] }, 'permit'],
    ['follows one that is only proposed', { facts: [yes('OLD'), yes('MID', { ...NEW, status: 'proposed' }), no('NEW', { replaces: ['MID'] })] }, 'permit'],
    ['has not begun', { facts: [yes('OLD'), no('NEW', { ...NEW, valid: valid('2024-06-16') })] }, 'permit'],
    ['has ended', { facts: [yes('OLD'), no('NEW', { ...NEW, valid: valid('2019-01-01', '2024-06-14') })] }, 'permit'],
    ['replaces another', { facts: [yes('OLD'), no('NEW', { replaces: ['ELSE'] })] }, 'permit'],
    ['replaces it and is replaced by it', { facts: [yes('OLD', { replaces: ['NEW'] }), no('NEW', NEW)] }, 'deny', `${REFUSED} OLD<NEW/asked`],
    ['does not bind this network', { facts: [yes('OLD'), no('NEW', { ...NEW, ...binding('not-applicable') })] }, 'permit'],
    ['is satisfied with this network', { facts: [yes('OLD'), no('NEW', { ...NEW, ...binding('satisfied') })] }, 'permit'],
    ['binds this network', { facts: [yes('OLD'), no('NEW', { ...NEW, ...binding('not-applicable') })], network: BOUND }, 'deny', `${REFUSED} OLD<NEW/asked`],
    ['may bind this network', { facts: [yes('OLD'), yes('NEW', { ...NEW, ...binding('not-applicable') })], network: { providerSets: ['who-knows'] } }, 'indeterminate', 'SCOPE_UNKNOWN OLD<NEW'],
    ['binds one of two networks, and refuses it', { facts: [yes('OLD'), no('NEW', { ...NEW, ...binding('not-applicable') })], network: BOUND, q: { hops: ['net-a', 'net-b'] } }, 'deny', `${REFUSED} OLD<NEW/asked`],
    ['binds one of two networks, and permits it', { facts: [yes('OLD'), yes('NEW', { ...NEW, ...binding('not-applicable') })], network: BOUND, q: { hops: ['net-a', 'net-b'] } }, 'permit'],
    ['lacks something, and binds one of two networks', { facts: [yes('OLD'), yes('NEW', { ...NEW, ...LACKING, ...binding('not-applicable') })], network: BOUND, q: { hops: ['net-a', 'net-b'] } }, 'deny', 'INCOMPLETE_NOT_ACCEPTED OLD<NEW USA'],
    ['lacks something, and binds neither of two', { facts: [yes('OLD'), yes('NEW', { ...NEW, ...LACKING, ...binding('not-applicable') })], q: { hops: ['net-a', 'net-b'] } }, 'permit'],
    ['is about some other flow', { facts: [yes('OLD'), no('NEW', { ...NEW, scope: { ...make.TRUSTED.scope, flows: ['private'] } })], q: { flow: 'agency-internal' } }, 'permit'],
    ['is about a flow nobody told', { facts: [yes('OLD'), yes('NEW', { ...NEW, scope: { ...make.TRUSTED.scope, flows: ['private'] } })] }, 'indeterminate', 'FLOW_UNKNOWN OLD<NEW'],
    ['is about purchases', { facts: [yes('OLD'), no('NEW', { ...NEW, about: 'procurement-ban' })] }, 'permit'],
    ['of one that is over has nothing to add', { facts: [yes('OLD', { valid: valid('2019-01-01', '2020-12-31') }), yes('NEW', NEW)] }, 'not-applicable', 'STANDARD_NOT_IN_FORCE OLD'],
    ['of one that is over is not asked', { facts: [yes('OLD', { valid: valid('2019-01-01', '2020-12-31') }), yes('ELSE'), no('NEW', NEW)], mandate: { standards: ['ELSE'] }, q: { standards: ['OLD'] } }, 'permit'],
    ['is asked where the request names the older one', { facts: [yes('OLD'), yes('ELSE'), no('NEW', NEW)], mandate: { standards: ['ELSE'] }, q: { standards: ['OLD'] } }, 'deny', `${REFUSED} OLD<NEW/asked`],
    ['is not asked where nobody names the older one', { facts: [yes('OLD'), yes('ELSE'), no('NEW', NEW)], mandate: { standards: ['ELSE'] } }, 'permit'],
  ] satisfies readonly Row[]);

  it('is a note in every answer by the older one', () => {
    const world = { facts: [yes('OLD'), yes('NEW', NEW)] };
    expect(notes(world)).toEqual(['STANDARD_REPLACED OLD<NEW']);
    expect(notes({ facts: [yes('OLD'), no('NEW', { ...NEW, valid: valid('2024-06-16') })] })).toEqual([]);
    const partly = { facts: [yes('OLD'), yes('NEW', { ...NEW, ...binding('not-applicable') })] };
    expect(notes(partly)).toEqual([]);
    const above = { ...make.TRUSTED.scope, levels: [{ frame: 'US', level: 'TOP SECRET' }] };
    expect(
      notes({ facts: [yes('OLD'), yes('NEW', { ...NEW, scope: above, belowScope: 'satisfied' })] }),
    ).toEqual([]);
    expect(notes({ ...partly, network: BOUND, q: { hops: ['net-a', 'net-b'] } })).toEqual([
      'STANDARD_REPLACED OLD<NEW',
    ]);
    const added = {
      facts: [...world.facts, yes('ELSE')],
      mandate: { standards: ['ELSE'] },
      q: { standards: ['OLD'] },
    };
    expect(withoutEquipment(decided(added)).notes.map(line)).toEqual(['STANDARD_REPLACED OLD']);
  });

  it('asks what it asks of the hops it binds, whatever it says of others', () => {
    const sealed: Rule = {
      rule: 'protection-required',
      id: 'sealed',
      cites,
      accept: [{ scheme: 'csfc', leastLayers: 2, independentIn: ['vendor'] }],
      obligations: ['pin-path'],
      reEvaluateWithinHours: null,
    };
    const over = (hops: readonly string[]) =>
      decided({
        facts: [
          yes('OLD'),
          standard({ id: 'NEW', rules: [sealed], ...NEW, ...binding('not-applicable') }),
          make.protection({ id: 'tunnel' }),
          make.accreditation({ id: 't', subject: { protection: 'tunnel' }, audience: ['USA', 'GBR'] }),
        ],
        network: BOUND,
        mandate: { basis: 'encrypted-transport' },
        q: {
          hops,
          protection: 'tunnel',
          supports: ['use-tunnel', 'no-plaintext-fallback', 'hide-label', 're-evaluate-by'],
        },
      });
    for (const hops of [['net-a'], ['net-a', 'net-b']])
      expect([over(hops).outcome, over(hops).reasons.map((r) => r.code)]).toEqual([
        'deny',
        ['OBLIGATION_UNSUPPORTED'],
      ]);
    expect(over(['net-b']).outcome).toBe('permit');
  });

  it('its waiver names it, and its days bound the answer', () => {
    const fresh: Rule = { rule: 'inventory-complete', id: 'fresh', cites, maxAgeDays: 20 };
    const successor = standard({ id: 'NEW', rules: [fresh], ...NEW, ...binding('not-applicable') });
    const over = (hops: readonly string[]) =>
      decided({ facts: [yes('OLD'), successor], network: BOUND, q: { hops } });
    for (const hops of [['net-a'], ['net-a', 'net-b']])
      expect([over(hops).outcome, over(hops).validUntil]).toEqual([
        'permit',
        Date.parse('2024-06-22T00:00:00Z'),
      ]);
  });

  it('a waiver of its rule names it', () => {
    const fresh: Rule = { rule: 'inventory-complete', id: 'fresh', cites, maxAgeDays: 1 };
    const waived = (by: string) =>
      decided({
        facts: [
          yes('OLD'),
          standard({ id: 'NEW', rules: [fresh], ...NEW }),
          make.waiver({ id: 'w', owner: 'USA', authority: 'us-office', standard: by, rule: 'fresh' }),
        ],
      });
    expect([waived('OLD').outcome, waived('OLD').waivers]).toEqual(['deny', []]);
    expect([waived('NEW').outcome, waived('NEW').waivers]).toEqual(['permit', ['waiver/w']]);
  });

  const unread = (members: make.Members) =>
    stored(yes('NEW', { replaces: ['OLD'] }), { rules: 'none', ...members });
  // biome-ignore format: one row a line
  it.each<readonly [string, readonly object[], boolean]>([
    ['that nobody can read', [unread({})], true],
    ['that nobody can read, of an owner nobody can read', [unread({ owner: 7 })], true],
    ['that nobody can read, of an owner that is none', [unread({ owner: 'usa' })], true],
    ['that nobody can read, of no owner', [unread({ owner: undefined })], true],
    ['that nobody can read, of another owner', [unread({ owner: 'GBR' })], false],
    ['of which nobody can read what it replaces', [unread({ replaces: 'OLD' })], true],
    ['of which nobody can read all that it replaces', [unread({ replaces: ['ELSE', 7] })], true],
    ['that nobody can read, of another standard', [unread({ replaces: ['ELSE'] })], true],
    ['that nobody can read, and that replaces nothing', [unread({ replaces: undefined })], true],
    ['that replaces itself as well', [stored(yes('NEW'), { replaces: ['OLD', 'NEW'] })], true],
    ['registered twice', [yes('NEW', { replaces: ['OLD'] }), no('NEW', { replaces: ['OLD'] })], true],
    ['that nobody can read, of what replaced it', [yes('MID', { replaces: ['OLD'] }), unread({ replaces: ['MID'] })], true],
    ['that nobody can read, of what will replace it', [yes('MID', { replaces: ['OLD'], valid: valid('2030-01-01') }), unread({ replaces: ['MID'] })], true],
  ])('a standard %s may be it', (_name, facts, refuses) => {
    expect(says({ facts: [yes('OLD'), ...facts] })).toEqual(
      refuses ? ['indeterminate', 'FACT_UNSOUND OLD'] : ['permit'],
    );
  });
});

it('a standard that nobody can read is no matter to one of its owner that is over', () => {
  const over = {
    facts: [
      yes('OLD', { valid: valid('2019-01-01', '2020-12-31') }),
      stored(yes('NEW', { replaces: ['OLD'] }), { rules: 'none' }),
      yes('ELSE', { owner: 'GBR', authority: 'gb-office' }),
    ],
    mandate: { standards: ['ELSE'] },
    q: { standards: ['OLD'] },
  };
  expect([says(over), notes(over)]).toEqual([['permit'], ['STANDARD_NOT_IN_FORCE OLD']]);
});

describe('what it lacks', () => {
  const accepting = (...ids: readonly string[]) => ({ acceptIncomplete: [...ids] });
  const MISSING = 'INCOMPLETE_NOT_ACCEPTED OLD';
  // biome-ignore format: one row a line
  rows([
    ['nothing', { facts: [yes('OLD')] }, 'permit'],
    ['a requirement', { facts: [yes('OLD', LACKING)] }, 'deny', `${MISSING} USA`],
    ['one of two requirements', { facts: [yes('OLD', { requirements: [...make.encodedBy([rule('asked', [])]), ...LACKING.requirements] })] }, 'deny', `${MISSING} USA`],
    ['one that is out of scope, and said to be', { facts: [yes('OLD', { requirements: [{ paragraph: '3', says: 'Fees.', outOfScope: 'of money' }] })] }, 'permit'],
    ['a list of them', { facts: [yes('OLD', UNLISTED)] }, 'deny', `${MISSING} USA`],
    ['a list with anything on it', { facts: [yes('OLD', { requirements: [] })] }, 'indeterminate', 'STANDARD_UNKNOWN OLD'],
    ['a requirement that was accepted', { facts: [yes('OLD', LACKING)], mandate: accepting('OLD') }, 'permit'],
    ['a requirement, and another was accepted', { facts: [yes('OLD', LACKING), yes('A')], mandate: accepting('A') }, 'deny', `${MISSING} USA`],
    ['what its foundation lacks', { facts: [yes('OLD', { buildsOn: [on('A')] }), yes('A', LACKING)] }, 'deny', `${MISSING}<A USA`],
    ['what a foundation of one rule lacks', { facts: [yes('OLD', { buildsOn: [on('A', 'asked')] }), yes('A', LACKING)] }, 'deny', `${MISSING}<A USA`],
    ['what its foundation lacks, and it was accepted itself', { facts: [yes('OLD', { buildsOn: [on('A')] }), yes('A', LACKING)], mandate: accepting('OLD') }, 'deny', `${MISSING}<A USA`],
    ['what its foundation lacks, which was accepted', { facts: [yes('OLD', { buildsOn: [on('A')] }), yes('A', LACKING)], mandate: accepting('A') }, 'permit'],
    ['what its successor lacks', { facts: [yes('OLD'), yes('NEW', { ...LACKING, replaces: ['OLD'] })] }, 'deny', `${MISSING}<NEW USA`],
    ['what its successor lacks, which was accepted', { facts: [yes('OLD'), yes('NEW', { ...LACKING, replaces: ['OLD'] })], mandate: accepting('NEW') }, 'permit'],
    ['something for whom it does not bind', { facts: [yes('OLD', { ...LACKING, ...binding('satisfied') })] }, 'permit'],
    ['something for whom it binds', { facts: [yes('OLD', { ...LACKING, ...binding('satisfied') })], network: BOUND }, 'deny', `${MISSING} USA`],
    ['something, and only the request names it', { facts: [yes('OLD', LACKING), yes('ELSE')], mandate: { standards: ['ELSE'] }, q: { standards: ['OLD'] } }, 'permit'],
    ['something, of which one mandate of two has heard', { facts: [yes('OLD', LACKING), make.mandate({ id: 'other', standards: ['OLD'], acceptIncomplete: ['OLD'] })] }, 'deny', `${MISSING} USA`],
    ['something that both mandates accept', { facts: [yes('OLD', LACKING), make.mandate({ id: 'other', standards: ['OLD'], acceptIncomplete: ['OLD'] })], mandate: accepting('OLD') }, 'permit'],
    ['something that a mandate accepts which does not name it', { facts: [yes('OLD', LACKING), yes('ELSE'), make.mandate({ id: 'other', standards: ['ELSE'], acceptIncomplete: ['OLD'] })] }, 'deny', `${MISSING} USA`],
  ] satisfies readonly Row[]);

  it('is told in one word of what the request adds, whoever lacks it', () => {
    const facts = [yes('OLD', { ...LACKING, buildsOn: [on('A')] }), yes('A', LACKING), yes('ELSE')];
    const added = decided({ facts, mandate: { standards: ['ELSE'] }, q: { standards: ['OLD'] } });
    expect(withoutEquipment(added).notes).toEqual([{ code: 'STANDARD_INCOMPLETE', standard: 'OLD' }]);
  });

  it('is a note in every answer, also where it was accepted or only asked for', () => {
    const facts = [yes('OLD', LACKING), yes('ELSE')];
    expect(notes({ facts, mandate: { acceptIncomplete: ['OLD'] } })).toEqual(['STANDARD_INCOMPLETE OLD']);
    const added = { facts, mandate: { standards: ['ELSE'] }, q: { standards: ['OLD'] } };
    expect(notes(added)).toEqual(['STANDARD_INCOMPLETE OLD']);
    expect(withoutEquipment(decided(added)).notes.map(line)).toEqual(['STANDARD_INCOMPLETE OLD']);
    const founded = { facts: [yes('OLD', { buildsOn: [on('A')] }), yes('A', UNLISTED)] };
    expect(notes(founded)).toEqual(['STANDARD_INCOMPLETE OLD<A']);
    expect(notes({ facts: [yes('OLD')] })).toEqual([]);
  });
});

it('a repair is of the standard that lacks something, or is not there', () => {
  const repairs = (facts: readonly object[]) =>
    repairsOf({ ...approachTo(factsOf({ facts })), label: labelFor({}), labelUntil: null }).groups.map(
      (r) => `${r.repair} ${r.standard}`,
    );
  const built = yes('OLD', { buildsOn: [on('A')] });
  expect(repairs([yes('OLD', LACKING)])).toEqual(['complete-standard OLD']);
  expect(repairs([built, yes('A', LACKING)])).toEqual(['complete-standard A']);
  expect(repairs([yes('OLD'), yes('NEW', { ...LACKING, replaces: ['OLD'] })])).toEqual([
    'complete-standard NEW',
  ]);
  expect(repairs([built])).toEqual(['adopt-standard A']);
});

describe('time', () => {
  const DAY = 86_400_000;
  const until = (facts: readonly object[], mandate = {}) => decided({ facts, mandate }).validUntil;
  // biome-ignore format: one row a line
  const DAYS: readonly (readonly [string, readonly object[], string])[] = [
    ['a successor begins', [yes('OLD'), no('NEW', { replaces: ['OLD'], valid: valid('2024-07-01') })], '2024-07-01'],
    ['a successor ends', [yes('OLD'), yes('NEW', { replaces: ['OLD'], valid: valid('2019-01-01', '2024-06-30') })], '2024-07-01'],
    ['a successor of a successor begins', [yes('OLD'), yes('MID', { replaces: ['OLD'], valid: valid('2030-01-01') }), no('NEW', { replaces: ['MID'], valid: valid('2024-07-01') })], '2024-07-01'],
    ['it ends itself', [yes('OLD', { valid: valid('2019-01-01', '2024-06-30') })], '2024-07-01'],
  ];
  it.each(DAYS)('an answer ends when %s', (_name, facts, day) => {
    const end = Date.parse(`${day}T00:00:00Z`);
    expect(decided({ facts }).outcome).toBe('permit');
    expect(until(facts)).toBe(end);
    expect(until([...facts, yes('BASE', { valid: valid('2019-01-01', '2024-06-20') })])).toBe(end);
  });

  it('an answer by a foundation does not end with it, but with what its rules say', () => {
    const fresh: Rule = { rule: 'inventory-complete', id: 'fresh', cites, maxAgeDays: 20 };
    const base = standard({ id: 'A', rules: [fresh], valid: valid('2019-01-01', '2024-06-20') });
    expect(until([yes('OLD', { buildsOn: [on('A')] }), base])).toBe(Date.parse('2024-06-22T00:00:00Z'));
  });

  it('an answer ends with the mandate that accepts', () => {
    const mandate = { acceptIncomplete: ['OLD'], valid: valid('2019-01-01', '2024-06-30') };
    expect(until([yes('OLD', LACKING)], mandate)).toBe(Date.parse('2024-07-01T00:00:00Z'));
  });

  it('nobody’s permit outlasts the day its successor begins', () => {
    const facts = [yes('OLD'), no('NEW', { replaces: ['OLD'], valid: valid('2024-07-01') })];
    const at = Date.parse('2024-07-01T00:00:00Z');
    const outcomes = [at - 1, at, at + DAY].map((t) => decided({ facts, q: { at: t } }).outcome);
    expect([AT < at, outcomes]).toEqual([true, ['permit', 'deny', 'deny']]);
  });
});

describe('what is relied on', () => {
  const unread: Part = { sources: [{ ...make.UNREAD, key: 'text' }] };
  // biome-ignore format: one row a line
  it.each<readonly [string, readonly RawFact[] | readonly object[], readonly string[]]>([
    ['itself', [yes('OLD', unread)], ['standard/OLD']],
    ['what it builds on', [yes('OLD', { buildsOn: [on('A')] }), yes('A', unread)], ['standard/A']],
    ['what it builds on though it ended', [yes('OLD', { buildsOn: [on('A')] }), yes('A', { ...unread, valid: valid('2019-01-01', '2020-12-31') })], ['standard/A']],
    ['what replaced it', [yes('OLD'), yes('NEW', { ...unread, replaces: ['OLD'] })], ['standard/NEW']],
    ['not what will replace it', [yes('OLD'), yes('NEW', { ...unread, replaces: ['OLD'], valid: valid('2030-01-01') })], []],
  ])('%s', (_name, facts, keys) => {
    expect(decided({ facts }).unverified).toEqual(keys);
    expect(says({ facts, mandate: { acceptUnverified: false } })).toEqual(
      keys.length === 0 ? ['permit'] : ['deny', 'CITATION_UNVERIFIED'],
    );
  });
});

it('a successor that is not about carrying traffic refuses nothing, and is no reason of a permit', () => {
  const about = no('NEXT', { replaces: ['OLD'], about: 'procurement-ban', ...LACKING });
  expect(says({ facts: [yes('OLD'), about] })).toEqual(['permit']);
  expect(notes({ facts: [yes('OLD'), about] }).filter((n) => /REPLACED|INCOMPLETE/.test(n))).toEqual([]);
});
