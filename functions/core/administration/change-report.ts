/**
 * The change record two people sign: one HTML page that needs nothing else, holds no script, follows the reader's
 * light or dark setting and prints. It begins with what a review says, in the very lines a terminal shows, because who
 * reads the page signs the same as who reads the terminal; tables come after. Every text in it is escaped: reasons and names
 * are other people's words.
 */
import type { Digest } from '../facts/canonical.ts';
import { citationInWords } from '../facts/citation-words.ts';
import { member } from '../facts/fact.ts';
import { html, NOTHING, type SafeHtml } from '../safe-html.ts';
import { type Facts, keyOf, type Operation } from './change.ts';
import { flipsSection, outagesTable } from './flip-tables.ts';
import { stoppedInWords, stopsInWords } from './flip-words.ts';
import { memberChanges } from './member-changes.ts';
import { isRestrictOnly } from './polarity.ts';
import { recordPage } from './record-page.ts';
import type { Forecast, SimulationReport } from './simulation.ts';

/** A part of what is said of a change, as a terminal shows it: its lines, under a heading on a page. */
export interface SaidPart {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** What the record of a change that two people sign is written from. */
export interface ChangeRecord {
  readonly title: string;
  /** Everything that is said of it, worst first. */
  readonly said: readonly SaidPart[];
  /** Digest the approval binds. */
  readonly proposal: Digest;
  readonly base: { readonly version: number; readonly digest: Digest } | null;
  /** Who proposed it, as signed in: role and session. */
  readonly author: string;
  /** ISO 8601 UTC. */
  readonly proposedAt: string;
  readonly reason: string;
  readonly changes: readonly Operation[];
  /** The registry the change is made to. */
  readonly facts: Facts;
  readonly simulation: SimulationReport;
  readonly forecast?: Forecast;
}

function valueText(value: unknown): string {
  return value === undefined ? '—' : JSON.stringify(value);
}

function sourcesText(raw: unknown): string {
  const sources = member(raw, 'sources');
  if (!Array.isArray(sources)) return '';
  return sources.map(citationInWords).join('; ');
}

/** What differs, one line each: what stood there and what will. */
function differences(before: unknown, after: unknown): SafeHtml {
  const rows = memberChanges(before, after).map(
    ({ name, was, is }) => html`<tr><td>${name}</td><td>${valueText(was)}</td><td>${valueText(is)}</td></tr>`,
  );
  return html`<table class="inner"><thead><tr><th>Member</th><th>Was</th><th>Becomes</th></tr></thead><tbody>${rows}</tbody></table>`;
}

function operationRow(operation: Operation, i: number, facts: Facts): SafeHtml {
  const key = keyOf(operation) ?? 'a fact without a key';
  const current = facts.get(key);
  const effect = isRestrictOnly(operation, current) ? 'only restricts' : 'could permit';
  const row = (detail: SafeHtml, sources: string) =>
    html`<tr><td class="n">${i}</td><td>${operation.op}</td><td>${key}</td><td>${effect}</td><td>${detail}</td><td>${sources}</td></tr>`;
  switch (operation.op) {
    case 'add':
      return row(differences(undefined, operation.fact), sourcesText(operation.fact));
    case 'replace':
      return row(differences(current, operation.fact), sourcesText(operation.fact));
    case 'end':
      return row(html`holds until ${operation.on}`, sourcesText({ sources: operation.ending }));
  }
}

function forecastSection(forecast: Forecast | undefined): SafeHtml {
  if (forecast === undefined) return html`<p>No forecast was asked for.</p>`;
  const stopped = warning(forecast.stopped, stoppedInWords);
  if (forecast.outages.length === 0)
    return html`${stopped}<p>Nothing that is permitted now goes dark by ${forecast.until}.</p>`;
  const looked =
    forecast.lookedUntil === null
      ? NOTHING
      : html`<p class="deny">Looked until ${forecast.lookedUntil} for every question: some answers have more dates than a forecast follows.</p>`;
  return html`${stopped}${looked}${outagesTable(forecast.outages)}`;
}

function warning(holds: readonly string[], words: (holds: readonly string[]) => string): SafeHtml {
  return holds.length === 0
    ? NOTHING
    : html`<p class="deny">${words(holds)}</p>
`;
}

function judgedSection(keys: readonly string[]): SafeHtml {
  if (keys.length === 0) return NOTHING;
  return html`<h2 class="deny">To be judged anew: ${keys.length}</h2>
<p>These accreditations and assessments bind what they judged, and after this change something else stands there. Owners who ask for the binding are refused.</p>
<ul>${keys.map((key) => html`<li><code>${key}</code></li>`)}</ul>`;
}

function signature(role: string): SafeHtml {
  return html`<div class="sign"><b>${role}</b><div>Name</div><div>Role and session</div><div>Date</div><div>Signature</div></div>`;
}

/** Lines keep how far in they stand: what is under an operation is about it. */
function saidSection({ heading, lines }: SaidPart): SafeHtml {
  if (lines.length === 0) return NOTHING;
  const shown = lines.map((line) => (/^ *! /.test(line) ? html`<b>${line}</b>\n` : html`${line}\n`));
  return html`<h2>${heading}</h2>
<pre>${shown}</pre>
`;
}

/** @returns a complete HTML document; the same record gives the same bytes */
export function changeReport(record: ChangeRecord): string {
  const { simulation: sim, base } = record;
  const body = html`<h1>${record.title}</h1>
${record.said.map(saidSection)}<h2>The same in tables</h2>
<dl>
<dt>Proposal</dt><dd><code>${record.proposal}</code></dd>
<dt>Base</dt><dd>${base === null ? 'none: the first version' : html`version ${base.version} <code>${base.digest}</code>`}</dd>
<dt>Flips</dt><dd><code>${sim.flipsDigest}</code></dd>
<dt>Author</dt><dd>${record.author}, ${record.proposedAt}</dd>
<dt>Reason</dt><dd>${record.reason}</dd>
<dt>Simulated</dt><dd>as of ${sim.at}, complete: ${sim.questions} questions over ${sim.markings.length} markings, ${sim.evaluations} evaluations${sim.unreadable.length === 0 ? '' : `; ${sim.unreadable.length} recent requests could not be read and are refused either way`}</dd>
</dl>
${warning(sim.stops, stopsInWords)}${flipsSection(sim.flips)}${judgedSection(sim.changedSinceJudged)}
<h2>Operations: ${record.changes.length}</h2>
<table><thead><tr><th>No.</th><th>Operation</th><th>Fact</th><th>Effect</th><th>Change</th><th>Sources</th></tr></thead><tbody>${record.changes.map((o, i) => operationRow(o, i, record.facts))}</tbody></table>
<h2>Forecast${record.forecast === undefined ? '' : `: ${record.forecast.days} days`}</h2>
${forecastSection(record.forecast)}
<h2>Markings asked about</h2>
<details><summary>${sim.markings.length} markings</summary><ul>${sim.markings.map((m) => html`<li>${m}</li>`)}</ul></details>
<section class="signatures">${signature('Author')}${signature('Approver')}</section>`;
  return recordPage(record.title, body);
}
