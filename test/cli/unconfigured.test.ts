/** A command without AWS credentials, or without a Region: it says what to set, and nothing else of the process. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { inNoEnvironment } from '../no-aws.ts';
import { routeguard } from './command.ts';

beforeEach(() => inNoEnvironment());
afterEach(() => vi.unstubAllEnvs());

const SENTENCE =
  'The guard was not asked: this process has no AWS credentials or no AWS Region. Set AWS_REGION, and AWS_PROFILE, a role or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.\n';
const ASK = ['--marking', 'SECRET//NOFORN'];
const AWAY = ['--url', 'https://guard.example', '--region', 'eu-west-2'];

it.each<[string, readonly string[], number, string]>([
  ['decide', [...ASK, '--route', 'r', '--function', 'f'], 4, 'no answer from the guard at f. '],
  [
    'decide',
    [...ASK, '--route', 'r', '--function', 'f', '--region', 'eu-west-2'],
    4,
    'no answer from the guard at f. ',
  ],
  ['explain', [...ASK, '--route', 'r', ...AWAY], 4, ''],
  ['search', [...ASK, ...AWAY], 4, ''],
  ['best-path', [...ASK, ...AWAY], 4, ''],
  ['registry', ['log', ...AWAY], 4, ''],
])('%s %j', async (command, args, code, before) => {
  const ran = await routeguard(command, ...args);
  expect([ran.code, ran.out, ran.err]).toEqual([code, '', `routeguard: ${before}${SENTENCE}`]);
});
