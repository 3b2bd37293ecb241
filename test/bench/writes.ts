/** What a client writes: counted where it leaves, so that nobody's own figures are believed. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';

export interface Writes {
  /** Statements that insert an object. */
  readonly objects: number;
  /** Everything that is written, objects too. */
  readonly items: number;
  /** Of the requests' bodies. */
  readonly bytes: number;
}

interface Counter {
  forget(): void;
  since(): Writes;
}

/** Statements or items in the input of a command that writes; undefined for one that does not. */
function itemsOf(command: string | undefined, input: object): number | undefined {
  if (command === 'BatchExecuteStatementCommand')
    return (input as { readonly Statements: readonly unknown[] }).Statements.length;
  if (command === 'TransactWriteItemsCommand')
    return (input as { readonly TransactItems: readonly unknown[] }).TransactItems.length;
  return /^(?:Put|Update|Delete)Item|^ExecuteStatement/.test(command ?? '') ? 1 : undefined;
}

export function countWrites(client: DynamoDBClient): Counter {
  let writes: Writes = { objects: 0, items: 0, bytes: 0 };
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const items = itemsOf(commandName, args.input);
        if (items === undefined) return next(args);
        const { body } = args.request as { readonly body: string | Uint8Array };
        writes = {
          objects: writes.objects + (commandName === 'BatchExecuteStatementCommand' ? items : 0),
          items: writes.items + items,
          bytes: writes.bytes + Buffer.byteLength(body),
        };
        return next(args);
      },
    { step: 'build', name: 'countWrites', priority: 'low' },
  );
  return {
    forget() {
      writes = { objects: 0, items: 0, bytes: 0 };
    },
    since: () => writes,
  };
}
