/** Faults in what the board works out before it draws: figures, columns, questions, and when it looks again. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults in code that has templates
import { type FaultsOfFile, mutationsOf } from '../mutation.ts';

const file = (name: string, faults: FaultsOfFile['faults']): FaultsOfFile => ({
  file: `functions/board/${name}.ts`,
  caughtBy: 'test/board/board.test.ts',
  faults,
});

export const BOARD = mutationsOf('board', [
  file('board', [
    ['what ends next is what ends first', 'e.at > at + 30 * 86_400_000', 'e.at < at + 30 * 86_400_000'],
    ['networks do not go dark', '[...networksOf(registry), ...routesOf(registry)]', 'routesOf(registry)'],
    [
      'endings of three days',
      'endings: endingWithin(registry.facts, at, 30)',
      'endings: endingWithin(registry.facts, at, 3)',
    ],
    ['darkness of a week', 'profiles, at, 30)', 'profiles, at, 7)'],
    ['links to routes as networks', "'network' in row.subject ? 'network' : 'route'", "'network'"],
    ['a restored registry looks like any other', 'if (held === null) return NOTHING;', 'return NOTHING;'],
    ['one hold is not said', 'holds > 0 ?', 'holds > 1 ?'],
    [
      'holds that were lifted are in force',
      'holdsInForce(registry, at).length',
      "registry.facts.filter((f) => f['kind'] === 'hold').length",
    ],
    ['a text is a yes', 'event.describe === true', 'event.describe !== undefined'],
    ['links where there is no page', 'event.links === true ? linkTo', 'event.links !== false ? linkTo'],
    [
      'an unknown column is the first',
      'profiles[Number(event.profile ?? 0)]',
      'profiles[Number(event.profile ?? 0)] ?? profiles[0]',
    ],
    ['an empty registry is a fault', "code === 'HEAD_MISSING'", "code === 'OBJECT_MISSING'"],
    ['the drawing outlives its minute', '`${registry.digest} ${Math.floor(at / 60_000)}`', 'registry.digest'],
    [
      'the drawing outlives its version',
      '`${registry.digest} ${Math.floor(at / 60_000)}`',
      '`${Math.floor(at / 60_000)}`',
    ],
    ['recorded now', 'minuteOf(Date.parse(registry.recordedAt))', 'minuteOf(at)'],
  ]),
  file('changes', [
    ['six versions', 'changes.length === VERSIONS', 'changes.length > VERSIONS'],
    ['what changed is told backwards', "diff(before, after, 'facts')", "diff(after, before, 'facts')"],
    [
      'what is gone has changed',
      'd.after === undefined ? lists.removed',
      'd.after === undefined ? lists.changed',
    ],
    ['names as they come', '[...list].sort().slice', '[...list].slice', 'test/board/drawing.test.ts'],
    [
      'what is left out is not counted',
      '${list.length - shown.length} more',
      '${shown.length} more',
      'test/board/drawing.test.ts',
    ],
  ]),
  file('evaluate', [
    [
      'a network is only assumed',
      "evidenceIn(registry, request, at, 'pinned')",
      'evidenceIn(registry, request, at)',
    ],
    ['callers that can do nothing', 'Object.keys(OBLIGATION_TYPES) as ObligationType[]', '[]'],
  ]),
  file('matrix', [
    ['what carries least comes first', 'permits(b) - permits(a) ||', 'permits(a) - permits(b) ||'],
    [
      'names of routes are looked for among networks',
      "[`route/${subject.route}`, 'route']",
      "[`route/${subject.route}`, 'network']",
    ],
    [
      'a permit that ends on the day is not soon',
      'cell.validUntil - at <= MONTH_MS',
      'cell.validUntil - at < MONTH_MS',
      'test/board/drawing.test.ts',
    ],
    [
      'alike whatever speaks against them',
      '${[...new Set(c.reasons.map((r) => r.code))].sort().join()}',
      '',
      'test/board/drawing.test.ts',
    ],
  ]),
  file('outlook', [
    ['the last instant of the window is outside', 'next > until', 'next >= until'],
    [
      'nothing is looked for past the first end',
      "while (decision.outcome === 'permit') {",
      "if (decision.outcome === 'permit') {",
    ],
    ['dark when the last marking is lost', 'Math.min(...lost', 'Math.max(...lost'],
    ['the end of an adverse word is a loss', "reading.polarity === 'adverse'", 'false'],
    ['an end on the last instant is not named', 'interval.to <= until', 'interval.to < until'],
    ['what is not in force yet ends', 'holdsAt(interval, at) && ', ''],
    ...(['waiver', 'mandate', 'protection', 'standard', 'route', 'network', 'assessment'] as const).map(
      (kind) => [`nobody watches the end of a ${kind}`, `  '${kind}',\n`, ''] as const,
    ),
  ]),
  file('profiles', [
    ['room for sixteen', 'MAX_PROFILES = 18', 'MAX_PROFILES = 16'],
    ['the level a mandate begins at is left out', 'rank < least', 'rank <= least'],
    [
      'the highest level before SECRET',
      'fromTop === 1 ? 0 : fromTop === 0 ? 1',
      'fromTop === 1 ? 1 : fromTop === 0 ? 0',
    ],
    ['the open level is for the owner', 'rank === 0 ? null : own', 'own'],
    ['shared without the own nation', 'new Set([...own, ...everybody])', 'new Set(everybody)'],
    [
      'nations of an accreditation that ended',
      ' || !holdsAt(reading.interval, at)) continue;\n    for (const nation',
      ') continue;\n    for (const nation',
    ],
    ['a mandate that ended has columns', 'if (!holdsAt(interval, at)) continue;', ''],
    [
      'the highest of two mandates',
      '< (least.get(key)?.rank ?? Number.POSITIVE_INFINITY)',
      '> (least.get(key)?.rank ?? -1)',
    ],
  ]),
  file('question', [
    ['an alternate is on the way', '{ id, alternate: true }', '{ id, alternate: false }'],
    [
      'a change of reasons is none',
      'last.outcome === outcome && last.codes.join() === codes.join()',
      'last.outcome === outcome',
    ],
    ['nothing is known after two changes', 'MAX_STEPS = 64', 'MAX_STEPS = 2'],
    ['reasons of hops are general', 'r.hop === undefined', 'r.hop !== undefined'],
    ['where equipment stands is not said', ", ...texts(member(network, 'physicalCountries'))", ''],
  ]),
  file('whole-registry', [
    ['the first version stays', 'last?.digest !== snapshot.digest', 'last === undefined'],
    ['a failure is kept', 'if (last === mine) last = undefined;', ''],
  ]),
  file('handler', [
    ['a restored registry is not drawn', 'acceptUnconfirmed: true', 'acceptUnconfirmed: false'],
  ]),
]);
