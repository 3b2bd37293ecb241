/** What the registry answers, in words for a terminal. */
import type {
  Flip,
  Forecast,
  SimulationReport,
  Subject,
} from '../../functions/core/administration/simulation.ts';
import type { WireError } from './errors.ts';

type Members = Readonly<Record<string, unknown>>;

const MOST_LINES = 200;

export function refusalInWords({
  code,
  message,
  path,
  problems = [],
  details,
}: WireError): readonly string[] {
  const lines = [`${code}: ${message}${path ? ` (at ${path})` : ''}`];
  for (const problem of problems.slice(0, MOST_LINES)) lines.push(`  ${problem.path}: ${problem.message}`);
  if (problems.length > MOST_LINES)
    lines.push(`  … and ${problems.length - MOST_LINES} more (--json has them)`);
  if (details !== undefined) lines.push(`  ${JSON.stringify(details)}`);
  return lines;
}

export function personInWords(person: unknown): string {
  const { role, session } = person as { readonly role: string; readonly session: string };
  return `${role}/${session}`;
}

export function acknowledgementInWords(answer: Members): readonly string[] {
  const lines = [`Version ${answer['version']} is in force (${answer['digest']}).`];
  if (answer['already'] === true)
    lines[0] = `Already in force in version ${answer['version']}; nothing was changed.`;
  lines.push(
    `Acknowledged at ${answer['acknowledgedAt']}; no permit that rests on what was before may be acted on after ${answer['noPermitAfter']}.`,
  );
  return lines;
}

export function proposalInWords(proposal: Members): readonly string[] {
  const base = proposal['base'] as { readonly version: number } | null;
  const lines = [
    `${proposal['id']}  ${proposal['status']}  ${proposal['kind']}, ${proposal['operations']} operations on ${base === null ? 'an empty registry' : `version ${base.version}`}`,
    `  proposed by ${personInWords(proposal['author'])} at ${proposal['createdAt']}`,
    ...(proposal['authorKey'] === undefined ? [] : [`  with the key ${proposal['authorKey']}`]),
    `  reason: ${proposal['reason']}`,
  ];
  if (proposal['digest'] !== null) lines.push(`  digest ${proposal['digest']}`);
  const upload = proposal['upload'] as
    | { readonly missing: readonly number[]; readonly expiresAt: string }
    | undefined;
  if (upload !== undefined)
    lines.push(`  ${upload.missing.length} chunks missing, until ${upload.expiresAt}`);
  const simulation = proposal['simulation'] as Members | undefined;
  if (simulation !== undefined)
    lines.push(
      `  simulated: ${simulation['permits']} become permit, ${Number(simulation['total']) - Number(simulation['permits'])} become deny; flips ${simulation['flips']}`,
    );
  if (proposal['agreed'] !== undefined) lines.push('  signed by its author');
  const confirmed = proposal['confirmed'] as readonly unknown[] | undefined;
  if (confirmed !== undefined) lines.push(`  confirmed by ${confirmed.map(personInWords).join(', ')}`);
  const approval = proposal['approval'] as Members | undefined;
  if (approval !== undefined)
    lines.push(`  approved by ${personInWords(approval['by'])} at ${approval['at']}`);
  const published = proposal['published'] as Members | undefined;
  if (published !== undefined) lines.push(`  published as version ${published['version']}`);
  const rejection = proposal['rejection'] as Members | undefined;
  if (rejection !== undefined)
    lines.push(`  rejected by ${personInWords(rejection['by'])}: ${rejection['reason']}`);
  return lines;
}

function subjectInWords(subject: Subject): string {
  const [[kind, id] = ['', '']] = Object.entries(subject);
  return `${kind} ${id}`;
}

function flipInWords(flip: Flip): readonly string[] {
  const when = `${flip.from ?? 'now'} until ${flip.until ?? 'no known end'}`;
  const head = `  ${String(flip.number).padStart(4)}  ${subjectInWords(flip.subject)}: ${flip.before} → ${flip.after}, ${when}`;
  const markings = [...new Set(flip.cases.map((each) => each.marking))];
  return [head, `        ${flip.why.join(', ')}`, `        for ${markings.join(', ')}`];
}

export function simulationInWords(report: SimulationReport): readonly string[] {
  const permits = report.flips.filter((flip) => flip.direction === 'to-permit');
  const denies = report.flips.filter((flip) => flip.direction === 'to-deny');
  return [
    `Asked ${report.questions} questions, ${report.evaluations} evaluations; complete.`,
    permits.length === 0
      ? 'Nothing becomes permit.'
      : `${permits.length} become PERMIT (acknowledge by number):`,
    ...permits.flatMap(flipInWords),
    denies.length === 0 ? 'Nothing becomes deny.' : `${denies.length} become deny:`,
    ...denies.flatMap(flipInWords),
    ...(report.changedSinceJudged.length === 0
      ? []
      : [`To be judged anew, because what they judged changes: ${report.changedSinceJudged.join(', ')}.`]),
    `Flips ${report.flipsDigest}`,
  ];
}

export function forecastInWords(forecast: Forecast): readonly string[] {
  const lines = [
    `From ${forecast.at}, ${forecast.days} days, ${forecast.questions} questions: ${forecast.outages.length} outages.`,
    ...(forecast.lookedUntil === null
      ? []
      : [
          `Looked until ${forecast.lookedUntil} for every question: some answers have more dates than a forecast follows, and count as dark from there.`,
        ]),
  ];
  for (const outage of forecast.outages) {
    if (outage.unlooked === true) {
      lines.push(`  ${outage.from}  ${subjectInWords(outage.subject)} was not looked at any further`);
      continue;
    }
    lines.push(
      `  ${outage.from}  ${subjectInWords(outage.subject)} goes dark until ${outage.until ?? 'no known end'}`,
    );
    lines.push(`      because ${outage.because.map(({ key, what }) => `${key} ${what}`).join(', ')}`);
    lines.push(`      ${outage.why.join(', ')}`);
  }
  return lines;
}

export function entryInWords(entry: Members): readonly string[] {
  const approvers = (entry['approvers'] as readonly string[]).join(', ');
  const note = entry['note'] as { readonly reason?: string } | null;
  const said = entry['purged'] === true ? '(the note was purged)' : (note?.reason ?? '');
  return [
    `version ${entry['version']}  ${entry['recordedAt']}  ${entry['kind']}`,
    `  by ${entry['author']}${approvers === '' ? ', alone' : `, approved by ${approvers}`}`,
    ...signersInWords(entry['signedBy'] as readonly Members[]),
    `  ${said}`,
    `  ${entry['digest']}`,
  ];
}

/** Who signed is known; under which role and session it was sent is what an event claims. */
function signersInWords(signers: readonly Members[]): readonly string[] {
  return signers.map(({ key, name, founder, authorities }) => {
    const unnamed = founder === true ? 'a founder whom no authority lists' : 'nobody who can be told';
    const who = name === null ? unnamed : `${name} (${(authorities as readonly string[]).join(', ')})`;
    return `  signed by ${who} with the key ${key}`;
  });
}

export function verifyInWords(report: Members): readonly string[] {
  const problems = report['problems'] as readonly Members[];
  const purged = report['purged'] as readonly Members[];
  const lines = [
    report['sound'] === true && problems.length === 0
      ? `Sound: ${report['commits']} versions and ${report['objects']} objects are what was published.`
      : `NOT SOUND: ${problems.length} problems in ${report['commits']} versions.`,
  ];
  if (report['held'] === true)
    lines.push(
      'Nothing is decided on HEAD before it is confirmed: it came back, or was made for other tables.',
    );
  for (const each of problems) lines.push(`  ${each['code']}  version ${each['version']}  ${each['digest']}`);
  for (const each of purged) lines.push(`  purged  version ${each['version']}  ${each['digest']}`);
  return lines;
}
