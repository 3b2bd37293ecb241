import { describe, expect, it } from 'vitest';
import { applyChanges, type Operation } from '../../../functions/core/administration/change.ts';
import { type ChangeRecord, changeReport } from '../../../functions/core/administration/change-report.ts';
import {
  finishForecast,
  planForecast,
  runForecast,
} from '../../../functions/core/administration/forecast.ts';
import {
  finishSimulation,
  planSimulation,
  runSimulation,
} from '../../../functions/core/administration/simulate.ts';
import { escapeHtml } from '../../../functions/core/safe-html.ts';
import { accreditation, add, end, NOW, replace, valid, vendor, withFacts } from './small-registry.ts';

const HOSTILE = `</td><script>alert(1)</script><img src=x onerror="x">'`;
const facts = withFacts(
  { remove: 'accreditation/one' },
  accreditation('two', { network: 'net-two' }, { valid: valid('2019-01-01', '2026-06-20') }),
);
const changes: readonly Operation[] = [
  add(accreditation('new', { network: 'net-one' }, { sources: [{ citation: HOSTILE, verified: false }] })),
  end(facts, 'accreditation/two'),
  replace(facts, vendor('holding', { name: `Renamed ${HOSTILE}` })),
];

function record(): ChangeRecord {
  const applied = applyChanges(facts, changes);
  if (!applied.ok) throw new Error('not applied');
  const plan = planSimulation({ before: facts, after: applied.facts, touched: applied.touched, at: NOW });
  const ahead = planForecast({ facts, at: NOW, days: 30 });
  return {
    proposal: `sha256:${'a'.repeat(64)}`,
    base: { version: 12, digest: `sha256:${'b'.repeat(64)}` },
    author: `usa-proposer/${HOSTILE}`,
    proposedAt: '2026-06-01T11:00:00Z',
    reason: HOSTILE,
    changes,
    facts,
    simulation: finishSimulation(
      plan,
      runSimulation(plan, undefined, () => true),
    ),
    forecast: finishForecast(
      ahead,
      runForecast(ahead, undefined, () => true),
    ),
  };
}

describe('the change record', () => {
  const html = changeReport(record());

  it.each([
    ['the proposal', 'a'.repeat(64)],
    ['the base', 'version 12'],
    ['the flips', record().simulation.flipsDigest],
    ['what becomes permitted', 'Becomes permitted: 1'],
    ['what no longer is', 'No longer permitted: 1'],
    ['which operation restricts', 'only restricts'],
    ['which could permit', 'could permit'],
    ['what a correction corrects', 'holding'],
    ['an unverified source', '(not verified)'],
    ['the forecast', 'Forecast: 30 days'],
    ['why something goes dark', 'accreditation/two ends'],
    ['two signatures', '<b>Approver</b>'],
  ])('says %s', (_, text) => {
    expect(html).toContain(text);
  });

  it('puts what becomes permitted first', () => {
    expect(html.indexOf('Becomes permitted')).toBeLessThan(html.indexOf('No longer permitted'));
  });

  it('holds every case, cut nowhere', () => {
    const { simulation } = record();
    for (const flip of simulation.flips)
      for (const { marking } of flip.cases) expect(html).toContain(escapeHtml(marking));
  });

  it('takes nobody’s text for HTML, and needs nothing from elsewhere', () => {
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(/\son\w+="/);
    expect(html).not.toMatch(/(?:src|href)=["']/);
    expect(html).toContain("default-src 'none'");
    expect(html).toContain('&lt;script&gt;');
  });

  it('is the same for the same record', () => {
    expect(changeReport(record())).toBe(html);
  });

  it.each([
    ['markup', `<b>&"'`, '&lt;b&gt;&amp;&quot;&#39;'],
    ['a text that turns direction', 'a\u202eb', 'a[U+202E]b'],
    ['a new line', 'a\nb', 'a[U+000A]b'],
  ])('shows %s as it is', (_, text, shown) => {
    expect(escapeHtml(text)).toBe(shown);
  });

  it('a first version has no base, and may have no forecast', () => {
    const { forecast: _forecast, ...first } = { ...record(), base: null };
    expect(changeReport(first)).toContain('none: the first version');
    expect(changeReport(first)).toContain('No forecast was asked for.');
  });
});
