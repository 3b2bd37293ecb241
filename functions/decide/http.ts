/** The HTTP door: `POST /v1/decide` behind an IAM-authenticated REST API, invoked by nothing else. */
import { assembleGuard } from './assemble.ts';
import { httpDoor } from './http-door.ts';

const guard = assembleGuard('codes');

export const handler = httpDoor('http', {
  answer: (text, trace) => guard.decideText(text, trace),
  outOfTime: (trace) => guard.outOfTime(trace),
});
