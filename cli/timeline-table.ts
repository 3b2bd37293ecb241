/** A timeline for people, and as JSON: each change on its day, in the zone of the instrument that made it. */
import { type Reason, sentenceOf } from '../functions/core/decision/reasons.ts';
import type { Timeline, TimelineEntry } from '../functions/core/decision/timeline.ts';
import { citationInWords } from '../functions/core/facts/citation-words.ts';
import { readFact } from '../functions/core/facts/fact.ts';
import { dayOf, startOfDay } from '../functions/core/facts/moment.ts';
import type { Standard } from '../functions/core/facts/standard.ts';
import { loadWorld } from './scenario/world.ts';

/** The library, for titles, zones and citations; a standard that is not in it is shown by its id. */
function library(): ReadonlyMap<string, Standard> {
  return new Map(
    loadWorld().standards.flatMap((raw) => {
      const reading = readFact(raw);
      return reading.sound && reading.fact.kind === 'standard'
        ? [[reading.fact.id, reading.fact] as const]
        : [];
    }),
  );
}

function standardsIn(e: TimelineEntry): readonly string[] {
  const { change: c } = e;
  const reasons = [...c.reasonsAdded, ...c.notesAdded, ...c.reasonsRemoved, ...c.notesRemoved];
  const ids = [
    ...reasons.flatMap((r) => [r.statedIn ?? [], r.standard ?? []].flat()),
    ...c.standards.map((s) => s.id),
  ];
  return [...new Set(ids)];
}

/** The day an instant begins, in the zone of a standard that changed there; in UTC where it begins no day, with `at` as well. */
function dayIn(
  e: TimelineEntry,
  known: ReadonlyMap<string, Standard>,
): { readonly day: string; readonly zone: string; readonly at?: string } {
  const zones = standardsIn(e).flatMap((id) => known.get(id)?.valid.zone ?? []);
  const zone = [...zones, 'UTC'].find((z) => startOfDay(dayOf(e.from, z), z) === e.from);
  if (zone !== undefined) return { day: dayOf(e.from, zone), zone };
  // A stop begins and ends at an instant: several in one day are several lines.
  return { day: dayOf(e.from, 'UTC'), zone: 'UTC', at: new Date(e.from).toISOString() };
}

/** The rule, and whose text it is where the standard asked only builds on that or was replaced by it. */
function ruleInWords(standard: string, { rule, statedIn }: Reason): string {
  if (statedIn === undefined) return rule === undefined ? standard : `${standard}/${rule}`;
  return `${standard} by ${rule === undefined ? statedIn : `${statedIn}/${rule}`}`;
}

function reasonWords(r: Reason): string {
  const where = [r.segment, r.vendor, r.hop === undefined || r.hop === 0 ? undefined : `hop ${r.hop}`];
  const share = r.share === undefined ? '' : ` (${r.share / 100} %)`;
  const rule = r.standard === undefined ? '' : `${ruleInWords(r.standard, r)}: `;
  const place = where.filter((x) => x !== undefined).join(', ');
  return `${rule}${sentenceOf(r.code)}${share}${place === '' ? '' : ` [${place}]`}`;
}

/** The texts a reason rests on: the citations of its rule. */
function citations(r: Reason, known: ReadonlyMap<string, Standard>): readonly string[] {
  const stated = r.statedIn ?? r.standard;
  const standard = stated === undefined ? undefined : known.get(stated);
  const rule = standard?.rules.find((x) => x.id === r.rule);
  if (standard === undefined) return [];
  return standard.sources.filter((s) => rule?.cites.includes(s.key)).map(citationInWords);
}

/** Where it looked no further than an instant, the last entry begins there and has no outcome. */
export function timelineAsJson({ entries, lookedUntil }: Timeline): unknown {
  const known = library();
  const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  const unlooked = lookedUntil === null ? [] : [{ from: iso(lookedUntil), outcome: null, unlooked: true }];
  const looked = entries.map((e) => ({
    from: iso(e.from),
    ...dayIn(e, known),
    to: iso(e.to),
    outcome: e.answer.outcome,
    standards: e.answer.standards,
    mandates: e.answer.mandates,
    reasons: e.answer.reasons,
    notes: e.answer.notes,
    change: e.change,
    instruments: standardsIn(e).map((id) => ({ id, title: known.get(id)?.title ?? null })),
    citations: [
      ...new Set([...e.change.reasonsAdded, ...e.change.notesAdded].flatMap((r) => citations(r, known))),
    ],
  }));
  return [...looked, ...unlooked];
}

/** A block of lines for each change: the day and the outcome, then what came (+) and what went (-). */
export function timelineInWords({ entries, lookedUntil }: Timeline): readonly string[] {
  const known = library();
  const blocks = entries.map((e, i) => {
    const { day, zone, at = day } = dayIn(e, known);
    const { change: c } = e;
    const lines = (sign: string, reasons: readonly Reason[]) => [
      ...new Set(reasons.map((r) => `    ${sign} ${reasonWords(r)}`)),
    ];
    const moved = c.standards.map((s) => `    ${s.id}: ${s.from ?? 'not asked'} → ${s.to ?? 'not asked'}`);
    const came = [...c.reasonsAdded, ...c.notesAdded];
    const sources = [...new Set(came.flatMap((r) => citations(r, known)))];
    return [
      `${at}  ${e.answer.outcome.toUpperCase()}${zone === 'UTC' ? '' : `  (${zone})`}`,
      ...moved,
      ...lines('+', came),
      ...(i === 0 ? [] : lines('-', [...c.reasonsRemoved, ...c.notesRemoved])),
      ...sources.map((s) => `      source: ${s}`),
    ];
  });
  const unlooked =
    lookedUntil === null
      ? []
      : [
          [
            `Looked until ${new Date(lookedUntil).toISOString()}: there are more dates than a timeline follows. Ask again from then on.`,
          ],
        ];
  return [...blocks, ...unlooked].flatMap((block, i) => (i === 0 ? block : ['', ...block]));
}
