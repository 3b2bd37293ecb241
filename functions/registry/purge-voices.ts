import { type Facts, keyOf, type Operation } from '../core/administration/change.ts';
import { everybodyIn, type Voice, voiceNamed, voicesIn } from '../core/administration/consent.ts';
import { authoritiesInForce, REGISTRAR } from '../core/administration/speakers.ts';
import type { FactChange } from '../core/administration/two-people.ts';
import { nameOfKey } from '../core/facts/authority.ts';
import { factDigest } from '../core/facts/canonical.ts';
import { kindOf, member } from '../core/facts/fact.ts';
import { openedBelow } from '../store/acknowledged-past.ts';
import { commitOf } from '../store/history.ts';
import { isSignedByItsKey } from '../store/person-signature.ts';
import { StoreError } from '../store/store-error.ts';
import { voicesOfVersion } from '../store/version-voices.ts';
import { orIfDamaged } from './blobs.ts';
import { factsAt } from './change-staging.ts';
import type { RegistryContext } from './context.ts';
import type { Proposal } from './proposal.ts';
import { type PurgeGround, versionIn } from './purge-ground.ts';

/** Everybody whose facts what is purged is about: in the versions whose reasons go, and in the proposals that go. */
export async function voicesOf(
  context: RegistryContext,
  ground: PurgeGround,
  { notes, proposals }: { readonly notes: readonly number[]; readonly proposals: readonly string[] },
  signal: AbortSignal,
): Promise<readonly Voice[]> {
  const voices: Voice[] = [];
  for (const version of notes) voices.push(...(await voicesOfNote(ground, version)));
  for (const id of proposals) voices.push(...(await voicesOfProposal(context, ground, id, signal)));
  return [...new Map(voices.map((voice) => [JSON.stringify(voice), voice])).values()];
}

/** Of every version that names the same note: it goes for all of them. */
async function voicesOfNote(ground: PurgeGround, version: number): Promise<readonly Voice[]> {
  const { note } = versionIn(ground, version).commit;
  const voices: Voice[] = [];
  for (const at of ground.past.filter(({ commit }) => commit.note === note))
    voices.push(...(await voicesOfVersion(ground.head, at)));
  return voices;
}

async function voicesOfProposal(
  context: RegistryContext,
  ground: PurgeGround,
  id: string,
  signal: AbortSignal,
): Promise<readonly Voice[]> {
  const kept = context.blobs.of(id);
  const proposal = (await context.proposals.read(id, signal))?.record;
  // Of what was purged whole nothing is anybody's any more.
  const isGone = proposal === undefined || proposal.purged === true;
  if (isGone && !(await kept.isAnything(signal))) return [];
  if (proposal === undefined) return everybody(context, ground);
  // Chunks that never were a proposal would have changed nothing: they are their author's.
  if (proposal.body === null && proposal.kind === 'change') return voicesOfAuthor(context, ground, proposal);
  const bytes = proposal.body === null ? undefined : await orIfDamaged(kept.get(proposal.body, signal));
  if (bytes === undefined) return everybody(context, ground);
  const operations = JSON.parse(Buffer.from(bytes).toString('utf8')) as readonly Operation[];
  const changes = await changesOf(context, ground, proposal, operations);
  if (changes === undefined) return everybody(context, ground);
  // An authority that never stood has nobody: it was the registrar's to let it speak.
  const [never, stood] = [
    changes.filter((each) => isUnheard(each, ground.people)),
    changes.filter((each) => !isUnheard(each, ground.people)),
  ];
  return [
    ...voicesIn(stood, ground.people),
    ...(never.length > 0 ? [voiceNamed(REGISTRAR, ground.people)] : []),
  ];
}

function isUnheard({ before, after }: FactChange, people: Facts): boolean {
  return (
    before === undefined &&
    kindOf(after) === 'authority' &&
    !people.has(`authority/${String(member(after, 'id'))}`)
  );
}

/** The facts that operations are made to: what each was written against, wherever that stands. Undefined where one is nowhere. */
async function changesOf(
  context: RegistryContext,
  { head }: PurgeGround,
  { base }: Proposal,
  operations: readonly Operation[],
): Promise<readonly FactChange[] | undefined> {
  const grounds: readonly Facts[] = [
    await factsAt(context, head),
    ...(base === null ? [] : await factsOfBase(context, head, base.version)),
  ];
  const changes: FactChange[] = [];
  for (const each of operations) {
    const after = each.op === 'end' ? undefined : each.fact;
    if (each.op === 'add') {
      changes.push({ before: undefined, after });
      continue;
    }
    const before = grounds
      .map((facts) => facts.get(keyOf(each) ?? ''))
      .find((fact) => fact !== undefined && factDigest(fact) === each.was);
    if (before === undefined) return undefined;
    changes.push({ before, after });
  }
  return changes;
}

/** Nothing where the record names a version that is none. */
async function factsOfBase(
  context: RegistryContext,
  head: PurgeGround['head'],
  version: number,
): Promise<readonly Facts[]> {
  try {
    return [await factsAt(context, await openedBelow(head, await commitOf(head, version)))];
  } catch (error) {
    const isGone = error instanceof StoreError && ['VERSION_UNKNOWN', 'OBJECT_PURGED'].includes(error.code);
    if (isGone) return [];
    throw error;
  }
}

function voicesOfAuthor(
  context: RegistryContext,
  ground: PurgeGround,
  { signed }: Proposal,
): readonly Voice[] {
  const isTheirs = isSignedByItsKey(signed);
  const theirs = authoritiesInForce(ground.people, context.clock()).filter(
    (authority) => isTheirs && nameOfKey(authority, signed.key) !== undefined,
  );
  if (theirs.length === 0) return everybody(context, ground);
  return theirs.map(({ id }) => voiceNamed(id, ground.people));
}

/** Where nobody can tell whose it is. */
function everybody(context: RegistryContext, { people }: PurgeGround): readonly Voice[] {
  return everybodyIn(people, context.clock());
}
