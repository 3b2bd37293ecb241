/**
 * Which networks and routes may carry a message: each one decided exactly as `decide` would, in a stable order,
 * page by page. A page that time cuts short says where to go on; nothing is left out silently.
 */
import { type DecisionInput, decide } from '../core/decision/decide.ts';
import { evidenceIn } from '../core/decision/evidence-in.ts';
import type { DecisionRequest } from '../core/decision/request.ts';
import type { ReadLabel } from '../core/marking/label.ts';
import type { Catalogue } from './catalogue.ts';

export type Carrier = { readonly type: 'network' | 'route'; readonly id: string };

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
  readonly hits: readonly Carrier[];
  /** The last id looked at; absent where there are no more. */
  readonly next?: string;
}

/** What a decision about one carrier is made from, out of a loaded catalogue. */
export function inputFor(catalogue: Catalogue, question: OpenQuestion, carrier: Carrier): DecisionInput {
  const { read, at } = question;
  const request: DecisionRequest = {
    ...question.request,
    path: carrier.type === 'route' ? { route: carrier.id } : { hops: [{ network: carrier.id }] },
  };
  const { signed } = catalogue;
  return {
    request,
    label: read.label,
    labelUntil: read.until,
    at,
    ...evidenceIn(catalogue, request, at),
    ...(signed !== undefined && { signed: evidenceIn(signed, request, at) }),
  };
}

/** One page of the carriers of a type that may carry the message. */
export function searchCarriers(
  catalogue: Catalogue,
  question: OpenQuestion,
  type: Carrier['type'],
  window: SearchWindow,
): SearchPage {
  const ids = type === 'network' ? catalogue.networks : catalogue.routes;
  const hits: Carrier[] = [];
  const { cursor: after } = window;
  let index = after === undefined ? 0 : ids.findIndex((id) => id > after);
  if (index < 0) return { hits };
  for (; index < ids.length; index += 1) {
    const id = ids[index];
    if (id === undefined) break;
    const carrier: Carrier = { type, id };
    if (decide(inputFor(catalogue, question, carrier)).outcome === 'permit') hits.push(carrier);
    const last = index === ids.length - 1;
    if (!last && (hits.length >= window.limit || window.outOfTime())) return { hits, next: id };
  }
  return { hits };
}
