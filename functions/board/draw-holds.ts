/** What is stopped, above everything else on the board: nobody who looks misses it. */
import { holdInWords } from '../core/administration/hold-words.ts';
import { type HoldInForce, stopsEverything } from '../core/administration/holds-in-force.ts';
import { html, NOTHING, type SafeHtml } from '../core/safe-html.ts';

/** Holds drawn of which each stops a part; how many more there are is said. */
const MOST_DRAWN = 12;

function drawHold(hold: HoldInForce): SafeHtml {
  const { what, says } = holdInWords(hold);
  const kind = stopsEverything(hold) ? 'alert stopped' : 'alert';
  return html`<div class="${kind}" role="alert"><strong>${what}</strong>${says.map((line) => html`<div>${line}</div>`)}</div>`;
}

export function drawHolds(holds: readonly HoldInForce[]): SafeHtml {
  const everything = holds.filter(stopsEverything);
  const others = holds.filter((hold) => !stopsEverything(hold));
  const more = others.length - MOST_DRAWN;
  return html`${[...everything, ...others.slice(0, MOST_DRAWN)].map(drawHold)}${more > 0 ? html`<div class="alert">and ${more} more holds are in force: <code>routeguard registry holds</code></div>` : NOTHING}`;
}
