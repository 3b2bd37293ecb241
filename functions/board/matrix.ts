/** The trust matrix: what each network and route may carry, by marking profile, at one instant. */
import type { Outcome } from '../core/decision/outcome.ts';
import type { Reason } from '../core/decision/reasons.ts';
import { member } from '../core/facts/fact.ts';
import type { WholeRegistry } from '../store/whole-registry.ts';
import { type BoardSubject, evaluate, networkIds, routeIds } from './evaluate.ts';
import type { Profile } from './profiles.ts';

export interface Cell {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  /** Epoch ms of the next instant at which a fact examined starts or ends. */
  readonly validUntil: number | null;
}

export interface Row {
  readonly subject: BoardSubject;
  readonly id: string;
  /** The registered name. */
  readonly name: string;
  readonly cells: readonly Cell[];
}

export interface Matrix {
  readonly profiles: readonly Profile[];
  readonly networks: readonly Row[];
  readonly routes: readonly Row[];
}

function nameOf(registry: WholeRegistry, subject: BoardSubject): string {
  const key = 'network' in subject ? `network/${subject.network}` : `route/${subject.route}`;
  const name = member(registry.index.facts.get(key), 'name');
  return typeof name === 'string' ? name : '';
}

function rowOf(
  registry: WholeRegistry,
  subject: BoardSubject,
  profiles: readonly Profile[],
  at: number,
): Row {
  return {
    subject,
    id: 'network' in subject ? subject.network : subject.route,
    name: nameOf(registry, subject),
    cells: profiles.map((profile) => {
      const { outcome, reasons, validUntil } = evaluate(registry, subject, profile, at);
      return { outcome, reasons, validUntil };
    }),
  };
}

function permits(row: Row): number {
  return row.cells.filter((c) => c.outcome === 'permit').length;
}

/** What may carry most comes first. */
function byPermits(a: Row, b: Row): number {
  return permits(b) - permits(a) || (a.id < b.id ? -1 : 1);
}

export function matrixOf(registry: WholeRegistry, profiles: readonly Profile[], at: number): Matrix {
  const rows = (subjects: readonly BoardSubject[]) =>
    subjects.map((s) => rowOf(registry, s, profiles, at)).sort(byPermits);
  return {
    profiles,
    networks: rows(networkIds(registry).map((network) => ({ network }))),
    routes: rows(routeIds(registry).map((route) => ({ route }))),
  };
}

const MONTH_MS = 30 * 86_400_000;

/** A permit that rests on something which changes within thirty days. */
export function endsSoon(cell: Cell, at: number): boolean {
  return cell.outcome === 'permit' && cell.validUntil !== null && cell.validUntil - at <= MONTH_MS;
}

export interface RowGroup {
  readonly rows: readonly Row[];
  readonly cells: readonly Cell[];
}

/** Rows that answer alike for like reasons, as one: two thousand networks are a few kinds of network. */
export function grouped(rows: readonly Row[], at: number): readonly RowGroup[] {
  const kind = (row: Row) =>
    row.cells
      .map(
        (c) => `${c.outcome} ${endsSoon(c, at)} ${[...new Set(c.reasons.map((r) => r.code))].sort().join()}`,
      )
      .join('|');
  return [...Map.groupBy(rows, kind).values()]
    .map((group) => ({ rows: group, cells: group[0]?.cells ?? [] }))
    .sort((a, b) => permits(b.rows[0] as Row) - permits(a.rows[0] as Row) || b.rows.length - a.rows.length);
}
