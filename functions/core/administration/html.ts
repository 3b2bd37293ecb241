/** HTML from templates that escape whatever is put into them: only what a template made is taken as HTML. */

export class Safe {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes for element content and for quoted attributes; control characters and direction overrides become visible. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[&<>"']/g, (c) => ENTITIES[c] ?? '')
    .replace(
      /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu,
      (c) => `[U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`,
    );
}

type Value = Safe | string | number | readonly Safe[];

function render(value: Value): string {
  if (value instanceof Safe) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map((v) => v.text).join('');
}

/** A template tag. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Safe {
  return new Safe(strings.map((s, i) => (i === 0 ? s : render(values[i - 1] ?? '') + s)).join(''));
}

const STYLE = `:root{color-scheme:light dark}
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:76rem;padding:0 1rem}
h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid}
h2.permit{color:light-dark(#9b1c1c,#ff9b9b)}h2.deny{color:light-dark(#1c4f9b,#9bc2ff)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:.85rem}th,td{border:1px solid light-dark(#bbb,#555);padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
td.n{text-align:right;font-variant-numeric:tabular-nums}ul{margin:.25rem 0;padding-left:1.1rem}
.signatures{display:grid;grid-template-columns:1fr 1fr;gap:2rem;margin-top:3rem;break-inside:avoid}
.sign div{border-bottom:1px solid;padding-top:1.4rem}
@media print{body{margin:0;max-width:none;font-size:10pt}tr{break-inside:avoid}thead{display:table-header-group}}`;

/** A complete document. Its policy forbids everything but its own style, should somebody serve it. */
export function page(title: string, body: Safe): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(title)}</title>
<style>${STYLE}</style></head><body>
${body.text}
</body></html>
`;
}
