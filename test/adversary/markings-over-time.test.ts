/** Attempts to use an answer after the codes in its marking have come to mean something else: at every door. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newTrace } from '../../functions/decide/trace.ts';
import { createExplainer } from '../../functions/explain/explain.ts';
import { type AccessRig, startAccessRig } from '../access/access-rig.ts';
import { BEFORE, EU_FACTS, EU_MESSAGE, LEAVES } from './eu-facts.ts';

let rig: AccessRig;
beforeAll(async () => {
  rig = await startAccessRig(new Map(EU_FACTS.map((f) => [`${f['kind']}/${f['id']}`, f])));
});
afterAll(() => rig.stop());

const REQUEST = {
  message: EU_MESSAGE,
  path: { route: 'only-a' },
  at: BEFORE,
};

it('a decision ends with the reading', async () => {
  const answer = await rig.guard.guard().decideText(JSON.stringify(REQUEST));
  expect(answer).toMatchObject({ hypothetical: { outcome: 'permit' }, validUntil: LEAVES });
});

it('a full explanation knows when the marking reads otherwise', async () => {
  const reader = rig.guard.store.reader();
  const explainer = createExplainer(rig.guard.guard({ reader, mostExplained: 'full' }));
  const { explanation } = await explainer.explainText(JSON.stringify(REQUEST), newTrace());
  expect(explanation?.nextFlip).toEqual({ at: LEAVES, outcome: 'deny' });
});

it('a comparison of registered routes ends with the reading', async () => {
  const { body } = await rig.door()('/v1/best-path', { body: { message: EU_MESSAGE, at: BEFORE } });
  const only = body.paths.find((p: { path: { route?: string } }) => p.path.route === 'only-a');
  expect(only).toMatchObject({ hypothetical: { outcome: 'permit' }, validUntil: LEAVES });
});
