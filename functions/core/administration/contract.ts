/**
 * The pure part of change control, as one page of types: what a change is, whether it is sound, who may make it,
 * what it would do. The functions live in the files named beside each signature.
 */
import type { Digest, Json } from '../facts/canonical.ts';
import type { RawFact } from '../facts/view.ts';
import type { Operation } from './change.ts';
import type {
  Flip,
  SimulationInput,
  SimulationPlan,
  SimulationReport,
  SimulationState,
} from './simulation.ts';

export type Facts = ReadonlyMap<string, RawFact>;

/** Somebody who signed a request: the authenticated context says it, never a body. `person.ts` */
export interface Person {
  /** The role's unique id (`AROA…`), which survives deleting and making a role of the same name. */
  readonly role: string;
  /** The name authorities list in `proposers`, `approvers` and `holders`. */
  readonly roleName: string;
  readonly session: string;
  readonly arn: string;
}

/** What is wrong, where. `path` is a JSON Pointer into the change set (`/3/fact/hostedOn`), or into the fact `key`. */
export interface ChangeProblem {
  readonly path: string;
  readonly message: string;
  /** Key of the fact, where there is one. */
  readonly key?: string;
}

/** `change.ts` */
export type ReadChanges = (
  value: unknown,
) =>
  | { readonly ok: true; readonly changes: readonly Operation[] }
  | { readonly ok: false; readonly problems: readonly ChangeProblem[] };

/** `change.ts`: `conflicts` lists operations whose `was` is not what is there now. */
export type ApplyChanges = (
  facts: Facts,
  changes: readonly Operation[],
) =>
  | { readonly ok: true; readonly facts: Facts; readonly touched: readonly string[] }
  | {
      readonly ok: false;
      readonly problems: readonly ChangeProblem[];
      readonly conflicts: readonly {
        readonly index: number;
        readonly key: string;
        readonly was: Digest;
        readonly is: Digest | null;
      }[];
    };

/** `validate.ts`: with `touched`, only those facts and the ones that depend on them are judged. */
export type RegistryProblems = (
  facts: Facts,
  options: { readonly sample: boolean; readonly touched?: readonly string[] },
) => readonly (ChangeProblem & { readonly key: string; readonly check: string })[];

/** `authority.ts`. Grants are read from `facts`, the registry as it stands: a change cannot grant itself. */
export type Permission =
  | { readonly ok: true; readonly authorities: readonly string[] }
  | {
      readonly ok: false;
      readonly refusals: readonly {
        readonly code: string;
        readonly message: string;
        readonly path?: string;
        readonly authority?: string;
      }[];
    };
export type MayPropose = (
  person: Person,
  changes: readonly Operation[],
  facts: Facts,
  at: number,
) => Permission;
export type MayApprove = (
  person: Person,
  proposal: { readonly author: Person; readonly changes: readonly Operation[] },
  facts: Facts,
  at: number,
) => Permission;
/** One person alone, at once: every operation restricts only, and the role stands in `holders`. */
export type MayActAlone = (
  person: Person,
  changes: readonly Operation[],
  facts: Facts,
  at: number,
) => Permission;

/** `polarity.ts` */
export type IsRestrictOnly = (operation: Operation, current: RawFact | undefined) => boolean;

/**
 * `simulate.ts`: plan once, run in slices, finish. State is plain JSON and can be stored between slices; the plan is
 * computed again from the same input.
 * @throws SimulationTooLargeError with counts
 */
export type PlanSimulation = (input: SimulationInput) => SimulationPlan;
export type RunSimulation = (
  plan: SimulationPlan,
  state: SimulationState | undefined,
  keepGoing: (done: number, total: number) => boolean,
) => SimulationState;
export type FinishSimulation = (plan: SimulationPlan, state: SimulationState) => SimulationReport;
/** Numbers of flips to permit that are not among `numbers`. */
export type Unacknowledged = (
  report: { readonly flips: readonly Flip[] },
  numbers: readonly number[],
) => readonly number[];

/** `view-changes.ts`: what to hand to the store; `null` removes a document, no `law` leaves it as it is. */
export type ViewChanges = (
  before: Facts,
  after: Facts,
  touched: readonly string[],
) => {
  readonly facts: ReadonlyMap<string, Json | null>;
  readonly view: ReadonlyMap<string, Json | null>;
  readonly vendors: ReadonlyMap<string, Json | null>;
  readonly law?: Json;
};
