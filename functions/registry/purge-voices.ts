import { keyOf, type Operation } from '../core/administration/change.ts';
import { type Voice, voicesIn } from '../core/administration/consent.ts';
import type { FactChange } from '../core/administration/two-people.ts';
import { diff } from '../store/history.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { factsAt } from './change-staging.ts';
import type { RegistryContext } from './context.ts';

/** What a purge names. */
export interface Purged {
  readonly notes: readonly number[];
  readonly proposals: readonly string[];
}

/** Everybody whose facts what is purged is about: in the versions whose reasons go, and in the proposals that go. */
export async function voicesOf(
  context: RegistryContext,
  head: OpenSnapshot,
  { notes, proposals }: Purged,
  signal: AbortSignal,
): Promise<readonly Voice[]> {
  const voices: Voice[] = [];
  for (const version of notes) voices.push(...(await voicesOfVersion(context, version, signal)));
  for (const id of proposals) voices.push(...(await voicesOfProposal(context, head, id, signal)));
  return [...new Map(voices.map((voice) => [JSON.stringify(voice), voice])).values()];
}

async function voicesOfVersion(
  context: RegistryContext,
  version: number,
  signal: AbortSignal,
): Promise<readonly Voice[]> {
  const after = await context.anyReader.open({ exact: version }, signal);
  if (version === 1) {
    const facts = await factsAt(context, after);
    return voicesIn(
      [...facts.values()].map((fact) => ({ before: undefined, after: fact })),
      facts,
    );
  }
  const before = await context.anyReader.open({ exact: version - 1 }, signal);
  const changes: FactChange[] = [];
  for await (const each of diff(before, after, 'facts'))
    changes.push({ before: each.before, after: each.after } as FactChange);
  return voicesIn(changes, await factsAt(context, before));
}

/** Of one that never was published nothing rests: whose facts it would have changed is asked of the registry as it stands. */
async function voicesOfProposal(
  context: RegistryContext,
  head: OpenSnapshot,
  id: string,
  signal: AbortSignal,
): Promise<readonly Voice[]> {
  const body = (await context.proposals.read(id, signal))?.record.body ?? null;
  const bytes = body === null ? undefined : await context.blobs.get(body, signal);
  if (bytes === undefined) return [];
  const facts = await factsAt(context, head);
  const changes = (JSON.parse(Buffer.from(bytes).toString('utf8')) as readonly Operation[]).map((each) => ({
    before: facts.get(keyOf(each) ?? ''),
    after: each.op === 'end' ? undefined : each.fact,
  }));
  return voicesIn(changes, facts);
}
