/**
 * Every alarm in words: what it means, the first three things to do, and for one that pages the class of fault it belongs
 * to. One source for the alarms' own descriptions, the runbook on the dashboard, and `docs/runbook.md`.
 */

/** `page` wakes somebody; `notify` can wait for the morning. */
export type Severity = 'page' | 'notify';

/**
 * Classes of fault, and why their alarms belong together. Within a class one cause may turn several red; `PAGES` says which of
 * them then speaks. An alarm that is red never keeps one of another class from paging, and nothing worse of its own.
 */
export const FAULT_CLASSES = {
  'answers wrong':
    'Something may have passed that must not. Nothing else explains it, and nothing keeps it from paging: an answer that is wrong each fourth minute, or more seldom, pages each time.',
  'cannot answer':
    'Callers are denied because no decision is made. `Unavailable` speaks for all of them while the objective is lost, for the HTTP door only where most is; the others page where it is not: few questions, or slowly. Where one question in twenty meets a fault, `Fault` pages first, and `Unavailable` when the budget of the hour burns: one fault. A partial throttle behind the HTTP door may page twice.',
  'registry changed':
    'Somebody put back, restored or forged what decisions rest on. Each pages by itself: a restore that waits for two people must not hide a forgery, nor a forgery of last week a restore.',
  'nobody watches':
    'A watch that cannot read, or a probe that is not answered, is explained by `Unavailable` where most is lost, a probe that is silent by a watch that is silent too; what explains it gone, it pages itself. A watch that leaves out each fourth minute may page again and again. One that fails only between frequent outages is told after them.',
  'nobody asks': 'Traffic may be going round the guard. Questions that die are questions, and no silence.',
  'the stop':
    'A stop cannot be set, or was not. By a rehearsal it is told before one is needed, and by nothing else: everything besides may be well.',
  'no standby':
    'Nothing is wrong with decisions. Were the first Region lost now, so would be what was published since. A copy that fails is explained by `Unavailable` here where most is lost, one that is behind or impaired by a copy that fails.',
  'stopped on purpose':
    'It pages once, when it begins. In force for days it is a state somebody wanted, and keeps nothing else from paging; one act pages once, wide or not. A wide hold replaced by another between two looks may go untold.',
  'ends soon': 'It pages once, while it can still be renewed, and keeps nothing else from paging.',
} as const satisfies Record<string, string>;

export type FaultClass = keyof typeof FAULT_CLASSES;

interface Words {
  /** What has happened, in one sentence. */
  readonly meaning: string;
  readonly actions: readonly [first: string, second: string, third: string];
}

export type AlarmWords =
  | (Words & { readonly severity: 'page'; readonly class: FaultClass })
  | (Words & { readonly severity: 'notify' });

export const ALARMS = {
  Fault: {
    severity: 'page',
    class: 'cannot answer',
    meaning:
      'A decision met a fault: the registry failed its integrity check, an adverse fact cannot be read, or the code failed. Everything affected is denied.',
    actions: [
      'Run the saved query "faults": the codes say whether it is the registry (REGISTRY_*, FACT_UNSOUND, MANDATE_UNSOUND) or the code (INTERNAL_FAULT).',
      'REGISTRY_FORMAT: a newer build published the registry; put it back in service (docs/upgrade.md). Other REGISTRY_* or *_UNSOUND: run `routeguard registry verify`, look at the newest version with `routeguard registry log`, and go back to the version before it (`routeguard registry rollback`): each authority proposes and approves its part, and `--status` shows what is left.',
      'INTERNAL_FAULT: compare `build` before and after the first fault; if it changed, move the alias `live` back to the previous version.',
    ],
  },
  FunctionError: {
    severity: 'page',
    class: 'cannot answer',
    meaning: 'An invocation of decide died without an answer. Clients read this as deny.',
    actions: [
      'Open the log group of decide and look for "Task timed out", "Runtime exited" or an init error.',
      'If a release is under way, stop it: CodeDeploy rolls back; otherwise move the alias `live` back to the previous version.',
      'If memory is the cause (Max Memory Used in the REPORT lines), raise `memorySize` and deploy.',
    ],
  },
  ProbeWrong: {
    severity: 'page',
    class: 'answers wrong',
    meaning:
      'A question with a known answer was answered differently, and not for want of a registry or by a stop. If a known denial was permitted, information may be crossing a network it must not.',
    actions: [
      'Run the saved query "probe": `checked` names the question and how it was wrong. A `decision` on a known denial is the worst case: stop everything: `routeguard registry hold <name> --authority <id> --everything --cause doubt --reason <why>`.',
      'Compare `registry.version` and `build` in the decision lines before and after: one of them changed.',
      'Registry: roll back to the version before. Build: move the alias `live` back. A known answer that is out of date: correct it and deploy.',
    ],
  },
  MoreWrong: {
    severity: 'page',
    class: 'answers wrong',
    meaning:
      'Beside a known answer that was wrong already another one is. It is said to be over minutes later; the state is that of ProbeWrong.',
    actions: [
      'Run the saved query "probe": `checked` names each question and how it is wrong. A `decision` on a known denial is the worst case, whatever was wrong before: follow "ProbeWrong".',
      'Compare `registry.version` and `build` in the decision lines at the minute of this alarm, not of the first.',
      'Correct known answers that are out of date at once, and deploy: while one is wrong, only more of them page.',
    ],
  },
  ProbeFailing: {
    severity: 'page',
    class: 'nobody watches',
    meaning: 'Most of what the probe asks gets no decision, and callers do: nobody is testing the guard.',
    actions: [
      'Run the saved query "probe": `checked` says what came of each question. No answer: its role, its network, the alias `live`; a code: its known answers.',
      'Callers are not answered either: follow "Unavailable".',
      'Until it is repaired, ask by hand after each change (`routeguard decide`).',
    ],
  },
  ProbeSilent: {
    severity: 'page',
    class: 'nobody watches',
    meaning: 'The probe has not asked anything for minutes: nobody is testing the guard.',
    actions: [
      "Look at the probe function's errors and throttles, and whether its schedule rule is enabled.",
      "Check that the account's Lambda concurrency is not used up and that `reservedConcurrency` leaves room.",
      'Ask a known question by hand with `routeguard decide`; if that fails too, treat it as an outage of decide.',
    ],
  },
  Hold: {
    severity: 'page',
    class: 'stopped on purpose',
    meaning:
      'An emergency hold within what its authority speaks for has begun. Traffic is being denied on purpose.',
    actions: [
      '`routeguard registry holds` says what is stopped, by whom, since and until when, why, and how it is lifted; `stops` in the saved query "watch" says the same.',
      'Read the words behind it: `routeguard registry blame hold/<id>`, and tell the owners of the traffic that is stopped.',
      'When the reason is gone, two people lift it (`routeguard registry lift`). Until then nothing more is said: a second hold beside it does not page.',
    ],
  },
  WideHold: {
    severity: 'page',
    class: 'stopped on purpose',
    meaning:
      'A hold stops more than its authority speaks for: everything, somebody else’s information, or another nation’s network. It ends by itself within 24 hours, and every authority must hear of it before.',
    actions: [
      'Tell every authority in the registry (`routeguard registry show authority`) what `routeguard registry holds` says. Have each of them subscribed to the topic of this alarm beforehand.',
      'An owner that cannot wait: two people of an authority that speaks for it exempt its information: `routeguard registry exempt <hold> --authority <id> --owner <nation> --reason <why>`, then simulate, review, sign and approve. What is the hold’s own nation’s is not theirs to exempt.',
      'Still needed when it ends: two people propose it again; one person of that authority can do so 24 hours after. What the authority speaks for can be held at any time, without an end.',
    ],
  },
  MoreStopped: {
    severity: 'page',
    class: 'stopped on purpose',
    meaning:
      'Beside a wide hold another one has begun. It is said to be over minutes later; the state is that of WideHold.',
    actions: [
      '`routeguard registry holds` says which are in force, since when and by whom: the newest is the one nobody has heard of.',
      'Follow "WideHold" for it: every authority must hear of each.',
      'Nobody knows of it: treat it as an incident. CloudTrail says who used the role of whoever set it.',
    ],
  },
  HeadBelowFloor: {
    severity: 'page',
    class: 'registry changed',
    meaning:
      'HEAD is not the newest version that was acknowledged, or nobody has confirmed it: a table was restored, somebody put an old HEAD back, or a publication was not finished. Everything is denied: it would un-revoke.',
    actions: [
      'Run the saved query "watch": `held` says which. HEAD_UNACKNOWLEDGED: a publisher died before anybody was told, and `routeguard registry log` finishes it. HEAD_BELOW_FLOOR: HEAD is older, another history, or gone. FLOOR_MISSING: the floor table has no row, or is itself from a backup. LINEAGE_CHANGED: not confirmed yet.',
      'Nobody restored anything: treat it as an incident. CloudTrail says who wrote HEAD or changed the policy of a table; what was acknowledged since is in the floor table and in the decision lines.',
      'A restore on purpose: follow "A registry restored from a backup" in docs/registry.md: `routeguard registry log`, then `confirm` by two people, then revoke again what was revoked after the backup.',
    ],
  },
  HeadCopyAstray: {
    severity: 'page',
    class: 'registry changed',
    meaning:
      'A copy of HEAD is not what was acknowledged: somebody put it back, took it away, or published without knowing of it. Nobody decides on it; whoever reads it asks the first copy, at one more read.',
    actions: [
      'Run the saved query "watch": `astray` says which of `copies`. CloudTrail says who wrote the state table; a rehearsal of a stop (each minute) or the next publication puts the copies right, and then this is over.',
      'Nobody should have: treat it as an incident, and follow "HeadBelowFloor" for what else they may have written.',
      'An older release published, one that knows of fewer copies: docs/scale.md ("Changing the number") says in which order; put the newer one back, and publish anything.',
    ],
  },
  MoreAstray: {
    severity: 'page',
    class: 'registry changed',
    meaning:
      'Beside a copy of HEAD that was not what was acknowledged another one is. It is said to be over minutes later; the state is that of HeadCopyAstray.',
    actions: [
      'Run the saved query "watch": `astray` says which of `copies`. Somebody goes on writing the state table: CloudTrail says who.',
      'Take the right to write it from whoever that is; follow "HeadBelowFloor" for what else they may have written.',
      'An older release is publishing, one that knows of fewer copies: follow "HeadCopyAstray".',
    ],
  },
  HistoryUnsound: {
    severity: 'page',
    class: 'registry changed',
    meaning:
      'A version of the registry is not what the people who may have made it: a signature, a keyring, or a stop by one person that takes back more than it stops. Somebody has used the role of the registry and its signing key.',
    actions: [
      'Run the saved query "watch": `history` names code and version. NOT_RESTRICTING is a version by one person that could permit; APPROVAL_* and KEYRING_* are signatures that do not hold; FLOOR is another history than was acknowledged.',
      'Stop what matters with a hold, and have two people sign it. Take the rights to the registry role and the commit key from everybody; CloudTrail says who used them.',
      'Run `routeguard registry verify --offline` where the role cannot reach, compare with `routeguard registry log`, and publish a version that two people sign with what the version before the first problem had.',
    ],
  },
  MoreUnsound: {
    severity: 'page',
    class: 'registry changed',
    meaning:
      'Beside what was unsound already another version is. It is said to be over minutes later; the state is that of HistoryUnsound, which stays red for as long as the history is read.',
    actions: [
      'Whoever used the role of the registry has used it again, or the audit has come to more of what they did: follow "HistoryUnsound", and compare `history` in the saved query "watch" with what you saw then.',
      'See in CloudTrail that nobody can use the registry role and the commit key any more: what was done after the first page did not suffice.',
      'Hold everything until two people have signed a version that they know.',
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
    class: 'nobody asks',
    meaning: 'A registry is published and nobody has asked the guard anything: traffic may be bypassing it.',
    actions: [
      'Look at the probe: if it is answered, decide works and the callers do not reach it.',
      'Ask the owners of the upstream services whether they were released or stopped; look for AccessDenied on the alias `live` in CloudTrail.',
      'If a service routes without asking, have it stopped: a guard that is not asked guards nothing.',
    ],
  },
  WatchFailing: {
    severity: 'page',
    class: 'nobody watches',
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
    class: 'cannot answer',
    meaning:
      'Questions come to nothing, denied: the registry cannot be read, decisions meet faults, die or are throttled. The error budget burns fast, or nobody is answered, the probe neither.',
    actions: [
      "See on the dashboard which it is. Class unavailable: the database; look at its latency, errors and throttles and the AWS Health Dashboard. Errors: the code; move the alias `live` back if a release was made. Throttles: raise `reservedConcurrency` or the account's limit, or `httpRateLimit` (429 at the door).",
      'Run the saved queries "faults" and "slow": codes and builds, and RegistryReadTime against DecisionTime, tell database, key, registry and code apart. REGISTRY_INTEGRITY: follow "Fault".',
      'HEAD is throttled (about 3,000 reads a second on one item): raise `headCopies` (docs/scale.md), and until then have the caller that asks most slow down.',
    ],
  },
  MoreLost: {
    severity: 'page',
    class: 'cannot answer',
    meaning:
      'A part of the questions was being lost, of which Unavailable told; now most are. It is over when Unavailable is.',
    actions: [
      'Follow "Unavailable" from the beginning: it may be another fault than the one you were told of.',
      'What was done about the first may have done it: take that back.',
      'Meanwhile no watch, standby or HTTP door that fails is told of: see the dashboard.',
    ],
  },
  UnavailableSlowly: {
    severity: 'page',
    class: 'cannot answer',
    meaning:
      'For hours more questions come to nothing than the objective allows, six times over, and still do.',
    actions: [
      'Run the saved query "faults" over the last six hours: class, code and build say whether it is the database, the registry or the code.',
      'Look on the dashboard for errors, throttles and latency that rose with a release, a publication or a new caller.',
      'Follow "Unavailable" for what you find; a day at this pace uses up a fifth of the thirty days\' budget.',
    ],
  },
  BudgetBurning: {
    severity: 'notify',
    meaning: 'Three days in a row more questions came to nothing than the objective allows.',
    actions: [
      'Look at "Decisions made, percent by day" on the dashboard, and run the saved query "faults" over three days.',
      'Find what recurs: one caller, one hour of the day, one network whose facts cannot be read.',
      "Plan its repair before the thirty days' budget is spent.",
    ],
  },
  HttpFailing: {
    severity: 'page',
    class: 'cannot answer',
    meaning:
      'In two minutes of half an hour one request in twenty or more to POST /v1/decide was answered with an error of the HTTP door, or one to AuthZEN or best-path with an error of API Gateway, while the guard behind it answered. Clients read it as deny.',
    actions: [
      'Look at the access log of the API: `status` and `refusal`. 500 with INTEGRATION_FAILURE is a missing permission, or Lambda throttles the function (`Throttled` is red): raise its concurrency. 504 is one that is too slow.',
      'Ask a known question directly (`routeguard decide`): if that is answered, the door is broken and not the guard.',
      'Compare permission, stage and deployment of the API with the last deployment; deploy it again, or go back.',
    ],
  },
  HttpFailingSlowly: {
    severity: 'page',
    class: 'cannot answer',
    meaning:
      'For hours the HTTP door itself has failed more requests to POST /v1/decide than the objective allows, six times over, and still does.',
    actions: [
      'Look at the access log of the API: `status` and `refusal`, by `caller`. One caller alone: what it sends; 504: follow "Slow".',
      'Did it begin with a deployment of the API, its endpoint or `decide-http`? Go back.',
      'Follow "HttpFailing" for what you find.',
    ],
  },
  HttpForbidden: {
    severity: 'notify',
    meaning:
      'Somebody is refused by the HTTP door again and again (403): a caller without the right, or everybody, where a policy has changed.',
    actions: [
      'Look at the access log of the API: `caller`, `resource` and `refusal` of status 403. Callers that were answered before have been locked out.',
      'Locked out: compare the policies of the API, of its endpoint and of their roles with the last deployment, and put back what changed. Nobody is woken while anybody else is answered: where nobody at all asks, Silence pages.',
      'A stranger: `caller` and `sourceIp` say who; nothing was answered. A new service: `grantAsk`.',
    ],
  },
  StopFailing: {
    severity: 'page',
    class: 'the stop',
    meaning:
      'The emergency stop cannot be set, or not always: two rehearsals of ten minutes have failed. Nothing is wrong with decisions, and nobody could be sure to stop them.',
    actions: [
      'Try it: `routeguard registry hold` on a network nobody uses, then have two people lift it. Look at errors, throttles and the log of the function `stop`.',
      'Throttles: see that its reserved concurrency is there and who uses it up. Errors: its role, the signing key (KMS), the state table, or the last release, which the alias `live` can leave.',
      "Until it works, whoever must stop traffic takes the callers' right away: deny `lambda:InvokeFunction` on the alias `live` of decide, and `execute-api:Invoke`. A guard that is not reached denies.",
    ],
  },
  StopRefused: {
    severity: 'page',
    class: 'the stop',
    meaning:
      "Somebody's stop, or a look at the stops in force, died or was throttled, by Lambda or at the HTTP door, whether or not rehearsals succeed. Whoever asked may still believe that something is stopped.",
    actions: [
      '`routeguard registry holds` says what is stopped. Find out who asked, and have it asked again.',
      'Throttles: see on the dashboard who uses up the reserve of the function `stop`; none there: the door, raise `httpRateLimit` (its access log: 429, and who asks so much). Errors: look in its log for "Task timed out", "Runtime exited" or an init error. A rehearsal in that minute that died is not counted (saved query "probe": `HTTP_5…`); one that gave no answer (`NO_ANSWER`) may have been this.',
      'Refused again: follow "StopFailing".',
    ],
  },
  ProbeUnanswered: {
    severity: 'notify',
    meaning: 'A question of the probe goes unanswered again and again, though most are answered.',
    actions: [
      'Run the saved query "probe": `checked` names the question.',
      'Ask it by hand (`routeguard decide`): its codes name a fact that cannot be read, or a time that ran out.',
      'Repair the fact (follow "Fault"); if it is the time, follow "Slow".',
    ],
  },
  StandbyBehind: {
    severity: 'page',
    class: 'no standby',
    meaning:
      'What the first Region published a quarter of an hour ago is not in its standby yet. Were it lost now, revocations of that time would be lost with it.',
    actions: [
      'Run the saved query "standby": `outcome` and `objects`. `copying`: there is much to copy, and each run goes on; `there` and `here` say how far it is.',
      '`failed`: `code` says why; follow "StandbyFailing".',
      'Note which revocations and stops the first Region has made since (`routeguard registry log` there): they have to be made again if it is lost before this ends.',
    ],
  },
  StandbyFailing: {
    severity: 'page',
    class: 'no standby',
    meaning:
      'The standby of the first Region fails, or does not run: nothing is copied. What is here stays as it is, and held.',
    actions: [
      'Run the saved query "standby": `code`. STORE_REFUSED is a right or a key, of here or of the first Region; STORE_UNAVAILABLE the database there or here: look whether the first Region answers.',
      'SIGNATURE_INVALID, APPROVAL_INVALID, HEAD_BELOW_FLOOR, VERSION_REGRESSION, LINEAGE_CHANGED, HISTORY_FORKED, DIGEST_MISMATCH, OBJECT_*: what the first Region has is not what people signed, or is not what was copied. Treat it as an incident there: follow "HeadBelowFloor" and "HistoryUnsound". A new signing key there: name its public half here first (`additionalCommitPublicKeys`). FORMAT_UNKNOWN: upgrade this stack. HOME_USED: deploy it with new names of tables.',
      'No line at all: errors, timeouts and throttles of the function `standby`, and whether its schedule rule is enabled.',
    ],
  },
  StandbyImpaired: {
    severity: 'page',
    class: 'no standby',
    meaning:
      'The standby copies, and would not do all of its work: its build is too old for what the first Region publishes, or it cannot look for what was purged there.',
    actions: [
      'Run the saved query "standby": `code` or `stopped`. `code` FORMAT_UNKNOWN beside `copied` or `current`: upgrade this stack today. Until then nobody could publish on top of what is here, not even a stop.',
      '`stopped`: what was spilled and purged in the first Region may still be read here. STORE_REFUSED is a right or a key, of here or of the first Region; STORE_UNAVAILABLE the database there or here.',
      '`stopped` FAULT: the code failed. Where it began with a deployment, go back. What must go here meanwhile: "A purge is followed" in docs/recovery.md says what is not followed.',
    ],
  },
  StandbyEnded: {
    severity: 'page',
    class: 'registry changed',
    meaning:
      'Something was published in the standby: it copies nothing any more. Two Regions could now decide on registries that differ.',
    actions: [
      'Taken over on purpose: see that nobody decides in the first Region ("A Region" in docs/recovery.md), then deploy without `standbyOf`: this alarm goes, and those of a guard that decides come.',
      'Not on purpose: run the saved query "watch" and `routeguard registry log` here: who published what. Have callers ask the first Region alone.',
      'A standby once begun is none any more: delete this stack and its tables, deploy it again, and it copies from the beginning.',
    ],
  },
  DarkTomorrow: {
    severity: 'page',
    class: 'ends soon',
    meaning:
      'Within a day at least one registered route stops being permitted, or there was no time to look at it.',
    actions: [
      'Run the saved query "expiry": `dark` names the routes and `ending` the facts, with the hour; of a route with `unlooked`, ask for a forecast.',
      'Have the authority of the fact renew it: propose the renewed assessment, accreditation, mandate or waiver, and have it approved today.',
      'If it is not to be renewed, tell the owners of the traffic now; nothing else keeps the route open.',
    ],
  },
  MoreEndsSoon: {
    severity: 'page',
    class: 'ends soon',
    meaning:
      'Beside what ends soon already, another route stops being permitted within a day, or another nation falls silent within seven. It is said to be over minutes later; the states are those of DarkTomorrow and SilentThisWeek.',
    actions: [
      'Run the saved query "expiry": `dark` and `silent` name all of them, the new ones too.',
      'Follow "DarkTomorrow" or "SilentThisWeek" for them.',
      'What ends hour after hour may be one thing that many rest on: renew that.',
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
    class: 'ends soon',
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
    meaning:
      'Lambda refused questions to a function that decides, or the HTTP door did (429). Clients read that as deny.',
    actions: [
      'See on the dashboard which function it is, and how many run at once; none: it is the door.',
      "Raise `reservedConcurrency` or the account's limit; for the door `httpRateLimit` and `httpBurstLimit`.",
      'Find the caller that asks most and have it slow down.',
    ],
  },
  NearTimeout: {
    severity: 'notify',
    meaning: 'A function keeps running for nine tenths of the time it has.',
    actions: [
      'See on the dashboard which function it is, and since when.',
      'Look in its log at what takes the time: the registry has grown, the database is slow, or memory is short.',
      'Raise its memory, or split what is asked of it.',
    ],
  },
  StandbyUnproven: {
    severity: 'notify',
    meaning:
      'Something is purged in the first Region and stays in its standby: nobody’s word for it can be proven here, or not yet. What was spilled may still be read.',
    actions: [
      'Run the saved query "standby": `unproven`, in the minutes in which the version’s turn came. `routeguard registry verify` in both Regions: OBJECT_ALTERED there is a hole that somebody made, a finding here is what keeps it from being judged.',
      'A purge of the first Region: ask with `routeguard registry purge` there for the same object again, with two people of everybody who spoke in the version, or purge the reason before its facts (docs/recovery.md, "A purge is followed").',
      'Purged by nobody’s word (OBJECT_ALTERED there): an incident there; what is here is what people published: keep it. Where nothing is: facts wait until all reasons were looked at, from some 15,000 versions on in a later run of the same process. If they stay for days, take what was spilled out of the standby’s objects by hand.',
    ],
  },
  SupportErrors: {
    severity: 'notify',
    meaning: 'A function that does not decide has died: registry, purge, board, probe, watch or standby.',
    actions: [
      'See on the dashboard which it is, and look in its log group for "Task timed out", "Runtime exited" or an init error.',
      'Registry or purge: whoever asked got an error and may ask again; nothing is half published.',
      'Probe, watch or standby: if it goes on, ProbeSilent, WatchFailing or StandbyFailing pages.',
    ],
  },
  SupportThrottled: {
    severity: 'notify',
    meaning:
      'Lambda refused to run a function that does not decide: registry, purge, board, probe, watch or standby.',
    actions: [
      'See on the dashboard which it is.',
      "Registry: two long jobs at once use up its reserve; wait, or raise it. Otherwise raise the account's limit.",
      'The stop has a reserve of its own; StopFailing says whether it works.',
    ],
  },
  DatabaseErrors: {
    severity: 'notify',
    meaning: 'DynamoDB failed requests by errors of its own.',
    actions: [
      'Look at the AWS Health Dashboard for the Region.',
      'See on the dashboard whether decisions suffer: the guard asks twice before it denies.',
      'If they do, Unavailable pages; nothing needs repair here.',
    ],
  },
  DatabaseThrottled: {
    severity: 'notify',
    meaning: 'DynamoDB throttled reads or writes of a table of the registry.',
    actions: [
      'See on the dashboard which table: State is HEAD, and one item serves about 3,000 strong reads a second.',
      'Raise `headCopies` (docs/scale.md); until then, have the caller that asks most slow down.',
      'Writes: find who publishes or proposes so much.',
    ],
  },
  HttpSlow: {
    severity: 'notify',
    meaning: 'One request in a hundred to POST /v1/decide takes longer than it should.',
    actions: [
      'Compare with the time of a decision on the dashboard: if that is short, the time goes at the door.',
      'Look at cold starts of decide-http, and at the endpoint of the API in the VPC.',
      'If decisions are slow, follow "Slow".',
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
      'If nobody knows the change, set a hold and treat it as an incident.',
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

/** What a composite is made of: by the alarm it is part of. They wake nobody themselves. */
const PARTS = {
  UnavailableNow: 'Unavailable',
  UnavailableHour: 'Unavailable',
  UnavailableLately: 'Unavailable',
  MostLost: 'Unavailable',
  NoAnswers: 'Unavailable',
  NoAnswersToAnybody: 'Unavailable',
  NoAnswersLately: 'Unavailable',
  MostBegins: 'MoreLost',
  NoAnswersBegin: 'MoreLost',
  LostBefore: 'MoreLost',
  DoorSixHours: 'HttpFailingSlowly',
  DoorHalfHour: 'HttpFailingSlowly',
  UnavailableHalfHour: 'UnavailableSlowly',
  UnavailableSixHours: 'UnavailableSlowly',
} as const satisfies Record<string, AlarmName>;

/** What goes with an alarm of metrics, in its page or in what explains another: by that alarm. They wake nobody themselves. */
const BESIDE = {
  WatchNowAndThen: 'WatchFailing',
  WatchSilent: 'WatchFailing',
  StandbyNowAndThen: 'StandbyFailing',
} as const satisfies Record<string, AlarmName>;

const PARTS_OF = { ...PARTS, ...BESIDE } as const;

export type PartName = keyof typeof PARTS_OF;
export const PART_NAMES = Object.keys(PARTS_OF) as readonly PartName[];
type WholeName = (typeof PARTS)[keyof typeof PARTS];
/** Everything that watches metrics. */
export type MetricAlarmName = Exclude<AlarmName, WholeName> | PartName;

/** Whether an alarm is made of others alone. */
export function isWhole(name: AlarmName): name is WholeName {
  return Object.values<AlarmName>(PARTS).includes(name);
}

/** CloudWatch takes at most 1,024 characters. */
export const MAX_DESCRIPTION = 1024;

/** An alarm's own description: whoever is woken needs no other page first. */
export function descriptionOf(name: AlarmName | PartName): string {
  if (isPart(name)) return `Part of ${PARTS_OF[name]}, which says what to do.`;
  const { meaning, actions } = ALARMS[name];
  return `${meaning} ${actions.map((action, i) => `${i + 1}. ${action}`).join(' ')}`;
}

export function severityOf(name: AlarmName | PartName): Severity {
  return isPart(name) ? 'notify' : ALARMS[name].severity;
}

function isPart(name: AlarmName | PartName): name is PartName {
  return Object.hasOwn(PARTS_OF, name);
}
