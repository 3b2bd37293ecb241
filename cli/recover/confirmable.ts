/** Whether people could confirm what came back, and who has to: asked of the registry's own rules, before anybody signs. */
import type { Facts } from '../../functions/core/administration/change.ts';
import { authoritiesInForce } from '../../functions/core/administration/speakers.ts';
import type { Digest } from '../../functions/core/facts/canonical.ts';
import { factsOf } from '../../functions/store/applied-change.ts';
import { beginningOf, demandConfirmable } from '../../functions/store/lineage.ts';
import type { OpenSnapshot } from '../../functions/store/open-snapshot.ts';
import { provenPeople } from '../../functions/store/proven-people.ts';
import { StoreError, type StoreErrorCode } from '../../functions/store/store-error.ts';
import type { Tables } from '../registry/tables.ts';

/** Two of these have to sign, whoever signs for another set besides. */
export interface MustSign {
  readonly authority: string;
  /** As the version says that came back, or the one that was acknowledged last. */
  readonly as: 'came back' | 'acknowledged last';
  readonly people: readonly string[];
}

export type Confirmable =
  | { readonly ok: true; readonly sign: readonly MustSign[] }
  | { readonly ok: false; readonly code: StoreErrorCode; readonly digest: Digest | null };

const BUDGET_MS = 600_000;

/** @param head held, and proven. @throws StoreError where the database does not answer */
export async function confirmable(registry: Tables, head: OpenSnapshot): Promise<Confirmable> {
  try {
    return { ok: true, sign: await signersOf(registry, head) };
  } catch (error) {
    if (!(error instanceof StoreError) || /^STORE_/.test(error.code)) throw error;
    return { ok: false, code: error.code, digest: error.digest ?? null };
  }
}

async function signersOf(registry: Tables, head: OpenSnapshot): Promise<readonly MustSign[]> {
  const signal = AbortSignal.timeout(BUDGET_MS);
  const { facts } = await provenPeople(head, await factsOf(head), registry.founders);
  const { floor } = await beginningOf(registry, head, signal);
  const last = await demandConfirmable(registry, head, floor, signal);
  return [...setsIn(facts, 'came back'), ...(last === null ? [] : setsIn(last.people, 'acknowledged last'))];
}

function setsIn(facts: Facts, as: MustSign['as']): readonly MustSign[] {
  return authoritiesInForce(facts, Date.now()).flatMap(({ id: authority, people = [] }) =>
    people.length === 0 ? [] : [{ authority, as, people: people.map(({ name }) => name).sort() }],
  );
}
