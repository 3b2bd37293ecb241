/** The floor of a warm decision: one strong read of HEAD through the guard's own client, and nothing else. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoClient } from '../../../functions/store/dynamodb.ts';
import { HEAD_KEY } from '../../../functions/store/head.ts';

const client = createDynamoClient({
  connectMs: Number(process.env['DYNAMODB_CONNECT_MS']),
  readMs: Number(process.env['DYNAMODB_READ_MS']),
});

export const handler = async (): Promise<{ readonly found: boolean }> => {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: process.env['STATE_TABLE'], Key: HEAD_KEY, ConsistentRead: true }),
  );
  return { found: Item !== undefined };
};
