/** The guard as an AuthZEN decision point. One HTTP request is decided on one read of HEAD. */
import type { Caller, Found, Pdp, Session, Window } from '../authzen/pdp.ts';
import type { EvaluationRequest, ResourceSearchRequest } from '../authzen/requests.ts';
import type { ActionResult, Decision, EntityResult } from '../authzen/responses.ts';
import type { Answer } from '../core/decision/answer.ts';
import { instantOf } from '../core/facts/moment.ts';
import type { Guard } from '../decide/guard.ts';
import { labelOf } from '../decide/label-of.ts';
import type { Trace } from '../decide/trace.ts';
import { newTrace } from '../decide/trace.ts';
import type { OpenSnapshot } from '../store/open-snapshot.ts';
import type { SnapshotReader } from '../store/registry-reader.ts';
import { decisionOf, misfitDecision } from './authzen-decision.ts';
import { ACTION, openRequestFor, requestFor } from './authzen-request.ts';
import { type Catalogue, catalogueOf } from './catalogue.ts';
import { type OpenQuestion, searchCarriers } from './search.ts';

/** A message somebody may want to ask about: a published, finite list, so that subject search is complete. */
export interface MarkingProfile {
  readonly id: string;
  readonly marking: string;
  readonly markingFormat?: string;
  readonly originator?: string;
}

export interface GuardPdpOptions {
  readonly guard: Guard;
  readonly reader: SnapshotReader;
  readonly profiles: readonly MarkingProfile[];
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds a page of a search may take before it says where to go on. */
  readonly searchMs: number;
  /** Called once per decision, for the record. */
  readonly record: (answer: Answer, trace: Trace, caller: Caller) => void;
}

const NOTHING = { results: [] } as const;

export function guardPdp(options: GuardPdpOptions): Pdp {
  return {
    open(caller): Session {
      const decisions = options.guard.session();
      let opened: Promise<OpenSnapshot> | undefined;
      const catalogue = async (request: OpenQuestion['request']): Promise<Catalogue> => {
        opened ??= options.reader.open(request.registry ?? {});
        return catalogueOf(await opened);
      };

      async function evaluate(question: EvaluationRequest): Promise<Decision> {
        const understood = requestFor(question);
        if (!understood.ok) return misfitDecision(understood.misfit);
        const trace = newTrace();
        const answer = await decisions.decideValue(understood.value, trace);
        options.record(answer, trace, caller);
        return decisionOf(answer);
      }

      async function searchResource(
        search: ResourceSearchRequest,
        window: Window,
      ): Promise<Found<EntityResult>> {
        const { type } = search.resource;
        const read = openRequestFor(search);
        if (!read.ok || (type !== 'network' && type !== 'route')) return NOTHING;
        const at = read.request.at === undefined ? options.clock() : instantOf(read.request.at);
        const label = at === undefined ? undefined : labelOf(read.request.message, at);
        // What nobody can read may travel nowhere; a hypothetical hit would not be true when asked singly.
        if (at === undefined || label?.ok !== true || isHypothetical(read.request)) return NOTHING;
        const question: OpenQuestion = {
          request: read.request,
          label: label.label,
          at,
          assurance: read.assurance,
        };
        const stopAt = options.clock() + options.searchMs;
        const page = searchCarriers(await catalogue(read.request), question, type, {
          limit: window.limit,
          ...(window.cursor !== undefined && { after: window.cursor }),
          outOfTime: () => options.clock() >= stopAt,
        });
        return {
          results: page.hits.map((h) => ({ ...h })),
          ...(page.next !== undefined && { next: page.next }),
        };
      }

      /** The plain action, and one variant for each registered protection the message could travel in. */
      async function actionsFor(
        context: Parameters<typeof openRequestFor>[0],
      ): Promise<readonly ActionResult[]> {
        const read = openRequestFor(context);
        if (!read.ok) return [];
        const { entries, protections } = await catalogue(read.request);
        const variants = protections.map((registration): ActionResult => {
          const scheme = schemeOf(entries.get(`protection/${registration}`));
          return { name: ACTION, properties: { protection: { scheme, registration } } };
        });
        return [{ name: ACTION }, ...variants];
      }

      return {
        evaluate,
        searchResource,
        async searchAction({ subject, resource, context }, window) {
          const asked = { subject, resource, ...(context !== undefined && { context }) };
          const candidates = await actionsFor({ ...asked, action: { name: ACTION } });
          return permittedOf(candidates, window, (action) => evaluate({ ...asked, action }));
        },
        async searchSubject({ subject, action, resource, context }, window) {
          if (subject.type !== 'message') return NOTHING;
          const candidates = options.profiles.map(({ id, ...properties }) => ({
            type: 'message',
            id,
            properties,
          }));
          return permittedOf(candidates, window, (candidate) =>
            evaluate({ subject: candidate, action, resource, ...(context !== undefined && { context }) }),
          );
        },
      };
    },
  };
}

function isHypothetical(request: OpenQuestion['request']): boolean {
  return request.at !== undefined || (request.registry !== undefined && 'exact' in request.registry);
}

function schemeOf(doc: unknown): unknown {
  const { protection } = doc as { readonly protection?: { readonly scheme?: unknown } };
  return protection?.scheme;
}

/** Candidates of a finite list that evaluate to true, page by page; the cursor is a position in that list. */
async function permittedOf<T>(
  candidates: readonly T[],
  { cursor, limit }: Window,
  evaluate: (candidate: T) => Promise<Decision>,
): Promise<Found<T>> {
  const results: T[] = [];
  for (let index = cursor === undefined ? 0 : Number(cursor); index < candidates.length; index += 1) {
    const candidate = candidates[index];
    if (candidate === undefined) break;
    if (results.length >= limit) return { results, next: String(index) };
    if ((await evaluate(candidate)).decision) results.push(candidate);
  }
  return { results };
}
