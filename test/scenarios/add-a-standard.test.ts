/** The page for an allied nation's team, followed to the letter: its files are checked and asked. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkFiles } from '../../cli/check.ts';
import { type Scenario, scenario as scenarioShape } from '../../cli/scenario/format.ts';
import { runScenario } from '../../cli/scenario/run.ts';
import { loadWorld } from '../../cli/scenario/world.ts';
import { rulesPage } from '../../docs/build/rules.ts';
import { criteriaSection, soundFacts, standardSection, standardsPage } from '../../docs/build/standards.ts';
import type { Fact, FactOf } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { authority, facts, placeheld, scenarios, standard } from './added-standard.ts';

const docs = new URL('../../docs/', import.meta.url);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'standard-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(text: string, others = facts, authorities = authority): string {
  const at = mkdtempSync(join(folder, 'try-'));
  writeFileSync(join(at, 'NO-EXAMPLE-2026-01.json'), text);
  writeFileSync(join(at, 'no-authority.json'), authorities);
  writeFileSync(join(at, 'no.json'), others);
  return at;
}

describe('a standard is added as data', () => {
  test('its files are sound', () => {
    expect(checkFiles([written(standard)])).toEqual({ problems: [], facts: 5, files: 3 });
  });

  test('its authority is none before two people have put their keys in, and none with one', () => {
    const said = (text: string) => checkFiles([written(standard, facts, text)]).problems.join('\n');
    expect(said(placeheld)).toMatch(/no-authority\.json:\d+: .*\/people\/1\/keys\/0: a public key/);
    const entry = / {6}\{ "name": "no-first".*\n/;
    expect(said(authority.replace(entry, ''))).toMatch(
      /no-authority\.json:\d+: authority\/no-nsm\/people: .* nobody could change or end/,
    );
    expect(said(authority.replace(/ {4}"people": \[[\s\S]*?\n {4}\],\n/, ''))).toMatch(
      /nobody could change or end/,
    );
  });

  test('its scenarios pass, and turn at the figure and on the day', () => {
    const { standards, samples } = loadWorld();
    const world = { standards: [...standards, JSON.parse(standard) as RawFact], samples };
    const [first] = (JSON.parse(scenarios) as unknown[]).map((s) => scenarioShape.parse(s));
    if (first === undefined) throw new Error('no scenario on the page');
    expect(runScenario(first, world).mismatches).toEqual([]);
    const outcome = (s: Scenario) => runScenario(s, world).judgement.outcome;
    const shares = (share: string) => ({
      ...first,
      network: { id: 'no-a', segments: [{ segment: 'ran' as const, shares: { 'maker-x': share } }] },
    });
    const core = (at: string) => ({
      ...first,
      at,
      network: {
        id: 'no-a',
        inventoryAsOf: at.slice(0, 10),
        generation: '5G' as const,
        segments: [{ segment: 'core' as const, shares: { 'maker-x': 5 } }],
      },
    });
    expect(outcome(shares('20.01'))).toBe('deny');
    expect(outcome({ ...first, at: '2026-01-31T22:59:59Z' })).toBe('not-applicable');
    expect(outcome({ ...first, at: '2026-01-31T23:00:00Z' })).toBe('permit');
    expect(outcome(core('2027-12-31T22:59:59Z'))).toBe('permit');
    expect(outcome(core('2027-12-31T23:00:00Z'))).toBe('deny');
  });

  const TYPOS: readonly (readonly [string, (text: string) => string, RegExp])[] = [
    [
      'a member',
      (t) => t.replace('"belowScope"', '"belowScop"'),
      /\/belowScop: unknown member.*did you mean "belowScope"\?/,
    ],
    [
      'a rule',
      (t) => t.replace('"removal-deadline"', '"removal-deadlin"'),
      /\/rules\/1\/rule: write one of .*did you mean "removal-deadline"\?/,
    ],
    [
      'a member of a rule',
      (t) => t.replace('"by": "2027-12-31"', '"bye": "2027-12-31"'),
      /\/rules\/1\/bye: unknown member.*did you mean "by"\?/,
    ],
    [
      'a segment',
      (t) => t.replace('"virtualisation"', '"virtualization"'),
      /\/rules\/1\/where\/segments\/1: write one of .*did you mean "virtualisation"\?/,
    ],
    [
      'a day',
      (t) =>
        t.replace('"2027-12-31" }', '"2027-12-32" }').replace('"by": "2027-12-31"', '"by": "2027-02-29"'),
      /\/rules\/1\/by: a calendar day/,
    ],
    [
      'a figure',
      (t) => t.replace('"max": 2000', '"max": 20.5'),
      /\/rules\/2\/max: hundredths of a percent: a whole number/,
    ],
    ['a zone', (t) => t.replace('Europe/Oslo', 'Europe/Olso'), /\/valid\/zone: an IANA time zone/],
    [
      'a level',
      (t) => t.replace('"NATO RESTRICTED"', '"NATO RESTRICTD"'),
      /\/scope\/levels\/0\/level: NATO has the levels NATO UNCLASSIFIED, NATO RESTRICTED/,
    ],
    [
      'a citation',
      (t) => t.replace('"cites": ["notice"]', '"cites": ["notic"]'),
      /a rule cites a source that is not listed/,
    ],
    ['a comma', (t) => t.replace('"owner": "NOR",', '"owner": "NOR"'), /:6: not JSON here/],
    [
      'the id',
      (t) => t.replace('"id": "NO-EXAMPLE-2026-01"', '"id": "NO-EXAMPLE-2026-02"'),
      /name the file NO-EXAMPLE-2026-02\.json/,
    ],
    ['a member left out', (t) => t.replace('    "flows": null,\n', ''), /\/scope\/flows/],
  ];
  test.each(TYPOS)('a typo in %s fails with file, line and remedy', (_what, spoil, message) => {
    const spoilt = spoil(standard);
    expect(spoilt).not.toBe(standard);
    const at = written(spoilt);
    const said = (() => {
      try {
        return checkFiles([at]).problems;
      } catch (error) {
        return [error instanceof Error ? error.message : ''];
      }
    })();
    expect(
      said.some((line) => message.test(line) && /NO-EXAMPLE-2026-01\.json:\d+: /.test(line)),
      said.join('\n'),
    ).toBe(true);
  });

  test('a mandate that names a standard nobody published fails with its line', () => {
    const { problems } = checkFiles([
      written(standard, facts.replace('["NO-EXAMPLE-2026-01"]', '["NO-EXAMPLE-2026-10"]')),
    ]);
    expect(problems.join('\n')).toMatch(/no\.json:\d+: mandate\/nor-trusted-transport\/standards\/0: /);
  });

  test('the same fact twice is found', () => {
    const at = written(standard);
    writeFileSync(join(at, 'again.json'), facts);
    expect(checkFiles([at]).problems.join('\n')).toMatch(/already in .*give it another id/);
  });
});

describe('what is in the repository', () => {
  test('every data file is sound', () => {
    expect(
      checkFiles(
        ['standards', 'samples/registry'].map((f) => new URL(`../../${f}`, import.meta.url).pathname),
      ).problems,
    ).toEqual([]);
  });

  test.each([
    ['rules.md', rulesPage],
    ['standards.md', standardsPage],
  ] as const)('docs/%s is as it would be written now', (file, write) => {
    expect(readFileSync(new URL(file, docs), 'utf8')).toBe(write());
  });

  /** Each value of a fact replaced by another, one at a time, by its path. */
  function* altered(value: unknown, path = ''): Generator<readonly [path: string, value: unknown]> {
    if (typeof value === 'object' && value !== null) {
      const copyWith = (name: string, inner: unknown) =>
        Array.isArray(value) ? value.with(Number(name), inner) : { ...value, [name]: inner };
      for (const [name, inner] of Object.entries(value))
        for (const [at, other] of altered(inner, `${path}/${name}`)) yield [at, copyWith(name, other)];
      if (Array.isArray(value) && value.length > 0) yield [`${path}/-`, value.slice(1)];
    } else if (typeof value === 'boolean') yield [path, !value];
    else yield [path, typeof value === 'number' ? value + 1 : value === null ? ['other'] : `${value}-other`];
  }

  test('no value of a standard or of a criteria set changes without its page', () => {
    const facts = soundFacts();
    // No shipped standard weighs results.
    const weighing = facts.flatMap((fact) =>
      fact.kind === 'standard' && fact.id === 'US-STATE-TRUST'
        ? [
            {
              ...fact,
              rules: fact.rules.map((r) =>
                r.rule === 'assessed'
                  ? { ...r, results: 'weighed' as const, criteriaAuthority: 'us-state' }
                  : r,
              ),
            },
          ]
        : [],
    );
    expect(weighing).toHaveLength(1);
    const unseen = [...facts, ...weighing].flatMap((fact) => {
      const { kind, ...rest } = fact;
      if (kind !== 'standard' && kind !== 'criteria-set') return [];
      const draw = (part: unknown) => {
        const whole = { kind, ...(part as object) } as Fact;
        try {
          return whole.kind === 'criteria-set'
            ? criteriaSection(whole)
            : standardSection(whole as FactOf<'standard'>, facts);
        } catch {
          return 'the page cannot be written';
        }
      };
      const was = draw(rest);
      expect(was).toContain(fact.id);
      return [...altered(rest)].flatMap(([path, part]) => {
        seen += 1;
        return draw(part) === was ? [`${fact.id}${path}`] : [];
      });
    });
    expect(unseen).toEqual([]);
    expect(seen).toBeGreaterThan(1_500);
  });
  let seen = 0;
});
