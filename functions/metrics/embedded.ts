/**
 * CloudWatch embedded metric format: a log line that is also metrics, so that the audit record and the figures can
 * not disagree. Format: "Embedded metric format specification", Amazon CloudWatch User Guide.
 */
import { METRICS, type MetricName, NAMESPACE, type Unit } from './names.ts';

export type MetricValues = Partial<Readonly<Record<MetricName, number>>>;

type Dimensions = readonly ['Service'] | readonly ['Service', 'Class'];

interface MetricDirective {
  readonly Namespace: string;
  readonly Dimensions: readonly Dimensions[];
  readonly Metrics: readonly { readonly Name: MetricName; readonly Unit: Unit }[];
}

export interface EmbeddedMetrics {
  readonly _aws: {
    /** Epoch milliseconds. */
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly MetricDirective[];
  };
}

/** Which metrics to count under which dimensions. */
export interface CountedNames {
  readonly dimensions: Dimensions;
  readonly names: readonly MetricName[];
}

/** The `_aws` member for a line whose own members hold the values. */
export function embedded(timestamp: number, counted: readonly CountedNames[]): EmbeddedMetrics {
  return {
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: counted
        .filter(({ names }) => names.length > 0)
        .map(({ dimensions, names }) => ({
          Namespace: NAMESPACE,
          Dimensions: [dimensions],
          Metrics: names.map((Name) => ({ Name, Unit: METRICS[Name] })),
        })),
    },
  };
}

/** The names of the values there are, in a fixed order. A value that is no finite number is not a metric. */
export function namesOf(values: MetricValues): readonly MetricName[] {
  return (Object.keys(METRICS) as MetricName[]).filter((name) => Number.isFinite(values[name]));
}
