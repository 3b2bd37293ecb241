/** A monthly budget that tells. AWS Budgets belongs to the account, not to a Region; it stops nothing. */
import { aws_budgets as budgets } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AlarmTopic } from './topics.ts';

export interface GuardBudgetProps {
  /** US dollars a month. */
  readonly usd: number;
  /** Addresses, or the topic that hears of it. */
  readonly to: readonly string[] | AlarmTopic;
  /** `user:key$value`; without one, every cost of the account counts. */
  readonly tag?: string;
}

export function addBudget(scope: Construct, id: string, { usd, to, tag }: GuardBudgetProps): void {
  const subscribers = subscribersOf(to);
  new budgets.CfnBudget(scope, id, {
    budget: {
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: usd, unit: 'USD' },
      ...(tag !== undefined && { costFilters: { TagKeyValue: [tag] } }),
    },
    notificationsWithSubscribers: ['ACTUAL', 'FORECASTED'].map((notificationType) => ({
      notification: {
        notificationType,
        comparisonOperator: 'GREATER_THAN',
        threshold: 100,
        thresholdType: 'PERCENTAGE',
      },
      subscribers,
    })),
  });
}

function subscribersOf(to: GuardBudgetProps['to']) {
  if (!('topic' in to)) return to.map((address) => ({ subscriptionType: 'EMAIL', address }));
  to.admitBudgets();
  return [{ subscriptionType: 'SNS', address: to.topic.topicArn }];
}
