/** The runbook as Markdown, from the alarms' own words: for the dashboard and for `docs/runbook.md`. */
import { ALARM_NAMES, ALARMS, type AlarmName, type Severity } from './alarm-catalogue.ts';

function entry(name: AlarmName): string {
  const { meaning, actions } = ALARMS[name];
  return [`### ${name}`, '', meaning, '', ...actions.map((action, i) => `${i + 1}. ${action}`)].join('\n');
}

function section(title: string, severity: Severity): string {
  const names = ALARM_NAMES.filter((name) => ALARMS[name].severity === severity);
  return [`## ${title}`, ...names.map(entry)].join('\n\n');
}

export function runbookSections(): string {
  return `${section('Alarms that page', 'page')}\n\n${section('Alarms that notify', 'notify')}\n`;
}

/** What `docs/runbook.md` holds. */
export function runbookPage(): string {
  return `# Runbook

<!-- Written by \`npm run docs:runbook\` from infra/monitoring/alarm-catalogue.ts: change it there. -->

Each alarm's own description holds the same three actions, and so does the runbook on the dashboard. Saved queries
are in CloudWatch Logs Insights under the guard's name. Whatever happens, the guard fails closed: an outage of the guard
is denied traffic, never permitted traffic.

${runbookSections()}`;
}
