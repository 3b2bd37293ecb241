import type { Flip, SimulationReport } from '../../functions/core/administration/simulation.ts';
import type { Registry } from './connection.ts';
import { changesInWords, flipInWords, proposalInWords } from './words.ts';

/**
 * The change record that two people sign: what is proposed, every answer that flips with those that become permit first,
 * and what an approval is bound to. One HTML file without script or anything loaded from elsewhere.
 */
export async function writeReport(registry: Registry, id: string, report: SimulationReport): Promise<string> {
  const proposal = await registry({ method: 'GET', path: `proposals/${id}` });
  const permits = report.flips.filter((flip) => flip.direction === 'to-permit');
  const denies = report.flips.filter((flip) => flip.direction === 'to-deny');
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Change record ${escaped(id)}</title>
<style>body{font:15px/1.4 sans-serif;margin:2em;max-width:70em}pre{white-space:pre-wrap}table{border-collapse:collapse}
td,th{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top}.permit{background:#fff3c4}</style>
<h1>Change record</h1>
<pre>${lines(proposalInWords(proposal))}</pre>
<h2>Operations</h2>
<pre>${lines(changesInWords(proposal['changes']))}</pre>
<h2>What flips</h2>
<p>Simulated ${escaped(report.at)}: ${report.questions} questions, ${report.evaluations} evaluations, complete.</p>
<h3>${permits.length} answers become permit</h3>
${tableOf(permits, 'permit')}
<h3>${denies.length} answers become deny</h3>
${tableOf(denies, 'deny')}
<h2>What an approval binds</h2>
<pre>proposal  ${escaped(String(proposal['digest']))}
flips     ${escaped(report.flipsDigest)}</pre>
<h2>Signatures</h2>
<table><tr><th>Proposed by<th>Approved by<tr><td style="height:5em;width:20em"><td style="width:20em"></table>
</html>
`;
}

function tableOf(flips: readonly Flip[], style: string): string {
  if (flips.length === 0) return '<p>None.</p>';
  const rows = flips.map(
    (flip) => `<tr class="${style}"><td>${flip.number}<td><pre>${lines(flipInWords(flip))}</pre>`,
  );
  return `<table><tr><th>No<th>Answer\n${rows.join('\n')}\n</table>`;
}

function lines(words: readonly string[]): string {
  return words.map(escaped).join('\n');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
