import { SaxesParser } from 'saxes';

/**
 * XML as labels need it: elements, attributes and text, namespaces resolved. Refused are document types, entities
 * (every `&`), processing instructions, comments, CDATA, and anything past the bounds below. Kept in a module of
 * its own so that a bundle without XML formats does not carry the parser.
 */
const MAX_XML = 16_384;
const MAX_DEPTH = 8;
const MAX_ELEMENTS = 128;

/** An element of an XML document, its names resolved. */
export interface XmlElement {
  readonly uri: string;
  readonly name: string;
  readonly attributes: readonly { readonly uri: string; readonly name: string; readonly value: string }[];
  readonly children: readonly XmlElement[];
  /** Text directly inside, white space included. */
  readonly text: string;
}

type XmlResult =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly code: 'TOO_LONG' | 'MALFORMED_XML' | 'FORBIDDEN_XML' };

interface OpenElement {
  uri: string;
  name: string;
  attributes: XmlElement['attributes'];
  children: XmlElement[];
  text: string;
}

const XMLNS = 'http://www.w3.org/2000/xmlns/';

class Refused extends Error {}

export function readXml(input: string): XmlResult {
  if (input.length > MAX_XML) return { ok: false, code: 'TOO_LONG' };
  // Labels need no character references; without them no entity can expand and no look-alike can be spelled.
  if (input.includes('&')) return { ok: false, code: 'FORBIDDEN_XML' };
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

/** The text of an element that holds nothing else; `undefined` where it has children. */
export function textOnly(element: XmlElement): string | undefined {
  return element.children.length === 0 ? element.text : undefined;
}

/** True where an element holds only other elements and white space between them. */
export function onlyElements(element: XmlElement): boolean {
  return element.text.trim() === '';
}
