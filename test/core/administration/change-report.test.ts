/** The change record two people sign, word for word, from a simulation and a forecast written by hand. */
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../functions/core/administration/change.ts';
import { type ChangeRecord, changeReport } from '../../../functions/core/administration/change-report.ts';
import { stoppedInWords, stopsInWords } from '../../../functions/core/administration/flip-words.ts';
import type { Flip, Forecast, SimulationReport } from '../../../functions/core/administration/simulation.ts';
import { accreditation, add, end, replace, UNVERIFIED, valid, vendor, withFacts } from './small-registry.ts';

const HOSTILE = `</td><script>alert(1)</script><img src=x onerror="x">'`;
const SHOWN = '&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;x&quot;&gt;&#39;';
const facts = withFacts(
  accreditation('two', { network: 'net-two' }, { valid: valid('2019-01-01', '2026-06-20') }),
);
const changes: readonly Operation[] = [
  add({
    kind: 'vendor',
    id: 'new',
    name: HOSTILE,
    sources: [...UNVERIFIED, { citation: 'read', verified: true }],
  }),
  end(facts, 'accreditation/two'),
  replace(facts, vendor('holding', { name: 'B', note: 1 })),
];
const flip = (number: number, more: Partial<Flip>): Flip => ({
  number,
  direction: 'to-permit',
  subject: { network: 'net-one' },
  cases: [{ marking: 'M', assurance: 'pinned', protection: 't', flow: 'private' }, { marking: HOSTILE }],
  from: null,
  until: '2029-01-01T00:00:00.000Z',
  before: 'deny',
  after: 'permit',
  why: [
    { code: 'NOT_ACCREDITED', network: '<n>' },
    { code: 'HOP_UNKNOWN', hop: 1 },
  ],
  restsOn: ['accreditation/two', 'vendor/new'],
  obliges: ['use-tunnel'],
  ...more,
});
const dark: Partial<Flip> = { direction: 'to-deny', before: 'permit', after: 'indeterminate', until: null };
const simulation: SimulationReport = {
  at: '2026-06-01T12:00:00.000Z',
  complete: true,
  questions: 343,
  evaluations: 840,
  markings: ['M', '<N>'],
  unreadable: [4, 7],
  flips: [
    flip(1, {}),
    flip(2, {
      subject: { recent: 3 },
      cases: [{ marking: 'as requested' }],
      from: '2026-07-01T00:00:00.000Z',
    }),
    flip(3, { ...dark, subject: { route: 'r' }, cases: [] }),
  ],
  toPermit: 2,
  toDeny: 1,
  flipsDigest: `sha256:${'f'.repeat(64)}`,
  changedSinceJudged: [],
  stops: [],
};
const forecast: Forecast = {
  ...{ at: simulation.at, until: '2026-07-01T12:00:00.000Z', days: 30, complete: true, lookedUntil: null },
  stopped: [],
  ...{ questions: 1, evaluations: 1, markings: ['M'] },
  outages: [
    {
      subject: { identifier: 'plmn:999-01' },
      cases: [{ marking: 'M' }],
      from: '2026-06-21T00:00:00.000Z',
      until: null,
      because: [
        { key: 'accreditation/two', what: 'ends' },
        { key: 'standard/<s>', what: 'deadline' },
      ],
      why: [{ code: 'ACCREDITATION_EXPIRED', fact: 'accreditation/two' }],
    },
  ],
};
const record: ChangeRecord = {
  title: 'Change record',
  said: [
    { heading: 'Where it lies', lines: [`! ${HOSTILE}`] },
    { heading: 'Nothing is said here', lines: [] },
    { heading: 'What it does', lines: ['  first', '    ! under it', 'a ! b'] },
  ],
  proposal: `sha256:${'a'.repeat(64)}`,
  base: { version: 12, digest: `sha256:${'b'.repeat(64)}` },
  author: `usa-proposer/${HOSTILE}`,
  proposedAt: '2026-06-01T11:00:00Z',
  reason: HOSTILE,
  changes,
  facts,
  simulation,
  forecast,
};

/** What a reader sees, a line for each row and block, with what a pointer shows in brackets. */
const textOf = (page: string) =>
  page
    .slice(page.indexOf('<h1>'), page.indexOf('</body>'))
    .replace(/\n/g, ' ')
    .replace(/ title="([^"]*)">/g, '>[$1] ')
    .replace(/<(?:tr|h1|h2|h3|dt|p|pre|section|details|div class="sign")\b[^>]*>/g, '\n')
    .replace(/<[^>]*>/g, '|')
    .split('\n')
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .filter((cell) => cell !== '')
        .join(' | '),
    )
    .filter((line) => line !== '');

const WHY =
  'NOT_ACCREDITED: No recognised accreditor has accredited this network. (network &lt;n&gt;) | HOP_UNKNOWN: A hop is not a network the registry knows. (hop 1) | accreditation/two vendor/new';
const COLUMNS = 'No. | What | When | Answer | Because of | Rests on | Asked as';
const IF = 'if who sends can use-tunnel';
const MEMBERS = 'Member | Was | Becomes';
const SIGNED = 'Name | Role and session | Date | Signature';
const UNTIL = '2029-01-01T00:00:00.000Z';
const BOTH = '[{"citation":"a text nobody read","verified":false},{"citation":"read","verified":true}]';

describe('the change record', () => {
  it('says all of it, cut nowhere, what becomes permitted first, and nobody’s text as HTML', () => {
    expect(textOf(changeReport(record))).toEqual([
      'Change record',
      'Where it lies',
      `! ${SHOWN}`,
      'What it does',
      'first | ! under it | a ! b',
      'The same in tables',
      `Proposal | sha256:${'a'.repeat(64)}`,
      `Base | version 12 | sha256:${'b'.repeat(64)}`,
      `Flips | sha256:${'f'.repeat(64)}`,
      `Author | usa-proposer/${SHOWN}, 2026-06-01T11:00:00Z`,
      `Reason | ${SHOWN}`,
      'Simulated | as of 2026-06-01T12:00:00.000Z, complete: 343 questions over 2 markings, 840 evaluations; 2 recent requests could not be read and are refused either way',
      'Permits that begin or last longer are acknowledged when approving: by the names of their groups, or by their numbers.',
      'Becomes permitted: 2',
      `hop-unknown-92b3 | : 1, up to ${SHOWN}, M`,
      COLUMNS,
      `1 | network net-one | from now until ${UNTIL} | deny → permit | ${IF} | ${WHY}`,
      `2 cases | ${SHOWN} | M | over a path that is pinned, through the tunnel t, when the message declares private`,
      'hop-unknown-530d | : 1, up to as requested',
      COLUMNS,
      `2 | recent request 3 | from 2026-07-01T00:00:00.000Z until ${UNTIL} | deny → permit | ${IF} | ${WHY}`,
      '1 case | as requested',
      'No longer permitted: 1',
      'hop-unknown-655a | : 1, up to',
      COLUMNS,
      `3 | route r | from now until no known end | permit → indeterminate | ${IF} | ${WHY}`,
      '0 cases',
      ...['Permitted, and ends sooner: 0', 'Nothing.', 'Permitted, and lasts longer: 0', 'Nothing.'],
      'Operations: 3',
      'No. | Operation | Fact | Effect | Change | Sources',
      '0 | add | vendor/new | could permit',
      MEMBERS,
      'id | — | &quot;new&quot;',
      'kind | — | &quot;vendor&quot;',
      `name | — | &quot;${SHOWN.replaceAll('=&quot;x&quot;', '=\\&quot;x\\&quot;')}&quot;`,
      `sources | — | ${BOTH.replaceAll('"', '&quot;')} | a text nobody read (not verified); read (by report)`,
      '1 | end | accreditation/two | only restricts | holds until 2026-06-01T12:00:00Z | a text somebody read (by report)',
      '2 | replace | vendor/holding | could permit',
      MEMBERS,
      'name | &quot;holding&quot; | &quot;B&quot;',
      'note | — | 1 | a text somebody read (by report)',
      'Forecast: 30 days',
      'From | Until | What | Because | Why refused | Asked as',
      '2026-06-21T00:00:00.000Z | — | identifier plmn:999-01 | accreditation/two ends | standard/&lt;s&gt; deadline | ACCREDITATION_EXPIRED: The accreditation of this network has ended: it expired, or was revoked. (accreditation/two)',
      '1 case | M',
      'Markings asked about',
      '2 markings | M | &lt;N&gt;',
      `Author | ${SIGNED} | Approver | ${SIGNED}`,
    ]);
  });

  it('says what there is not: a base, flips, outages, a forecast', () => {
    const { forecast: _none, ...whole } = record;
    const rest = { ...whole, said: [] };
    const bare = { ...simulation, flips: [], toPermit: 0, toDeny: 0, unreadable: [] };
    const says = (more: Partial<ChangeRecord>) =>
      textOf(changeReport({ ...rest, simulation: bare, ...more }));
    const first = says({ base: null });
    const quiet = says({ forecast: { ...forecast, outages: [] } });
    expect([...first.slice(3, 4), ...first.slice(7, 17), ...first.slice(-5, -3)]).toEqual([
      'Base | none: the first version',
      'Simulated | as of 2026-06-01T12:00:00.000Z, complete: 343 questions over 2 markings, 840 evaluations',
      'Permits that begin or last longer are acknowledged when approving: by the names of their groups, or by their numbers.',
      ...['Becomes permitted: 0', 'Nothing.', 'No longer permitted: 0', 'Nothing.'],
      ...['Permitted, and ends sooner: 0', 'Nothing.', 'Permitted, and lasts longer: 0', 'Nothing.'],
      ...['Forecast', 'No forecast was asked for.'],
    ]);
    expect(quiet.slice(-5, -3)).toEqual([
      'Forecast: 30 days',
      'Nothing that is permitted now goes dark by 2026-07-01T12:00:00.000Z.',
    ]);
  });

  it('says what is stopped, and what that means for what was asked', () => {
    const stopped = { ...record, forecast: { ...forecast, stopped: ['hold/a'] } };
    const lines = textOf(changeReport({ ...stopped, simulation: { ...simulation, stops: ['hold/b'] } }));
    const said = stoppedInWords(['hold/a']);
    expect(lines.filter((line) => line.includes('hold/'))).toEqual([stopsInWords(['hold/b']), said]);
    expect(lines.indexOf(said)).toBe(lines.indexOf('Forecast: 30 days') + 1);
  });

  it('shows lines as a terminal has them, what contradicts in bold, before any table', () => {
    const page = changeReport({ ...record, title: 'Review <1>' });
    expect(page).toContain('<title>Review &lt;1&gt;</title>');
    expect(page).toContain(`<h1>Review &lt;1&gt;</h1>
<h2>Where it lies</h2>
<pre><b>! ${SHOWN}</b>
</pre>
<h2>What it does</h2>
<pre>  first
<b>    ! under it</b>
a ! b
</pre>
<h2>The same in tables</h2>
`);
  });

  it('needs nothing from elsewhere, runs nothing, and is the same for the same record', () => {
    const page = changeReport(record);
    expect(changeReport(record)).toBe(page);
    expect(page).not.toMatch(/<script|<img|\son\w+="|(?:src|href)=["']/);
    expect(page.slice(0, page.indexOf('<style>'))).toBe(`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>Change record</title>
`);
  });
});
