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
  /**
   * Share of decisions in an hour, and in five minutes, that may come to nothing before somebody is woken, in hundredths of a
   * percent. The slower alarms follow from it.
   */
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
   * What happens when something must wake somebody. One that also acts when an alarm is over tells whoever was woken.
   *
   * @default - an encrypted SNS topic of the guard's own, without subscribers, told of both
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
   * Whether the alarms on a probe or a watch that says nothing wait half an hour for its first word after they are made
   * (`WarmUpConfiguration`, CloudFormation of September 2026). Without it they are red while the stack is deployed the first
   * time. Not offered in every partition.
   *
   * @default true
   */
  readonly warmUp?: boolean;

  /**
   * US dollars a month from which AWS Budgets tells: once when they are spent, once when they are forecast to be. A budget is
   * the whole account's unless `budgetTag` narrows it. Not offered in every partition.
   *
   * @default - no budget
   */
  readonly monthlyBudgetUsd?: number;

  /**
   * Who is told of the budget, at most ten addresses.
   *
   * @default - the guard's own topic for notices; where `notify` replaces it, addresses must be given
   */
  readonly budgetEmails?: readonly string[];

  /**
   * The cost-allocation tag whose costs count, as Budgets writes it: `user:guard$prod`, or
   * `aws:cloudformation:stack-name$Routeguard-prod`. It must have been activated in the account's billing settings, or the
   * budget sees no costs and never tells: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/cost-alloc-tags.html.
   *
   * @default - every cost of the account
   */
  readonly budgetTag?: string;

  /**
   * Questions with known answers that the probe asks besides the universal ones, at most 3,000 characters of JSON
   * together with the guard's `founderKeys` and `additionalCommitPublicKeys`.
   *
   * @default - only the universal denials
   */
  readonly knownAnswers?: readonly KnownAnswer[];
}
