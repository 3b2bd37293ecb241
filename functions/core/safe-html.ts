/** HTML that cannot be broken by what is put into it: every value is escaped unless a template here made it. */
import { visible } from './visible-text.ts';

/** Text that is HTML already: made by the tag beside it, which escapes everything else. */
export class SafeHtml {
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

/** Escapes for element content and for quoted attributes; what nobody would see becomes visible. */
export function escapeHtml(text: string): string {
  return visible(text.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? ''));
}

/** What may stand in HTML: text that is escaped, or HTML already. */
export type HtmlContent = string | number | SafeHtml | readonly SafeHtml[];

function inserted(value: HtmlContent): string {
  if (value instanceof SafeHtml) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map((v) => v.text).join('');
}

/** Tag of a template: `` html`<b>${name}</b>` ``. Insertions belong in content or inside quoted attributes. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlContent[]): SafeHtml {
  return new SafeHtml(
    parts.map((part, i) => (i === 0 ? part : inserted(values[i - 1] ?? '') + part)).join(''),
  );
}

export const NOTHING = new SafeHtml('');
