/** Whoever reads a page, a record or JSON signs the same as who reads the terminal: each says the lie, and the truth under it. */
import { describe, expect, it } from 'vitest';
import { changeRecordOf } from '../../cli/registry/change-record.ts';
import { jobResultOf } from '../../cli/registry/jobs.ts';
import { reviewOf } from '../../cli/registry/review.ts';
import { changeReport } from '../../functions/core/administration/change-report.ts';
import type { SimulationReport } from '../../functions/core/administration/simulation.ts';
import { escapeHtml } from '../../functions/core/safe-html.ts';
import { add, assessment, vendor, withFacts } from '../core/administration/small-registry.ts';
import { BASE, proposing, READER } from './proposing.ts';

/** Huawei's assessment, under an id and a reason that speak of Nokia. */
const facts = withFacts(
  { remove: 'assessment/maker-two' },
  vendor('maker-two', { name: 'Huawei Technologies Co., Ltd.' }),
  vendor('nokia', { name: 'Nokia Corporation' }),
);
const LIE = [add(vendor('harmless')), add(assessment('nokia-renewal', { vendor: 'maker-two' }))];
const lying = (reason?: string) => proposing(facts, LIE, reason);
const reviewed = (reason?: string) =>
  reviewOf(lying(reason), 'p', { tables: undefined, reader: READER, all: true });

async function recorded(reason?: string): Promise<string> {
  const registry = lying(reason);
  const job = {
    ...{ id: 'j-1', kind: 'simulate', proposal: 'p-nokia-renewal', base: BASE, status: 'done' },
    ...{ progress: { done: 1, total: 1 }, createdAt: 'T', by: { role: '', session: '' } },
  };
  const report = await jobResultOf<SimulationReport>(registry, { id: 'j-1' });
  return changeReport(await changeRecordOf(registry, 'p-nokia-renewal', job as never, report));
}

/** What a reader sees of a page. */
const seen = (page: string) =>
  page
    .slice(page.indexOf('<h1>'))
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

const OF_REASON =
  'the reason speaks of Nokia Corporation (vendor nokia), and nothing in the change is about that';
const OF_ID =
  'the id speaks of Nokia Corporation (vendor nokia), the content is about Huawei Technologies Co., Ltd. (vendor maker-two)';
const TRUTH = 'Huawei Technologies Co., Ltd. (vendor maker-two) becomes TRUSTED';
const DATA = (text: string) => JSON.stringify(text).slice(1, -1);
/** What lines say, one after the other. */
const IN_LINES = [
  `! ${OF_REASON}`,
  `! operation 1: ${OF_ID}`,
  'In short, what flips, worst first:',
  'proposed by usa-proposer/uma',
  'reason: Renewal of Nokia',
  'It is made on version 7',
  'it comes to root',
  '2 operations, of which',
  TRUTH,
  `        ! ${OF_ID}`,
  'add assessment/nokia-renewal',
  'add vendor/harmless',
  'Asked ',
  'no longer VENDOR_NOT_ASSESSED',
  'Simulated by usa-proposer/uma',
  'To be approved by a second person of us-office (its people: ulysses, uma)',
];
const READ = [`Read with the key ${READER}`, 'Reviewed sha256:'];
const TABLES = ['The same in tables', 'Becomes permitted', 'Operations: 2'];

const SURFACES: Readonly<Record<string, readonly [() => Promise<string>, readonly string[]]>> = {
  'on a terminal': [async () => (await reviewed()).words.join('\n'), [...IN_LINES, ...READ]],
  'on the page of a review': [
    async () => seen((await reviewed()).page?.() ?? ''),
    ['Review of a change', ...IN_LINES, ...READ, ...TABLES],
  ],
  'on the record of a simulation': [
    async () => seen(await recorded()),
    ['Change record', ...IN_LINES, ...TABLES],
  ],
  'in JSON': [
    async () => JSON.stringify((await reviewed()).json),
    [
      `"inShort":{"contradictions":[{"sentence":"${DATA(OF_REASON)}","operations":[]}`,
      '"restsOn":[{"does":"is new","operations":[1],"facts":["assessment/nokia-renewal"],"answers":2,"upTo":["US SECRET"]}]',
      '"loosens":[{"does":"records an assessment that permits, from 2020-01-01 until 2028-12-31","operations":[1],"facts":["assessment/nokia-renewal"]}]',
      `"contradictions":[{"operation":null,"sentence":"${DATA(OF_REASON)}"`,
      `{"operation":1,"sentence":"${DATA(OF_ID)}"}`,
      `"operations":[{"operation":1,"effect":"could permit","loosens":"records an assessment that permits, from 2020-01-01 until 2028-12-31","sentences":["${DATA(TRUTH)}`,
      '"reviewed":"sha256:',
    ],
  ],
};

/** Where each stands, after the one before it; -1 for what does not. */
function placesIn(text: string, wanted: readonly string[]): readonly number[] {
  let from = 0;
  return wanted.map((each) => {
    const at = text.indexOf(each, from);
    if (at >= 0) from = at + each.length;
    return at;
  });
}

describe('Huawei under the name of Nokia is told, lie and truth', () => {
  it.each(Object.entries(SURFACES))('%s', async (_, [textOf, wanted]) => {
    const places = placesIn(await textOf(), wanted);
    expect(wanted.filter((_each, i) => places[i] === -1)).toEqual([]);
  });
});

it('a page says every line of the terminal, in its order', async () => {
  const { words, page } = await reviewed();
  const places = placesIn(seen(page?.() ?? ''), words);
  expect(words.filter((_each, i) => places[i] === -1)).toEqual([]);
});

describe('what others wrote is text on', () => {
  const HOSTILE = 'Nokia</pre><script>alert(1)</script><img src=x onerror="x">\n! a line of its own\u202e';
  it.each<[string, (reason: string) => Promise<string>]>([
    ['the page of a review', async (reason) => (await reviewed(reason)).page?.() ?? ''],
    ['the record of a simulation', recorded],
  ])('%s, which runs nothing', async (_, pageOf) => {
    const page = await pageOf(HOSTILE);
    expect(page).toContain(`  reason: ${escapeHtml(HOSTILE)}\n`);
    expect(page).not.toMatch(/<script|<img|\son\w+="|(?:src|href)=["']|\u202e|^(?:<b>)?! a line/m);
    expect(page).toContain(
      `content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`,
    );
  });
});
