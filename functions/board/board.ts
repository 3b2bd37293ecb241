/**
 * The board: what is asked for, read, evaluated and drawn. One HTML document without script, for CloudWatch's custom
 * widget and, the same, for a browser.
 */
import type { Facts } from '../core/administration/change.ts';
import { holdsInForce } from '../core/administration/holds-in-force.ts';
import { leftBehind } from '../core/administration/left-behind.ts';
import { html, NOTHING, type SafeHtml } from '../core/safe-html.ts';
import { keptByKey } from '../store/kept.ts';
import type { OpenSnapshot, SnapshotReader } from '../store/registry-reader.ts';
import { isHeld, StoreError, type StoreErrorCode } from '../store/store-error.ts';
import { createWholeLoader, type WholeRegistry } from '../store/whole-registry.ts';
import { drawChanges, recentChanges } from './changes.ts';
import { type Cliff, drawCliff, drawCliffCard } from './draw-cliff.ts';
import { drawHolds } from './draw-holds.ts';
import { drawLeftOut, drawMatrix, drawSummary, type LinkTo, NONE_CHOSEN } from './draw-matrix.ts';
import { drawQuestion } from './draw-question.ts';
import type { BoardSubject } from './evaluate.ts';
import { factsOfLaw } from './law-alone.ts';
import { type Matrix, matrixOf } from './matrix.ts';
import { darkWithin, endingWithin, networkSubjects, routeSubjects } from './outlook.ts';
import { type Columns, columnsOf, MAX_PROFILES } from './profiles.ts';
import { questionOf } from './question.ts';
import { styleFor, type Theme } from './style.ts';
import { minuteOf } from './words.ts';

export interface BoardOptions {
  readonly reader: SnapshotReader;
  readonly clock: () => number;
}

/** What a question is about, as the widget's parameters or a local query say it. All of it is untrusted. */
export interface BoardEvent {
  /** CloudWatch asks for documentation. */
  readonly describe?: unknown;
  readonly network?: unknown;
  readonly route?: unknown;
  /** A column: its name (`USA · SECRET`) or its number from 0; or any marking by its id. */
  readonly profile?: unknown;
  /** Other columns than the mandates': names, ids of markings or markings as written, with `;` between them. */
  readonly markings?: unknown;
  /** Links lead to a question. Only where the HTML is a page of its own. */
  readonly links?: unknown;
  readonly widgetContext?: { readonly theme?: unknown };
}

const DESCRIPTION = `### The board of a traffic-routing guard
Which networks and routes may carry what, what changed lately, and what ends within thirty days.

For one question, give \`route\` or \`network\` (an id) and \`profile\` (a column's name or number, or any marking that the
board says it does not draw). For other columns give \`markings\`, up to 18 with \`;\` between them:

\`\`\` yaml
route: sms-gb-primary
profile: USA · SECRET
\`\`\``;

/** Decades: to name what ends next where nothing ends soon. */
const FAR_DAYS = 36_500;

interface Outlook {
  readonly cliff: Cliff;
  /** Keys of judgements of what has changed since. */
  readonly left: readonly string[];
}

/** Judgements named; the text says how many more there are. */
const MOST_LEFT = 6;

function outlookOf(registry: WholeRegistry, at: number): Outlook {
  const subjects = [...routeSubjects(registry), ...networkSubjects(registry)];
  return {
    left: leftBehind(registry.index, registry.index.facts.keys(), at),
    cliff: {
      dark: darkWithin(registry, subjects, at, 30),
      endings: endingWithin(registry.facts, at, 30),
      next: endingWithin(registry.facts, at, FAR_DAYS).find((e) => e.at > at + 30 * 86_400_000),
    },
  };
}

interface Drawn {
  readonly columns: Columns;
  readonly matrix: Matrix;
}

function draw(registry: WholeRegistry, at: number, chosen: readonly string[]): Drawn {
  const columns = columnsOf(registry, at, chosen);
  return { columns, matrix: matrixOf(registry, columns.drawn, at) };
}

/** Longer than eighteen markings; what is longer is no choice of columns. */
const MOST_CHARACTERS = 8000;

/** The columns asked for. One too many is kept, so that it is said that there were too many. */
function chosenIn({ markings }: BoardEvent): readonly string[] {
  if (typeof markings !== 'string') return [];
  const names = markings.split(';').map((name) => name.trim());
  return names.filter((name) => name !== '').slice(0, MAX_PROFILES + 1);
}

/** What is read of an event, and how it must look. Whatever else somebody gives was meant to be read. */
const MEMBERS: { readonly [M in keyof Required<BoardEvent>]: (value: unknown) => boolean } = {
  describe: () => true,
  network: (value) => typeof value === 'string',
  route: (value) => typeof value === 'string',
  profile: (value) => typeof value === 'string' || typeof value === 'number',
  markings: (value) => typeof value === 'string' && value.length <= MOST_CHARACTERS,
  links: () => true,
  widgetContext: () => true,
};

function isReadable(event: BoardEvent): boolean {
  return Object.entries(event).every(
    ([name, value]) =>
      value === undefined || (Object.hasOwn(MEMBERS, name) && MEMBERS[name as keyof BoardEvent](value)),
  );
}

const UNREADABLE = html`<p>The board takes a route or a network (an id), a profile (a name or a number) and markings (up to ${MAX_PROFILES} with “;” between them), and nothing else. It was given something else, so nothing is drawn.</p>`;

function subjectOf(event: BoardEvent): BoardSubject | undefined {
  if (typeof event.route === 'string') return { route: event.route };
  if (typeof event.network === 'string') return { network: event.network };
  return undefined;
}

function themeOf(event: BoardEvent): Theme {
  const theme = event.widgetContext?.theme;
  return theme === 'light' || theme === 'dark' ? theme : 'auto';
}

function page(event: BoardEvent, content: SafeHtml): string {
  return html`${styleFor(themeOf(event))}<main class="rg cwdb-no-default-styles">${content}</main>`.text;
}

function linksFor(columns: Columns, chosen: readonly string[]): LinkTo {
  return (row, profile) => {
    const name = chosen.length === 0 ? `${profile}` : encodeURIComponent(columns.drawn[profile]?.name ?? '');
    return `?${'network' in row.subject ? 'network' : 'route'}=${encodeURIComponent(row.id)}&profile=${name}`;
  };
}

export function createBoard(options: BoardOptions): (event: BoardEvent) => Promise<string> {
  const load = createWholeLoader();
  const lookedBy = keptByKey(outlookOf, byMinute);
  const drawnBy = keptByKey(draw, byMinute);

  async function overview(registry: WholeRegistry, at: number, event: BoardEvent): Promise<SafeHtml> {
    const chosen = chosenIn(event);
    const { cliff, left } = lookedBy(registry, at);
    const { columns, matrix } = drawnBy(registry, at, chosen);
    const isNoneChosen = chosen.length > 0 && columns.drawn.length === 0;
    const changes = await recentChanges(options.reader);
    return html`<h1>What may be routed where</h1>
<p class="dim">Registry version ${registry.version}, recorded ${minuteOf(Date.parse(registry.recordedAt))} UTC; drawn for ${minuteOf(at)} UTC.</p>
${drawLeftBehind(left)}<div class="cards">${drawSummary(matrix, at)}${drawCliffCard(cliff)}</div>
${isNoneChosen ? NONE_CHOSEN : drawMatrix(matrix, at, event.links === true ? linksFor(columns, chosen) : () => undefined)}
${drawLeftOut(columns)}${drawCliff(cliff, at)}${drawChanges(changes)}`;
  }

  async function asked(registry: WholeRegistry, at: number, event: BoardEvent): Promise<SafeHtml> {
    if (!isReadable(event)) return UNREADABLE;
    const subject = subjectOf(event);
    if (subject === undefined) return overview(registry, at, event);
    const { drawn } = columnsOf(registry, at);
    const profile =
      drawn.find((p) => p.name === event.profile) ??
      drawn[Number(event.profile ?? 0)] ??
      columnsOf(registry, at, [String(event.profile)]).drawn[0];
    if (profile === undefined) return html`<p>There is no such marking profile.</p>`;
    return drawQuestion(
      questionOf(registry, subject, profile, at),
      at,
      event.links === true ? '?' : undefined,
    );
  }

  /** What is stopped stands above whatever was asked for, and stands there though nothing else can be drawn. */
  async function drawn(event: BoardEvent, at: number): Promise<SafeHtml> {
    const snapshot = await options.reader.open();
    const alert = (facts: Facts) => html`${alertOf(snapshot)}${drawHolds(holdsInForce(facts, at))}`;
    let registry: WholeRegistry;
    try {
      registry = await load(snapshot);
    } catch (error) {
      return html`${alert(await factsOfLaw(snapshot))}${unreadable(error)}`;
    }
    try {
      return html`${alert(registry.index.facts)}${await asked(registry, at, event)}`;
    } catch (error) {
      return html`${alert(registry.index.facts)}${unreadable(error)}`;
    }
  }

  return async (event) => {
    if (event.describe === true) return DESCRIPTION;
    try {
      return page(event, await drawn(event, options.clock()));
    } catch (error) {
      return page(event, unreadable(error));
    }
  };
}

/** The code is one of a closed set; the error's own text may hold stored text and stays here. */
function unreadable(error: unknown): SafeHtml {
  const code = error instanceof StoreError ? error.code : 'FAULT';
  if (code === 'HEAD_MISSING')
    return html`<h1>Nothing has been published yet</h1><p>Every decision is denied until a registry is.</p>`;
  if (code !== 'FAULT' && isHeld(code)) return heldFor(code);
  return html`<div class="alert">The registry cannot be read (${code}). Decisions that need it are denied.</div>`;
}

/** Whatever is drawn of a registry that is held, nothing of it is permitted. */
function alertOf({ held }: OpenSnapshot): SafeHtml {
  return held === null ? NOTHING : heldFor(held);
}

function heldFor(held: StoreErrorCode): SafeHtml {
  return html`<div class="alert">This registry came back from a backup, or was put back (${held}), and is held: every decision is denied until two people confirm it.</div>`;
}

/** Judgements of what has changed since: owners who ask for the binding are refused, and the others should know. */
function drawLeftBehind(keys: readonly string[]): SafeHtml {
  if (keys.length === 0) return NOTHING;
  const named = keys.slice(0, MOST_LEFT).map((key) => html`<code>${key}</code> `);
  const more = keys.length > MOST_LEFT ? html`and ${keys.length - MOST_LEFT} more` : NOTHING;
  return html`<div class="alert">To be judged anew, because what they judged has changed: ${named}${more}</div>`;
}

/** A drawing holds for a minute of one version: two people who look at once are shown one computation. */
function byMinute(registry: WholeRegistry, at: number, chosen: readonly string[] = []): string {
  return JSON.stringify([registry.digest, Math.floor(at / 60_000), chosen]);
}
