/** The board's door: CloudWatch calls it for the dashboard's custom widget, with the rights of whoever looks. */
import { createDynamoClient } from '../store/dynamodb.ts';
import { createRegistryReader } from '../store/registry-reader.ts';
import { readStoreSettings } from '../store/store-settings.ts';
import { type BoardEvent, createBoard } from './board.ts';

const settings = readStoreSettings(process.env);

const board = createBoard({
  reader: createRegistryReader({
    client: createDynamoClient({ connectMs: 1000, readMs: 5000 }),
    ...settings,
    budgetMs: 25_000,
    cacheBytes: 128 * 1024 * 1024,
    // A restored registry is drawn, and said to be held: those who must confirm it look here.
    acceptUnconfirmed: true,
  }),
  clock: Date.now,
});

export const handler = (event: BoardEvent): Promise<string> => board(event);
