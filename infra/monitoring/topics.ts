import { Annotations, aws_iam as iam, type aws_kms as kms, Stack, aws_sns as sns } from 'aws-cdk-lib';
import { type IAlarmActionStrategy, SnsAlarmActionStrategy } from 'cdk-monitoring-constructs';
import { Construct } from 'constructs';

/** A topic that only this account's alarms publish to, encrypted. Who subscribes is the operator's business. */
export class AlarmTopic extends Construct {
  readonly topic: sns.Topic;
  readonly strategy: IAlarmActionStrategy;

  /** @param isToldOfTheEnd whether it hears when an alarm is over, too */
  constructor(scope: Construct, id: string, key: kms.Key, isToldOfTheEnd: boolean) {
    super(scope, id);
    const { account } = Stack.of(this);
    const cloudWatch = new iam.ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': account } },
    });
    this.topic = new sns.Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    // To the topic and to its key: encrypting on the alarm's behalf takes the alarm's own rights.
    this.topic.grantPublish(cloudWatch);
    this.strategy = new SnsAlarmActionStrategy({
      onAlarmTopic: this.topic,
      ...(isToldOfTheEnd && { onOkTopic: this.topic }),
    });
  }

  /** Lets AWS Budgets of this account publish, as its guide asks: "Creating an Amazon SNS topic for budget notifications". */
  admitBudgets(): void {
    const { account } = Stack.of(this);
    this.topic.grantPublish(
      new iam.ServicePrincipal('budgets.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': account } },
      }),
    );
  }

  /** Reminds whoever deploys that a topic nobody reads wakes nobody. */
  remindToSubscribe(prop: string): void {
    Annotations.of(this).addInfoV2(
      'routeguard:nobody-is-paged',
      `subscribe somebody to this topic, or pass \`${prop}\``,
    );
  }
}
