/** Flips and outages as tables of a page, in the words and groups that a screen has them in. */
import { html, type SafeHtml } from '../safe-html.ts';
import { EFFECTS, type Effect, type FlipGroup, flipGroups } from './flip-groups.ts';
import { causeInWords, conditionsOf, subjectInWords, timeInWords } from './flip-words.ts';
import type { Case, Flip, Outage, RefusalCause } from './simulation.ts';

const HEADINGS: Readonly<Record<Effect, readonly [heading: string, tone: 'permit' | 'deny']>> = {
  gained: ['Becomes permitted', 'permit'],
  lost: ['No longer permitted', 'deny'],
  sooner: ['Permitted, and ends sooner', 'deny'],
  later: ['Permitted, and lasts longer', 'permit'],
};

function casesCell(cases: readonly Case[]): SafeHtml {
  const items = conditionsOf(cases).map(({ ways, markings }) => {
    const asked = ways.filter((way) => way !== '').join('; or ');
    return html`<li>${markings.join(' · ')}${asked === '' ? '' : html`<div><i>${asked}</i></div>`}</li>`;
  });
  return html`<details open><summary>${cases.length} ${cases.length === 1 ? 'case' : 'cases'}</summary><ul>${items}</ul></details>`;
}

function causesCell(causes: readonly RefusalCause[]): SafeHtml {
  return html`${causes.map((cause) => html`<div>${causeInWords(cause)}</div>`)}`;
}

function flipRow(f: Flip): SafeHtml {
  const obliges = f.obliges.length === 0 ? '' : html`<div>if who sends can ${f.obliges.join(', ')}</div>`;
  return html`<tr><td class="n">${f.number}</td><td>${subjectInWords(f.subject)}</td><td>${timeInWords(f)}</td><td>${f.before} → ${f.after}${obliges}</td><td>${causesCell(f.why)}</td><td>${f.restsOn.join(' ')}</td><td>${casesCell(f.cases)}</td></tr>`;
}

function groupSection({ name, highest, flips }: FlipGroup): SafeHtml {
  return html`<h3><code>${name}</code>: ${flips.length}, up to ${highest.join(', ')}</h3>
<table><thead><tr><th>No.</th><th>What</th><th>When</th><th>Answer</th><th>Because of</th><th>Rests on</th><th>Asked as</th></tr></thead><tbody>${flips.map(flipRow)}</tbody></table>`;
}

/** Every flip, in groups: what is gained first, and of each the worst marking first. */
export function flipsSection(all: readonly Flip[]): SafeHtml {
  const groups = Map.groupBy(flipGroups(all), ({ effect }) => effect);
  const sections = EFFECTS.map((effect) => {
    const [heading, tone] = HEADINGS[effect];
    const found = groups.get(effect) ?? [];
    const count = found.reduce((sum, { flips }) => sum + flips.length, 0);
    return html`<h2 class="${tone}">${heading}: ${count}</h2>
${found.length === 0 ? html`<p>Nothing.</p>` : html`${found.map(groupSection)}`}
`;
  });
  return html`<p>Permits that begin or last longer are acknowledged when approving: by the names of their groups, or by their numbers.</p>
${sections}`;
}

function outageRow(o: Outage): SafeHtml {
  const because =
    o.unlooked === true
      ? html`<b>not looked at any further: counts as dark</b>`
      : html`${o.because.map((c) => html`<div>${c.key} ${c.what}</div>`)}`;
  return html`<tr><td>${o.from}</td><td>${o.until ?? '—'}</td><td>${subjectInWords(o.subject)}</td><td>${because}</td><td>${causesCell(o.why)}</td><td>${casesCell(o.cases)}</td></tr>`;
}

export function outagesTable(outages: readonly Outage[]): SafeHtml {
  return html`<table><thead><tr><th>From</th><th>Until</th><th>What</th><th>Because</th><th>Why refused</th><th>Asked as</th></tr></thead><tbody>${outages.map(outageRow)}</tbody></table>`;
}
