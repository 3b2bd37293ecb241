/** Pages of an AuthZEN search, and the tokens that lead from one to the next. */
import * as z from 'zod/mini';
import { type PagePosition, type PageTokens, stableText } from './page-token.ts';
import type { FoundPage, PageWindow } from './pdp.ts';
import { HttpProblem } from './problem.ts';
import { inShape, type Members } from './read-body.ts';
import { type PageRequest, page } from './requests.ts';
import type { PageResponse } from './responses.ts';

export interface PageSettings {
  readonly tokens: PageTokens;
  /** Results in a page where the caller names no limit. */
  readonly defaultLimit: number;
  /** Larger limits are lowered to this. */
  readonly maxLimit: number;
}

/** One search of one caller, for the binding of its tokens. */
export interface SearchIdentity {
  readonly api: string;
  readonly caller: string;
}

export interface SearchResponse<R> {
  readonly page?: PageResponse;
  readonly results: readonly R[];
}

const paging = z.object({ page: z.optional(page) });

/**
 * One page of a search. A partial answer always carries `page` with a token; a complete one carries it only where
 * the caller asked for pages.
 *
 * @param result the shape of one result: a search that brings anything else is a 500
 */
export async function searchPage<R>(
  search: (window: PageWindow) => Promise<FoundPage<unknown>> | FoundPage<unknown>,
  result: z.ZodMiniType<R>,
  body: Members,
  identity: SearchIdentity,
  settings: PageSettings,
): Promise<SearchResponse<R>> {
  const asked = inShape(paging, body).page;
  const bound = boundText(identity, body);
  const position = positionOf(asked, bound, settings);
  const { cursor, limit } = position;
  const found = await search({ limit: Math.max(1, limit), ...(cursor === undefined ? {} : { cursor }) });
  const sound = soundResults(found, result);
  // A limit of 0 asks only whether there is anything.
  const results = limit === 0 ? [] : sound;
  const next = limit === 0 ? (sound.length === 0 ? null : position) : nextPosition(found, limit);
  if (asked === undefined && next === null) return { results };
  const total = found.total === undefined ? {} : { total: found.total };
  return {
    page: {
      next_token: next === null ? '' : settings.tokens.issue(next, bound),
      count: results.length,
      ...total,
    },
    results,
  };
}

function nextPosition({ next }: FoundPage<unknown>, limit: number): PagePosition | null {
  return next === undefined ? null : { cursor: next, limit };
}

/**
 * With a token everything else must be as it was. A limit may be left out, as the certification scenario does, but not
 * be another; only a search that began with a limit of 0 has none to go on with.
 */
function positionOf(asked: PageRequest | undefined, bound: string, settings: PageSettings): PagePosition {
  const { tokens, maxLimit, defaultLimit } = settings;
  const limit = asked?.limit === undefined ? undefined : Math.min(asked.limit, maxLimit);
  // An empty token is what the last page carries; as a request it asks for the first.
  if (asked?.token === undefined || asked.token === '') return { limit: limit ?? defaultLimit };
  const position = tokens.open(asked.token, bound);
  if (position === null) throw new HttpProblem(400, 'page.token is not for this request');
  if (limit === undefined || limit === position.limit) return position;
  if (position.limit !== 0) throw new HttpProblem(400, 'page.limit is not that of the page before');
  return { limit };
}

/** Everything but `page` must stay as it was. */
function boundText({ api, caller }: SearchIdentity, body: Members): string {
  const { page: _, ...rest } = body;
  return stableText([api, caller, rest]);
}

function soundResults<R>(found: FoundPage<unknown>, result: z.ZodMiniType<R>): readonly R[] {
  const read = z.array(result).safeParse(found.results);
  if (!read.success) throw new HttpProblem(500, 'the search failed');
  return read.data;
}
