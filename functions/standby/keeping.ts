/** One run of the standby, and the one line that says what it came to: record and metrics of one closed schema. */
import { embedded, type MetricValues, namesOf } from '../metrics/embedded.ts';
import type { Standby, StandbyRun } from '../store/standby.ts';
import { StoreError, type StoreErrorCode } from '../store/store-error.ts';

export interface KeepingOptions {
  readonly standby: Standby;
  readonly service: string;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  readonly write: (line: string) => void;
}

interface Came extends Pick<StandbyRun, 'outcome' | 'here' | 'there' | 'objects' | 'purged' | 'unproven'> {
  /** Where HEAD is here all the same, and it could not look for what was purged. */
  readonly stopped?: StoreErrorCode | 'FAULT';
  /** Where it copied all the same, and this build is too old for the day on which it is needed. */
  readonly code?: Extract<StoreErrorCode, 'FORMAT_UNKNOWN'>;
}
interface Failed {
  readonly outcome: 'failed';
  readonly code: StoreErrorCode | 'FAULT';
}

/** Outcomes of runs that look for what was purged. */
const LOOKS: ReadonlySet<StandbyRun['outcome']> = new Set(['copied', 'current']);

export function createKeeping({ standby, service, clock, write }: KeepingOptions) {
  return async (): Promise<{ readonly ok: boolean }> => {
    const at = clock();
    const [details, values] = await came(standby);
    const counted = [{ dimensions: ['Service'] as const, names: namesOf(values) }];
    const line = { ...embedded(at, counted), event: 'standby', schema: 1, Service: service };
    write(JSON.stringify({ ...line, ...details, ...values }));
    return { ok: details.outcome !== 'failed' };
  };
}

async function came(standby: Standby): Promise<readonly [Came | Failed, MetricValues]> {
  try {
    const { behindMs, needsNewer, stopped, ...run } = await standby();
    const ended = run.outcome === 'ended' ? 1 : 0;
    // Before anything is here, nothing is behind: how far a first copy has come is no delay of anybody's.
    const behind = behindMs === null ? {} : { StandbyBehind: behindMs / 1000 };
    const details: Came = {
      ...run,
      ...(stopped !== null && { stopped }),
      ...(needsNewer && { code: 'FORMAT_UNKNOWN' }),
    };
    // A run that comes to nothing has not looked.
    const unproven = LOOKS.has(run.outcome) ? { StandbyUnproven: run.unproven } : {};
    const shortcomings = { StandbyShortcomings: needsNewer || stopped !== null ? 1 : 0 };
    return [details, { StandbyFailures: 0, ...shortcomings, StandbyEnded: ended, ...unproven, ...behind }];
  } catch (error) {
    const code = error instanceof StoreError ? error.code : 'FAULT';
    // How far it is behind nobody knows then: what was said of it last stays.
    return [{ outcome: 'failed', code }, { StandbyFailures: 1 }];
  }
}
