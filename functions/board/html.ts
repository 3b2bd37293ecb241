/** HTML that cannot be broken by what is put into it: every value is escaped unless it was made here. */

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

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (c) => ENTITIES[c] ?? '');
}

export type Insertable = string | number | SafeHtml | readonly SafeHtml[];

function inserted(value: Insertable): string {
  if (value instanceof SafeHtml) return value.text;
  if (typeof value === 'object') return value.map((v) => v.text).join('');
  return escapeHtml(String(value));
}

/** Tag of a template: `` html`<b>${name}</b>` ``. Insertions belong in content or inside quoted attributes. */
export function html(parts: TemplateStringsArray, ...values: readonly Insertable[]): SafeHtml {
  return new SafeHtml(
    parts.reduce(
      (text, part, i) => text + part + (i < values.length ? inserted(values[i] as Insertable) : ''),
      '',
    ),
  );
}

export const NOTHING = new SafeHtml('');
