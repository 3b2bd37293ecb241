import { writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { scenario } from '../../cli/scenario/format.ts';

/** The JSON Schema of a scenario file, from the very shapes the runner checks with. */
export function scenarioSchema(): string {
  const one = z.toJSONSchema(scenario, { io: 'input', unrepresentable: 'any' });
  const { $schema, ...shape } = one;
  const schema = {
    $schema,
    title: 'routeguard scenario file',
    description: 'One scenario or a list of them; see docs/scenarios.md.',
    oneOf: [{ $ref: '#/$defs/scenario' }, { type: 'array', items: { $ref: '#/$defs/scenario' } }],
    $defs: { scenario: shape },
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

if (import.meta.main) writeFileSync(new URL('../scenario.schema.json', import.meta.url), scenarioSchema());
