/** A stage told to use restored tables and another signing key: everybody means those, and nothing else is different. */
import { beforeAll, describe, expect, it } from 'vitest';
import { resourceOf, stageTemplate } from './stage-template.ts';
import type { MutableTemplate } from './synthesised-guard.ts';
import { ofType, plainOutputs, plainResources } from './template-rows.ts';
import { stackWith, type ToldStack } from './told-stack.ts';

const ADOPTED = { Objects: 'objects-back', State: 'state-back', Floor: 'floor-back' } as const;
const CONTEXT = { adoptObjects: 'objects-back', adoptState: 'state-back', adoptFloor: 'floor-back' };
const KEY = 'arn:aws:kms:eu-west-1:123456789012:key/mrk-1';
const OLD = ['A', 'B'].map((letter) => letter.repeat(160));

/** The rows of the tables themselves aside, with the stack's own tables called as those that it adopts. */
function asAdopted(rows: unknown): unknown {
  let text = JSON.stringify(rows);
  for (const [own, name] of Object.entries(ADOPTED))
    text = text
      .replaceAll(
        `<GuardTables${own}.Arn>`,
        `arn:<AWS::Partition>:dynamodb:<AWS::Region>:<AWS::AccountId>:table/${name}`,
      )
      .replaceAll(`<GuardTables${own}>`, name);
  return JSON.parse(text);
}

let own: MutableTemplate;
let adopting: ToldStack;
beforeAll(() => {
  own = stageTemplate('prod');
  adopting = stackWith(CONTEXT, true);
}, 120_000);

describe('a stage that adopts every table', () => {
  it('is as it was, and every grant, alarm, widget, variable and output means the adopted ones', () => {
    const [before, after] = [plainResources(own), plainResources(adopting.template)];
    expect(after).toEqual(asAdopted(before));
    expect(plainOutputs(adopting.template)).toEqual(asAdopted(plainOutputs(own)));
    const text = JSON.stringify(after);
    for (const table of Object.keys(ADOPTED)) expect(text).not.toContain(`<GuardTables${table}`);
  });

  it('keeps its own as they are: they say how the adopted ones have to be protected', () => {
    const [before, after] = [own, adopting.template].map((template) =>
      ofType(plainResources(template), 'AWS::DynamoDB::Table'),
    );
    expect(after).toEqual(before);
    expect(after?.map(([, each]) => each.DeletionPolicy)).toEqual(['Retain', 'Retain', 'Retain']);
  });

  // Control Tower reads the template alone, and that is production's but for names.
  it('passes every rule pack, and says what no template protects', () => {
    expect(adopting.violations).toEqual([]);
    expect(adopting.messages.filter((each) => each.includes('routeguard recover protect'))).toEqual([
      expect.stringContaining('objects objects-back, state state-back, floor floor-back'),
    ]);
  });
});

describe('a stage that adopts one table', () => {
  it('has both others of its own', () => {
    const { template } = stackWith({ adoptState: 'state-back' }, false);
    const { Properties } = resourceOf(template, 'AWS::Lambda::Function', 'GuardDecideFunction');
    const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };
    expect(Variables['STATE_TABLE']).toBe('state-back');
    expect([Variables['OBJECTS_TABLE'], Variables['FLOOR_TABLE']]).toEqual([
      { Ref: expect.stringContaining('GuardTablesObjects') },
      { Ref: expect.stringContaining('GuardTablesFloor') },
    ]);
  });
});

describe('a stage that must not wait', () => {
  it('is released without hook and canary: a held registry would pass neither', () => {
    const types = (template: MutableTemplate) => Object.values(template.Resources).map(({ Type }) => Type);
    expect(types(own)).toContain('AWS::CodeDeploy::DeploymentGroup');
    const { template } = stackWith({ adoptState: 'state-back', release: 'none' }, false);
    expect(types(template)).not.toContain('AWS::CodeDeploy::DeploymentGroup');
    expect(() => stackWith({ release: 'now' }, false)).toThrow('`release` must be one of canary, none');
  });
});

describe('a stage with another signing key', () => {
  const replaced = () => stackWith({ signingKey: KEY, commitPublicKeys: OLD.join(', ') }, false).template;

  it('signs with it, asks for its public half, and believes those of the context too', () => {
    const resources = plainResources(replaced());
    const keyIds = Object.values(resources)
      .filter(({ Type }) => Type === 'AWS::CloudFormation::CustomResource' || Type.startsWith('Custom::'))
      .map(({ Properties }) => Properties['KeyId']);
    expect(keyIds).toContain(KEY);
    for (const [id, { Properties }] of ofType(resources, 'AWS::Lambda::Function')) {
      const { COMMIT_SIGNING_KEY_ID, COMMIT_PUBLIC_KEYS } =
        (Properties['Environment'] as { Variables?: Record<string, string> } | undefined)?.Variables ?? {};
      if (COMMIT_SIGNING_KEY_ID !== undefined) expect([id, COMMIT_SIGNING_KEY_ID]).toEqual([id, KEY]);
      if (COMMIT_PUBLIC_KEYS !== undefined)
        expect([id, COMMIT_PUBLIC_KEYS.split(',').slice(1)]).toEqual([id, OLD]);
    }
  });

  it('makes none', () => {
    const keys = (template: MutableTemplate) => ofType(plainResources(template), 'AWS::KMS::Key').length;
    expect(keys(replaced())).toBe(keys(own) - 1);
  });
});

describe('what a stage is told', () => {
  it.each<[Readonly<Record<string, unknown>>, string]>([
    [{ signingKey: 'alias/guard' }, 'context "signingKey" must be the ARN of a KMS key'],
    [
      { signingKey: 'arn:aws:kms:eu-west-1:123456789012:alias/guard' },
      'context "signingKey" must be the ARN',
    ],
    [{ adoptState: '' }, 'context "adoptState" must be text, or left out'],
    [{ adoptFloor: ['x'] }, 'context "adoptFloor" must be text, or left out'],
    [{ adoptState: 'arn:aws:dynamodb:r:1:table/x' }, '`adopt` .state must be the name of a table'],
    [{ adoptState: 'one', adoptFloor: 'one' }, '`adopt` must name a table of its own for each'],
    [{ commitPublicKeys: 'A' }, '`additionalCommitPublicKeys` [0] is no base64 DER'],
  ])('%j is refused', (context, problem) => {
    expect(() => stackWith(context, false)).toThrow(problem);
  });
});
