/** The published schemas, as an editor or a validator finds them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { FACT_KINDS } from '../../functions/core/facts/fact.ts';

export const SCHEMAS = fileURLToPath(new URL('../../docs/schemas/', import.meta.url));
const SCHEMA_NAMES = [...FACT_KINDS, 'fact', 'change'] as const;
type SchemaName = (typeof SCHEMA_NAMES)[number];

const ajv = new Ajv2020({
  strict: true,
  // A member is named where it is required and described elsewhere, and its type where the alternatives are.
  strictRequired: false,
  strictTypes: false,
  formats: { date: true },
  keywords: ['patternErrorMessage'],
});
for (const name of SCHEMA_NAMES) {
  const file = `${name}.schema.json`;
  ajv.addSchema(JSON.parse(readFileSync(`${SCHEMAS}${file}`, 'utf8')), file);
}

/** What an independent validator makes of a schema. */
export function validatorOf(name: SchemaName): ValidateFunction {
  const validate = ajv.getSchema(`${name}.schema.json`);
  if (validate === undefined) throw new Error(`no schema is called ${name}`);
  return validate;
}
