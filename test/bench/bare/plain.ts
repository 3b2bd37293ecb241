/** What a function looks like that nobody has thought about: the default client, made at start, and one strong read. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export const handler = async (): Promise<{ readonly found: boolean }> => {
  const { Item } = await client.send(
    new GetItemCommand({
      TableName: process.env['STATE_TABLE'],
      Key: { pk: { S: 'HEAD' }, sk: { S: 'HEAD' } },
      ConsistentRead: true,
    }),
  );
  return { found: Item !== undefined };
};
