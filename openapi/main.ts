/** `npm run docs:openapi`: writes docs/openapi.json. */
import { writeFileSync } from 'node:fs';
import { apiDocument } from './api.ts';

writeFileSync(
  new URL('../docs/openapi.json', import.meta.url),
  `${JSON.stringify(apiDocument(), null, 2)}\n`,
);
