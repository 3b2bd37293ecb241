/** One question drawn: the path hop by hop with what speaks against each, and a strip of when the answer changes. */
import { sentenceOf } from '../core/decision/reasons.ts';
import { html, NOTHING, type SafeHtml } from '../core/safe-html.ts';
import type { QuestionHop, QuestionView, Stretch } from './question.ts';
import { dayText, reasonLines, SYMBOL, WORD } from './words.ts';

const YEAR_MS = 365 * 86_400_000;
const MOST_CHANGES = 8;
const MOST_CODES = 6;

function hopBox(hop: QuestionHop): SafeHtml {
  const bad = hop.reasons.length > 0;
  const reasons = reasonLines(hop.reasons).map((line) => html`<li>${line}</li>`);
  return html`<div class="hop${bad ? ' bad' : ''}${hop.alternate ? ' alt' : ''}"><b>${bad ? SYMBOL.deny : SYMBOL.permit} ${hop.id}</b>${hop.alternate ? html` <span class="dim">(may fail over to)</span>` : NOTHING}
<div>${hop.name}</div><div class="dim">${hop.place}</div>${bad ? html`<ul>${reasons}</ul>` : html`<div class="dim">nothing speaks against it</div>`}</div>`;
}

/** The end of the strip: a year, or half as long again as the answer first lasts, so that a change can be seen. */
function endOf(stretches: readonly Stretch[], at: number): number {
  const first = stretches[0]?.to ?? at;
  return at + Math.max(YEAR_MS, 1.5 * (first - at));
}

function strip(stretches: readonly Stretch[], at: number): SafeHtml {
  const end = endOf(stretches, at);
  const parts = stretches
    .filter((s) => s.from < end)
    .map((s) => {
      const share = Math.max(1, Math.round((1000 * (Math.min(s.to ?? end, end) - s.from)) / (end - at)));
      const word = `${WORD[s.outcome]} from ${dayText(s.from)}${s.to === null ? '' : ` to ${dayText(s.to)}`}`;
      return html`<span class="${s.outcome}" style="flex:${share} 0 3px" title="${word}">${share > 25 ? SYMBOL[s.outcome] : ''}</span>`;
    });
  return html`<div class="strip" role="img" aria-label="When the answer changes">${parts}</div><div class="dates"><span>${dayText(at)}</span><span>${dayText(end)}</span></div>`;
}

function codesOf({ codes }: Stretch): string {
  const left = codes.length - MOST_CODES;
  return `${codes.slice(0, MOST_CODES).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

function changesList(stretches: readonly Stretch[]): SafeHtml {
  const items = stretches
    .slice(0, MOST_CHANGES)
    .map(
      (s) =>
        html`<li${s.outcome === 'permit' ? NOTHING : html` class="dark"`}><time>${dayText(s.from)}</time><span>${SYMBOL[s.outcome]} ${WORD[s.outcome]}${s.codes.length > 0 ? html` <span class="dim">${codesOf(s)}</span>` : NOTHING}</span></li>`,
    );
  const more = stretches.length - items.length;
  return html`<ol class="list">${items}</ol>${more > 0 ? html`<p class="dim">and ${more} more</p>` : NOTHING}`;
}

function drawLooked({ lookedUntil }: QuestionView): SafeHtml {
  if (lookedUntil === null) return NOTHING;
  return html`<div class="alert">Looked until ${dayText(lookedUntil)}: there are more dates than this page follows. Nothing is known of what comes after.</div>`;
}

/** How well the path is known: a route's own word, and for a network that of the route it is judged by. */
function pathText({ decision, supposed }: QuestionView): string {
  const pathAssurance = decision.pathAssurance ?? 'not known';
  return supposed
    ? `As the one hop of a route that is ${pathAssurance}; as a caller names it, it is assumed.`
    : `Path: ${pathAssurance}.`;
}

export function drawQuestion(question: QuestionView, at: number, back: string | undefined): SafeHtml {
  const { decision, hops, profile } = question;
  const boxes = hops.map(
    (hop, i) => html`${i > 0 ? html`<div class="arrow" aria-hidden="true">→</div>` : NOTHING}${hopBox(hop)}`,
  );
  const general = reasonLines(question.general).map((line) => html`<li>${line}</li>`);
  const notes = decision.notes
    .filter((n) => n.code === 'CHANGED_SINCE_JUDGED')
    .map((n) => html`<li>${sentenceOf(n.code)} <code>${n.fact ?? ''}</code></li>`);
  const standards = decision.standards.map((s) => `${s.id} ${SYMBOL[s.outcome]}`).join(', ');
  return html`${back === undefined ? NOTHING : html`<p><a href="${back}">← the board</a></p>`}
<h1>${question.id}</h1><p class="dim">${profile.name}</p>
<p><span class="verdict ${decision.outcome}">${SYMBOL[decision.outcome]} ${WORD[decision.outcome]}</span></p>
<div class="path">${boxes}</div>
${general.length > 0 ? html`<h2>About the question as a whole</h2><ul class="why">${general}</ul>` : NOTHING}${notes.length > 0 ? html`<h2>To be known</h2><ul class="why">${notes}</ul>` : NOTHING}
<h2>When the answer changes</h2>${strip(question.stretches, at)}${changesList(question.stretches)}${drawLooked(question)}
<p class="dim">${pathText(question)} Standards: ${standards === '' ? 'none' : standards}. Dominance: ${decision.dominance}. Mandates: ${decision.mandates.join(', ') || 'none'}.</p>`;
}
