/** One row in a process of its own: what another row compiled, kept or left on the heap is nothing to it. */
import type { Effort, Figure, Row } from './row.ts';
import { type RowName, rowOf } from './rows.ts';

/** What the bench sends. */
export interface RowWanted {
  readonly name: RowName;
  readonly quick: boolean;
  readonly scale: boolean;
}

/** What comes back: lines while it runs, then the row with its figures. */
export type RowNews =
  | { readonly kind: 'said'; readonly line: string }
  | { readonly kind: 'done'; readonly row: Omit<Row, 'measure'>; readonly figures: readonly Figure[] };

const tell = (news: RowNews) => process.send?.(news);

async function run({ name, ...effort }: RowWanted): Promise<void> {
  const say: Effort['say'] = (line) => tell({ kind: 'said', line });
  const { measure, ...row } = await rowOf(name);
  tell({ kind: 'done', row, figures: await measure({ ...effort, say }) });
}

process.once('message', (wanted) => {
  run(wanted as RowWanted).then(
    () => process.disconnect(),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
