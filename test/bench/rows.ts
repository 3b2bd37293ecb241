/** Every row, in the order in which they are measured; loaded where it is measured, and nowhere else. */
import type { Row } from './row.ts';

const ALL = {
  decision: async () => (await import('./rows/decision.ts')).decision,
  warm: async () => (await import('./rows/warm.ts')).warm,
  cold: async () => (await import('./rows/cold.ts')).cold,
  bundle: async () => (await import('./rows/bundle.ts')).bundle,
  networks: async () => (await import('./rows/networks.ts')).networks,
  publish: async () => (await import('./rows/publish.ts')).publish,
  batch: async () => (await import('./rows/batch.ts')).batch,
  'batch-limits': async () => (await import('./rows/batch-limits.ts')).batchLimits,
  search: async () => (await import('./rows/search.ts')).searching,
  simulation: async () => (await import('./rows/simulation.ts')).simulation,
  label: async () => (await import('./rows/label.ts')).label,
  price: async () => (await import('./rows/price.ts')).price,
  load: async () => (await import('./rows/load.ts')).sustained,
  'head-copies': async () => (await import('./rows/head-copies.ts')).headCopies,
} satisfies Readonly<Record<string, () => Promise<Row>>>;

export type RowName = keyof typeof ALL;

export const ROW_NAMES = Object.keys(ALL) as readonly RowName[];

export const isRowName = (name: string): name is RowName => Object.hasOwn(ALL, name);

export const rowOf = (name: RowName): Promise<Row> => ALL[name]();
