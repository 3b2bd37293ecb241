/** A person's word for a request: each thing a signature says, another one alone; and the event it must come by. */
import { describe, expect, it } from 'vitest';
import type { SignedStatement } from '../../functions/core/administration/statement.ts';
import { callerOf } from '../../functions/registry/caller.ts';
import { demandSaid, demandSigned } from '../../functions/registry/signatures.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { signStatement } from '../../functions/store/person-signature.ts';
import { localKey } from '../../infra/local/identities.ts';
import { digestOf } from './changes.ts';

const NOON = Date.parse('2026-11-23T12:00:00.000Z');
const context = {
  tables: { objects: 'o', state: 'state', floor: 'f' },
  clock: () => NOON,
};
const [A, B] = [digestOf('a'), digestOf('b')];
const state = { base: { version: 3, digest: A }, review: A, root: A, people: A };
const signed = (said: object = {}, more: object = {}): SignedStatement => {
  const place = { registry: homeOf('state'), at: new Date(NOON).toISOString() };
  const statement = { operation: 'approve', ...place, content: A, ...state, ...said };
  return { ...signStatement(statement as never, localKey('uma')), ...more };
};
const at = (ms: number) => ({ at: new Date(NOON + ms).toISOString() });
const {
  base: _base,
  review: _review,
  root: _root,
  people: _people,
  ...proposed
} = signed().statement as never as Record<string, unknown>;
const invalid = (member: string) => ({ code: 'SIGNATURE_INVALID', context: { path: `/signed/${member}` } });
const moved = (member: string) => ({
  code: 'CONFLICT',
  context: { path: `/signed/statement/${member}`, details: { sign: state } },
});

describe('a signature', () => {
  it.each<[string, SignedStatement, object | null]>([
    ['over this', signed(), null],
    ['five minutes ago', signed(at(-300_000)), null],
    ['in five minutes', signed(at(300_000)), null],
    ['before that', signed(at(-300_001)), invalid('statement/at')],
    ['after that', signed(at(300_001)), invalid('statement/at')],
    [
      'over something else',
      { ...signed(), statement: signed({ review: B }).statement },
      invalid('signature'),
    ],
    [
      'of another key',
      signed({}, { key: signStatement(signed().statement, localKey('gwen')).key }),
      invalid('signature'),
    ],
    [
      'to propose',
      signStatement({ ...proposed, operation: 'propose' } as never, localKey('uma')),
      invalid('statement/operation'),
    ],
    ['for another registry', signed({ registry: homeOf('other') }), invalid('statement/registry')],
    ['for another content', signed({ content: B }), invalid('statement/content')],
    ['on another base', signed({ base: { version: 3, digest: B } }), moved('base')],
    ['on another version', signed({ base: { version: 4, digest: A } }), moved('base')],
    ['on none', signed({ base: null }), moved('base')],
    ['for other flips', signed({ review: B }), moved('review')],
    ['for another root', signed({ root: B }), moved('root')],
    ['for other people', signed({ people: B }), moved('people')],
  ])('%s', (_, given, expected) => {
    let refused: object | null = null;
    try {
      expect(demandSigned(context, given, 'approve', { content: A, ...state })).toBe(given);
    } catch (error) {
      const { code, context: told } = error as { code: string; context: object };
      refused = { code, context: told };
    }
    expect(refused).toEqual(expected);
  });

  it('that was kept may be of any time', () => {
    const kept = signed(at(-86_400_000));
    expect(demandSaid(context, kept, 'approve', { content: A, ...state })).toBe(kept);
  });
});

describe('a caller', () => {
  const place = { account: '000000000000', api: 'local' };
  const identity = {
    userArn: 'arn:aws:sts::000000000000:assumed-role/r/uma',
    user: 'AROAEXAMPLE:uma',
  };
  const event = { accountId: '000000000000', apiId: 'local', identity };
  it('comes by the guard’s own account and API', () => {
    expect(callerOf(event, place)).toMatchObject({ roleName: 'r', session: 'uma' });
  });
  it.each([
    { accountId: '111111111111' },
    { accountId: undefined },
    { apiId: 'another' },
    { apiId: undefined },
    { apiId: ['local'] },
    { identity: { ...identity, userArn: identity.userArn.replace('000000000000', '111111111111') } },
    { identity: { ...identity, user: 'AROAEXAMPLE:gwen' } },
    { identity: undefined },
  ])('is nobody with %o', (more) => {
    expect(() => callerOf({ ...event, ...more }, place)).toThrow(/sessions of IAM roles/);
  });
});
