/** Faults in what the board works out before it draws: figures, columns, questions, and when it looks again. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults in code that has templates
import { type FaultsOfFile, mutationsOf } from '../mutation.ts';

const file = (name: string, faults: FaultsOfFile['faults']): FaultsOfFile => ({
  file: `functions/board/${name}.ts`,
  caughtBy: 'test/board/board.test.ts',
  faults,
});

const STOPPED = 'test/board/stopped-first.test.ts';

export const BOARD = mutationsOf('board', [
  {
    file: 'infra/local/board-door.ts',
    caughtBy: 'test/local/board-door.test.ts',
    faults: [
      ['other parameters are left out', 'names.some((name) => !KNOWN.has(name))', 'false'],
      ['the first of two parameters counts', 'new Set(names).size < names.length', 'false'],
    ],
  },
  file('board', [
    ['what ends next is what ends first', 'e.at > at + 30 * 86_400_000', 'e.at < at + 30 * 86_400_000'],
    [
      'networks do not go dark',
      '[...routeSubjects(registry), ...networkSubjects(registry)]',
      'routeSubjects(registry)',
    ],
    [
      'endings of three days',
      'endings: endingWithin(registry.facts, at, 30)',
      'endings: endingWithin(registry.facts, at, 3)',
    ],
    ['darkness of a week', 'subjects, at, 30)', 'subjects, at, 7)'],
    ['links to routes as networks', "'network' in row.subject ? 'network' : 'route'", "'network'"],
    ['a restored registry looks like any other', 'held === null ? NOTHING : heldFor(held)', 'NOTHING'],
    ['what is stopped is not said', '${drawHolds(holdsInForce(facts, at))}', ''],
    [
      'what is stopped goes with what cannot be drawn',
      'return html`${alert(registry.index.facts)}${unreadable(error)}`;',
      'return unreadable(error);',
      STOPPED,
    ],
    [
      'what is stopped goes with what cannot be read',
      'return html`${alert(await factsOfLaw(snapshot))}${unreadable(error)}`;',
      'return unreadable(error);',
      STOPPED,
    ],
    ['a text is a yes', 'event.describe === true', 'event.describe !== undefined'],
    ['links where there is no page', 'event.links === true ? linksFor', 'event.links !== false ? linksFor'],
    [
      'an unknown column is the first',
      'columnsOf(registry, at, [String(event.profile)]).drawn[0];',
      'drawn[0];',
    ],
    ['an empty registry is a fault', "code === 'HEAD_MISSING'", "code === 'OBJECT_MISSING'"],
    [
      'the drawing outlives its minute',
      '[registry.digest, Math.floor(at / 60_000), chosen]',
      '[registry.digest, chosen]',
    ],
    [
      'the drawing outlives its version',
      '[registry.digest, Math.floor(at / 60_000), chosen]',
      '[Math.floor(at / 60_000), chosen]',
    ],
    [
      'the drawing is of what another chose',
      '[registry.digest, Math.floor(at / 60_000), chosen]',
      '[registry.digest, Math.floor(at / 60_000)]',
    ],
    ['a choice without bounds', 'value.length <= MOST_CHARACTERS', 'value.length <= 99_999_999'],
    ['no column is no mandate', 'chosen.length > 0 && columns.drawn.length === 0', 'false'],
    [
      'a member nobody reads is left out',
      'Object.hasOwn(MEMBERS, name) &&',
      '!Object.hasOwn(MEMBERS, name) ||',
    ],
    ['what is no text is left out', "route: (value) => typeof value === 'string'", 'route: () => true'],
    ['recorded now', 'minuteOf(Date.parse(registry.recordedAt))', 'minuteOf(at)'],
  ]),
  file('changes', [
    ['six versions', 'changes.length === VERSIONS', 'changes.length > VERSIONS'],
    [
      'what changed is told backwards',
      'const { key, before, after } of',
      'const { key, before: after, after: before } of',
    ],
    [
      'what is gone has changed',
      'after === undefined ? lists.removed',
      'after === undefined ? lists.changed',
    ],
    [
      'a purged version leaves the list',
      'changes.push({ version, recordedAt, kind, author, approvers, facts });',
      "if (facts !== 'purged') changes.push({ version, recordedAt, kind, author, approvers, facts });",
      STOPPED,
    ],
    [
      'a purged version ends the list',
      "await orIfPurged(() => differingIn(head.objects, at), 'purged' as const)",
      'await differingIn(head.objects, at)',
      STOPPED,
    ],
    [
      'what was purged was nothing',
      "if (facts === 'purged') return [html` What it changed was purged.`];",
      "if (facts === 'purged') return [];",
      'test/board/drawing.test.ts',
    ],
    ['names as they come', '[...list].sort().slice', '[...list].slice', 'test/board/drawing.test.ts'],
    [
      'what is left out is not counted',
      '${list.length - shown.length} more',
      '${shown.length} more',
      'test/board/drawing.test.ts',
    ],
  ]),
  {
    file: 'functions/board/law-alone.ts',
    caughtBy: STOPPED,
    faults: [
      [
        'a law that cannot be read hides that it came back',
        'return new Map();\n  }\n',
        'throw new Error();\n  }\n',
      ],
      ['the law has no stops', '...law.holds, ', ''],
    ],
  },
  file('evaluate', [
    [
      'a network is only assumed',
      "approach(registry, plain.request, at, 'pinned')",
      'approach(registry, plain.request, at)',
    ],
  ]),
  file('matrix', [
    ['what carries least comes first', 'permits(b) - permits(a) ||', 'permits(a) - permits(b) ||'],
    [
      'names of routes are looked for among networks',
      ': `route/${subject.route}`;',
      ': `network/${subject.route}`;',
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
    ['dark when the last marking is lost', '(a.from < b.from ? -1 : 1)', '(a.from < b.from ? 1 : -1)'],
    [
      'what there is no time for is passed over',
      'if (left <= 0 || !keepGoing()) {',
      'if (left <= 0 || !keepGoing()) continue;\n    if (left <= 0) {',
    ],
    [
      'what was looked at in part is looked at',
      'o.unlooked !== true',
      "o.from !== ''",
      'test/watch/dark-routes.test.ts',
    ],
    ['the end of an adverse word is a loss', ' && loses !== reading.polarity', ' && loses === false'],
    ['an end on the last instant is not named', 'interval.to <= until', 'interval.to < until'],
    ['what is not in force yet ends', 'holdsAt(interval, at) && ', ''],
    ...(
      ['waiver', 'mandate', 'protection', 'standard', 'route', 'network', 'equivalence', 'vendor'] as const
    ).map(
      (kind) => [`nobody watches the end of a ${kind}`, `  ${kind}: true,\n`, `  ${kind}: false,\n`] as const,
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
    ['the open level is for the owner', 'rank === 0 ? undefined : own.join()', 'own.join()'],
    ['shared with the fewest', 'widest(b) - widest(a)', 'widest(a) - widest(b)'],
    ['more than there is room for', 'picked.slice(0, MAX_PROFILES)', 'picked'],
    ['what was refused is not counted', 'new Set(chosen).size - found.length', '0'],
    ['what there was no room for is not counted', 'Math.max(0, picked.length - MAX_PROFILES)', '0'],
    ['a marking is known by its id alone', 'return reading.ok\n', 'return !reading.ok\n'],
    [
      'a marking written twice is drawn twice',
      '[...new Map(found.map((column) => [column.id, column])).values()]',
      'found',
    ],
    ['a mandate that ended has columns', 'if (!holdsAt(interval, at)) continue;', ''],
    [
      'the highest of two mandates',
      '< (covered.get(key)?.rank ?? Number.POSITIVE_INFINITY)',
      '> (covered.get(key)?.rank ?? -1)',
    ],
  ]),
  file('question', [
    ['an alternate is on the way', '{ id, alternate: true }', '{ id, alternate: false }'],
    [
      'a change of reasons is none',
      'last.outcome === outcome && last.codes.join() === codes.join()',
      'last.outcome === outcome',
    ],
    ['nothing is known after two changes', '{ limit: 1000 }', '{ limit: 2 }'],
    [
      'a page that is cut is whole',
      'lookedUntil: from };',
      'lookedUntil: null };',
      'test/watch/dark-routes.test.ts',
    ],
    ['reasons of hops are general', 'r.hop === undefined', 'r.hop !== undefined'],
    ['where equipment stands is not said', ", ...texts(member(network, 'physicalCountries'))", ''],
  ]),
  {
    file: 'functions/store/whole-registry.ts',
    caughtBy: 'test/board/board.test.ts',
    faults: [['the first version stays', '({ digest }) => digest', "() => ''"]],
  },
  {
    file: 'functions/store/kept.ts',
    caughtBy: 'test/board/board.test.ts',
    faults: [['a failure is kept', 'if (last === mine) last = undefined;', '']],
  },
  file('handler', [
    ['a restored registry is not drawn', 'acceptUnconfirmed: true', 'acceptUnconfirmed: false'],
  ]),
]);
