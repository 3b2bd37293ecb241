/** What others wrote stays text, in content and in attributes, and shows what would hide. */
import { expect, it } from 'vitest';
import { escapeHtml, html, NOTHING, SafeHtml } from '../../functions/core/safe-html.ts';

it.each([
  ['&<>"\'', '&amp;&lt;&gt;&quot;&#39;'],
  ['a\u0000b\nc', 'a[U+0000]b[U+000A]c'],
  ['\u007f\u009f\u200f\u202a\u2029\u2060\u2069', '[U+007F][U+009F][U+200F][U+202A][U+2029][U+2060][U+2069]'],
  ['\u202eabc\u2066\u200b\ufeff\u061c\u2028', '[U+202E]abc[U+2066][U+200B][U+FEFF][U+061C][U+2028]'],
  ['ok é 1', 'ok é 1'],
])('%j', (text, expected) => {
  expect(escapeHtml(text)).toBe(expected);
  expect(html`<b title="${text}">${text}</b>`.text).toBe(`<b title="${expected}">${expected}</b>`);
});

it('only what a template made is markup', () => {
  const made = html`<i>${1}</i>`;
  expect(html`${made}${[made, NOTHING]}${'<i>'}`.text).toBe('<i>1</i><i>1</i>&lt;i&gt;');
  expect(made).toBeInstanceOf(SafeHtml);
});
