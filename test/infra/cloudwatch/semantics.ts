/**
 * How CloudWatch is documented to behave, as far as alarms of a guard rest on it, and every way in which what is not documented
 * may be. Pages:
 *
 * - [data] https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 * - [evaluation] https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 * - [math] https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 * - [composite] https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-combining.html
 * - [suppression] https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-suppression.html
 * - [warm-up] https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-warm-up.html
 *
 * Read in the archived sources of the guide (github.com/awsdocs/amazon-cloudwatch-user-guide, May 2023: data, evaluation,
 * math, composite, suppression) and in a copy of its page of 2026 (warm-up). Nothing of it was run on AWS.
 */
export interface Semantics {
  readonly name: string;
  /**
   * Periods retrieved beyond the evaluation periods. [data]: "CloudWatch attempts to retrieve a higher number of data points
   * than the number specified"; how many is not said. Its examples show two.
   */
  readonly extraPeriods: number;
  /** Minutes from a metric's time to its being seen. Not documented. */
  readonly delay: number;
  /** [math]: "Missing values in a time series are treated as 0" by arithmetic. Reports differ. */
  readonly missingOperand: 'zero' | 'missing';
  /** Whether FILL makes a series of a metric that has no data at all. Not documented. */
  readonly fillsEmpty: boolean;
  /** [data], 2023: alarms on AWS/DynamoDB "always ignore missing data"; in 2026 only by default. */
  readonly dynamoDbIgnores: boolean;
}

export const DOCUMENTED: Semantics = {
  name: 'as documented',
  extraPeriods: 2,
  delay: 0,
  missingOperand: 'zero',
  fillsEmpty: true,
  dynamoDbIgnores: false,
};

/** Each of these may be what is run. What pages must be the same under all of them. */
export const VARIANTS: readonly Semantics[] = [
  DOCUMENTED,
  { ...DOCUMENTED, name: 'one period more, seen two minutes late', extraPeriods: 1, delay: 2 },
  {
    ...DOCUMENTED,
    name: 'five periods more, seen a minute late, a missing operand is missing',
    extraPeriods: 5,
    delay: 1,
    missingOperand: 'missing',
  },
  {
    ...DOCUMENTED,
    name: 'nothing is made of an empty series, DynamoDB ignores what is missing',
    fillsEmpty: false,
    dynamoDbIgnores: true,
  },
  {
    ...DOCUMENTED,
    name: 'nothing is made of an empty series, and a missing operand is missing',
    missingOperand: 'missing',
    fillsEmpty: false,
  },
];
