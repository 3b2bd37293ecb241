/** Questions an operator asks of the log, saved beside it. They read only members of the lines' closed schemas. */

export type QueryLog = 'decide' | 'probe' | 'watch' | 'standby';

export interface SavedQuery {
  readonly log: QueryLog;
  readonly text: string;
}

export const SAVED_QUERIES = {
  decisions: {
    log: 'decide',
    text: `fields @timestamp, outcome, Class, evaluationId, registry.version, codes.0, caller
| filter event = "decision" and probe = 0
| sort @timestamp desc
| limit 100`,
  },
  evaluation: {
    log: 'decide',
    text: `fields @timestamp, @message
| filter event = "decision" and evaluationId = "put an evaluation id here"`,
  },
  faults: {
    log: 'decide',
    text: `filter event = "decision" and Class in ["integrity", "unavailable"]
| stats count(*) as decisions, min(@timestamp) as first, max(@timestamp) as last by Class, codes.0, registry.version, build
| sort decisions desc`,
  },
  denials: {
    log: 'decide',
    text: `filter event = "decision" and decision = 0 and probe = 0
| stats count(*) as decisions by reasons.0.code, reasons.0.standard, reasons.0.rule
| sort decisions desc`,
  },
  waived: {
    log: 'decide',
    text: `fields @timestamp, evaluationId, waivers.0, registry.version
| filter event = "decision" and decision = 1 and ispresent(waivers.0)
| sort @timestamp desc`,
  },
  slow: {
    log: 'decide',
    text: `filter event = "decision"
| stats count(*) as decisions, pct(DecisionTime, 50) as p50, pct(DecisionTime, 99) as p99, pct(RegistryReadTime, 99) as read99, avg(ReadUnits) as units by batches
| sort batches`,
  },
  probe: {
    log: 'probe',
    text: `fields @timestamp, ProbeWrong, ProbeUnanswered, checked.0.verdict, checked.1.verdict, @message
| filter event = "probe" and (ProbeWrong > 0 or ProbeUnanswered > 0)
| sort @timestamp desc`,
  },
  watch: {
    log: 'watch',
    text: `fields @timestamp, code, held, copies, astray.0, registry.version, author, kind, HoldsInForce, holds.0, WideHolds, stops.0.authority, stops.0.cause, stops.0.until, WaiversInForce, waivers.0, ProposalsWaiting, VersionsUnaudited, history.0.code, history.0.version
| filter event = "watch"
| sort @timestamp desc
| limit 60`,
  },
  standby: {
    log: 'standby',
    text: `fields @timestamp, outcome, code, stopped, here.epoch, here.version, there.epoch, there.version, objects, purged, unproven, StandbyBehind
| filter event = "standby"
| sort @timestamp desc
| limit 60`,
  },
  expiry: {
    log: 'watch',
    text: `fields @timestamp, RoutesDarkIn1Day, RoutesDarkIn7Days, RoutesDarkIn30Days, dark.0.route, dark.0.from, ending.0.fact, ending.0.at, silent.0.nation, silent.0.from, @message
| filter event = "watch"
| sort @timestamp desc
| limit 1`,
  },
} as const satisfies Record<string, SavedQuery>;
