/** What registered things are called, and which facts are about one of them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { namesIn } from '../../functions/core/facts/words/names.ts';
import { type RegistryRig, startRegistryRig } from './rig.ts';
import { smallSample } from './small-sample.ts';

let rig: RegistryRig;
beforeAll(async () => {
  rig = await startRegistryRig();
});
afterAll(() => rig.stop());

it('every name of a version is told, and from anywhere on', async () => {
  const all = Object.fromEntries(namesIn(smallSample().values()));
  const { body } = await rig.as('auditor').get('names', { version: '1' });
  expect([body.names, body.next]).toEqual([all, null]);
  const [_first, second = '', ...others] = Object.keys(all).sort();
  const page = await rig.as('auditor').get('names', { after: second });
  expect(Object.keys(page.body.names)).toEqual(others);
});

it('facts of a kind that are about one thing', async () => {
  const { body } = await rig.as('auditor').get('facts/accreditation', { about: 'network/us-a' });
  expect(body.keys).toEqual(['accreditation/us-on-us-a']);
  const none = await rig.as('auditor').get('facts/accreditation', { about: 'network/nowhere' });
  expect(none.body.keys).toEqual([]);
});
