/** The board: what is asked for, read, evaluated and drawn. */
import type { SnapshotReader } from '../store/registry-reader.ts';
import { createWholeLoader } from './whole-registry.ts';

export interface BoardOptions {
  readonly reader: SnapshotReader;
  readonly clock: () => number;
}

/** What CloudWatch sends: our own parameters, and with `describe` a request for documentation. */
export type BoardEvent = { readonly describe?: boolean } & Readonly<Record<string, unknown>>;

export function createBoard(options: BoardOptions): (event: BoardEvent) => Promise<string> {
  const load = createWholeLoader();
  return async () => {
    const registry = await load(await options.reader.open());
    return `<p>Version ${registry.version}</p>`;
  };
}
