/** Which state the newest points put an alarm in. [data] and [evaluation] in `semantics.ts`. */
export type State = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

export type MissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

/** Whether a point breaches; undefined is missing. */
export type Point = boolean | undefined;

/**
 * @param points of the whole evaluation range, oldest first: more than the evaluation periods
 * @param n evaluation periods
 * @param m datapoints to alarm
 */
export function stateOf(
  points: readonly Point[],
  n: number,
  m: number,
  missing: MissingData,
  current: State,
): State {
  const real = points.filter((point) => point !== undefined);
  const judged = (list: readonly boolean[]): State =>
    list.filter((breaches) => breaches).length >= m ? 'ALARM' : 'OK';
  // "…evaluates the alarm state based on the most recent real data points … the value you set for how to treat missing data
  // is not needed and is ignored."
  if (real.length >= n) return judged(real.slice(-n));
  const filled = n - real.length;
  switch (missing) {
    case 'breaching':
      return judged([...real, ...Array<boolean>(filled).fill(true)]);
    case 'notBreaching':
      return judged([...real, ...Array<boolean>(filled).fill(false)]);
    case 'ignore':
    case 'missing': {
      if (real.some((breaches) => !breaches)) return judged(real);
      if (real.length >= m) return 'ALARM';
      // What is left is missing or breaching, and breaching too seldom.
      if (missing === 'ignore') return current;
      const oldest = points.length - points.indexOf(true);
      return real.length > 0 && oldest >= m ? 'ALARM' : 'INSUFFICIENT_DATA';
    }
    default:
      return unknown(missing);
  }
}

function unknown(missing: never): never {
  throw new Error(`no treatment of missing data is called ${String(missing)}`);
}
