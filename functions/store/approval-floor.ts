/** What the floor says that a HEAD is judged by: which versions two people made, with which keyrings, and what began epochs. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Epochs, epochsIn } from './epochs.ts';
import { type Floor, firstApproval, floorAt, keyringRows, type Place, readFloor } from './floor.ts';
import type { AcknowledgedLinks } from './keyring.ts';
import type { PlaceRows } from './links-made.ts';
import type { ReadContext } from './object-items.ts';
import type { TableId } from './table-id.ts';

export interface ApprovalFloor extends PlaceRows {
  readonly epochs: Epochs;
  /** The newest version that two people made, up to a place. */
  newest(upTo: Place, context: ReadContext): Promise<Floor | null>;
  /** The first of an epoch: its confirmation, where it is one. */
  first(epoch: number, context: ReadContext): Promise<Floor | null>;
  keyrings(upTo: Place, context: ReadContext): Promise<readonly AcknowledgedLinks[]>;
}

/** The same, of a floor's table. */
export function approvalFloorIn(client: DynamoDBClient, table: string, id?: TableId): ApprovalFloor {
  return {
    newest: (upTo, context) => readFloor(client, table, context, 'APPROVAL', upTo),
    first: (epoch, context) => firstApproval(client, table, context, epoch),
    at: (place, context) => floorAt(client, table, place, context),
    keyrings: (upTo, context) => keyringRows(client, table, context, upTo),
    epochs: epochsIn(client, table, id),
  };
}
