import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-paths.ts';
import type { LocalReply } from './reply.ts';

/** Where the document is asked for. API Gateway has no such path: on AWS nobody serves it. */
export const OPENAPI_PATH = '/openapi.json';

/** `GET /openapi.json`: the document that is published, for tools that read a contract before they sign anything. */
export function openapiDoor(): LocalReply {
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: readFileSync(join(projectRoot, 'docs/openapi.json')),
  };
}
