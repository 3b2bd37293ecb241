// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation writes substitutions so
import { describe, expect, it } from 'vitest';
import { type Names, resolve } from '../../infra/local/intrinsics.ts';
import { TemplateError } from '../../infra/local/template.ts';

const names: Names = {
  pseudo: { 'AWS::Region': 'us-east-1', 'AWS::AccountId': '0' },
  ref: (id) => (id === 'Table' ? 'table-name' : undefined),
  attribute: (id, attribute) => (id === 'Table' && attribute === 'Stream.Arn' ? 'stream' : undefined),
};

const resolved: readonly [template: unknown, value: unknown][] = [
  ['plain', 'plain'],
  [
    [1, true, null],
    [1, true, null],
  ],
  [{ a: { b: { Ref: 'Table' } } }, { a: { b: 'table-name' } }],
  [{ Ref: 'AWS::Region' }, 'us-east-1'],
  [{ 'Fn::GetAtt': ['Table', 'Stream.Arn'] }, 'stream'],
  [{ 'Fn::GetAtt': 'Table.Stream.Arn' }, 'stream'],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'Table' }, 'b']] }, 'a-table-name-b'],
  [{ 'Fn::Join': ['', []] }, ''],
  [{ 'Fn::Split': ['-', { Ref: 'AWS::Region' }] }, ['us', 'east', '1']],
  [{ 'Fn::Join': ['', { 'Fn::Split': ['-', { Ref: 'AWS::Region' }] }] }, 'useast1'],
  [{ 'Fn::Sub': 'x-${AWS::Region}-${Table}-${Table.Stream.Arn}' }, 'x-us-east-1-table-name-stream'],
  [{ 'Fn::Sub': 'literal ${!Table}' }, 'literal ${Table}'],
];

describe('the closed set of intrinsics', () => {
  it.each(resolved)('%j is %j', (template, value) => {
    expect(resolve(template, names)).toEqual(value);
  });
});

const refused: readonly unknown[] = [
  { Ref: 'Unknown' },
  { Ref: 'AWS::StackId' },
  { Ref: ['Table'] },
  { Ref: 'Table', Other: 1 },
  { 'Fn::GetAtt': ['Table', 'Arn'] },
  { 'Fn::GetAtt': ['Table'] },
  { 'Fn::GetAtt': ['Table', { Ref: 'x' }] },
  { 'Fn::Join': ['-', 'ab'] },
  { 'Fn::Join': ['-', [1]] },
  { 'Fn::Join': ['-', [], 1] },
  { 'Fn::Split': ['-', 'a', 1] },
  { 'Fn::Split': ['-', ['a']] },
  { 'Fn::Sub': ['${x}', { x: 'y' }] },
  { 'Fn::Sub': '${Unknown}' },
  { 'Fn::If': ['c', 'a', 'b'] },
  { 'Fn::ImportValue': 'x' },
  { 'Fn::Select': [0, ['a']] },
  { 'Fn::Base64': 'x' },
  { Condition: 'c' },
];

describe('anything else stops the run', () => {
  it.each(refused)('%j', (template) => {
    expect(() => resolve(template, names)).toThrow(TemplateError);
  });
});
