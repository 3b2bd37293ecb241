import { factDigest } from '../core/facts/canonical.ts';
import type { Source } from '../core/facts/provenance.ts';
import type { RawFact } from '../core/facts/view.ts';
import type { NamedCommit } from '../store/ancestry.ts';
import { ancestry, diff, documents, lastChange, noteOf } from '../store/history.ts';
import { createObjectCache } from '../store/object-cache.ts';
import { readingWithin } from '../store/object-items.ts';
import { createObjectLoader } from '../store/object-loader.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import { signersOf } from '../store/signers.ts';
import { orIfPurged } from '../store/store-error.ts';
import type { EntryDifference } from '../store/trie-diff.ts';
import type { ReplyTo } from './answers.ts';
import type { Call, RegistryContext } from './context.ts';
import { MOST_LOG_ENTRIES } from './limits.ts';
import { numberOf } from './query.ts';
import { Refusal } from './refusal.ts';

/** The most bytes of facts in one answer: Lambda ends at 6 MB. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
const DEFAULT_LIMIT = 20;
const MOST_DIFFERENCES = 1000;

/**
 * History is shown of a registry that came back from a backup, too: somebody must judge it. Every answer says so in `held`:
 * then nobody has, and it is what a table says.
 */
export function openAt(context: RegistryContext, call: Call, name: string): Promise<OpenSnapshot> {
  const exact = numberOf(call.query, name);
  return context.anyReader.open(exact === undefined ? {} : { exact }, call.signal);
}

/** `GET log?before=&limit=`: commits, newest first. */
export async function showLog(context: RegistryContext, call: Call): Promise<ReplyTo<'log'>> {
  const limit = numberOf(call.query, 'limit', MOST_LOG_ENTRIES) ?? DEFAULT_LIMIT;
  const before = numberOf(call.query, 'before');
  if (before === 1) return { status: 200, body: { entries: [], next: null } };
  const wanted = before === undefined ? {} : { exact: before - 1 };
  const snapshot = await context.anyReader.open(wanted, call.signal);
  const entries: Awaited<ReturnType<typeof entryOf>>[] = [];
  for await (const at of ancestry(snapshot)) {
    entries.push(await entryOf(context, call, at, snapshot));
    if (entries.length === limit) break;
  }
  const oldest = snapshot.version - entries.length + 1;
  return { status: 200, body: { entries, next: oldest > 1 ? oldest : null, held: snapshot.held } };
}

/** `GET versions/{v}` */
export async function showVersion(context: RegistryContext, call: Call): Promise<ReplyTo<'version'>> {
  const exact = Number(call.variables['v']);
  const snapshot = await context.anyReader.open({ exact }, call.signal);
  const facts = await context.factSets.of(snapshot);
  const counts: Record<string, number> = {};
  for (const key of facts.keys()) {
    const kind = key.slice(0, key.indexOf('/'));
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return {
    status: 200,
    body: { ...(await entryOf(context, call, snapshot, snapshot)), facts: counts, held: snapshot.held },
  };
}

/** `GET facts/{kind}/{fact}?version=`: the fact, and the digest that `replace` and `end` are written against. */
export async function showFact(context: RegistryContext, call: Call): Promise<ReplyTo<'fact'>> {
  const snapshot = await openAt(context, call, 'version');
  const key = keyOf(call);
  const fact = (await documents(snapshot, 'facts', [key])).get(key) as RawFact | undefined;
  if (fact === undefined)
    throw new Refusal('FACT_UNKNOWN', 'there is no such fact in this version', {
      details: { version: snapshot.version },
    });
  const { version, held } = snapshot;
  return { status: 200, body: { version, key, digest: factDigest(fact), fact, held } };
}

/** `GET diff?from=&to=&after=`: facts that differ, by key, a page at a time. */
export async function showDiff(context: RegistryContext, call: Call): Promise<ReplyTo<'diff'>> {
  if (!call.query.has('from')) throw new Refusal('REQUEST_INVALID', 'the query names "from", a version');
  const [from, to] = [await openAt(context, call, 'from'), await openAt(context, call, 'to')];
  const start = call.query.get('after') ?? '';
  const found: EntryDifference[] = [];
  for await (const difference of diff(from, to, 'facts')) if (difference.key > start) found.push(difference);
  found.sort((a, b) => (a.key < b.key ? -1 : 1));
  const differences = bounded(found.map(differenceOf));
  const next = differences.length < found.length ? (differences.at(-1)?.key ?? null) : null;
  const [total, held] = [found.length, from.held ?? to.held];
  const body = { from: from.version, to: to.version, total, differences, next, held };
  return { status: 200, body };
}

/** `GET blame/{kind}/{fact}?version=`: who set this last, when, why, and from what source. */
export async function showBlame(context: RegistryContext, call: Call): Promise<ReplyTo<'blame'>> {
  const snapshot = await openAt(context, call, 'version');
  const key = keyOf(call);
  const change = await lastChange(snapshot, 'facts', key);
  if (change === undefined) throw new Refusal('FACT_UNKNOWN', 'no version up to this one had such a fact');
  const { before, after } = change;
  const sources = (after ?? before ?? {}) as {
    readonly sources?: readonly Source[];
    readonly ending?: readonly Source[];
  };
  return {
    status: 200,
    body: {
      key,
      change: change.isPastPurged ? 'unknown' : kindOfDifference(change),
      ...(await entryOf(context, call, change, snapshot)),
      sources: sources.sources ?? [],
      ...(sources.ending !== undefined && { ending: sources.ending }),
      fact: (after as RawFact | undefined) ?? null,
      held: snapshot.held,
    },
  };
}

function keyOf(call: Call): string {
  return `${call.variables['kind']}/${call.variables['fact']}`;
}

async function entryOf(
  context: RegistryContext,
  call: Call,
  { digest, commit }: NamedCommit,
  { objects }: Pick<OpenSnapshot, 'objects'>,
) {
  const { version, kind, author, approvers, recordedAt, lineage, epoch, confirmed } = commit;
  const note = await noteOrTombstone(context, call, { commit });
  const signedBy = await signersOf({ commit }, objects, context.founders);
  const noteDigest = commit.note;
  return {
    ...{ version, digest, kind, author, approvers, recordedAt, lineage, epoch, confirmed },
    ...{ signedBy, noteDigest, ...note },
  };
}

/**
 * The note of a commit; one that was purged for good says so instead. Read past the cache: a process that has seen a note
 * must not go on showing it.
 */
async function noteOrTombstone(context: RegistryContext, call: Call, commit: Pick<NamedCommit, 'commit'>) {
  const loader = createObjectLoader(context.client, context.tables.objects, createObjectCache(0));
  const objects = loader.within(readingWithin(call.signal));
  return orIfPurged(async () => ({ note: await noteOf({ objects }, commit) }), { note: null, purged: true });
}

function kindOfDifference({ before, after }: EntryDifference): 'added' | 'removed' | 'replaced' {
  if (before === undefined) return 'added';
  return after === undefined ? 'removed' : 'replaced';
}

function differenceOf(difference: EntryDifference) {
  const { key, before = null, after = null } = difference;
  return { key, change: kindOfDifference(difference), before, after };
}

/** As many as fit one answer; at least one, whatever its size. */
function bounded<T>(differences: readonly T[]): readonly T[] {
  let bytes = 0;
  let count = 0;
  for (const difference of differences.slice(0, MOST_DIFFERENCES)) {
    bytes += Buffer.byteLength(JSON.stringify(difference));
    if (count > 0 && bytes > MAX_ANSWER_BYTES) break;
    count += 1;
  }
  return differences.slice(0, count);
}
