/** What the registry answers, in words for a terminal. */
import {
  causeInWords,
  stoppedInWords,
  subjectInWords,
} from '../../functions/core/administration/flip-words.ts';
import type { Forecast } from '../../functions/core/administration/simulation.ts';
import { texts } from '../../functions/core/facts/fact.ts';
import { FORMAT } from '../../functions/core/facts/format.ts';

type Members = Readonly<Record<string, unknown>>;

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

/** `1 operation`, `2 operations`. */
export function operationsCounted(count: number): string {
  return `${count} ${count === 1 ? 'operation' : 'operations'}`;
}

export function proposalInWords(proposal: Members): readonly string[] {
  const base = proposal['base'] as { readonly version: number } | null;
  const lines = [
    `${proposal['id']}  ${proposal['status']}  ${proposal['kind']}, ${operationsCounted(Number(proposal['operations']))} on ${base === null ? 'an empty registry' : `version ${base.version}`}`,
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
  if (proposal['purged'] === true) lines.push('  purged: what it said was erased');
  return lines;
}

export function forecastInWords(forecast: Forecast): readonly string[] {
  const lines = [
    `From ${forecast.at}, ${forecast.days} days, ${forecast.questions} questions: ${forecast.outages.length} outages.`,
    ...(forecast.stopped.length === 0 ? [] : [stoppedInWords(forecast.stopped)]),
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
    for (const cause of outage.why) lines.push(`      ${causeInWords(cause)}`);
  }
  return lines;
}

export function entryInWords(entry: Members): readonly string[] {
  const approvers = (entry['approvers'] as readonly string[]).join(', ');
  const note = entry['note'] as { readonly reason?: string; readonly facts?: unknown } | null;
  const said = entry['purged'] === true ? '(the note was purged)' : (note?.reason ?? '');
  const revoked = entry['kind'] === 'revoke' ? texts(note?.facts) : [];
  return [
    `version ${entry['version']}  ${entry['recordedAt']}  ${entry['kind']}`,
    `  by ${entry['author']}${approvers === '' ? ', alone' : `, approved by ${approvers}`}`,
    ...signersInWords(entry['signedBy'] as readonly Members[]),
    ...revoked.map((key) => `  revoked ${key}`),
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

/** True of a registry about which this build cannot say more than that: it found nothing else. */
export function isOfNewerFormat(problems: readonly Members[]): boolean {
  return problems.length > 0 && problems.every((each) => each['code'] === 'FORMAT_UNKNOWN');
}

function verdictInWords(report: Members, problems: readonly Members[]): string {
  if (report['sound'] === true && problems.length === 0)
    return `Sound: ${report['commits']} versions and ${report['objects']} objects are what was published.`;
  if (isOfNewerFormat(problems))
    return `NOT VERIFIED: a newer build published this registry, and this one reads format ${FORMAT} at most: verify with the newer one (docs/upgrade.md).`;
  return `NOT SOUND: ${problems.length} problems in ${report['commits']} versions.`;
}

export function verifyInWords(report: Members): readonly string[] {
  const problems = report['problems'] as readonly Members[];
  const purged = report['purged'] as readonly Members[];
  const lines = [verdictInWords(report, problems)];
  if (report['held'] === true)
    lines.push(
      'Nothing is decided on HEAD before it is confirmed: it came back, or was made for other tables.',
    );
  for (const each of problems) lines.push(`  ${each['code']}  version ${each['version']}  ${each['digest']}`);
  for (const each of purged) lines.push(`  purged  version ${each['version']}  ${each['digest']}`);
  const unreferenced = report['unreferenced'] as { objects: number; bytes: number } | undefined;
  if (unreferenced !== undefined)
    lines.push(
      `${unreferenced.objects} objects that no version refers to, ${unreferenced.bytes} bytes: they stay, see docs/registry.md, "What is kept".`,
    );
  return lines;
}
