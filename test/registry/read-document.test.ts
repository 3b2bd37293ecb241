import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { numbers } from '../../cli/registry/numbers.ts';
import { readDocument } from '../../cli/registry/read-document.ts';
import { UsageError } from '../../cli/usage-error.ts';
import { MAX_PROPOSAL_BYTES } from '../../functions/registry/limits.ts';

const directory = mkdtempSync(join(tmpdir(), 'routeguard-documents-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function read(name: string, text: string | Buffer): unknown {
  const file = join(directory, name);
  writeFileSync(file, text);
  return readDocument(file);
}

const bomb = [
  'a: &a [x,x,x,x,x,x,x,x,x]',
  ...'bcdefghi'.split('').map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`),
].join('\n');

const HOSTILE: readonly [what: string, name: string, text: string | Buffer, says: RegExp][] = [
  ['aliases that unfold to gigabytes', 'bomb.yaml', bomb, /anchors and aliases/],
  ['one alias', 'alias.yaml', 'a: &a 1\nb: *a\n', /anchors and aliases/],
  ['an anchor nobody uses', 'anchor.yaml', 'a: &a 1\n', /anchors and aliases/],
  ['a merge key', 'merge.yaml', 'a: &a {x: 1}\nb: {<<: *a}\n', /anchors and aliases/],
  ['a repeated key', 'twice.yaml', 'a: 1\na: 2\n', /twice\.yaml:2:1: Map keys must be unique$/],
  ['a tag of its own', 'tag.yaml', 'a: !!js/function "x"\n', /tag\.yaml:1:4: Unresolved tag: /],
  ['two documents', 'two.yaml', 'a: 1\n---\nb: 2\n', /two\.yaml:2:1: another document begins/],
  ['deep brackets', 'deep.yaml', '['.repeat(100_000), /nested too deeply/],
  [
    'deep indentation',
    'stairs.yaml',
    Array.from({ length: 300 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
    /nested too deeply/,
  ],
  ['deep dashes', 'dashes.yaml', `x:\n${'- '.repeat(5000)}1`, /nested too deeply/],
  ['bytes that are not UTF-8', 'latin.yaml', Buffer.from([0x61, 0x3a, 0x20, 0xe9]), /not UTF-8/],
  ['more than the bound', 'large.yaml', Buffer.alloc(MAX_PROPOSAL_BYTES + 1, 0x20), /larger than/],
  ['JSON with a repeated key', 'twice.json', '{"a":1,"a":2}', /a member is written twice/],
  ['JSON with a comment', 'comment.json', '{/*x*/}', /comment\.json:1:2: not JSON here/],
  ['JSON that ends early', 'early.json', '{', /early\.json:1:\d+: not JSON here/],
  ['a list in a list of members', 'nest.yaml', 'reason: a\n  b: c: d\n', /nest\.yaml:\d:\d+: [A-Z][a-z ]+/],
  ['an empty file', 'empty.yaml', ' \n', /empty\.yaml is empty$/],
  ['an empty file of JSON', 'empty.json', '', /empty\.json is empty$/],
];

describe('a hostile document', () => {
  it.each(HOSTILE)('%s is refused, and says where', (_what, name, text, says) => {
    expect(() => read(name, text)).toThrow(UsageError);
    expect(() => read(name, text)).toThrow(says);
  });

  it('that is a folder is named as one', () => {
    expect(() => readDocument(directory)).toThrow(/cannot be read: it is a folder, name the files in it$/);
  });

  it('that is not there is a usage error', () => {
    expect(() => readDocument(join(directory, 'nowhere'))).toThrow(UsageError);
  });
});

describe('a good document', () => {
  it('is the same in YAML and JSON, and dates stay text', () => {
    const json = {
      reason: 'A test',
      changes: [{ op: 'add', fact: { from: '2026-01-01', share: 3500, to: null } }],
    };
    const yaml =
      'reason: A test\nchanges:\n  - op: add\n    fact: { from: 2026-01-01, share: 3500, to: null }\n';
    expect(read('good.yaml', yaml)).toEqual(json);
    expect(read('good.json', JSON.stringify(json))).toEqual(json);
  });
});

describe('numbers to acknowledge', () => {
  it.each([
    ['1', [1]],
    ['1-3,7', [1, 2, 3, 7]],
    ['3, 1-2', [1, 2, 3]],
  ])('%s', (text, expected) => expect(numbers(text)).toEqual(expected));

  it.each(['', 'all', '0', '3-1', '1-999999', '-1', '1,,2', '1,1', '1-3,2'])('%o is refused', (text) =>
    expect(() => numbers(text)).toThrow(UsageError),
  );
});
