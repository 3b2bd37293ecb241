/** An exported name says one thing wherever it stands: two files that export one name are listed here with the reason. */
import { expect, it } from 'vitest';
import { sourceFiles } from './source-files.ts';

const EXPORTED =
  /^export (?:declare )?(?:async )?(?:abstract )?(?:function\*?|const|class|interface|type) ([A-Za-z_$][\w$]*)/gm;

/** One name in several files, because each is one of many of its kind, or stands alone. */
const SHARED: Readonly<Record<string, string>> = {
  params: 'each rule',
  definition: 'each rule',
  about: 'each rule',
  gist: 'each rule that asks for more than it adopts and where',
  handler: 'each function',
  // The client needs nothing of the guard, and says the field’s words by itself.
  Flow: 'the client stands alone',
  Obligation: 'the client stands alone',
  Refusal: 'the client stands alone',
};

it('no two files export one name', () => {
  const files = new Map<string, Set<string>>();
  for (const [path, text] of sourceFiles(['functions', 'client', 'cli', 'infra', 'openapi']))
    for (const [, name = ''] of text.matchAll(EXPORTED))
      files.set(name, (files.get(name) ?? new Set()).add(path));
  expect(files.size).toBeGreaterThan(1_000);
  const shared = [...files].filter(([name, { size }]) => size > 1 && !Object.hasOwn(SHARED, name));
  expect(shared.map(([name, where]) => `${name}: ${[...where].join(', ')}`)).toEqual([]);
  const alone = Object.keys(SHARED).filter((name) => (files.get(name)?.size ?? 0) < 2);
  expect(alone).toEqual([]);
});

it('no exported type is a word that only reads beside another, such as Asked or Placed', () => {
  const alone = sourceFiles(['functions', 'client', 'cli', 'infra', 'openapi']).flatMap(([path, text]) =>
    [...text.matchAll(/^export (?:interface|type) ([A-Z][a-z]*ed)\b/gm)].map(
      ([, name]) => `${path}: ${name}`,
    ),
  );
  expect(alone).toEqual([]);
});
