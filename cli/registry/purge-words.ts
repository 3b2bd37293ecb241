/** What a purge is about, in the words by which somebody decides to sign it. */
import type * as z from 'zod/mini';
import { purge as purgeShape } from '../../functions/registry/answers.ts';
import { readAs } from './read-answer.ts';
import { personInWords } from './words.ts';

type Held = NonNullable<z.infer<typeof purgeShape>['contents']>[string];
type Members = Readonly<Record<string, unknown>>;

export function purgeInWords(request: Members): readonly string[] {
  const shown = readAs(purgeShape, request);
  const { outcomes = {}, contents, notes, proposals, objects, jobs } = shown;
  const what = [
    ...notes.map((version) => [String(version), `the reason of version ${version}`] as const),
    ...proposals.map(
      (id) => [id, `${id}: its reason, its operations and what its simulations left`] as const,
    ),
    ...objects.map(
      (digest) =>
        [
          digest,
          `facts ${digest}: ${contents === undefined ? 'a document of one fact or of many' : contentInWords(contents[digest])}`,
        ] as const,
    ),
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

function contentInWords(held: Held | undefined): string {
  if (held === undefined) return 'nothing that can be read any more';
  const { what } = held;
  switch (what) {
    case 'law':
      return `the law of ${versionsInWords(held.versions)}: mandates, standards and all else that is about everything`;
    case 'leaf': {
      const left = held.count - held.entries.length;
      return `all that is said of ${[...held.entries, ...(left > 0 ? [`${left} more`] : [])].join(', ')}`;
    }
    case 'note':
      return 'a note that no version names';
    default:
      return unknownContent(what);
  }
}

function versionsInWords(versions: readonly number[]): string {
  const [first, ...more] = [...versions].sort((a, b) => a - b);
  if (first === undefined) return 'no version';
  const last = more.at(-1);
  if (last === undefined) return `version ${first}`;
  return more.length === last - first
    ? `versions ${first} to ${last}`
    : `versions ${first}, ${more.join(', ')}`;
}

function unknownContent(what: never): never {
  throw new Error(`nobody knows such a document: ${String(what)}`);
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
