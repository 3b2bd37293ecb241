/**
 * A stop without a stop: everything that a hold takes, for real, but its last step. Whoever could not stop anything now is
 * told so before somebody has to.
 */
import type { Facts } from '../core/administration/change.ts';
import type { RawFact } from '../core/facts/view.ts';
import { stageApplied } from '../store/applied-change.ts';
import { readingWithin } from '../store/object-items.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import type { PreparedPublication } from '../store/publisher.ts';
import { rehearseInsert, rehearseMove } from '../store/rehearsal.ts';
import type { StagedRegistry } from '../store/staging.ts';
import { StoreError, type StoreErrorCode } from '../store/store-error.ts';
import type { ReplyTo } from './answers.ts';
import { emptyBody, readBody } from './bodies.ts';
import { nameOf } from './caller.ts';
import { applyTo, factsAt } from './change-staging.ts';
import { type ActingContext, type Call, instantText } from './context.ts';
import { Refusal } from './refusal.ts';
import { refusalOf } from './store-refusals.ts';
import { demandSound } from './validate.ts';

/** In the order in which a hold takes them. */
type Step = 'head' | 'facts' | 'change' | 'insert' | 'sign' | 'move' | 'floor';

type Standing = ReplyTo<'rehearse'>['body']['standing'];

/**
 * What a HEAD is that nobody decides on: everything is denied already, or by everybody's next look at the floor (a quarter of a
 * lease at most), at which each reads the same first copy as this. Of one that is not sound the rehearsal fails.
 */
const HELD: ReadonlySet<StoreErrorCode> = new Set(['LINEAGE_CHANGED', 'HEAD_BELOW_FLOOR', 'FLOOR_MISSING']);

/**
 * `POST stop-rehearsal`: asked by the probe, every minute.
 *
 * @throws Refusal REHEARSAL_FAILED with the step that failed, and what with
 */
export async function rehearse(context: ActingContext, call: Call): Promise<ReplyTo<'rehearse'>> {
  readBody(emptyBody, call.body());
  const steps: { readonly step: Step; readonly ms: number }[] = [];
  const timed = async <T>(step: Step, work: () => Promise<T>): Promise<T> => {
    const startedAt = context.clock();
    try {
      const done = await work();
      steps.push({ step, ms: context.clock() - startedAt });
      return done;
    } catch (error) {
      const { code } = refusalOf(error);
      throw new Refusal('REHEARSAL_FAILED', 'nobody could stop anything now', {
        details: { step, code, done: steps.map((each) => each.step) },
        cause: error,
      });
    }
  };
  const access = { ...context, context: readingWithin(call.signal) };
  const head = await timed('head', () => opened(context, call));
  if (typeof head !== 'string') {
    const facts = await timed('facts', () => factsAt(context, head));
    const staged = await timed('change', () => stagedStop(context, head, facts));
    await timed('insert', () => rehearseInsert(access, staged.objects));
    const { head: content } = await timed('sign', () => prepared(context, call, head, staged));
    await timed('move', () => rehearseMove(access, content));
    // The rows of HEAD, which are there: refused as duplicates, by the same statement that would add to them.
    await timed('floor', () => context.publisher.acknowledge(head));
  }
  const standing = typeof head === 'string' ? head : 'published';
  return { status: 200, body: { standing, steps } };
}

/** HEAD as a hold opens it; or why there is nothing to stop. */
async function opened(
  context: ActingContext,
  call: Call,
): Promise<OpenSnapshot | Exclude<Standing, 'published'>> {
  try {
    return await context.reader.open({}, call.signal);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.code === 'HEAD_MISSING') return 'empty';
    if (HELD.has(error.code)) return 'held';
    throw error;
  }
}

/** Antarctica: it has a code, and nobody who marks anything. Were it ever published, it would stop nobody's information. */
const NOBODYS_OWNER = 'ATA';

/** What setting a stop comes to, in memory. */
async function stagedStop(context: ActingContext, head: OpenSnapshot, facts: Facts): Promise<StagedRegistry> {
  const [, authority] = [...facts.keys()].find((key) => key.startsWith('authority/'))?.split('/') ?? [];
  if (authority === undefined) throw new StoreError('OBJECT_MISSING');
  const now = context.clock();
  const said = [{ citation: 'A rehearsal of a stop', verified: true, primary: true }];
  const fact: RawFact = {
    ...{ kind: 'hold', id: freeId(facts), authority, cause: 'rehearsal' },
    scope: { owner: NOBODYS_OWNER },
    valid: { from: instantText(now), to: instantText(now + 60_000), zone: 'UTC' },
    ending: said,
    sources: said,
  };
  const changes = [{ op: 'add', fact }] as const;
  const applied = await applyTo(context, head, changes);
  demandSound(context, applied, changes, false);
  return stageApplied(head, applied, 'left behind');
}

/** Of no hold that is registered: anybody may give theirs any id, and this one has to be added each time. */
function freeId(facts: Facts): string {
  const id = 'routeguard.stop-rehearsal';
  let suffix = '';
  for (let taken = 1; facts.has(`hold/${id}${suffix}`); taken += 1) suffix = `.${taken}`;
  return `${id}${suffix}`;
}

/** The commit, signed by the key that signs every one; its objects are nowhere, so that nobody could open it. */
function prepared(
  context: ActingContext,
  call: Call,
  base: OpenSnapshot,
  staged: StagedRegistry,
): Promise<PreparedPublication> {
  const recordedAt = instantText(context.clock());
  return context.publisher.prepare({
    base,
    staged: { ...staged, objects: new Map() },
    meta: { kind: 'hold', author: nameOf(call.caller), approvers: [], recordedAt },
    note: { rehearsal: true },
  });
}
