/** The cliff: thirty days on a line, what ends on each, and what goes dark. */
import { html, NOTHING, SafeHtml } from '../core/safe-html.ts';
import type { Dark, Ending } from './outlook.ts';
import { dayText, minuteOf } from './words.ts';

const DAY_MS = 86_400_000;
const DAYS = 30;
const MOST_LINES = 14;

export interface Cliff {
  readonly dark: readonly Dark[];
  readonly endings: readonly Ending[];
  /** The first end after the thirty days. */
  readonly next: Ending | undefined;
}

function idOf(dark: Dark): string {
  return 'network' in dark.subject ? dark.subject.network : `route ${dark.subject.route}`;
}

/** Place on the line, in thousandths of the thirty days. */
function x(ms: number, at: number): number {
  return Math.min(1, Math.max(0, (ms - at) / (DAYS * DAY_MS))) * 1000;
}

/** The picture stretches with the page, so it holds no text: the dates stand below it. */
function axis({ dark, endings }: Cliff, at: number): SafeHtml {
  const perDay = Map.groupBy(endings, (e) => Math.floor((e.at - at) / DAY_MS));
  const bars = [...perDay].map(([day, list]) => {
    const height = Math.min(34, 6 + list.length * 4);
    const px = x(at + (day + 0.5) * DAY_MS, at);
    const title = `${list.length} facts end on ${dayText(at + (day + 0.5) * DAY_MS)}`;
    return `<rect x="${px - 6}" y="${58 - height}" width="12" height="${height}" fill="var(--soon)"><title>${title}</title></rect>`;
  });
  const marks = dark.map((d) => {
    const px = x(d.from, at);
    return `<path d="M${px - 7} 4h14l-7 14z" fill="#d55e00"><title>${dayText(d.from)}</title></path>`;
  });
  const dates = [0, 10, 20, 30].map((day) => html`<span>${dayText(at + day * DAY_MS).slice(5)}</span>`);
  // Made of numbers and dates alone.
  const picture = new SafeHtml(
    `<svg class="line" viewBox="0 0 1000 60" preserveAspectRatio="none" role="img" aria-label="What ends in the next thirty days"><path d="M0 58h1000" stroke="var(--dim)" stroke-width="2"/>${bars.join('')}${marks.join('')}</svg>`,
  );
  return html`${picture}<div class="dates">${dates}</div>`;
}

/** What goes dark is named first; what merely ends fills the rest. */
function endingsShown(darkCount: number): number {
  return Math.max(4, MOST_LINES - darkCount);
}

const MOST_MARKINGS = 3;

function markingsText({ markings }: Dark): string {
  const left = markings.length - MOST_MARKINGS;
  return `${markings.slice(0, MOST_MARKINGS).join('; ')}${left > 0 ? ` and ${left} more` : ''}`;
}

function darkText(dark: Dark): SafeHtml {
  const because = dark.because.map(({ key, what }) => html` <code>${key}</code> ${what}`);
  return html`<b>${idOf(dark)}</b> goes dark for ${markingsText(dark)}${because.length > 0 ? html` <span class="dim">because${because}</span>` : NOTHING}`;
}

/** What there was no time to look at to the end is not in the list, and is never passed over in silence. */
function drawUnlooked(dark: readonly Dark[]): SafeHtml {
  const [first, ...others] = dark.filter((d) => !d.looked).sort((a, b) => a.from - b.from);
  if (first === undefined) return NOTHING;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return html`<p class="alert">Looked until ${minuteOf(first.from)} UTC at <b>${idOf(first)}</b>${more}: there is more to ask than a page has time for. Count them as dark; a forecast asks about all.</p>`;
}

function lines(cliff: Cliff): readonly SafeHtml[] {
  const dark = cliff.dark
    .filter((d) => d.looked)
    .map((d) => ({
      at: d.from,
      line: html`<li class="dark"><time>${dayText(d.from)}</time><span>${darkText(d)}</span></li>`,
    }));
  const ends = cliff.endings.map((e) => ({
    at: e.at,
    line: html`<li><time>${dayText(e.at)}</time><span><code>${e.key}</code> ends</span></li>`,
  }));
  // What goes dark is what matters: it is never cut off by what merely ends.
  const kept = [...dark.slice(0, MOST_LINES), ...ends.slice(0, endingsShown(dark.length))];
  return kept.sort((a, b) => a.at - b.at).map((k) => k.line);
}

function rest({ dark: all, endings }: Cliff): SafeHtml {
  const dark = all.filter((d) => d.looked);
  const shown = Math.min(dark.length, MOST_LINES) + Math.min(endings.length, endingsShown(dark.length));
  const hidden = dark.length + endings.length - shown;
  return hidden > 0
    ? html`<p class="dim">and ${hidden} more; the saved query “expiry” lists them.</p>`
    : NOTHING;
}

/** The card beside the summary. */
export function drawCliffCard({ dark: all, endings, next }: Cliff): SafeHtml {
  const dark = all.filter((d) => d.looked);
  const after =
    next === undefined
      ? html`nothing after that either`
      : html`then <code>${next.key}</code> on ${dayText(next.at)}`;
  const networks = dark.filter((d) => 'network' in d.subject);
  const routes = dark.filter((d) => 'route' in d.subject);
  const chips = dark
    .slice(0, 18)
    .map(
      (d) =>
        html`<span class="chip soon" title="${markingsText(d)}">${dayText(d.from).slice(5)} ${idOf(d)}</span>`,
    );
  const more = dark.length > 18 ? html`<span class="chip none">and ${dark.length - 18} more</span>` : NOTHING;
  return html`<div class="card wide"><h3>Ends within 30 days</h3>
<div class="big">${networks.length + routes.length} <small>go dark: ${networks.length} networks, ${routes.length} routes</small></div>
<div class="chips">${chips}${more}</div>
<p class="dim" style="margin:6px 0 0">${endings.length} facts end; ${after}</p>${drawUnlooked(all)}</div>`;
}

export function drawCliff(cliff: Cliff, at: number): SafeHtml {
  const list =
    cliff.dark.length + cliff.endings.length === 0
      ? html`<p class="dim">Nothing ends in the next 30 days.</p>`
      : html`<ol class="list">${lines(cliff)}</ol>${rest(cliff)}`;
  return html`<h2>The next 30 days</h2>${axis(cliff, at)}${list}`;
}
