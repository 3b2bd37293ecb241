/**
 * Best path: of the paths given, or of every registered route, which are permitted, and what is missing on the others.
 * Complete or an error: no path is left out, and all are judged on one version of the registry at one instant.
 */
import { type CoreDecision, decide } from '../core/decision/decide.ts';
import { isHypothetical, setApart } from '../core/decision/hypothetical.ts';
import { labelOf } from '../core/decision/label-of.ts';
import { invalidReasons } from '../core/decision/read-request.ts';
import { classOfReason, type Reason, sentenceOf } from '../core/decision/reasons.ts';
import { repairsOf } from '../core/decision/repair.ts';
import { REPAIRS } from '../core/decision/repair-table.ts';
import { withoutEquipment } from '../core/decision/requested.ts';
import { instantOf } from '../core/facts/moment.ts';
import type { ReadLabel } from '../core/marking/label.ts';
import { type DecisionInput, inputFor } from '../core/registry/input.ts';
import type { DecisionRequest } from '../core/request.ts';
import { inputOn } from '../decide/decide-on.ts';
import { parseRequestText } from '../decide/parse-text.ts';
import { reasonOfStoreError } from '../decide/store-reasons.ts';
import type { OpenSnapshot, SnapshotReader } from '../store/registry-reader.ts';
import { StoreError } from '../store/store-error.ts';
import {
  type BestPathRequest,
  type BestPathResponse,
  bestPathRequest,
  type ComparedPath,
} from './best-path-request.ts';
import { catalogueOf } from './catalogue.ts';
import { requestAbout } from './search.ts';
import { MAX_STEPS, stepsOfPaths } from './work.ts';

type Located = Pick<Reason, 'code'> & Pick<ShownReason, 'field' | 'asked' | 'limit'>;

/** Why there is no answer, with the fixed sentence of each code. */
interface ShownReason {
  readonly code: string;
  readonly text: string;
  readonly field?: string;
  readonly asked?: number;
  readonly limit?: number;
}

export type BestPath =
  | { readonly ok: true; readonly answer: BestPathResponse }
  | { readonly ok: false; readonly invalid: boolean; readonly reasons: readonly ShownReason[] };

export interface BestPathOptions {
  readonly reader: SnapshotReader;
  readonly build: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Milliseconds for judging every path; a question that needs longer is answered with an error. */
  readonly budgetMs: number;
}

function refusal(invalid: boolean, reasons: readonly Located[]): BestPath {
  return {
    ok: false,
    invalid,
    reasons: reasons.map(({ code, field, asked, limit }) => ({
      code,
      text: sentenceOf(code),
      ...(field !== undefined && { field }),
      ...(asked !== undefined && { asked, limit: limit ?? 0 }),
    })),
  };
}

type Named = { readonly path: ComparedPath['path']; readonly input: DecisionInput };

async function* given(
  paths: readonly DecisionRequest['path'][],
  request: Omit<BestPathRequest, 'paths'>,
  read: ReadLabel,
  at: number,
  registry: OpenSnapshot,
): AsyncGenerator<Named> {
  for (const [index, path] of paths.entries()) {
    yield { path: { index }, input: await inputOn(registry, { ...request, path }, read, at) };
  }
}

async function* registered(
  request: Omit<BestPathRequest, 'paths'>,
  read: ReadLabel,
  at: number,
  registry: OpenSnapshot,
): AsyncGenerator<Named> {
  const catalogue = await catalogueOf(registry);
  for (const id of catalogue.ids.route) {
    const asked = requestAbout({ request }, { type: 'route', id });
    yield { path: { route: id }, input: inputFor(catalogue, asked, read, at) };
  }
}

type Judged = Pick<ComparedPath, 'permitted' | 'outcome' | 'obligations'>;

/** What stands in place of a judgement that is not about now. */
const NOTHING_ABOUT_NOW: Judged = { permitted: false, outcome: 'indeterminate', obligations: [] };

/** Codes only: which network, vendor or fact is in the way is for auditors. */
function compared({ path, input }: Named, decision: CoreDecision): ComparedPath {
  const { outcome } = decision;
  const permitted = outcome === 'permit';
  const obligations = permitted ? decision.obligations.map((o) => o.type) : [];
  const repairs = repairsOf(input, (d) => withoutEquipment(d).reasons);
  const { validUntil } = withoutEquipment(decision);
  return {
    path,
    ...setApart<Judged>(
      isHypothetical(input.request),
      { permitted, outcome, obligations },
      NOTHING_ABOUT_NOW,
    ),
    repairs: repairs.groups.map(({ repair, hops, codes }) => ({
      repair,
      text: REPAIRS[repair],
      hops: [...hops],
      codes: [...codes],
    })),
    repairsComplete: repairs.complete,
    ...(validUntil !== null && { validUntil: new Date(validUntil).toISOString() }),
  };
}

/** The fewest repairs first, so that permitted ones lead; those known to be all of them before others; else as they came. */
function byWhatIsMissing(a: ComparedPath, b: ComparedPath): number {
  return Number(b.repairsComplete) - Number(a.repairsComplete) || a.repairs.length - b.repairs.length;
}

async function judge(request: BestPathRequest, options: BestPathOptions): Promise<BestPath> {
  const { paths: asked, ...rest } = request;
  // Every registered route is no caller's choice: those are bounded by time.
  const steps = asked === undefined ? 0 : stepsOfPaths(asked, rest);
  if (steps > MAX_STEPS) return refusal(true, [{ code: 'REQUEST_TOO_MUCH', asked: steps, limit: MAX_STEPS }]);
  const evaluatedAt = options.clock();
  const at = rest.at === undefined ? evaluatedAt : instantOf(rest.at);
  if (at === undefined) return refusal(true, [{ code: 'INSTANT_INVALID' }]);
  const reading = labelOf(rest.message, at);
  if (!reading.ok) return refusal(true, reading.reasons);
  const registry = await options.reader.open(rest.registry ?? {});
  const source =
    asked === undefined ? registered(rest, reading, at, registry) : given(asked, rest, reading, at, registry);
  const stopAt = options.clock() + options.budgetMs;
  const found: ComparedPath[] = [];
  let until = Number.POSITIVE_INFINITY;
  for await (const named of source) {
    if (options.clock() >= stopAt) return refusal(false, [{ code: 'BUDGET_EXHAUSTED' }]);
    const decision = decide(named.input);
    if (decision.outcome === 'permit') until = Math.min(until, decision.validUntil ?? until);
    found.push(compared(named, decision));
  }
  // What was permitted when the question came may be over now.
  const isOver = !isHypothetical(rest) && !(options.clock() < until);
  if (isOver) return refusal(false, [{ code: 'BUDGET_EXHAUSTED' }]);
  return {
    ok: true,
    answer: {
      evaluatedAt: new Date(evaluatedAt).toISOString(),
      at: new Date(at).toISOString(),
      current: !isHypothetical(rest),
      registry: { version: registry.version, digest: registry.digest },
      build: options.build,
      paths: found.toSorted(byWhatIsMissing),
    },
  };
}

/** Answers the text of a question. Never throws: what goes wrong is an answer without paths. */
export async function bestPath(text: string, options: BestPathOptions): Promise<BestPath> {
  try {
    const read = parseRequestText(text);
    if (!read.ok) return refusal(true, [{ code: read.code }]);
    const parsed = bestPathRequest.safeParse(read.value);
    if (!parsed.success) return refusal(true, invalidReasons(parsed.error.issues));
    return await judge(parsed.data, options);
  } catch (error) {
    // Whatever was thrown may hold stored text: it goes nowhere.
    const code = error instanceof StoreError ? reasonOfStoreError(error.code) : 'INTERNAL_FAULT';
    return refusal(classOfReason(code) === 'invalid', [{ code }]);
  }
}
