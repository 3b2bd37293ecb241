/** What `saxes`, a parser of all of XML, makes of a text within the bounds of a label: our own reader is compared with it. */
import { SaxesParser } from 'saxes';
import type { XmlElement } from '../../../functions/core/marking/xml.ts';

const MAX_DEPTH = 8;
const MAX_ELEMENTS = 128;

type FullXmlResult =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly code: 'MALFORMED_XML' | 'FORBIDDEN_XML' };

interface OpenElement {
  uri: string;
  name: string;
  attributes: XmlElement['attributes'];
  children: XmlElement[];
  text: string;
}

const XMLNS = 'http://www.w3.org/2000/xmlns/';

class Refused extends Error {}

/** Of a text without `&` that is well formed as UTF-16. */
export function readFullXml(input: string): FullXmlResult {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;
  const refuse = (): never => {
    throw new Refused();
  };
  parser.on('error', (error) => {
    throw error;
  });
  // The text was read as UTF-8: a declaration that says otherwise means that other bytes were meant.
  parser.on('xmldecl', ({ version, encoding }) => {
    if (version !== '1.0' || (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8')) refuse();
  });
  parser.on('doctype', refuse);
  parser.on('processinginstruction', refuse);
  parser.on('comment', refuse);
  parser.on('cdata', refuse);
  parser.on('opentag', (tag) => {
    elements += 1;
    if (open.length >= MAX_DEPTH || elements > MAX_ELEMENTS) refuse();
    // It trims the names of namespaces before it compares them; the recommendation compares them letter by letter.
    if (Object.values(tag.attributes).some(({ uri, value }) => uri === XMLNS && value !== value.trim()))
      throw new Error('a namespace of white space');
    const attributes = Object.values(tag.attributes)
      .filter((attribute) => attribute.uri !== XMLNS)
      .map(({ uri, local, value }) => ({ uri, name: local, value }));
    open.push({ uri: tag.uri, name: tag.local, attributes, children: [], text: '' });
  });
  parser.on('text', (text) => {
    const current = open.at(-1);
    if (current !== undefined) current.text += text;
  });
  parser.on('closetag', () => {
    const element = open.pop();
    const parent = open.at(-1);
    if (element === undefined) return;
    if (parent === undefined) root = element;
    else parent.children.push(element);
  });
  try {
    parser.write(input).close();
  } catch (error) {
    return { ok: false, code: error instanceof Refused ? 'FORBIDDEN_XML' : 'MALFORMED_XML' };
  }
  return root === undefined ? { ok: false, code: 'MALFORMED_XML' } : { ok: true, root };
}
