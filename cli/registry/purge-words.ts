/** What a purge is about, in the words by which somebody decides to sign it. */
import type * as z from 'zod/mini';
import { purge as purgeShape } from '../../functions/registry/answers.ts';
import { readAs } from './read-answer.ts';
import { personInWords } from './words.ts';

type Members = Readonly<Record<string, unknown>>;

export function purgeInWords(request: Members): readonly string[] {
  const shown = readAs(purgeShape, request);
  const { outcomes = {}, notes, proposals, objects, jobs } = shown;
  const what = [
    ...notes.map((version) => [String(version), `the reason of version ${version}`] as const),
    ...proposals.map(
      (id) => [id, `${id}: its reason, its operations and what its simulations left`] as const,
    ),
    ...objects.map((digest) => [digest, `facts ${digest}: a document of one fact or of many`] as const),
    ...jobs.map((id) => [id, `${id}: long work, and what it left`] as const),
  ];
  return [
    `${shown.id}  ${shown.status}  for ${shown.authority}`,
    `  signed by ${shown.consents.map(personInWords).join(', ')} from ${shown.createdAt}`,
    ...missingOf(shown).map((words) => `  missing: ${words}`),
    `  reason: ${shown.reason}`,
    ...what.map(([key, words]) => `  ${outcomes[key] ?? 'to be purged'}  ${words}`),
    ...(proposals.some((id) => outcomes[id] === 'in-use') ? [`  ${OPEN}`] : []),
    ...(objects.length > 0 ? [`  ${LOST}`] : []),
    `  digest ${shown.digest}`,
  ];
}

const OPEN = 'in-use: it is open. Reject it before the last of you signs, or it stays';

/** Without its documents nobody can read a version again. */
const LOST =
  'every version that holds these facts is VERSION_PURGED from then on: not shown, not compared, not gone back to';

/** For whoever has signed, and sends the same once more. */
export function signedAlready(request: Members): readonly string[] {
  const missing = missingOf(readAs(purgeShape, request));
  return missing.length === 0 ? [] : [`You have signed already; waiting for ${missing.join(', ')}.`];
}

type Shown = z.infer<typeof purgeShape>;

function missingOf({ missing = [], needed = {} }: Pick<Shown, 'missing' | 'needed'>): readonly string[] {
  return missing.map((id) => `${needed[id] === 1 ? 'one more person' : 'two people'} of ${id}`);
}
