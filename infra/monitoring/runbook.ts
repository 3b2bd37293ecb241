/** The runbook as Markdown, from the alarms' own words: for the dashboard and for `docs/runbook.md`. */
import {
  ALARM_NAMES,
  ALARMS,
  type AlarmName,
  type AlarmWords,
  FAULT_CLASSES,
  type FaultClass,
} from './alarm-catalogue.ts';
import { DOOR_TOLD, MAJOR_OUTAGE, OUTAGE, PAGES, type PageRule } from './pages.ts';

/** What that is, the page says once. */
const MOST = 'most is lost, which Unavailable pages';

const WHILE: Readonly<Record<NonNullable<PageRule['explainedBy']>, string>> = {
  Unavailable: 'Unavailable is red',
  [OUTAGE]: 'an outage that Unavailable pages is under way',
  [MAJOR_OUTAGE]: MOST,
  [DOOR_TOLD]: `HttpFailing is red or ${MOST}, and for up to two and a half hours after it`,
  WatchSilent: 'the watch is silent too, which WatchFailing pages',
  StandbyFailing: 'StandbyFailing is red',
};

function entry(name: AlarmName): string {
  const { meaning, actions } = ALARMS[name];
  const { explainedBy } = (PAGES as Partial<Record<AlarmName, PageRule>>)[name] ?? {};
  const kept = explainedBy === undefined ? '' : ` It does not page while ${WHILE[explainedBy]}.`;
  return [
    `### ${name}`,
    '',
    `${meaning}${kept}`,
    '',
    ...actions.map((action, i) => `${i + 1}. ${action}`),
  ].join('\n');
}

function ofClass(fault: FaultClass): string {
  const names = ALARM_NAMES.filter((name) => {
    const words: AlarmWords = ALARMS[name];
    return words.severity === 'page' && words.class === fault;
  });
  const title = `## Pages: ${fault}`;
  return [title, FAULT_CLASSES[fault], ...names.map(entry)].join('\n\n');
}

/** The commands' places, once: an alarm has no room to say them each time. */
const HOW_TO_ASK = `Commands of \`routeguard registry\` reach a deployed guard with \`--url <the HTTP door> --region <Region>\` and AWS credentials that
may, \`routeguard decide\` with \`--function <name> --region <Region>\`, and \`verify --offline\` with \`--tables\`, \`--founder-keys\` and
\`--commit-keys\`; the stack's outputs have all of these. Without them the guard on this machine is asked. \`REGISTRY_FORMAT\` in an answer
means that a newer build published the registry: nothing is broken but the build in service (docs/upgrade.md).`;

export function runbookSections(): string {
  const notices = ALARM_NAMES.filter((name) => ALARMS[name].severity === 'notify');
  return [
    HOW_TO_ASK,
    ...(Object.keys(FAULT_CLASSES) as FaultClass[]).map(ofClass),
    ['## Alarms that notify', ...notices.map(entry)].join('\n\n'),
    '',
  ].join('\n\n');
}

/** What no alarm leads to: a purge is an act of two people, and the tables are only one place a secret is in. */
const AFTER_A_PURGE = `## After a purge

A purge removes bytes from the guard's tables and from nowhere else. What still holds them:

1. Point-in-time recovery of the tables, for up to 35 days. It cannot be edited: restrict who may restore
   (\`dynamodb:RestoreTableToPointInTime\`), and wait. To be rid of it at once, turn it off and on again for the table that
   held the secret: earlier points are then gone for everything, so take a backup of the purged table first.
2. On-demand backups, AWS Backup vaults and exports to S3 made before the purge: delete each (a locked vault keeps its
   own until its term ends), and take a new one.
3. A table restored from any of these holds the secret again: confirm its version, then repeat the purge at once. Nothing is
   purged while a registry is held.
4. Caches of the functions: objects leave them with the sandbox, within hours; publish new versions to replace them now.
   History is shown past every cache; a decision asked for an exact version may still come from one.
5. Whoever has read it: terminals, change records (\`simulate --report\`), files proposals were made from, and answers kept
   by callers. The guard's own logs hold no reasons and no facts.

6. A local run with \`--data\`: its SQLite file keeps freed pages until they are written over. Delete the directory, or run
   \`VACUUM\` on the file while nothing runs.

Then run \`routeguard registry purge search FILE\`, with the words in FILE, and \`routeguard registry verify\`: what was purged is listed as purged, and anything else as a problem.
`;

/** What `docs/runbook.md` holds. */
export function runbookPage(): string {
  return `# Runbook

<!-- Written by \`npm run docs:runbook\` from infra/monitoring/alarm-catalogue.ts: change it there. -->

Each alarm's own description holds the same three actions, and so does the runbook on the dashboard. Saved queries
are in CloudWatch Logs Insights under the guard's name. Whatever happens, the guard fails closed: an outage of the guard
is denied traffic, never permitted traffic.

Whoever is woken is woken once for a fault, as a rule, and hears when it is over. An alarm pages when it turns red and says nothing more
until it is green again: what is red for days (a hold, a route that ends) keeps no other alarm from paging. Where one cause
turns several red, one speaks and the others are kept back while it is red and for twenty minutes after; what is still red then pages
then. Such a page waits three minutes for what may explain it. Lost questions keep back faults and deaths, which are counted among them;
the watch, the probe, the HTTP door and a standby only where most is lost: most questions come to nothing, or most of the probe's where nobody
else is answered. Where a part is lost and one of these fails, both page: look whether one is the other's cause. While an alarm is red, its saved query says what has joined it. What is
new beside it pages by an alarm of its own (More…): by what it is, so that a route that goes dark as another is renewed is told. A process
of the watch that has just begun does not know what was told: its figures say which holds, routes, nations, copies and unsound
versions there are, and the alarm compares them with those of the process before it, up to three hours back. What that leaves: an
outage of the watch that is longer, and one that ends with a new process and fewer of them, can hide one that took another's place:
look at the saved queries after it.

What comes and goes is one fault. Two failed rehearsals of a stop within ten minutes, two minutes within six in which most of the probe is
unanswered, two looks of the watch or runs of the standby within five that failed, two minutes of the HTTP door within
half an hour: from the second on it is red, and stays so until no two have been so close for as long again, twenty minutes at least (an
hour for the door). A decision that met a fault, and a function that died, are red for twenty minutes; lost questions for half an hour after
the last five minutes that lost two, and a slow burn for two hours after the last half hour that did. What comes back in that time does not
page again. A wrong answer and a refused stop page each time they begin again after three minutes: each may be somebody else's. Losses
at random about where \`Unavailable\` begins may page again and again, and so may most that is lost again an hour after it was last, beside
a part that goes on (\`MoreLost\`): whoever is woken so has one fault. What was lost in part and is lost in all half an hour to three quarters after
may page as both, and so may one fault where traffic rises a hundredfold, by its share of long windows and of short ones. Mend a broken
probe before traffic is sparse: two minutes within six in which it is unanswered and nobody asks are taken for an outage, and \`Unavailable\` is
red until there were none for twenty. Meanwhile nobody is woken when all callers are lost nor, while such minutes go on, when a decision meets
a fault, a function dies, or the watch, the HTTP door or a standby fails.

When the stack is made, every alarm goes from nothing to green, and those that page say so once: the topic that pages hears
"OK" and nobody is to do anything. A release that brings an alarm for what is new beside what is red (More…) may page once for what was red before.

${runbookSections()}
${AFTER_A_PURGE}`;
}
