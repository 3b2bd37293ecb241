/** What the checks of a shape say, in JSON Schema where that can, and in words always. */
import type * as z from 'zod/mini';
import type { JsonSchema } from './schema-forms.ts';

const WHOLE = (minimum: number, maximum: number): JsonSchema => ({ type: 'integer', minimum, maximum });
const DAY = '\\d{4}-\\d{2}-\\d{2}';
const TIME = 'T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{3})?Z';
const ENDS: JsonSchema = { allOf: [{ properties: { valid: { properties: { to: { type: 'string' } } } } }] };

/** By the sentence a check refuses with: what of it JSON Schema can say. */
const SAID: Readonly<Record<string, JsonSchema>> = {
  'no entry may occur twice': { uniqueItems: true },
  'hundredths of a percent: a whole number from 0 to 10000': WHOLE(0, 10_000),
  'a whole number from 1 to 1000': WHOLE(1, 1000),
  'a whole number from 1 to 4': WHOLE(1, 4),
  'a whole number from 2 to 16': WHOLE(2, 16),
  'whole days': WHOLE(1, 3660),
  'whole hours, up to a year': WHOLE(1, 8760),
  'a calendar day, YYYY-MM-DD': { format: 'date', pattern: `^${DAY}$` },
  'an instant, YYYY-MM-DDTHH:MM:SSZ': { pattern: `^${DAY}${TIME}$` },
  'a day (YYYY-MM-DD) or an instant (YYYY-MM-DDTHH:MM:SSZ)': { pattern: `^${DAY}(?:${TIME})?$` },
  'an IANA time zone, such as Europe/London or UTC': {
    pattern: '^(?:UTC|[A-Za-z_]+(?:/[A-Za-z0-9_+-]+){1,2})$',
    examples: ['UTC', 'Europe/London', 'America/New_York'],
  },
  'an accreditation expires: give "to"': ENDS,
  'a registration expires: give "to"': ENDS,
  'a waiver ends: give "to"': ENDS,
};

/** The sentences with which the checks of a shape refuse. */
function sentencesOf(schema: z.core.$ZodType): readonly string[] {
  const checks = schema._zod.def.checks ?? [];
  return checks.flatMap(({ _zod: { def } }) => {
    const said = def.error?.({ code: 'custom', input: undefined } as never);
    return typeof said === 'string' ? [said] : [];
  });
}

/** Adds to what was made of a shape what its checks say. */
export function sayChecks(schema: z.core.$ZodType, made: JsonSchema): void {
  const sentences = sentencesOf(schema);
  if (sentences.length === 0) return;
  for (const sentence of sentences) Object.assign(made, SAID[sentence]);
  made.description = sentences.map(capitalised).join(' ');
  // Editors that know it say this in the place of the pattern.
  if (made.pattern !== undefined) made['patternErrorMessage'] = sentences[0];
}

function capitalised(sentence: string): string {
  const begun = /^[a-z]+ /.test(sentence) ? sentence.charAt(0).toUpperCase() : sentence.charAt(0);
  return `${begun}${sentence.slice(1)}.`;
}
