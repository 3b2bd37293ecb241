/**
 * Every alarm in words: what it means and the first three things to do. One source for the alarms' own descriptions,
 * the runbook on the dashboard, and `docs/runbook.md`.
 */

/** `page` wakes somebody; `notify` can wait for the morning. */
export type Severity = 'page' | 'notify';

export interface AlarmWords {
  readonly severity: Severity;
  /** What has happened, in one sentence. */
  readonly meaning: string;
  readonly actions: readonly [first: string, second: string, third: string];
}

export const ALARMS = {
  Fault: {
    severity: 'page',
    meaning:
      'A decision met a fault: the registry failed its integrity check, an adverse fact cannot be read, or the code failed. Everything affected is denied.',
    actions: [
      'Run the saved query "faults": the codes say whether it is the registry (REGISTRY_*, FACT_UNSOUND, MANDATE_UNSOUND) or the code (INTERNAL_FAULT).',
      'REGISTRY_* or *_UNSOUND: run `routeguard registry verify`, look at the newest version with `routeguard registry log`, and go back to the version before it (`routeguard registry rollback`): each authority proposes and approves its part, and `--status` shows what is left.',
      'INTERNAL_FAULT: compare `build` before and after the first fault; if it changed, move the alias `live` back to the previous version.',
    ],
  },
  FunctionError: {
    severity: 'page',
    meaning: 'An invocation of decide died without an answer. Clients read this as deny.',
    actions: [
      'Open the log group of decide and look for "Task timed out", "Runtime exited" or an init error.',
      'If a release is under way, stop it: CodeDeploy rolls back; otherwise move the alias `live` back to the previous version.',
      'If memory is the cause (Max Memory Used in the REPORT lines), raise `memorySize` and deploy.',
    ],
  },
  ProbeWrong: {
    severity: 'page',
    meaning:
      'A question with a known answer was answered differently. If a known denial was permitted, information may be crossing a network it must not.',
    actions: [
      'Run the saved query "probe": `checked` names the question and how it was wrong. A `decision` on a known denial is the worst case: stop everything: `routeguard registry hold <name> --authority <id> --everything --cause doubt --reason <why>`.',
      'Compare `registry.version` and `build` in the decision lines before and after: one of them changed.',
      'Registry: roll back to the version before. Build: move the alias `live` back. A known answer that is out of date: correct it and deploy.',
    ],
  },
  ProbeSilent: {
    severity: 'page',
    meaning: 'The probe has not asked anything for minutes: nobody is testing the guard.',
    actions: [
      "Look at the probe function's errors and throttles, and whether its schedule rule is enabled.",
      "Check that the account's Lambda concurrency is not used up and that `reservedConcurrency` leaves room.",
      'Ask a known question by hand with `routeguard decide`; if that fails too, treat it as an outage of decide.',
    ],
  },
  Hold: {
    severity: 'page',
    meaning:
      'An emergency hold is in force, or a restored registry is held until two people confirm it. Traffic is being denied on purpose.',
    actions: [
      '`routeguard registry holds` says what is stopped, by whom, since and until when, why, and how it is lifted; `stops` in the saved query "watch" says the same. `registry/unconfirmed` there means that HEAD came back from a backup, or was put back: `held` says why.',
      'Read the words behind it: `routeguard registry blame hold/<id>`, and tell the owners of the traffic that is stopped.',
      'When the reason is gone, two people lift it (`routeguard registry lift`); a restored registry is confirmed by two (`confirm`) after comparing its version with the last one decided on.',
    ],
  },
  WideHold: {
    severity: 'page',
    meaning:
      'A hold stops more than its authority speaks for: everything, somebody else’s information, or another nation’s network. It ends by itself within 24 hours, and every authority must hear of it before.',
    actions: [
      'Tell every authority in the registry (`routeguard registry show authority`) what `routeguard registry holds` says. Have each of them subscribed to the topic of this alarm beforehand.',
      'An owner that cannot wait: two people of an authority that speaks for it exempt its information: `routeguard registry exempt <hold> --authority <id> --owner <nation> --reason <why>`, then simulate, review, sign and approve. What is the hold’s own nation’s is not theirs to exempt.',
      'Still needed when it ends: two people propose it again; one person of that authority can do so 24 hours after. What the authority speaks for can be held at any time, without an end.',
    ],
  },
  HeadBelowFloor: {
    severity: 'page',
    meaning:
      'HEAD is not the newest version that was acknowledged, or nobody has confirmed it: a table was restored, somebody put an old HEAD back, or a publication was not finished. Everything is denied: it would un-revoke.',
    actions: [
      'Run the saved query "watch": `held` says which. HEAD_UNACKNOWLEDGED: a publisher died before anybody was told, and `routeguard registry log` finishes it. HEAD_BELOW_FLOOR: HEAD is older, another history, or gone. FLOOR_MISSING: the floor table has no row, or is itself from a backup. LINEAGE_CHANGED: not confirmed yet.',
      'Nobody restored anything: treat it as an incident. CloudTrail says who wrote HEAD or changed the policy of a table; what was acknowledged since is in the floor table and in the decision lines.',
      'A restore on purpose: follow "A registry restored from a backup" in docs/registry.md: `routeguard registry log`, then `confirm` by two people, then revoke again what was revoked after the backup.',
    ],
  },
  HistoryUnsound: {
    severity: 'page',
    meaning:
      'A version of the registry is not what the people who may have made it: a signature, a keyring, or a stop by one person that takes back more than it stops. Somebody has used the role of the registry and its signing key.',
    actions: [
      'Run the saved query "watch": `history` names code and version. NOT_RESTRICTING is a version by one person that could permit; APPROVAL_* and KEYRING_* are signatures that do not hold; FLOOR is another history than was acknowledged.',
      'Stop what matters with a hold, and have two people sign it. Take the rights to the registry role and the commit key from everybody; CloudTrail says who used them.',
      'Run `routeguard registry verify --offline` where the role cannot reach, compare with `routeguard registry log`, and publish a version that two people sign with what the version before the first problem had.',
    ],
  },
  HistoryUnaudited: {
    severity: 'notify',
    meaning:
      'For a day the watch has not come to the first version of the registry: what lies before the newest versions is not looked at.',
    actions: [
      'Run the saved query "watch": `VersionsUnaudited` says how many are left; it falls from minute to minute where the watch only needs time.',
      'If it begins again and again, look why the processes of the watch end: errors, timeouts, releases.',
      'If the registry grows faster than it is looked at, find who publishes so much; run `routeguard registry verify --offline` meanwhile.',
    ],
  },
  Silence: {
    severity: 'page',
    meaning: 'A registry is published and nobody has asked the guard anything: traffic may be bypassing it.',
    actions: [
      'Look at the probe: if it is answered, decide works and the callers do not reach it.',
      'Ask the owners of the upstream services whether they were released or stopped; look for AccessDenied on the alias `live` in CloudTrail.',
      'If a service routes without asking, have it stopped: a guard that is not asked guards nothing.',
    ],
  },
  WatchFailing: {
    severity: 'page',
    meaning:
      'The watch cannot read the registry, or has stopped: holds, expiry and age are not being looked at.',
    actions: [
      'Run the saved query "watch": `code` says why. STORE_REFUSED is a permission or a key; STORE_UNAVAILABLE is the database or the endpoint.',
      'Check the state of the tables, of the key that encrypts them, and of the DynamoDB endpoint in the VPC.',
      'If decide shows the same (class unavailable or integrity), follow "Fault"; otherwise repair the watch\'s role. Where only the watch runs out of time or memory, HEAD may be made so that no audit of it ends: follow "HistoryUnsound".',
    ],
  },
  Unavailable: {
    severity: 'page',
    meaning:
      'Decisions are denied because the registry could not be read in time: the error budget burns fast.',
    actions: [
      "Look at DynamoDB's latency and throttles on the dashboard, and at the AWS Health Dashboard for the Region.",
      'Run the saved query "slow": RegistryReadTime against DecisionTime tells the database from the code.',
      'If HEAD is throttled (about 3,000 reads a second on one item), find the caller that asks most and have it slow down.',
    ],
  },
  DarkTomorrow: {
    severity: 'page',
    meaning:
      'Within a day at least one registered route stops being permitted, or there was no time to look at it.',
    actions: [
      'Run the saved query "expiry": `dark` names the routes and `ending` the facts, with the hour; of a route with `unlooked`, ask for a forecast.',
      'Have the authority of the fact renew it: propose the renewed assessment, accreditation, mandate or waiver, and have it approved today.',
      'If it is not to be renewed, tell the owners of the traffic now; nothing else keeps the route open.',
    ],
  },
  DarkThisWeek: {
    severity: 'notify',
    meaning: 'Within seven days at least one registered route stops being permitted.',
    actions: [
      'Run the saved query "expiry": `dark` names the routes, `ending` the facts.',
      'Ask the authority of each fact for its renewal, with the date.',
      'Propose the renewals now: simulation shows that the routes stay open.',
    ],
  },
  DarkThisMonth: {
    severity: 'notify',
    meaning: 'Within thirty days at least one registered route stops being permitted.',
    actions: [
      'Open the board\'s cliff, or run the saved query "expiry".',
      'Plan the re-assessment or re-accreditation with the authority of each fact.',
      'Put the dates where the team plans its work.',
    ],
  },
  SilentThisWeek: {
    severity: 'page',
    meaning:
      'Within seven days nobody speaks for a nation any more: its facts can then be changed by nobody but the succession its authority named.',
    actions: [
      'Run the saved query "expiry": `silent` names the nation and the hour. `ZZZ` is the registrar.',
      'Have two people of its authority propose and approve the authority with a later end, today.',
      'If that cannot be done in time, have them name a succession (`succession`) while they still speak.',
    ],
  },
  SilentThisMonth: {
    severity: 'notify',
    meaning: 'Within thirty days nobody speaks for a nation any more.',
    actions: [
      'Run the saved query "expiry": `silent` names the nation and the hour.',
      'Ask its people to renew their authority: propose the authority with a later end.',
      'Check that the authority names a succession, in case they cannot.',
    ],
  },
  SilentThisQuarter: {
    severity: 'notify',
    meaning: 'Within ninety days nobody speaks for a nation any more.',
    actions: [
      'Run the saved query "expiry": `silent` names the nation and the hour.',
      'Tell its people the date: only they can renew their authority.',
      'Put the date where the team plans its work.',
    ],
  },
  PermitRate: {
    severity: 'notify',
    meaning: 'The share of permits is outside its usual band. A rise is how a fail-open fault looks.',
    actions: [
      'Look for a new registry version or build at the moment it changed, on the dashboard.',
      'Registry: `routeguard registry diff` between the versions, and compare with the flips its approver saw. Build: `routeguard simulate --build NEW --against OLD`.',
      'If no change explains a rise, hold the networks concerned and treat it as an incident.',
    ],
  },
  Slow: {
    severity: 'notify',
    meaning: 'One decision in a hundred is slower than it should be.',
    actions: [
      'Run the saved query "slow": `batches` above 1 are cold sandboxes or a new version; RegistryReadTime is the database.',
      'Look at init durations and concurrency: cold starts are cured by `provisionedConcurrency`, slow code by `memorySize`.',
      'If it is the database, look at its latency and the VPC endpoint.',
    ],
  },
  Throttled: {
    severity: 'notify',
    meaning: 'Lambda, API Gateway or DynamoDB refused requests. Clients read that as deny.',
    actions: [
      'See on the dashboard which of them throttles.',
      "Lambda: raise `reservedConcurrency` or the account's limit. HTTP: raise `httpRateLimit`.",
      'DynamoDB: one item serves about 3,000 strong reads a second; find the caller that asks most.',
    ],
  },
  RegistryOld: {
    severity: 'notify',
    meaning: 'Nothing has been published for longer than expected: facts may have stopped coming.',
    actions: [
      'Look for proposals that wait for a second person.',
      'Ask those who propose whether their source has stopped.',
      'If nothing had to change, raise the threshold.',
    ],
  },
  HeadMoved: {
    severity: 'notify',
    meaning: 'A new version of the registry is in force.',
    actions: [
      'Compare with the change you expected: `routeguard registry log` names author, approver and whose keys signed.',
      'Look at the permit and deny graph on both sides of the line.',
      'If nobody knows the change, set a hold and treat it as an incident: two people and the signing key are needed to make one.',
    ],
  },
  ProposalsWaiting: {
    severity: 'notify',
    meaning: 'A proposal has been waiting for its second person for a day.',
    actions: [
      'List them: `routeguard registry proposals`.',
      'Ask an approver of the authority to look at the simulation and decide.',
      'Reject what nobody wants any more: it expires after thirty days by itself.',
    ],
  },
  Waivers: {
    severity: 'notify',
    meaning: 'More waivers are in force than the threshold allows.',
    actions: [
      'Run the saved query "watch": `waivers` names them.',
      'For each, read its reason and end: `routeguard registry show waiver/<id>`.',
      'Have the ones that are no longer needed ended.',
    ],
  },
} as const satisfies Record<string, AlarmWords>;

export type AlarmName = keyof typeof ALARMS;

export const ALARM_NAMES = Object.keys(ALARMS) as readonly AlarmName[];

/** CloudWatch takes at most 1,024 characters. */
export const MAX_DESCRIPTION = 1024;

/** An alarm's own description: whoever is woken needs no other page first. */
export function descriptionOf(name: AlarmName): string {
  const { meaning, actions } = ALARMS[name];
  return `${meaning} ${actions.map((action, i) => `${i + 1}. ${action}`).join(' ')}`;
}
