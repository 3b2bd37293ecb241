/** The matrix as a table: colour, texture, symbol; the reason under the pointer. */
import { html, NOTHING, type SafeHtml } from '../core/safe-html.ts';
import { type Cell, endsSoon, grouped, type Matrix, type Row } from './matrix.ts';
import { type Columns, isSecret, MAX_PROFILES, type Profile } from './profiles.ts';
import { cellTitle, dayText, SYMBOL } from './words.ts';

/** More rows than a person reads: alike ones are drawn as one. */
const MOST_ROWS = 40;
const NAMED_IN_GROUP = 4;
/** Networks named in a card; the figure says how many there are. */
const CHIPS = 14;

/** How a cell leads to its question: a link locally, nothing in CloudWatch. */
export type LinkTo = (row: Row, profile: number) => string | undefined;

function cellOf(id: string, cell: Cell, profile: Profile, at: number, href: string | undefined): SafeHtml {
  const soon = endsSoon(cell, at) ? ' soon' : '';
  const symbol =
    href === undefined ? html`${SYMBOL[cell.outcome]}` : html`<a href="${href}">${SYMBOL[cell.outcome]}</a>`;
  return html`<td class="c ${cell.outcome}${soon}" title="${cellTitle(id, profile.name, cell)}">${symbol}</td>`;
}

function rowHtml(row: Row, profiles: readonly Profile[], at: number, link: LinkTo): SafeHtml {
  const cells = row.cells.flatMap((cell, i) => {
    const profile = profiles[i];
    return profile === undefined ? [] : [cellOf(row.id, cell, profile, at, link(row, i))];
  });
  return html`<tr><th class="row" scope="row" title="${row.name}"><b>${row.id}</b><span>${row.name}</span></th>${cells}</tr>`;
}

function groupHtml(rows: readonly Row[], profiles: readonly Profile[], at: number, link: LinkTo): SafeHtml {
  const [first] = rows;
  if (first === undefined) return NOTHING;
  if (rows.length === 1) return rowHtml(first, profiles, at, link);
  const named = rows.slice(0, NAMED_IN_GROUP).map((r) => r.id);
  const all = rows
    .slice(0, 200)
    .map((r) => r.id)
    .join(', ');
  const cells = profiles.flatMap((profile, i) => {
    const cell = first.cells[i];
    return cell === undefined
      ? []
      : [cellOf(`Each of these ${rows.length}`, cell, profile, at, link(first, i))];
  });
  return html`<tr><th class="row" scope="row" title="${all}"><b>${rows.length} alike</b><span>${named.join(', ')}${rows.length > named.length ? ' …' : ''}</span></th>${cells}</tr>`;
}

function body(
  rows: readonly Row[],
  profiles: readonly Profile[],
  at: number,
  link: LinkTo,
): readonly SafeHtml[] {
  if (rows.length <= MOST_ROWS) return rows.map((row) => rowHtml(row, profiles, at, link));
  const groups = grouped(rows, at);
  const left = groups.slice(MOST_ROWS).flatMap((group) => group.rows).length;
  return [
    ...groups.slice(0, MOST_ROWS).map((group) => groupHtml(group.rows, profiles, at, link)),
    left > 0
      ? html`<tr><th class="row" scope="row" colspan="${profiles.length + 1}">and ${left} more, not drawn</th></tr>`
      : NOTHING,
  ];
}

function head(profiles: readonly Profile[], what: string): SafeHtml {
  const owners = Map.groupBy(profiles, (p) => p.owner);
  const top = [...owners].map(
    ([owner, list]) => html`<th class="own" scope="colgroup" colspan="${list.length}">${owner}</th>`,
  );
  const columns = profiles.map((p) => html`<th scope="col" title="${p.name}">${p.short}</th>`);
  return html`<thead><tr><th class="corner"></th>${top}</tr><tr><th class="corner" scope="col">${what}</th>${columns}</tr></thead>`;
}

/** Where a person chose markings, and none of them is there. */
export const NONE_CHOSEN = html`<p>This registry has no marking that is called so: nothing is drawn. Those it has stand below; a marking may also be written as on a message.</p>`;

export function drawMatrix(matrix: Matrix, at: number, link: LinkTo): SafeHtml {
  const { profiles } = matrix;
  if (profiles.length === 0) return html`<p>No mandate is in force: nothing may be routed anywhere.</p>`;
  const table = (what: string, rows: readonly Row[]) =>
    html`<div class="scroll"><table>${head(profiles, what)}<tbody>${body(rows, profiles, at, link)}</tbody></table></div>`;
  return html`<h2>Networks, each as the one hop of a pinned route</h2>${table(`${matrix.networks.length} networks`, matrix.networks)}
<h2>Routes</h2>${matrix.routes.length === 0 ? html`<p class="dim">No route is registered.</p>` : table(`${matrix.routes.length} routes`, matrix.routes)}
${legend(profiles)}`;
}

function legend(profiles: readonly Profile[]): SafeHtml {
  const levels = [...new Map(profiles.filter((p) => p.kind === 'bare').map((p) => [p.short, p.label.level]))];
  const short = levels.map(([s, level]) => `${s} ${level}`).join(', ');
  return html`<div class="key"><span><i class="permit">${SYMBOL.permit}</i>may carry</span>
<span><i class="permit soon">${SYMBOL.permit}</i>may carry, and something it rests on changes within 30 days</span>
<span><i class="deny">${SYMBOL.deny}</i>must not</span>
<span><i class="indeterminate">${SYMBOL.indeterminate}</i>cannot be decided: must not</span>
<span><i class="not-applicable">${SYMBOL['not-applicable']}</i>no mandate covers it: must not</span>
<span>${short}. Bare: for the owner alone; “shared”: releasable to every nation that an accreditation names</span></div>`;
}

/** Markings named where they are not drawn; the text says how many there are. */
const MOST_LEFT = 500;

/** What the columns leave out: alarms, forecasts and comparisons ask about all of it. */
export function drawLeftOut({ left, refused }: Columns): SafeHtml {
  const unknown =
    refused === 0
      ? NOTHING
      : html`<div class="alert">${refused} of the markings asked for are not drawn: they are none of this registry’s, or more than ${MAX_PROFILES}.</div>`;
  if (left.length === 0) return unknown;
  const named = left.slice(0, MOST_LEFT).join('; ');
  const more = left.length > MOST_LEFT ? ` and ${left.length - MOST_LEFT} more` : '';
  return html`${unknown}<details><summary class="dim">${left.length} more markings not drawn: ${left.slice(0, 3).join('; ')}${left.length > 3 ? ' …' : ''}</summary>
<p class="dim">What goes dark is looked for in all of them. To draw others give <code>markings</code>, up to ${MAX_PROFILES} of these with “;” between them.</p><p class="dim">${named}${more}</p></details>`;
}

function carriers(rows: readonly Row[], column: number, at: number): SafeHtml {
  const may = rows.filter((row) => row.cells[column]?.outcome === 'permit');
  const chips = may.slice(0, CHIPS).map((row) => {
    const cell = row.cells[column] as Cell;
    const title =
      cell.validUntil === null ? row.name : `${row.name}, until ${dayText(cell.validUntil)} at least`;
    return html`<span class="chip${endsSoon(cell, at) ? ' soon' : ''}" title="${title}">${SYMBOL.permit} ${row.id}</span>`;
  });
  const more =
    may.length > CHIPS ? html`<span class="chip none">and ${may.length - CHIPS} more</span>` : NOTHING;
  const none = may.length === 0 ? html`<span class="chip none">none</span>` : NOTHING;
  return html`<div class="chips">${chips}${more}${none}</div>`;
}

function count(rows: readonly Row[], column: number): number {
  return rows.filter((row) => row.cells[column]?.outcome === 'permit').length;
}

/** One card for each owner: which networks may carry its SECRET, or what its frame calls it, now. */
export function drawSummary(matrix: Matrix, at: number): SafeHtml {
  const { networks, profiles } = matrix;
  const cards = profiles.flatMap((profile, i) => {
    if (!isSecret(profile)) return [];
    const { owner } = profile;
    const { level, frame } = profile.label;
    const j = profiles.findIndex((p) => p.kind === 'shared' && p.owner === owner && p.label.frame === frame);
    const shared =
      j === -1
        ? NOTHING
        : html`<p class="dim more">Shared with allies: ${count(networks, j)}</p>${carriers(networks, j, at)}`;
    return [
      html`<div class="card"><h3>${owner} ${level} today</h3>
<div class="big">${count(networks, i)} <small>of ${networks.length} networks may carry it</small></div>
${carriers(networks, i, at)}${shared}</div>`,
    ];
  });
  return html`${cards}`;
}
