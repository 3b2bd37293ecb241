import type { AeaMarking, Form, IcControl, NatoSap, NonIcControl, UsLevel } from './register.ts';

/** How a line is read. */
export interface ParseOptions {
  readonly form: Form;
  readonly on: string;
  /** Owners of the banner, for a portion `(//JOINT S//…)` that leaves its list to it. */
  readonly jointOwners?: readonly string[];
}

/** A US banner or portion as it was written, before any rule about combinations. */
export interface UsMarking {
  readonly head: UsHead;
  readonly sci: readonly System[];
  readonly sap: readonly System[];
  readonly natoSap: readonly PlacedItem<NatoSap>[];
  readonly aea: readonly AeaItem[];
  readonly fgi?: ForeignSources;
  readonly ic: readonly IcItem[];
  readonly nonIc: readonly PlacedItem<NonIcControl>[];
}

/** An entry of the register, and where in the text it stands. */
export interface PlacedItem<Id extends string> {
  readonly id: Id;
  readonly at: number;
}

/** How a US marking begins: whose information it is, and its level. */
export type UsHead =
  | { readonly kind: 'us'; readonly level: UsLevel; readonly at: number }
  | {
      readonly kind: 'joint';
      readonly level: UsLevel;
      readonly owners: readonly string[];
      readonly at: number;
    }
  /** `owners` is empty for a concealed source (`//FGI SECRET`). */
  | {
      readonly kind: 'foreign';
      readonly level: UsLevel;
      readonly owners: readonly string[];
      readonly at: number;
    }
  | { readonly kind: 'nato'; readonly level: UsLevel; readonly activity?: string; readonly at: number };

/** A control system or special access programme with its compartments and their sub-compartments. */
export interface System {
  readonly name: string;
  readonly at: number;
  readonly compartments: readonly {
    readonly name: string;
    readonly at: number;
    readonly subs: readonly string[];
  }[];
}

/** A marking under the Atomic Energy Act as it stands in a banner. */
export interface AeaItem {
  readonly id: AeaMarking;
  readonly at: number;
  readonly cnwdi: boolean;
  readonly sigmas: readonly string[];
}

/** The foreign sources that a banner names. No codes: the source is concealed. */
export interface ForeignSources {
  readonly codes: readonly string[];
  readonly at: number;
}

/** A dissemination control as it stands in a banner, with the list behind it. */
export interface IcItem {
  readonly id: IcControl;
  readonly at: number;
  /** The list of REL TO or DISPLAY ONLY as written. */
  readonly codes?: readonly string[];
}

/** Nodes of a system's tree, closed upwards to the root: `SI`, `SI-G`, `SI-G ABCD`. */
export function pathNodes(systems: readonly System[]): readonly string[] {
  return systems.flatMap((system) => [
    system.name,
    ...system.compartments.flatMap((compartment) => [
      `${system.name}-${compartment.name}`,
      ...compartment.subs.map((sub) => `${system.name}-${compartment.name} ${sub}`),
    ]),
  ]);
}

export function icCodes(marking: UsMarking, id: 'REL TO' | 'DISPLAY ONLY'): readonly string[] | undefined {
  return marking.ic.find((item) => item.id === id)?.codes;
}
