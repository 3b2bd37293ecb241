/**
 * Which networks and routes may carry a message: each one decided exactly as `decide` would, in a stable order,
 * page by page. A page that time cuts short says where to go on; nothing is left out silently.
 */
import { decide } from '../core/decision/decide.ts';
import type { ReadLabel } from '../core/marking/label.ts';
import { inputFor } from '../core/registry/input.ts';
import type { DecisionRequest } from '../core/request.ts';
import type { Catalogue } from './catalogue.ts';
import { refuseFault } from './search-question.ts';

export type SearchHit = { readonly type: 'network' | 'route'; readonly id: string };

/** A question without its path. */
export interface OpenQuestion {
  readonly request: Omit<DecisionRequest, 'path'>;
  readonly read: ReadLabel;
  readonly at: number;
}

export interface SearchWindow {
  readonly limit: number;
  /** The id after which to go on. */
  readonly cursor?: string;
  /** True when it is time to stop and say where to go on. */
  readonly outOfTime: () => boolean;
}

export interface SearchPage {
  readonly hits: readonly SearchHit[];
  /** The last id looked at; absent where there are no more. */
  readonly next?: string;
  /** The next instant, epoch ms, at which one of the hits may be none; infinite where none is known. */
  readonly until: number;
}

/** The question about one carrier. */
export function requestAbout(
  { request }: Pick<OpenQuestion, 'request'>,
  { type, id }: SearchHit,
): DecisionRequest {
  return { ...request, path: type === 'route' ? { route: id } : { hops: [{ network: id }] } };
}

/**
 * One page of the carriers of a type that may carry the message.
 *
 * @throws Problem where the question is wrong, whatever carrier it is asked about
 */
export function searchCarriers(
  catalogue: Catalogue,
  question: OpenQuestion,
  type: SearchHit['type'],
  window: SearchWindow,
): SearchPage {
  const ids = catalogue.ids[type];
  const hits: SearchHit[] = [];
  let until = Number.POSITIVE_INFINITY;
  const { read, at } = question;
  const { cursor: after } = window;
  let index = after === undefined ? 0 : ids.findIndex((id) => id > after);
  if (index < 0) return { hits, until };
  for (; index < ids.length; index += 1) {
    const id = ids[index];
    if (id === undefined) break;
    const carrier: SearchHit = { type, id };
    const { outcome, reasons, validUntil } = decide(
      inputFor(catalogue, requestAbout(question, carrier), read, at),
    );
    refuseFault(reasons, question.request.standards);
    if (outcome === 'permit') {
      hits.push(carrier);
      until = Math.min(until, validUntil ?? until);
    }
    const last = index === ids.length - 1;
    if (!last && (hits.length >= window.limit || window.outOfTime())) return { hits, until, next: id };
  }
  return { hits, until };
}
