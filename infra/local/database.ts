import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Engine, enginePath, startEngine } from './engine.ts';
import { LOCAL_REGION } from './names.ts';

/** The DynamoDB-compatible endpoint of this run: our own engine, or the one the environment names. */
export interface Database {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** `null` when the database is somebody else's. */
  readonly engine: Engine | null;
}

export const NO_DATABASE =
  'no database: the embedded engine is only there on Linux x64 (npm package @dynoxide/linux-x64). ' +
  'Start a DynamoDB-compatible endpoint yourself and name it, for example ' +
  'AWS_ENDPOINT_URL_DYNAMODB=http://127.0.0.1:8000 npm start';

/** @throws Error with the remedy when there is neither an engine nor an endpoint */
export async function openDatabase(
  directory: string,
  environment: Readonly<Record<string, string | undefined>>,
  report: (line: string) => void,
): Promise<Database> {
  const given = environment['AWS_ENDPOINT_URL_DYNAMODB'];
  if (given) {
    const credentials = {
      accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? 'local',
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? 'local',
    };
    return { endpoint: given, credentials, engine: null };
  }
  const binary = enginePath();
  if (binary === undefined) throw new Error(NO_DATABASE);
  const engine = await startEngine(binary, { file: join(directory, 'registry.sqlite'), report });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return { endpoint: engine.endpoint, credentials, engine };
}

export function databaseClient(database: Database): DynamoDBClient {
  return new DynamoDBClient({
    region: LOCAL_REGION,
    endpoint: database.endpoint,
    credentials: database.credentials,
    maxAttempts: 3,
  });
}
