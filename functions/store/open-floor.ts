import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Epochs, epochsIn } from './epochs.ts';
import { type FloorRows, floorRows } from './floor-rows.ts';

/** What a HEAD is judged by: which versions were acknowledged, with which keyrings, and what began epochs. */
export interface Floor extends FloorRows {
  readonly epochs: Epochs;
}

/** @param clock milliseconds since the epoch */
export function openFloor(client: DynamoDBClient, table: string, clock: () => number): Floor {
  const rows = floorRows(client, table, clock);
  return { ...rows, epochs: epochsIn(rows) };
}
