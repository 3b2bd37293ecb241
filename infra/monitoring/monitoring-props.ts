import type { IAlarmActionStrategy } from 'cdk-monitoring-constructs';
import type { KnownAnswer } from '../../functions/probe/known-answers.ts';
import { burnThreshold, FAST_BURN, OBJECTIVES } from './objectives.ts';

/** Where an alarm begins. */
export interface Thresholds {
  /** p99 of a decision, in milliseconds. */
  readonly p99Ms: number;
  /** Minutes without one real decision. A multiple of 5. */
  readonly silenceMinutes: number;
  /** Days without a publication. */
  readonly registryAgeDays: number;
  /** Waivers in force that nobody needs to hear about. */
  readonly waivers: number;
  /** Share of decisions in an hour that may be denied for unavailability or a fault, in hundredths of a percent. */
  readonly unavailableHundredths: number;
}

/**
 * Where each alarm begins unless `Thresholds` says otherwise.
 *
 * @example
 * export const thresholds: Thresholds = { ...DEFAULT_THRESHOLDS, silenceMinutes: 60 };
 */
export const DEFAULT_THRESHOLDS: Thresholds = {
  p99Ms: OBJECTIVES.latency.milliseconds,
  silenceMinutes: 15,
  registryAgeDays: 30,
  waivers: 0,
  unavailableHundredths: burnThreshold(OBJECTIVES.availability.target, FAST_BURN),
};

export interface MonitoringProps {
  /**
   * What happens when something must wake somebody.
   *
   * @default - an encrypted SNS topic of the guard's own, without subscribers
   */
  readonly page?: IAlarmActionStrategy;

  /**
   * What happens when something can wait.
   *
   * @default - an encrypted SNS topic of the guard's own, without subscribers
   */
  readonly notify?: IAlarmActionStrategy;

  /**
   * Where alarms begin.
   *
   * @default DEFAULT_THRESHOLDS
   */
  readonly thresholds?: Partial<Thresholds>;

  /**
   * Whether nobody asking is an alarm. Off for a guard whose callers rest at night.
   *
   * @default true
   */
  readonly silence?: boolean;

  /**
   * Whether CloudWatch learns the usual band of permits. Not offered in every partition.
   *
   * @default true
   */
  readonly anomalyDetection?: boolean;

  /**
   * Questions with known answers that the probe asks besides the universal ones, at most 3,000 characters of JSON
   * together with the guard's `founderKeys` and `additionalCommitPublicKeys`.
   *
   * @default - only the universal denials
   */
  readonly knownAnswers?: readonly KnownAnswer[];
}
