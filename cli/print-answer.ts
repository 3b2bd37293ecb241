/** An answer in words, for a terminal. */
import type { Answer, AnswerReason, Result } from '../functions/core/decision/answer.ts';

function place(r: AnswerReason): string {
  const parts = [
    r.standard === undefined ? undefined : `${r.standard}${r.rule === undefined ? '' : ` rule ${r.rule}`}`,
    r.statedIn === undefined ? undefined : `by ${r.statedIn}`,
    r.owner === undefined ? undefined : `owner ${r.owner}`,
    r.hop === undefined ? undefined : `hop ${r.hop}`,
    r.segment,
    r.function,
    r.vendor === undefined ? undefined : `vendor ${r.vendor}`,
    r.share === undefined ? undefined : `${r.share / 100} % of ${r.basis}`,
    r.marking === undefined ? undefined : `${r.marking} at position ${r.position}`,
    r.field === undefined ? undefined : `at ${r.field === '' ? 'the top' : r.field}`,
    r.fact,
  ].filter((x) => x !== undefined);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

export function reasonInWords(r: AnswerReason): string {
  return `${r.code}: ${r.text}${place(r)}`;
}

function word({ decision, outcome }: Result): string {
  return decision ? 'permit' : outcome === 'deny' ? 'deny' : `deny (${outcome})`;
}

/** In small letters where it is not to be acted on, so that nobody takes one for the other. */
function headline(a: Answer): string {
  if (a.hypothetical === undefined) return word(a).replace(/^\w+/, (w) => w.toUpperCase());
  return `HYPOTHETICAL, not to be acted on: ${word(a.hypothetical)}`;
}

/** An answer names no person: who stopped it is the registry's to say. */
const WHOSE_STOP = '`routeguard registry holds` says whose stop it is, since when, and who lifts it';

/** One line each. */
export function answerInWords(a: Answer): readonly string[] {
  const lines = [headline(a)];
  for (const r of a.reasons) lines.push(`  ${reasonInWords(r)}`);
  if (a.reasons.some(({ code }) => code.startsWith('HOLD_'))) lines.push(`  ${WHOSE_STOP}`);
  for (const r of a.notes ?? []) lines.push(`  note ${reasonInWords(r)}`);
  for (const s of a.standards)
    lines.push(`  ${s.id} (${s.by === 'mandate' ? 'mandated' : 'requested'}): ${s.outcome}`);
  lines.push(`  dominance: ${a.dominance}${a.basis === undefined ? '' : `, basis: ${a.basis}`}`);
  for (const o of (a.hypothetical ?? a).obligations) lines.push(`  obligation: ${o.id ?? o.type}`);
  if (a.exemptions !== undefined) lines.push(`  in spite of a hold, by ${a.exemptions.join(', ')}`);
  if (a.waivers !== undefined && a.waivers.length > 0) lines.push(`  waivers used: ${a.waivers.join(', ')}`);
  if (a.registry !== undefined) lines.push(`  registry version ${a.registry.version}, ${a.registry.digest}`);
  if (a.at !== undefined)
    lines.push(`  for ${a.at}${a.validUntil === undefined ? '' : `; facts next change at ${a.validUntil}`}`);
  if (a.useBy !== undefined) lines.push(`  act before ${a.useBy}`);
  return lines;
}
