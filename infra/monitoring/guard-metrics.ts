/** The guard's own metrics as CloudWatch reads them, by the names the functions emit them under. */
import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type { DecisionClass } from '../../functions/decide/decision-class.ts';
import { type MetricName, NAMESPACE } from '../../functions/metrics/names.ts';

export class GuardMetrics {
  readonly service: string;

  constructor(service: string) {
    this.service = service;
  }

  sum(name: MetricName, period = Duration.minutes(1)): cloudwatch.Metric {
    return this.#metric(name, cloudwatch.Stats.SUM, period);
  }

  /** For figures that are a state, such as holds in force. */
  maximum(name: MetricName, period = Duration.minutes(1)): cloudwatch.Metric {
    return this.#metric(name, cloudwatch.Stats.MAXIMUM, period);
  }

  count(name: MetricName, period = Duration.minutes(1)): cloudwatch.Metric {
    return this.#metric(name, cloudwatch.Stats.SAMPLE_COUNT, period);
  }

  percentile(name: MetricName, p: number, period = Duration.minutes(5)): cloudwatch.Metric {
    return this.#metric(name, cloudwatch.Stats.p(p), period);
  }

  /** Decisions of one class. */
  ofClass(cls: DecisionClass, period = Duration.minutes(1)): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: NAMESPACE,
      metricName: 'Decisions' satisfies MetricName,
      dimensionsMap: { Service: this.service, Class: cls },
      statistic: cloudwatch.Stats.SUM,
      period,
      label: cls,
    });
  }

  #metric(name: MetricName, statistic: string, period: Duration): cloudwatch.Metric {
    return new cloudwatch.Metric({
      namespace: NAMESPACE,
      metricName: name,
      dimensionsMap: { Service: this.service },
      statistic,
      period,
      label: name,
    });
  }
}
