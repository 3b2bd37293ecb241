/**
 * Every metric the guard emits. Functions emit by these names and `infra/monitoring` reads by them, so an alarm
 * cannot watch something that nobody says.
 *
 * A metric costs money per combination of dimensions a month: the only dimensions are `Service` (one guard) and
 * `Class` (the closed list in `decision-class.ts`). No network, caller or message is ever a dimension.
 */
export const NAMESPACE = 'Routeguard';

export type Unit = 'Count' | 'Milliseconds' | 'Seconds' | 'None';

export const METRICS = {
  // One decision each, real questions only
  Decisions: 'Count',
  Permits: 'Count',
  Faults: 'Count',
  WaivedPermits: 'Count',
  DecisionTime: 'Milliseconds',
  RegistryReadTime: 'Milliseconds',
  ReadUnits: 'Count',
  // The probe's own questions, counted apart: they would hide silence
  ProbeDecisions: 'Count',
  ProbeQuestions: 'Count',
  ProbeWrong: 'Count',
  ProbeNewlyWrong: 'Count',
  ProbeWrongMark: 'None',
  ProbeUnanswered: 'Count',
  // 1 where a stop could be set, 0 where it could not: asked of the stop's own door once a minute
  StopsRehearsed: 'Count',
  // 1 where that died, and did not only fail: the platform counts it among whoever asked the stop
  RehearsalsDied: 'Count',
  // The watch, once a minute. `New` is what was not there at the last look, by what it is; `Mark` a number for which ones they are
  WatchFailures: 'Count',
  HeadBelowFloor: 'Count',
  HeadCopiesAstray: 'Count',
  NewHeadCopiesAstray: 'Count',
  HeadCopiesAstrayMark: 'None',
  HistoryProblems: 'Count',
  NewHistoryProblems: 'Count',
  HistoryProblemsMark: 'None',
  VersionsUnaudited: 'Count',
  RegistryVersion: 'None',
  RegistryAge: 'Seconds',
  HeadMoved: 'Count',
  HoldsInForce: 'Count',
  WideHolds: 'Count',
  NewWideHolds: 'Count',
  WideHoldsMark: 'None',
  WaiversInForce: 'Count',
  ProposalsWaiting: 'Count',
  // The HTTP door, by its access log: whom it turned away itself. Said by API Gateway, and only where there were any
  HttpThrottled: 'Count',
  HttpForbidden: 'Count',
  StopsTurnedAway: 'Count',
  AccessErrors: 'Count',
  // The standby of a second Region, once a minute
  StandbyBehind: 'Seconds',
  StandbyFailures: 'Count',
  // What a run that copied, or had nothing to copy, could not do besides
  StandbyShortcomings: 'Count',
  StandbyEnded: 'Count',
  StandbyUnproven: 'Count',
  // The outlook, once an hour
  RoutesDarkIn1Day: 'Count',
  NewRoutesDarkIn1Day: 'Count',
  RoutesDarkIn1DayMark: 'None',
  RoutesDarkIn7Days: 'Count',
  RoutesDarkIn30Days: 'Count',
  FactsEndingIn1Day: 'Count',
  FactsEndingIn7Days: 'Count',
  FactsEndingIn30Days: 'Count',
  NationsSilentIn7Days: 'Count',
  NewNationsSilentIn7Days: 'Count',
  NationsSilentIn7DaysMark: 'None',
  NationsSilentIn30Days: 'Count',
  NationsSilentIn90Days: 'Count',
} as const satisfies Record<string, Unit>;

export type MetricName = keyof typeof METRICS;
