/** The board's door: CloudWatch calls it for the dashboard's custom widget, with the rights of whoever looks. */
import { parseCommitKeys } from '../store/commit-signature.ts';
import { createDynamoClient } from '../store/dynamodb.ts';
import { parseFounderKeys } from '../store/person-signature.ts';
import { createRegistryReader } from '../store/registry-reader.ts';
import { type BoardEvent, createBoard } from './board.ts';
import { readRegistrySettings } from './registry-settings.ts';

const settings = readRegistrySettings(process.env);

const board = createBoard({
  reader: createRegistryReader({
    client: createDynamoClient({ connectMs: 1000, readMs: 5000 }),
    tables: settings.tables,
    publicKeys: parseCommitKeys(settings.commitPublicKeys),
    founders: parseFounderKeys(settings.founderKeys),
    budgetMs: 25_000,
    cacheBytes: 128 * 1024 * 1024,
    // A restored registry is drawn, and said to be held: those who must confirm it look here.
    acceptUnconfirmed: true,
  }),
  clock: Date.now,
});

export const handler = (event: BoardEvent): Promise<string> => board(event);
