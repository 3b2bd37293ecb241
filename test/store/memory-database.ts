/** The tables in memory, read through a real client: what was asked is kept, and any answer can be another. */
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from '../../functions/store/head.ts';
import { engineClient, TEST_TABLES } from '../engine.ts';

/** The input of a read, as far as the store gives one. */
export interface Asked {
  readonly command: string;
  readonly TableName?: string;
  readonly Key?: Item;
  readonly ConsistentRead?: boolean;
  readonly Limit?: number;
  readonly ScanIndexForward?: boolean;
  readonly ExpressionAttributeValues?: Item;
  readonly RequestItems?: Record<string, { readonly Keys: Item[]; readonly ConsistentRead?: boolean }>;
}

/** The output of a read, as far as the store looks at it. */
export interface Answered {
  readonly Item?: Item | undefined;
  readonly Items?: Item[];
  readonly LastEvaluatedKey?: Item;
  readonly Table?: { readonly TableId?: string };
  readonly Responses?: Record<string, Item[]>;
  readonly UnprocessedKeys?: Record<string, { readonly Keys: Item[] }>;
  readonly ConsumedCapacity?: { readonly CapacityUnits: number } | { readonly CapacityUnits: number }[];
}

export interface MemoryDatabase {
  readonly client: DynamoDBClient;
  head: Item | undefined;
  /** The newest row of the floor. */
  floor: Item | undefined;
  /** Its rows of keyrings. */
  keyrings: Item[];
  readonly objects: Map<string, Item>;
  readonly asked: Asked[];
  /** Another answer than the tables would give; throwing is failing. */
  answer: (asked: Asked, honest: Answered) => Answered | Promise<Answered>;
}

/** The floor table's own. */
export const FLOOR_ID = 'floor-of-this-test';

export function textOf(value: AttributeValue | undefined): string {
  return value?.S ?? '';
}

export function memoryDatabase(): MemoryDatabase {
  const client = engineClient('http://127.0.0.1:1');
  const database: MemoryDatabase = {
    client,
    head: undefined,
    floor: undefined,
    keyrings: [],
    objects: new Map(),
    asked: [],
    answer: (_, honest) => honest,
  };

  function honest({ command, RequestItems, ExpressionAttributeValues: values }: Asked): Answered {
    if (command === 'GetItemCommand') return { Item: database.head, ConsumedCapacity: { CapacityUnits: 1 } };
    if (command === 'DescribeTableCommand') return { Table: { TableId: FLOOR_ID } };
    if (command === 'QueryCommand') {
      const rows = database.floor === undefined ? [] : [database.floor];
      const isOne = values?.[':first']?.S !== undefined && values[':first'].S === values[':last']?.S;
      const of = values?.[':line']?.S === 'KEYRING' ? database.keyrings : rows;
      const Items = isOne ? of.filter(({ sk }) => sk?.S === values[':first']?.S) : of;
      return { Items, ConsumedCapacity: { CapacityUnits: 1 } };
    }
    const keys = RequestItems?.[TEST_TABLES.objects]?.Keys ?? [];
    const items = keys
      .map(({ digest }) => database.objects.get(textOf(digest)))
      .filter((x) => x !== undefined);
    return {
      Responses: { [TEST_TABLES.objects]: items },
      ConsumedCapacity: [{ CapacityUnits: keys.length }],
    };
  }

  client.middlewareStack.add(
    (_next, context) => async (args) => {
      const asked = { ...(args.input as Omit<Asked, 'command'>), command: String(context['commandName']) };
      database.asked.push(asked);
      const output = await database.answer(asked, honest(asked));
      return { output: { $metadata: {}, ...output } as never, response: undefined };
    },
    { step: 'initialize' },
  );
  return database;
}
