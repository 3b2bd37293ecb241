/**
 * The one plan of concurrency: what each function keeps for itself where anything is kept, why, and what it adds up to.
 *
 * What is reserved for a function no other can take, and it can take no more (AWS Lambda Developer Guide, "Configuring
 * reserved concurrency for a function": https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html). The
 * same page says what an account must leave: 100.
 */
import type { FunctionName } from './functions.ts';

/** Lambda lets nobody reserve more than the account's quota but for this, which every other function shares. */
export const UNRESERVED = 100;

interface Share {
  /** Executions, from `reservedConcurrency`: those of each door that decides one question a request. */
  readonly of: (deciding: number) => number;
  readonly why: string;
}

const least = (executions: number, why: string): Share => ({ of: () => executions, why });

/** By function. What decides comes first, then what stops; whatever else there is keeps what it cannot do without. */
const SHARES: Readonly<Record<FunctionName, Share>> = {
  decide: { of: (deciding) => deciding, why: 'it decides: `reservedConcurrency`' },
  'decide-http': { of: (deciding) => deciding, why: 'it decides, over HTTP: as many' },
  access: {
    of: (deciding) => Math.max(2, Math.ceil(deciding / 2)),
    why: 'it decides by AuthZEN, and searches, which takes longer: half as many',
  },
  explain: {
    of: (deciding) => Math.max(2, Math.ceil(deciding / 10)),
    why: 'it decides for auditors, who are few: a tenth',
  },
  stop: least(10, 'ten people stop something in the same second; nobody else’s work takes a place of theirs'),
  registry: least(10, 'ten people propose, sign or approve at once'),
  jobs: least(10, 'ten slices of long work, each up to 15 seconds'),
  'registry-purge': least(2, 'two people, once in a while'),
  'commit-key': least(2, 'two keys are read at once while a stack deploys'),
  probe: least(1, 'one run a minute'),
  watch: least(1, 'one run a minute'),
  standby: least(1, 'one run a minute'),
  board: least(2, 'one dashboard, and one beside it'),
  'release-hook': least(1, 'one release'),
};

interface PlannedShare {
  readonly name: FunctionName;
  /** Concurrent executions. */
  readonly reserved: number;
  readonly why: string;
}

export interface CapacityPlan {
  readonly shares: readonly PlannedShare[];
  /** Concurrent executions that are reserved in all. */
  readonly sum: number;
  /** The least quota of concurrent executions that the account and Region need, nothing else of theirs reserved. */
  readonly quota: number;
}

/** What a function keeps. @param deciding `reservedConcurrency` */
export function reservedFor(name: FunctionName, deciding: number): number {
  return SHARES[name].of(deciding);
}

/** The plan of a guard that has these functions. */
export function capacityPlan(names: readonly FunctionName[], deciding: number): CapacityPlan {
  const shares = names.map((name) => ({
    name,
    reserved: reservedFor(name, deciding),
    why: SHARES[name].why,
  }));
  const sum = shares.reduce((total, { reserved }) => total + reserved, 0);
  return { shares, sum, quota: sum + UNRESERVED };
}
