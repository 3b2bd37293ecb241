/** The published schemas say what the readers of facts say, but for what only a check in code can. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { factFilesAt } from '../../cli/fact-files.ts';
import { readDocument } from '../../cli/registry/read-document.ts';
import { factSchemas } from '../../docs/build/fact-schemas.ts';
import { KIND_WORDS, MEMBER_WORDS } from '../../docs/build/member-words.ts';
import type { JsonSchema } from '../../docs/build/schema-forms.ts';
import { eachMember, wordsKey } from '../../docs/build/schema-words.ts';
import { FACT_KINDS, readFact } from '../../functions/core/facts/fact.ts';
import { withoutSchemaName } from '../../functions/core/facts/schema-name.ts';
import { SPECIMENS } from '../core/facts/specimens.ts';
import { SCHEMAS, validatorOf } from './schemas.ts';

const KINDS = FACT_KINDS.map((kind) => [kind, SPECIMENS[kind]] as const);

it('what is published is what the readers say today', () => {
  const published = (file: string) => JSON.parse(readFileSync(`${SCHEMAS}${file}`, 'utf8'));
  const made = JSON.parse(JSON.stringify(Object.fromEntries(factSchemas())));
  expect(Object.keys(made)).toHaveLength(FACT_KINDS.length + 2);
  for (const [file, schema] of Object.entries(made)) expect(published(file), file).toEqual(schema);
});

describe('what is sound', () => {
  it.each(KINDS)('a specimen, by itself and in a list: %s', (kind, specimen) => {
    expect(readFact(specimen).sound).toBe(true);
    expect([validatorOf(kind)(specimen), validatorOf('fact')([specimen])]).toEqual([true, true]);
    const change = { reason: 'Because', changes: [specimen, { op: 'replace', fact: specimen }] };
    expect(validatorOf('change')(change)).toBe(true);
  });

  it('every file of the samples and the standards, and where it may name its schema it does', () => {
    const files = ['standards', 'samples/registry', 'samples/scenario-world', 'samples/first-day'].flatMap(
      factFilesAt,
    );
    expect(files.length).toBeGreaterThan(55);
    for (const file of files) {
      const document = readDocument(file);
      const isChange = file.includes('first-day');
      const validate = validatorOf(isChange ? 'change' : 'fact');
      expect(validate(document), `${file}: ${JSON.stringify(validate.errors?.slice(0, 2))}`).toBe(true);
      if (Array.isArray(document)) continue;
      const named = /\$schema(?:=|": ")([^"\n]+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? 'none';
      const kind = isChange ? 'change' : (withoutSchemaName(document) as { kind: string }).kind;
      expect(new URL(named, `file://${process.cwd()}/${file}`).pathname).toBe(
        `${SCHEMAS}${kind}.schema.json`,
      );
    }
  });
});

/** A value in the place of another one, or a member under another name, all the way down. */
function* mutants(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) {
    yield* [null, '', 7, true, {}, 'Not a word of any list'].filter((each) => each !== value);
    return;
  }
  if (Array.isArray(value)) {
    yield* [{}, [], [...value, ...value.slice(0, 1)], 'x'];
    for (const [index, item] of value.entries())
      for (const mutant of mutants(item)) yield value.with(index, mutant);
    return;
  }
  for (const [name, inner] of Object.entries(value)) {
    const { [name as never]: _, ...rest } = value;
    yield rest;
    yield { ...rest, [`${name}x`]: inner };
    for (const mutant of mutants(inner)) yield { ...value, [name]: mutant };
  }
}

/** What only a check in code says, by its sentence, and how many mutants that lets through. */
const ONLY_IN_CODE: Readonly<Record<string, number>> = {
  'a hold has a "cause", one of compromise, spillage, doubt, failure, order, rehearsal; words of your own stand in the reason of the change': 1,
  'a requirement is encoded by a rule that is neither here nor built on': 1,
  'an adverse fact ends only with a source: give "ending"': 3,
  'equipment is bought before it is installed: give "installed", not before "purchased"': 1,
  'results are weighed by the criteria set of an authority: give "criteriaAuthority" with "weighed", and only then': 1,
  'say what became of it, and one thing only: "encoded" with the ids of rules, "outOfScope" with the reason, or "missing" with the reason': 3,
  'the value does not have the form of its scheme': 2,
  'two rules have the same id': 1,
  'what has no end was not ended: give "valid.to"': 1,
};

it('what the readers refuse the schemas refuse, but for what only a check can say; what they take, the schemas take', () => {
  const only = new Map<string, number>();
  let refused = 0;
  for (const [kind, specimen] of KINDS) {
    const validate = validatorOf(kind);
    for (const mutant of mutants(specimen)) {
      const reading = readFact(mutant);
      const isValid = validate(mutant);
      if (reading.sound)
        expect(isValid, `${JSON.stringify(mutant)}: ${JSON.stringify(validate.errors)}`).toBe(true);
      else if (!isValid) refused += 1;
      else for (const { message } of reading.problems) only.set(message, (only.get(message) ?? 0) + 1);
    }
  }
  expect(Object.fromEntries([...only].sort())).toEqual(ONLY_IN_CODE);
  expect(refused).toBeGreaterThan(4000);
});

it('every member has its words, and no words are of nothing', () => {
  const used = new Set<string>();
  const silent: string[] = [];
  for (const [file, schema] of factSchemas()) {
    const of = file.replace('.schema.json', '');
    const shapes = [[of, schema] as const, ...Object.entries(schema.$defs ?? {})];
    for (const [name, shape] of shapes)
      eachMember(shape as JsonSchema, [name], (member, way) => {
        const key = wordsKey(way);
        if (key !== undefined) used.add(key);
        else if (way.at(-1) !== '$schema') silent.push(way.join('.'));
        expect(member.description === undefined ? way : []).toEqual([]);
      });
  }
  expect({ silent, unused: Object.keys(MEMBER_WORDS).filter((key) => !used.has(key)) }).toEqual({
    silent: [],
    unused: [],
  });
  expect(Object.keys(KIND_WORDS).sort()).toEqual([...FACT_KINDS].sort());
});
