/** Search compared with as many single decisions, through the door a caller has. */
import type { Call } from '../doors/rest-event.ts';
import type { Reply } from './access-rig.ts';

type Ask = (path: string, call?: Call) => Promise<Reply>;

export interface Agreement {
  readonly networks: number;
  readonly hits: number;
  readonly pages: number;
  /** Ids on which search and single decisions differ. */
  readonly differences: readonly string[];
  readonly searchMs: readonly number[];
  readonly singleMs: number;
}

const ACTION = { name: 'route' };

/** Every hit of a resource search, page by page, in the order they came. */
export async function searchAll(
  ask: Ask,
  marking: string,
  limit: number,
): Promise<{ readonly ids: readonly string[]; readonly ms: readonly number[] }> {
  const ids: string[] = [];
  const ms: number[] = [];
  for (let token = ''; ; ) {
    const started = performance.now();
    const { status, body } = await ask('/access/v1/search/resource', {
      body: {
        subject: { type: 'message', id: 'm', properties: { marking } },
        action: ACTION,
        resource: { type: 'network' },
        page: { limit, ...(token !== '' && { token }) },
      },
    });
    if (status !== 200) throw new Error(`the search answered ${status}`);
    ms.push(performance.now() - started);
    ids.push(...body.results.map((r: { id: string }) => r.id));
    token = body.page.next_token;
    if (token === '') return { ids, ms };
  }
}

/** @param single a door of another process: it shares nothing with the one that searches */
export async function compare(
  ask: Ask,
  single: Ask,
  networks: readonly string[],
  marking: string,
  limit: number,
): Promise<Agreement> {
  const found = await searchAll(ask, marking, limit);
  const hits = new Set(found.ids);
  const differences: string[] = [];
  const started = performance.now();
  for (let from = 0; from < networks.length; from += 500) {
    const ids = networks.slice(from, from + 500);
    const { body } = await single('/access/v1/evaluations', {
      body: {
        subject: { type: 'message', id: 'm', properties: { marking } },
        action: ACTION,
        evaluations: ids.map((id) => ({ resource: { type: 'network', id } })),
      },
    });
    for (const [i, id] of ids.entries())
      if (body.evaluations[i].decision !== hits.has(id)) differences.push(id);
  }
  const inOrder = found.ids.every((id, i) => i === 0 || String(found.ids[i - 1]) < id);
  return {
    networks: networks.length,
    hits: hits.size,
    pages: found.ms.length,
    differences: inOrder ? differences : ['the order of the hits', ...differences],
    searchMs: found.ms,
    singleMs: performance.now() - started,
  };
}
