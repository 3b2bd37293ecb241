/**
 * The auditor's door: `POST /v1/audit/explain` behind the IAM-authenticated REST API, invoked by nothing else. A full
 * explanation reveals the policy, so it is a function and a grant of its own.
 */
import { assemble } from '../decide/assemble.ts';
import { httpDoor } from '../decide/http-door.ts';
import { readSettings } from '../decide/settings.ts';
import { createExplainer } from './explain.ts';

const { guard } = assemble('full', readSettings(process.env));
const explainer = createExplainer(guard);

export const handler = httpDoor('audit', {
  answer: (text, trace) => explainer.explainText(text, trace),
  outOfTime: (trace) => guard.outOfTime(trace),
});
