/**
 * What two people sign that something comes to, computed in this process. Where they took it from the registry's answer,
 * whoever holds its role could have them sign facts that nobody was shown.
 */
import { applyChanges, type Operation, readChanges } from '../../functions/core/administration/change.ts';
import type { SimulationReport } from '../../functions/core/administration/simulation.ts';
import type { StatementOf } from '../../functions/core/administration/statement.ts';
import { canonicalText, type Digest } from '../../functions/core/facts/canonical.ts';
import {
  type AppliedFacts,
  type BaseVersion,
  type ChangeResult,
  factsOf,
  resultOf,
  stageApplied,
} from '../../functions/store/applied-change.ts';
import { saidBy } from '../../functions/store/approval.ts';
import { homeOf } from '../../functions/store/commit.ts';
import { verifyHistory } from '../../functions/store/history-verify.ts';
import { versionOf } from '../../functions/store/judge-approval.ts';
import { beginningOf, demandConfirmable } from '../../functions/store/lineage.ts';
import type { OpenSnapshot } from '../../functions/store/open-snapshot.ts';
import { provenPeople } from '../../functions/store/proven-people.ts';
import { createRegistryReader } from '../../functions/store/registry-reader.ts';
import { StoreError } from '../../functions/store/store-error.ts';
import { wordOf } from '../../functions/store/word.ts';
import { RegistryRefusedError, RegistryUnavailableError } from './errors.ts';
import { flipsAlike } from './simulated-here.ts';
import type { Tables } from './tables.ts';

type Version = { readonly version: number; readonly digest: Digest };

/** A change as it was shown, and what the registry says that it comes to, and which answers it flips. */
export interface ShownChange extends ChangeResult {
  readonly base: Version | null;
  readonly changes: readonly Operation[];
  readonly simulation: Pick<SimulationReport, 'at' | 'flips'>;
}

/** What stands, as the registry says, where a confirmation of it is to be signed. */
export interface ShownStand extends ChangeResult {
  readonly base: Version;
  readonly epoch: number;
  readonly floor: StatementOf<'confirm'>['floor'];
}

/** What a person is told before a key is used on what was not computed. */
export const NOT_COMPUTED =
  'root, people and what flips are the registry’s word: --tables, --founder-keys and --commit-keys have them computed here (docs/registry.md)';

/** A whole registry is read for this, from wherever the person sits. */
const BUDGET_MS = 10 * 60_000;

/**
 * Computes what a change comes to: the first version from its operations alone, any other from them and the facts of its
 * base in the tables. The base is HEAD itself, as the reader judges it by people's signatures: on an earlier version the
 * stops since would be left out, and no registry takes it.
 *
 * @returns true where root, people and the answers that flip are what was said of them; false where no tables were given to compute them from
 * @throws RegistryRefusedError where they are not, or the base is not what may be built on; RegistryUnavailableError
 */
export async function computedChange(tables: Tables | undefined, shown: ShownChange): Promise<boolean> {
  const { base, root, people } = shown;
  if (base !== null && tables === undefined) return false;
  return fromStore(async () => {
    if (tables !== undefined && base === null) await demandNothing(tables);
    const ground = tables === undefined || base === null ? null : await openBase(tables, base);
    const applied = await appliedTo(ground, shown.changes);
    demandSame({ root, people }, resultOf(await stageApplied(ground, applied), applied));
    if (!flipsAlike(applied, shown.simulation))
      throw untrue('other answers flip than it says, as this release asks them');
    return true;
  });
}

/** The same for what everybody confirms: the HEAD that came back, with the people whom its keyring proves. */
export async function computedStand(tables: Tables | undefined, shown: ShownStand): Promise<boolean> {
  if (tables === undefined) return false;
  const { base, root, people, epoch, floor } = shown;
  return fromStore(async () => {
    const head = await readerOf(tables, true).open();
    if (head.held === null) throw untrue('the tables hold a registry that needs no confirmation');
    if (!isAt(head, base)) throw untrue(`the tables hold version ${head.version} (${head.digest})`);
    const facts = await factsOf(head);
    await provenPeople(head, facts, tables.founders);
    const stands = resultOf({ rootDigest: head.commit.root }, { after: facts });
    const said = { root, people, epoch, floor: textOf(floor) };
    const begins = await beginningOf(tables, head, signal());
    demandSame(said, { ...stands, epoch: begins.epoch, floor: textOf(begins.floor) });
    // That the floor does not know it is why it is confirmed. Nobody has judged what people signed of it: that version too.
    await demandSound(tables, head, (await signedIn(head)) - 1);
    await demandConfirmable(tables, head, begins.floor, signal());
    return true;
  });
}

function textOf(floor: ShownStand['floor']): string {
  return canonicalText(floor);
}

/** @throws RegistryRefusedError where signatures are wanted for another registry than that of the tables */
export function demandHome(tables: Tables | undefined, registry: string): void {
  if (tables !== undefined && registry !== homeOf(tables.tables.state))
    throw untrue('it asks for signatures that are for another registry than that of the tables');
}

function isAt(head: Version, { version, digest }: Version): boolean {
  return head.version === version && head.digest === digest;
}

async function appliedTo(ground: BaseVersion, operations: readonly Operation[]): Promise<AppliedFacts> {
  const read = readChanges(operations);
  if (!read.ok) throw untrue('it shows operations that are none');
  const before = await factsOf(ground);
  const applied = applyChanges(before, read.changes);
  if (!applied.ok) throw untrue('the operations it shows cannot be made to the facts that are there');
  const { facts: after, touched } = applied;
  return { before, after, touched };
}

async function demandNothing(tables: Tables): Promise<void> {
  try {
    await readerOf(tables).open();
  } catch (error) {
    if (error instanceof StoreError && error.code === 'HEAD_MISSING') return;
    throw error;
  }
  throw untrue('it says that this is the first version of all, and the tables hold a registry');
}

async function openBase(tables: Tables, base: Version): Promise<OpenSnapshot> {
  const reader = readerOf(tables);
  const head = await reader.open();
  if (!isAt(head, base)) {
    const isEarlier = base.version < head.version;
    if (!isEarlier || (await reader.open({ exact: base.version })).digest !== base.digest)
      throw untrue(
        `version ${base.version} (${base.digest}) is not in the tables, or not on the way to HEAD`,
      );
    throw new RegistryRefusedError({
      code: 'REGISTRY_MOVED',
      message: `this is made on version ${base.version}, and the registry is at ${head.version}: see what has become of it, and simulate it again`,
    });
  }
  // What one person published since two signed carries their word, and nobody has judged yet that it only restricts.
  await demandSound(tables, head, await signedIn(head));
  return head;
}

/** The version that the word in a commit made; a confirmation may have made the one after it. */
async function signedIn(head: OpenSnapshot): Promise<number> {
  const { approval } = await wordOf(head, head.objects);
  return Math.min(versionOf(saidBy(approval)), head.version);
}

/**
 * The audit of HEAD and the versions before it, as far as one that is not looked at any more.
 *
 * @throws RegistryRefusedError where it finds anything; for what came back, but that the floor knows another version
 */
async function demandSound(tables: Tables, head: OpenSnapshot, downTo: number): Promise<void> {
  let isHead = false;
  const { problems } = await verifyHistory({
    ...tables,
    signal: signal(),
    contents: false,
    keepGoing(version, digest) {
      isHead ||= digest === head.digest;
      return version > downTo;
    },
  });
  const found = problems.filter(({ code }) => head.held === null || code !== 'FLOOR');
  const codes = [...new Set(found.map(({ code, version }) => `${code} version ${version}`))];
  if (codes.length > 0) throw unsound(codes.join(', '));
  if (!isHead) throw unsound('HEAD moves while it is read');
}

function readerOf(tables: Tables, acceptUnconfirmed = false) {
  return createRegistryReader({ ...tables, budgetMs: BUDGET_MS, acceptUnconfirmed });
}

function signal(): AbortSignal {
  return AbortSignal.timeout(BUDGET_MS);
}

async function fromStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const { code, message } = error;
    if (code === 'STORE_UNAVAILABLE' || code === 'STORE_REFUSED')
      throw new RegistryUnavailableError(message, { cause: error });
    throw unsound(message);
  }
}

function demandSame<R extends ChangeResult>(said: R, computed: R): void {
  const differing = (Object.keys(said) as (keyof R)[]).filter((name) => said[name] !== computed[name]);
  if (differing.length > 0)
    throw untrue(`what it shows does not come to what it names (${differing.join(', ')})`, {
      said,
      computed,
    });
}

const LOOK = 'do not sign, and run `routeguard registry verify --offline`';

/** The registry says what is not so. */
function untrue(what: string, details?: Readonly<Record<string, unknown>>): RegistryRefusedError {
  return new RegistryRefusedError({
    code: 'REGISTRY_UNTRUE',
    message: `${what}. The registry, or somebody who has its role, is not telling the truth: ${LOOK}`,
    ...(details !== undefined && { details }),
  });
}

/** What the tables hold is not what may be built on. */
function unsound(what: string): RegistryRefusedError {
  return new RegistryRefusedError({
    code: 'BASE_UNSOUND',
    message: `what the tables hold is not to be built on (${what}): ${LOOK}`,
  });
}
