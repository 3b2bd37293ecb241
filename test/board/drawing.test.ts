/** What the board draws, to the letter, from figures made by hand: escapes, symbols, order, and that a cut is said. */
import { describe, expect, it } from 'vitest';
import { drawChanges, type VersionChange } from '../../functions/board/changes.ts';
import { type Cliff, drawCliff, drawCliffCard } from '../../functions/board/draw-cliff.ts';
import { drawHolds } from '../../functions/board/draw-holds.ts';
import { drawLeftOut, drawMatrix, drawSummary } from '../../functions/board/draw-matrix.ts';
import { drawQuestion } from '../../functions/board/draw-question.ts';
import { type Cell, endsSoon, grouped, type Row } from '../../functions/board/matrix.ts';
import type { Profile } from '../../functions/board/profiles.ts';
import type { QuestionView, Stretch } from '../../functions/board/question.ts';
import { cellTitle, reasonLines } from '../../functions/board/words.ts';
import type { HoldInForce } from '../../functions/core/administration/holds-in-force.ts';
import type { CoreDecision } from '../../functions/core/decision/core-decision.ts';
import type { Outcome } from '../../functions/core/decision/outcome.ts';
import type { Reason } from '../../functions/core/decision/reasons.ts';
import type { HoldScope } from '../../functions/core/facts/hold.ts';
import { plainLabel } from '../../functions/core/marking/label.ts';

const AT = Date.parse('2026-11-23T12:00:00Z');
const DAY = 86_400_000;
const SOON = AT + 30 * DAY;

const profile = (owner: string, frame: string, level: string, short: string, shared = false): Profile => ({
  id: `${frame} ${level}`,
  name: `${owner} · ${level}${shared ? ', shared' : ''}`,
  short: shared ? `${short} shared` : short,
  owner,
  kind: shared ? 'shared' : 'bare',
  label: plainLabel(owner, frame, level, [owner]),
});
const columns = [
  profile('GBR', 'UK', 'SECRET', 'S'),
  profile('GBR', 'UK', 'SECRET', 'S', true),
  profile('USA', 'US', 'SECRET', 'S'),
  profile('USA', 'US', 'SECRET', 'S', true),
  profile('<O&>', 'US', 'TOP SECRET', 'TS'),
];

const cell = (outcome: Outcome, validUntil: number | null = null, ...codes: Reason['code'][]): Cell => ({
  outcome,
  validUntil,
  reasons: codes.map((code) => ({ code })),
});
const yes = cell('permit');
const no = cell('deny', AT + 1, 'HOP_UNKNOWN');
const row = (id: string, cells: readonly Cell[], name = `Name of ${id}`): Row => ({
  subject: { network: id },
  id,
  name,
  cells,
});
const plain = (text: string) =>
  text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('words', () => {
  const share: Reason = {
    code: 'HOP_UNKNOWN',
    standard: 'STD',
    owner: 'USA',
    segment: 'core',
    vendor: 'acme',
    share: 3005,
  };
  const hops = (count: number): Reason[] =>
    Array.from({ length: count }, (_, i) => ({ code: 'HOP_UNKNOWN', vendor: `v${i}` }));

  it('say where a reason comes from, once, and how many are left out', () => {
    const sentence = 'A hop is not a network the registry knows.';
    expect(reasonLines([share, share, { code: 'HOP_UNKNOWN' }])).toEqual([
      `STD · USA · core · acme: ${sentence} (30.05 %)`,
      sentence,
    ]);
    expect(reasonLines(hops(6))).toHaveLength(6);
    expect(reasonLines(hops(8)).slice(5)).toEqual([`v5: ${sentence}`, 'and 2 more']);
  });

  it.each<[Outcome, number | null, string]>([
    ['permit', null, 'n may carry P'],
    ['permit', SOON, 'n may carry P until 2026-12-23 at least'],
    ['deny', SOON, 'n must not carry P'],
    ['indeterminate', null, 'n cannot be decided, so must not carry P'],
    ['not-applicable', null, 'n no mandate covers it, so must not carry P'],
  ])('of %s until %s', (outcome, until, said) => {
    expect(cellTitle('n', 'P', cell(outcome, until))).toBe(said);
  });
});

describe('cells and kinds of rows', () => {
  it.each<[string, Cell, boolean]>([
    ['a permit that ends in thirty days', cell('permit', SOON), true],
    ['a permit that ends later', cell('permit', SOON + 1), false],
    ['a permit without an end', yes, false],
    ['a denial that ends', cell('deny', AT + DAY), false],
  ])('%s: soon %j', (_what, each, soon) => {
    expect(endsSoon(each, AT)).toBe(soon);
  });

  it('are alike by outcome, by soon and by codes; what carries most and is most comes first', () => {
    const rows = [
      row('n0', [no]),
      row('n1', [cell('deny', null, 'VENDOR_UNKNOWN', 'HOP_UNKNOWN')]),
      row('n2', [cell('deny', null, 'HOP_UNKNOWN', 'VENDOR_UNKNOWN', 'HOP_UNKNOWN')]),
      row('n3', [cell('indeterminate', null, 'HOP_UNKNOWN')]),
      row('n4', [cell('permit', SOON)]),
      row('n5', [yes]),
      row('n6', [cell('permit', SOON + 1)]),
    ];
    expect(grouped(rows, AT).map((group) => group.rows.map(({ id }) => id))).toEqual([
      ['n5', 'n6'],
      ['n4'],
      ['n1', 'n2'],
      ['n0'],
      ['n3'],
    ]);
  });
});

describe('what is stopped', () => {
  const stop = (id: string, scope: HoldScope): HoldInForce => ({
    ...{ id, readable: true, authority: 'us-state', scope, cause: 'doubt' },
    ...{ since: '2026-01-01T00:00:00.000Z', until: null, wide: false, exempt: [] },
  });
  const parts = (count: number) =>
    Array.from({ length: count }, (_, i) => stop(`h${i}`, { network: 'us-a' }));
  const everything = stop('all', { everything: true });

  it.each<[string, HoldInForce, string]>([
    ['a network', stop('h', { network: 'us-a' }), 'alert'],
    ['everything', everything, 'alert stopped'],
    ['what nobody can read', { id: 'h', readable: false }, 'alert stopped'],
  ])('%s is drawn, and told aloud, as it is', (_what, hold, kind) => {
    expect(drawHolds([hold]).text.startsWith(`<div class="${kind}" role="alert"><strong>`)).toBe(true);
  });

  it.each([
    [12, 13, undefined],
    [13, 13, 'and 1 more holds are in force'],
  ])('of everything and %i parts %i are drawn, and how many more there are is said', (count, drawn, more) => {
    const { text } = drawHolds([...parts(count), everything]);
    expect(text.match(/role="alert"/g)).toHaveLength(drawn);
    expect(/and \d+ more holds are in force/.exec(text)?.[0]).toBe(more);
  });
});

describe('the matrix', () => {
  const cells = [yes, no, cell('permit', SOON), cell('indeterminate'), cell('not-applicable')];
  const nasty = row('<n>', cells, '"\'&');
  const linked = (networks: readonly Row[], routes: readonly Row[] = []) =>
    drawMatrix({ profiles: columns, networks, routes }, AT, (r, i) => `?${r.id}&${i}`).text;

  it('is a table with each cell’s outcome, title and link', () => {
    const td = (c: string, title: string, i: number, symbol: string) =>
      `<td class="c ${c}" title="&lt;n&gt; ${title}"><a href="?&lt;n&gt;&amp;${i}">${symbol}</a></td>`;
    const drawn = [
      td('permit', 'may carry GBR · SECRET', 0, '✓'),
      td(
        'deny',
        'must not carry GBR · SECRET, shared[U+000A]A hop is not a network the registry knows.',
        1,
        '✕',
      ),
      td('permit soon', 'may carry USA · SECRET until 2026-12-23 at least', 2, '✓'),
      td('indeterminate', 'cannot be decided, so must not carry USA · SECRET, shared', 3, '?'),
      td('not-applicable', 'no mandate covers it, so must not carry &lt;O&amp;&gt; · TOP SECRET', 4, '–'),
    ].join('');
    const head = (what: string) =>
      `<thead><tr><th class="corner"></th><th class="own" scope="colgroup" colspan="2">GBR</th><th class="own" scope="colgroup" colspan="2">USA</th><th class="own" scope="colgroup" colspan="1">&lt;O&amp;&gt;</th></tr><tr><th class="corner" scope="col">${what}</th><th scope="col" title="GBR · SECRET">S</th><th scope="col" title="GBR · SECRET, shared">S shared</th><th scope="col" title="USA · SECRET">S</th><th scope="col" title="USA · SECRET, shared">S shared</th><th scope="col" title="&lt;O&amp;&gt; · TOP SECRET">TS</th></tr></thead>`;
    const table = (what: string, name = '&quot;&#39;&amp;') =>
      `<div class="scroll"><table>${head(what)}<tbody><tr><th class="row" scope="row" title="${name}"><b>&lt;n&gt;</b><span>${name}</span></th>${drawn}</tr></tbody></table></div>`;
    const text = linked([nasty], [{ ...nasty, name: 'r' }]);
    expect(text.slice(0, text.indexOf('<div class="key">'))).toBe(
      `<h2>Networks, each as the one hop of a pinned route</h2>${table('1 networks')}\n<h2>Routes</h2>${table('1 routes', 'r')}\n`,
    );
    expect(plain(text.slice(text.indexOf('<div class="key">')))).toBe(
      '✓ may carry ✓ may carry, and something it rests on changes within 30 days ✕ must not ? cannot be decided: must not – no mandate covers it: must not S SECRET, TS TOP SECRET. Bare: for the owner alone; “shared”: releasable to every nation that an accreditation names',
    );
  });

  it('says what there is not', () => {
    expect(linked([nasty])).toContain('<h2>Routes</h2><p class="dim">No route is registered.</p>');
    expect(drawMatrix({ profiles: [], networks: [nasty], routes: [] }, AT, () => undefined).text).toBe(
      '<p>No mandate is in force: nothing may be routed anywhere.</p>',
    );
  });

  it('draws forty rows each, more by kind, and says what is left out', () => {
    const many = (count: number, of: (i: number) => readonly Cell[]) =>
      Array.from({ length: count }, (_, i) => row(`n${String(i).padStart(2, '0')}`, of(i)));
    const rowsOf = (rows: readonly Row[]) =>
      drawMatrix({ profiles: columns.slice(0, 1), networks: rows, routes: [] }, AT, () => undefined)
        .text.split('<tr><th class="row"')
        .slice(1);
    expect(rowsOf(many(40, () => [yes]))).toHaveLength(40);
    expect(rowsOf(many(41, () => [yes]))[0]).toMatch(
      /^ scope="row" title="n00, n01, .*, n40"><b>41 alike<\/b><span>n00, n01, n02, n03 …<\/span><\/th><td class="c permit" title="Each of these 41 may carry GBR · SECRET">✓<\/td><\/tr>/,
    );
    // Forty-three kinds of two rows each: the bits of `i` say which codes speak against a row.
    const codes = [
      'HOP_UNKNOWN',
      'OWNER_WITHOUT_MANDATE',
      'VENDOR_UNKNOWN',
      'ROUTE_UNKNOWN',
      'PATH_EMPTY',
      'PATH_TOO_LONG',
    ] as const;
    const kinds = rowsOf(
      many(86, (i) => [cell('deny', null, ...codes.filter((_, bit) => ((i % 43) >> bit) & 1))]),
    );
    expect(kinds).toHaveLength(41);
    expect(kinds[40]).toContain('colspan="2">and 6 more, not drawn</th></tr>');
    const four = rowsOf([...many(41, () => [yes]).map((r, i) => (i < 4 ? { ...r, cells: [no] } : r))]);
    expect(four[1]).toContain('<b>4 alike</b><span>n00, n01, n02, n03</span>');
  });
});

describe('the summary', () => {
  it('counts and names the networks that may carry each owner’s SECRET, bare and shared', () => {
    const networks = [
      row('a', [yes, yes, no, yes, yes]),
      row('<b>', [cell('permit', SOON), no, no, yes, yes]),
      row('c', [cell('indeterminate'), no, no, cell('not-applicable'), yes]),
    ];
    const chip = (id: string, c = '', title = `Name of ${id}`) =>
      `<span class="chip${c}" title="${title}">✓ ${id}</span>`;
    const b = '&lt;b&gt;';
    const card = (owner: string, count: number, chips: string, shared: number, sharedChips: string) =>
      `<div class="card"><h3>${owner} SECRET today</h3>\n<div class="big">${count} <small>of 3 networks may carry it</small></div>\n<div class="chips">${chips}</div><p class="dim more">Shared with allies: ${shared}</p><div class="chips">${sharedChips}</div></div>`;
    expect(drawSummary({ profiles: columns, networks, routes: [] }, AT).text).toBe(
      card('GBR', 2, chip('a') + chip(b, ' soon', `Name of ${b}, until 2026-12-23 at least`), 1, chip('a')) +
        card('USA', 0, '<span class="chip none">none</span>', 2, chip('a') + chip(b)),
    );
  });

  it.each([
    [14, '✓ n13 '],
    [16, 'and 2 more'],
  ])('of %i networks it ends with %s', (count, end) => {
    const networks = Array.from({ length: count }, (_, i) => row(`n${i}`, [yes]));
    const { text } = drawSummary({ profiles: columns.slice(0, 1), networks, routes: [] }, AT);
    expect(`${plain(text)} `.endsWith(`${end.trim()} `)).toBe(true);
    expect(text.split('class="chip"').length - 1).toBe(14);
  });
});

describe('the cliff', () => {
  const dark = (id: string, days: number, route = false) => ({
    subject: route ? { route: id } : { network: id },
    markings: ['P', '<Q>'],
    because: [{ key: 'waiver/<v>', what: 'ends' as const }],
    looked: true,
    from: AT + days * DAY,
  });
  const ending = (key: string, days: number) => ({ key, at: AT + days * DAY });
  const few: Cliff = {
    dark: [dark('<d>', 6), dark('r', 9, true), dark('s', 9, true)],
    endings: [ending('waiver/<w>', 3), ending('waiver/x', 3.5)],
    next: ending('mandate/<m>', 31),
  };

  it('is a line of thirty days and a list by day', () => {
    const li = (day: string, what: string, c = '') => `<li${c}><time>${day}</time><span>${what}</span></li>`;
    const gone = (day: string, what: string) =>
      li(
        day,
        `<b>${what}</b> goes dark for P; &lt;Q&gt; <span class="dim">because <code>waiver/&lt;v&gt;</code> ends</span>`,
        ' class="dark"',
      );
    const mark = (px: number, day: string) =>
      `<path d="M${px - 7} 4h14l-7 14z" fill="#d55e00"><title>${day}</title></path>`;
    expect(drawCliff(few, AT).text).toBe(
      `<h2>The next 30 days</h2><svg class="line" viewBox="0 0 1000 60" preserveAspectRatio="none" role="img" aria-label="What ends in the next thirty days"><path d="M0 58h1000" stroke="var(--dim)" stroke-width="2"/><rect x="${(3.5 / 30) * 1000 - 6}" y="44" width="12" height="14" fill="var(--soon)"><title>2 facts end on 2026-11-27</title></rect>${mark(200, '2026-11-29')}${mark(300, '2026-12-02')}${mark(300, '2026-12-02')}</svg><div class="dates"><span>11-23</span><span>12-03</span><span>12-13</span><span>12-23</span></div><ol class="list">${li('2026-11-26', '<code>waiver/&lt;w&gt;</code> ends')}${li('2026-11-27', '<code>waiver/x</code> ends')}${gone('2026-11-29', '&lt;d&gt;')}${gone('2026-12-02', 'route r')}${gone('2026-12-02', 'route s')}</ol>`,
    );
    expect(drawCliffCard(few).text).toBe(
      `<div class="card wide"><h3>Ends within 30 days</h3>\n<div class="big">3 <small>go dark: 1 networks, 2 routes</small></div>\n<div class="chips"><span class="chip soon" title="P; &lt;Q&gt;">11-29 &lt;d&gt;</span><span class="chip soon" title="P; &lt;Q&gt;">12-02 route r</span><span class="chip soon" title="P; &lt;Q&gt;">12-02 route s</span></div>\n<p class="dim" style="margin:6px 0 0">2 facts end; then <code>mandate/&lt;m&gt;</code> on 2026-12-24</p></div>`,
    );
  });

  it('what was not looked at to the end is said beside what goes dark, and is no nothing', () => {
    const unlooked = { ...dark('<u>', 0), looked: false };
    const cliff = { dark: [unlooked, dark('d', 6)], endings: [], next: undefined };
    const card = plain(drawCliffCard(cliff).text);
    expect(card).toContain('1 go dark: 1 networks, 0 routes');
    expect(card).toContain('Looked until 2026-11-23 12:00 UTC at &lt;u&gt; : there is more to ask');
    expect(plain(drawCliffCard({ ...cliff, dark: [unlooked, unlooked] }).text)).toContain(
      '&lt;u&gt; and 1 more:',
    );
    expect(drawCliff({ ...cliff, dark: [unlooked] }, AT).text).not.toContain('Nothing ends');
    expect(drawCliff(cliff, AT).text).not.toContain('&lt;u&gt;');
  });

  // Fourteen that go dark are named, and never fewer than four that end; the rest is counted.
  it.each([
    [0, 0, 0, 0, undefined],
    [1, 0, 1, 0, undefined],
    [0, 14, 0, 14, undefined],
    [0, 15, 0, 14, 1],
    [2, 14, 2, 12, 2],
    [14, 4, 14, 4, undefined],
    [20, 5, 14, 4, 7],
  ])('%i dark and %i ending: names %i and %i, leaves out %s', (gone, ends, darkShown, endShown, more) => {
    const cliff: Cliff = {
      dark: Array.from({ length: gone }, (_, i) => dark(`n${i}`, 20)),
      endings: Array.from({ length: ends }, (_, i) => ending(`waiver/w${i}`, 1)),
      next: undefined,
    };
    const { text } = drawCliff(cliff, AT);
    expect(text.split('goes dark for').length - 1).toBe(darkShown);
    expect(text.split('</code> ends</span></li>').length - 1).toBe(endShown);
    expect(/and (\d+) more; the saved query “expiry” lists them\.<\/p>$/.exec(text)?.[1]).toBe(
      more?.toString(),
    );
    expect(text.includes('Nothing ends in the next 30 days.')).toBe(gone + ends === 0);
    const card = plain(drawCliffCard(cliff).text);
    expect(card).toContain(`${gone} go dark: ${gone} networks, 0 routes`);
    expect(card).toContain(`${ends} facts end; nothing after that either`);
    expect(card.includes('and 2 more')).toBe(gone === 20);
  });
});

describe('what is left out', () => {
  const columnsLeaving = (left: readonly string[], refused = 0) =>
    plain(drawLeftOut({ drawn: [], left, refused }).text);
  it.each([
    [[], 0, ''],
    [['<a>', 'b'], 0, '2 more markings not drawn: &lt;a&gt;; b What goes dark'],
    [['a', 'b', 'c', 'd'], 0, '4 more markings not drawn: a; b; c … What goes dark'],
    [[], 2, '2 of the markings asked for are not drawn: they are none of this registry’s, or more than 18.'],
  ])('%j and %i refused: %s', (left, refused, said) => {
    expect(columnsLeaving(left, refused).startsWith(said)).toBe(true);
    expect(columnsLeaving(left, refused) === '').toBe(said === '');
  });

  it('a list too long for a page says how much longer it is', () => {
    const many = Array.from({ length: 502 }, (_, i) => `m${i}`);
    expect(columnsLeaving(many).endsWith('; m499 and 2 more')).toBe(true);
    expect(columnsLeaving(many.slice(2)).endsWith('; m501')).toBe(true);
  });
});

describe('what changed lately', () => {
  it('names version, kind, people and facts, and how many more', () => {
    const change: VersionChange = {
      version: 7,
      recordedAt: '2026-11-22T23:59:59.999Z',
      kind: 'publication',
      author: '<pat>',
      approvers: ['<alex>', 'olive'],
      facts: {
        added: ['f/5', 'f/<1>', 'f/3', 'f/4', 'f/2', 'f/6'],
        changed: ['c/2', 'c/1'],
        removed: ['r/4', 'r/3', 'r/2', 'r/1'],
      },
    };
    const one = { added: [], changed: [], removed: ['r/1'] };
    const first: VersionChange = { ...change, version: 6, approvers: [], facts: one };
    expect(drawChanges([change, { ...first, approvers: ['olive'] }, first]).text).toBe(
      '<h2>What changed lately</h2><ol class="list"><li><time>2026-11-22</time><span><b>Version 7</b> (publication) by &lt;pat&gt;, approved by &lt;alex&gt;, olive. Added <code>f/2</code>, <code>f/3</code>, <code>f/4</code>, <code>f/5</code> and 2 more. Changed <code>c/1</code>, <code>c/2</code>. Removed <code>r/1</code>, <code>r/2</code>, <code>r/3</code>, <code>r/4</code>.</span></li>' +
        '<li><time>2026-11-22</time><span><b>Version 6</b> (publication) by &lt;pat&gt;, approved by olive. Removed <code>r/1</code>.</span></li>' +
        '<li><time>2026-11-22</time><span><b>Version 6</b> (publication) by &lt;pat&gt;. Removed <code>r/1</code>.</span></li></ol>',
    );
    expect(drawChanges([{ ...first, facts: 'purged' }]).text).toContain(
      '<b>Version 6</b> (publication) by &lt;pat&gt;. What it changed was purged.</span>',
    );
  });
});

describe('one question', () => {
  const stretch = (from: number, to: number | null, outcome: Outcome, ...codes: string[]): Stretch => ({
    from: AT + from * DAY,
    to: to === null ? null : AT + to * DAY,
    outcome,
    codes,
  });
  const decision: CoreDecision = {
    outcome: 'deny',
    basis: 'trusted-transport',
    pathAssurance: 'assumed',
    dominance: 'not-satisfied',
    standards: [
      { id: '<STD>', by: 'mandate', outcome: 'permit' },
      { id: 'B', by: 'request', outcome: 'indeterminate' },
    ],
    exemptions: [],
    reasons: [],
    notes: [],
    obligations: [],
    mandates: ['mandate/<m>', 'mandate/n'],
    waivers: [],
    waiversByRequest: [],
    unverified: [],
    validUntil: null,
  };
  const question: QuestionView = {
    profile: columns[4] ?? profile('X', 'US', 'SECRET', 'S'),
    id: '<r>',
    decision,
    supposed: false,
    hops: [
      { id: '<h>', name: '<N>', place: 'USA, <P>', alternate: false, reasons: [{ code: 'HOP_UNKNOWN' }] },
      { id: 'b', name: 'B', place: '', alternate: true, reasons: [] },
    ],
    general: [{ code: 'ROUTE_UNKNOWN' }],
    stretches: [
      stretch(0, 73, 'permit'),
      stretch(73, 400, 'deny', 'A', '<B>'),
      stretch(400, null, 'indeterminate'),
    ],
    lookedUntil: null,
  };

  it('is drawn hop by hop, with what speaks against each and when the answer changes', () => {
    expect(drawQuestion(question, AT, '?').text).toBe(
      `<p><a href="?">← the board</a></p>
<h1>&lt;r&gt;</h1><p class="dim">&lt;O&amp;&gt; · TOP SECRET</p>
<p><span class="verdict deny">✕ must not carry</span></p>
<div class="path"><div class="hop bad"><b>✕ &lt;h&gt;</b>
<div>&lt;N&gt;</div><div class="dim">USA, &lt;P&gt;</div><ul><li>A hop is not a network the registry knows.</li></ul></div><div class="arrow" aria-hidden="true">→</div><div class="hop alt"><b>✓ b</b> <span class="dim">(may fail over to)</span>
<div>B</div><div class="dim"></div><div class="dim">nothing speaks against it</div></div></div>
<h2>About the question as a whole</h2><ul class="why"><li>The route is not registered or not in force.</li></ul>
<h2>When the answer changes</h2><div class="strip" role="img" aria-label="When the answer changes"><span class="permit" style="flex:200 0 3px" title="may carry from 2026-11-23 to 2027-02-04">✓</span><span class="deny" style="flex:800 0 3px" title="must not carry from 2027-02-04 to 2027-12-28">✕</span></div><div class="dates"><span>2026-11-23</span><span>2027-11-23</span></div><ol class="list"><li><time>2026-11-23</time><span>✓ may carry</span></li><li class="dark"><time>2027-02-04</time><span>✕ must not carry <span class="dim">A, &lt;B&gt;</span></span></li><li class="dark"><time>2027-12-28</time><span>? cannot be decided, so must not carry</span></li></ol>
<p class="dim">Path: assumed. Standards: &lt;STD&gt; ✓, B ?. Dominance: not-satisfied. Mandates: mandate/&lt;m&gt;, mandate/n.</p>`,
    );
  });

  it('says what there is not, and leaves nothing out unsaid', () => {
    const bare = {
      ...question,
      supposed: true,
      general: [],
      decision: { ...decision, standards: [], mandates: [] },
    };
    const tail = (stretches: readonly Stretch[]) => {
      const { text } = drawQuestion({ ...bare, stretches }, AT, undefined);
      expect(text).not.toContain('← the board');
      expect(text).not.toContain('About the question');
      return `${text.split('style="flex').length - 1} on the strip: ${plain(text.slice(text.indexOf('<div class="strip"')))}`;
    };
    const days = (count: number) =>
      Array.from({ length: count }, (_, i) =>
        stretch(i, i + 1, 'deny', ...'abcdefgh'.slice(0, 6 + (i % 2) * 2)),
      );
    const end =
      'As the one hop of a route that is assumed; as a caller names it, it is assumed. Standards: none. Dominance: not-satisfied. Mandates: none.';
    // A change at the end of the strip is not on it; one that comes late makes the strip longer.
    expect(tail([stretch(0, 365, 'permit'), stretch(547.5, null, 'deny')])).toBe(
      `1 on the strip: ✓ 2026-11-23 2028-05-24 2026-11-23 ✓ may carry 2028-05-24 ✕ must not carry ${end}`,
    );
    expect(tail(days(8)).endsWith(`2026-11-30 ✕ must not carry a, b, c, d, e, f and 2 more ${end}`)).toBe(
      true,
    );
    expect(tail(days(10)).endsWith(`and 2 more and 2 more ${end}`)).toBe(true);
    const cut = drawQuestion({ ...bare, stretches: days(2), lookedUntil: AT + 2 * DAY }, AT, undefined).text;
    expect(cut).toContain(
      '<div class="alert">Looked until 2026-11-25: there are more dates than this page follows.',
    );
  });
});
