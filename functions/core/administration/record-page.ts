/** The page a change record is printed on: no script, and nothing from elsewhere. */
import { escapeHtml, type SafeHtml } from '../safe-html.ts';

const STYLE = `:root{color-scheme:light dark}
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem}
h1{font-size:1.5rem}h3{font-size:1rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid}
h2.permit{color:light-dark(#9b1c1c,#ff9b9b)}h2.deny{color:light-dark(#1c4f9b,#9bc2ff)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:.85rem}th,td{border:1px solid light-dark(#bbb,#555);padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
td.n{text-align:right;font-variant-numeric:tabular-nums}ul{margin:.25rem 0;padding-left:1.1rem}
pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere}pre b{color:light-dark(#9b1c1c,#ff9b9b)}
.signatures{display:grid;grid-template-columns:1fr 1fr;gap:2rem;margin-top:3rem;break-inside:avoid}
.sign div{border-bottom:1px solid;padding-top:1.4rem}
@media print{body{margin:0;max-width:none;font-size:10pt}tr{break-inside:avoid}thead{display:table-header-group}}`;

/** A complete document. Its policy forbids everything but its own style, should somebody serve it. */
export function recordPage(title: string, body: SafeHtml): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title>
<style>${STYLE}</style></head><body>
${body.text}
</body></html>
`;
}
