import { aws_cloudwatch as cloudwatch, Duration, type aws_lambda as lambda } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DECISION_CLASSES, type DecisionClass } from '../../functions/decide/decision-class.ts';
import type { GuardAlarms } from './alarms.ts';
import type { GuardMetrics } from './guard-metrics.ts';
import { OBJECTIVES, objectivesText } from './objectives.ts';
import type { PlatformMetrics } from './platform-metrics.ts';
import { runbookSections } from './runbook.ts';

export interface GuardDashboardProps {
  readonly metrics: GuardMetrics;
  readonly alarms: GuardAlarms;
  /** Draws the board. */
  readonly board: lambda.IFunction;
  readonly platform: PlatformMetrics;
}

/** Told apart without red and green alone: Okabe and Ito's colours for the colour-blind. */
const COLOUR = {
  permit: '#009E73',
  hypothetical: '#999999',
  policy: '#0072B2',
  invalid: '#56B4E9',
  unavailable: '#E69F00',
  integrity: '#D55E00',
  hold: '#CC79A7',
} as const satisfies Record<DecisionClass, string>;

const fiveMinutes = Duration.minutes(5);

/** One page for the operator: the board, what is decided, how fast, what ends soon, and what to do. */
export class GuardDashboard extends Construct {
  constructor(scope: Construct, id: string, props: GuardDashboardProps) {
    super(scope, id);
    const { metrics: m, alarms, platform } = props;
    const dashboard = new cloudwatch.Dashboard(this, 'Dashboard', { defaultInterval: Duration.days(1) });
    const members = [...alarms.byName.values()];
    dashboard.addWidgets(
      new cloudwatch.AlarmStatusWidget({
        title: 'Alarms',
        alarms: members,
        width: 24,
        height: 4,
      }),
    );
    dashboard.addWidgets(
      new cloudwatch.CustomWidget({
        title: 'Which networks may carry what, today',
        functionArn: props.board.functionArn,
        width: 24,
        height: 16,
        updateOnRefresh: true,
        updateOnResize: false,
        updateOnTimeRangeChange: false,
      }),
    );
    const moved = m.maximum('HeadMoved', fiveMinutes).with({ label: 'HEAD moved', color: '#000000' });
    dashboard.addWidgets(
      new cloudwatch.GraphWidget({
        title: 'Decisions by class, and where HEAD moved',
        left: DECISION_CLASSES.map((cls) => m.ofClass(cls, fiveMinutes).with({ color: COLOUR[cls] })),
        right: [moved],
        stacked: true,
        rightYAxis: { min: 0, max: 1, showUnits: false },
        leftYAxis: { min: 0, showUnits: false },
        width: 12,
      }),
      new cloudwatch.GraphWidget({
        title: 'Time of a decision, ms',
        left: [50, 90, 99].map((p) => m.percentile('DecisionTime', p).with({ label: `p${p}` })),
        right: [m.percentile('RegistryReadTime', 99).with({ label: 'registry read, p99' })],
        leftYAxis: { min: 0, showUnits: false },
        rightYAxis: { min: 0, showUnits: false },
        width: 12,
      }),
    );
    dashboard.addWidgets(
      new cloudwatch.GraphWidget({
        title: 'Registry version and age',
        left: [m.maximum('RegistryVersion', fiveMinutes)],
        right: [m.maximum('RegistryAge', fiveMinutes)],
        width: 8,
      }),
      new cloudwatch.GraphWidget({
        title: 'In force and waiting',
        left: (['HoldsInForce', 'WaiversInForce', 'ProposalsWaiting'] as const).map((name) =>
          m.maximum(name, fiveMinutes),
        ),
        leftYAxis: { min: 0, showUnits: false },
        width: 8,
      }),
      new cloudwatch.GraphWidget({
        title: 'Routes that go dark in 1, 7 and 30 days',
        left: (['RoutesDarkIn1Day', 'RoutesDarkIn7Days', 'RoutesDarkIn30Days'] as const).map((name) =>
          m.maximum(name, fiveMinutes),
        ),
        leftYAxis: { min: 0, showUnits: false },
        width: 8,
      }),
    );
    dashboard.addWidgets(
      new cloudwatch.GraphWidget({
        title: 'Probe',
        left: [
          m.sum('ProbeQuestions', fiveMinutes),
          m.sum('ProbeWrong', fiveMinutes).with({ color: COLOUR.integrity }),
          m.sum('ProbeUnanswered', fiveMinutes).with({ color: COLOUR.unavailable }),
        ],
        leftYAxis: { min: 0, showUnits: false },
        width: 8,
      }),
      new cloudwatch.GraphWidget({
        title: 'Faults and function errors',
        left: [
          m.sum('Faults', fiveMinutes).with({ color: COLOUR.integrity }),
          ...platform.errors(),
          ...platform.supportErrors(),
        ],
        leftYAxis: { min: 0, showUnits: false },
        width: 8,
      }),
      new cloudwatch.GraphWidget({
        title: 'Throttles, errors of the database, and read units a decision',
        left: [
          ...platform.throttles(),
          ...platform.supportThrottles(),
          ...platform.databaseThrottles(),
          ...platform.databaseErrors(),
        ],
        right: [
          new cloudwatch.MathExpression({
            expression: 'IF(asked > 0, units / asked, 0)',
            usingMetrics: { units: m.sum('ReadUnits', fiveMinutes), asked: m.sum('Decisions', fiveMinutes) },
            label: 'read units a decision',
            period: fiveMinutes,
          }),
        ],
        leftYAxis: { min: 0, showUnits: false },
        width: 8,
      }),
    );
    dashboard.addWidgets(
      new cloudwatch.TextWidget({ markdown: objectivesText(), width: 12, height: 6 }),
      attainment(m),
    );
    dashboard.addWidgets(new cloudwatch.TextWidget({ markdown: runbookSections(), width: 24, height: 20 }));
  }
}

/** How much of each objective was kept, day by day. */
function attainment(m: GuardMetrics): cloudwatch.GraphWidget {
  const day = Duration.days(1);
  const { availability } = OBJECTIVES;
  return new cloudwatch.GraphWidget({
    title: 'Decisions made, percent by day',
    left: [
      new cloudwatch.MathExpression({
        expression: 'IF(asked > 0, 100 * (1 - (FILL(unavailable, 0) + FILL(faults, 0)) / asked), 100)',
        usingMetrics: {
          asked: m.sum('Decisions', day),
          unavailable: m.ofClass('unavailable', day),
          faults: m.ofClass('integrity', day),
        },
        label: 'made',
        period: day,
      }),
    ],
    leftAnnotations: [{ value: availability.target / 100, label: 'objective', color: COLOUR.integrity }],
    leftYAxis: { max: 100, showUnits: false },
    width: 12,
  });
}
