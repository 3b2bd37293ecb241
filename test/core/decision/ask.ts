/** Asks the real core: marking reader, view, evidence, fold. */
import { type CoreDecision, decide } from '../../../functions/core/decision/decide.ts';
import { labelOf } from '../../../functions/core/decision/label-of.ts';
import { readRequest } from '../../../functions/core/decision/read-request.ts';
import type { Json } from '../../../functions/core/facts/canonical.ts';
import type { Flow } from '../../../functions/core/facts/scope-words.ts';
import { type RawFact, viewOf } from '../../../functions/core/facts/view.ts';
import { type Label, madeLabel } from '../../../functions/core/marking/label.ts';
import { type Approach, approach, withLabel } from '../../../functions/core/registry/input.ts';
import { type Registry, registryFrom, registryOf } from '../../../functions/core/registry/registry.ts';
import type { DecisionRequest } from '../../../functions/core/request.ts';
import { AT } from './facts.ts';

export interface Question {
  readonly marking?: string;
  readonly format?: string;
  readonly label?: Label;
  readonly hops?: readonly (string | Readonly<Record<string, string>>)[];
  readonly route?: string;
  readonly assurance?: 'pinned' | 'observed' | 'assumed';
  readonly protection?: string;
  readonly flow?: Flow;
  readonly standards?: readonly string[];
  readonly supports?: readonly string[];
  readonly at?: number;
}

/** Copies through JSON, so that facts arrive as the registry gives them and no reading of another test is met. */
export function asStored(facts: readonly unknown[]): readonly RawFact[] {
  return facts.map((f) => JSON.parse(JSON.stringify(f)) as RawFact);
}

/** A registry in which these documents are found under these keys, whatever they say. */
export function registryWith(...entries: readonly (readonly [key: string, doc: Json])[]): Registry {
  return registryOf({ ...viewOf([]), entries: new Map(entries) });
}

export function requestOf(q: Question = {}): DecisionRequest {
  const reading = readRequest({
    message: {
      id: 'm',
      marking: q.marking ?? 'SECRET//REL TO USA, GBR',
      ...(q.format !== undefined && { markingFormat: q.format }),
      ...(q.protection !== undefined && { protection: { scheme: 'csfc', registration: q.protection } }),
      ...(q.flow !== undefined && { flow: q.flow }),
    },
    path:
      q.route !== undefined
        ? { route: q.route }
        : { hops: (q.hops ?? ['net-a']).map((h) => (typeof h === 'string' ? { network: h } : h)) },
    ...(q.standards !== undefined && { standards: q.standards }),
    ...(q.supports !== undefined && { supportedObligations: q.supports }),
  });
  if (!reading.ok) throw new Error(`not a request: ${JSON.stringify(reading.reasons)}`);
  return reading.request;
}

export function labelFor(q: Question): Label {
  if (q.label !== undefined) return q.label;
  const reading = labelOf(requestOf(q).message, q.at ?? AT);
  if (!reading.ok) throw new Error(`not a marking: ${JSON.stringify(reading.reasons)}`);
  return reading.label;
}

/** Hops are those of a route over them, pinned unless the question says otherwise: most tests are about the rest. */
export function approachTo(facts: readonly unknown[], q: Question = {}): Approach {
  return approach(registryFrom(asStored(facts)), requestOf(q), q.at ?? AT, q.assurance ?? 'pinned');
}

/** The decision about a label that was made. */
export function ask(from: Approach, label: Label): CoreDecision {
  return decide(withLabel(from, madeLabel(label)));
}

export function decideOver(facts: readonly unknown[], q: Question = {}): CoreDecision {
  return ask(approachTo(facts, q), labelFor(q));
}

export function codesOf(d: Pick<CoreDecision, 'reasons'>): readonly string[] {
  return [...new Set(d.reasons.map((r) => r.code))];
}
