/**
 * XML as labels need it: elements, attributes and text, namespaces resolved. Refused are document types, entities
 * (every `&`), processing instructions, comments, CDATA, and anything past the bounds below. What is left is small enough to
 * be read here, by the productions of "Extensible Markup Language (XML) 1.0 (Fifth Edition)" and "Namespaces in XML 1.0";
 * `test/core/marking/xml.test.ts` compares it with a parser of all of XML.
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

type XmlErrorCode = 'TOO_LONG' | 'MALFORMED_XML' | 'FORBIDDEN_XML';
type XmlResult =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly code: XmlErrorCode };

interface OpenElement {
  uri: string;
  name: string;
  attributes: XmlElement['attributes'];
  children: XmlElement[];
  text: string;
  /** As it was written: its end must be the same. */
  readonly written: string;
  readonly prefixes: ReadonlyMap<string, string>;
}

const XML = 'http://www.w3.org/XML/1998/namespace';
const XMLNS = 'http://www.w3.org/2000/xmlns/';

/** Char, NameStartChar and NameChar (productions 2, 4 and 4a). */
const NO_CHAR = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const START =
  ':A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\u{10000}-\u{EFFFF}';
const NAME = `[${START}][${START}.0-9\u00B7\u0300-\u036F\u203F\u2040-]*`;
/** Ends of lines are one character each when these are used. Sticky: each is tried at one place, and none goes back far. */
const DECLARATION =
  /<\?xml[ \t\n]+version[ \t\n]*=[ \t\n]*(["'])(1\.\d+)\1(?:[ \t\n]+encoding[ \t\n]*=[ \t\n]*(["'])([A-Za-z][\w.-]*)\3)?(?:[ \t\n]+standalone[ \t\n]*=[ \t\n]*(["'])(?:yes|no)\5)?[ \t\n]*\?>/y;
const OPENING = new RegExp(`<(${NAME})`, 'uy');
const ATTRIBUTE = new RegExp(`[ \\t\\n]+(${NAME})[ \\t\\n]*=[ \\t\\n]*(?:"([^"<]*)"|'([^'<]*)')`, 'uy');
const OPENING_ENDS = /[ \t\n]*(\/?)>/y;
const CLOSING = new RegExp(`</(${NAME})[ \\t\\n]*>`, 'uy');

class Refused extends Error {
  readonly code: XmlErrorCode;
  constructor(code: XmlErrorCode) {
    super(code);
    this.code = code;
  }
}

const malformed = (): never => {
  throw new Refused('MALFORMED_XML');
};
const forbidden = (): never => {
  throw new Refused('FORBIDDEN_XML');
};

export function readXml(input: string): XmlResult {
  if (input.length > MAX_XML) return { ok: false, code: 'TOO_LONG' };
  // Labels need no character references; without them no entity can expand and no look-alike can be spelled.
  if (input.includes('&')) return { ok: false, code: 'FORBIDDEN_XML' };
  try {
    return { ok: true, root: documentOf(input) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, code: error.code };
    throw error;
  }
}

/** What a text reads on with: where it is, and what is open there. */
interface Reading {
  readonly text: string;
  at: number;
  readonly open: OpenElement[];
  elements: number;
}

function documentOf(input: string): XmlElement {
  // Up to what is no character of XML at all, which no document gets over.
  const end = input.search(NO_CHAR);
  const text = input.slice(input.startsWith('\uFEFF') ? 1 : 0, end === -1 ? input.length : end);
  const reading: Reading = { text: text.replace(/\r\n?/g, '\n'), at: 0, open: [], elements: 0 };
  skipDeclaration(reading);
  let root: XmlElement | undefined;
  while (reading.at < reading.text.length) {
    readText(reading);
    if (reading.at < reading.text.length) root = readTag(reading, root) ?? root;
  }
  return root === undefined || reading.open.length > 0 || end !== -1 ? malformed() : root;
}

function found(pattern: RegExp, reading: Reading): RegExpExecArray | undefined {
  pattern.lastIndex = reading.at;
  const match = pattern.exec(reading.text);
  if (match === null) return undefined;
  reading.at = pattern.lastIndex;
  return match;
}

/** The text was read as UTF-8: a declaration that says otherwise means that other bytes were meant. */
function skipDeclaration(reading: Reading): void {
  if (!/^<\?xml[ \t\n?]/.test(reading.text)) return;
  const [, , version, , encoding] = found(DECLARATION, reading) ?? malformed();
  if (version !== '1.0' || (encoding !== undefined && encoding.toUpperCase() !== 'UTF-8')) forbidden();
}

/** Outside the root there is only white space. */
function readText(reading: Reading): void {
  const next = reading.text.indexOf('<', reading.at);
  const end = next === -1 ? reading.text.length : next;
  const text = reading.text.slice(reading.at, end);
  reading.at = end;
  const parent = reading.open.at(-1);
  if (parent === undefined ? /[^ \t\n]/.test(text) : text.includes(']]>')) malformed();
  if (parent !== undefined) parent.text += text;
}

/** The root, where this is its end. */
function readTag(reading: Reading, root: XmlElement | undefined): XmlElement | undefined {
  const sign = reading.text.charAt(reading.at + 1);
  if (sign === '!' || sign === '?') forbidden();
  if (sign !== '/') return readOpening(reading, root);
  const [, written] = found(CLOSING, reading) ?? malformed();
  if (reading.open.at(-1)?.written !== written) malformed();
  return closed(reading);
}

function readOpening(reading: Reading, root: XmlElement | undefined): XmlElement | undefined {
  const { open } = reading;
  const written = (found(OPENING, reading) ?? malformed())[1] ?? '';
  if (root !== undefined) malformed();
  const attributes: WrittenAttribute[] = [];
  for (let each = found(ATTRIBUTE, reading); each !== undefined; each = found(ATTRIBUTE, reading))
    attributes.push({
      ...splitName(each[1] ?? ''),
      value: (each[2] ?? each[3] ?? '').replace(/[\t\n]/g, ' '),
    });
  const [, slash] = found(OPENING_ENDS, reading) ?? malformed();
  const prefixes = declaredBy(attributes, open.at(-1)?.prefixes ?? new Map([['xml', XML]]));
  const { prefix, local } = splitName(written);
  const uri = prefix === '' ? (prefixes.get('') ?? '') : uriOf(prefix, prefixes);
  const named = attributes
    .filter((each) => !isDeclaration(each))
    .map(({ prefix: own, local: name, value }) => ({
      uri: own === '' ? '' : uriOf(own, prefixes),
      name,
      value,
    }));
  if (new Set(named.map(({ uri: of, name }) => JSON.stringify([of, name]))).size < named.length) malformed();
  reading.elements += 1;
  if (open.length >= MAX_DEPTH || reading.elements > MAX_ELEMENTS) forbidden();
  open.push({ uri, name: local, attributes: named, children: [], text: '', written, prefixes });
  return slash === '/' ? closed(reading) : undefined;
}

function closed({ open }: Reading): XmlElement | undefined {
  const { written: _written, prefixes: _prefixes, ...element } = open.pop() ?? malformed();
  const parent = open.at(-1);
  if (parent === undefined) return element;
  parent.children.push(element);
  return undefined;
}

interface WrittenAttribute {
  readonly prefix: string;
  readonly local: string;
  readonly value: string;
}

const isDeclaration = ({ prefix, local }: WrittenAttribute): boolean =>
  prefix === 'xmlns' || (prefix === '' && local === 'xmlns');

function splitName(name: string): { readonly prefix: string; readonly local: string } {
  const [first = '', second, ...rest] = name.split(':');
  if (second === undefined) return { prefix: '', local: first };
  if (first === '' || second === '' || rest.length > 0) malformed();
  return { prefix: first, local: second };
}

function uriOf(prefix: string, prefixes: ReadonlyMap<string, string>): string {
  return prefixes.get(prefix) ?? malformed();
}

/** The prefixes of an element and of what it is in. Neither of the two names that XML keeps for itself has another prefix. */
function declaredBy(
  attributes: readonly WrittenAttribute[],
  around: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const declarations = attributes.filter(isDeclaration);
  if (declarations.length === 0) return around;
  const own = new Map<string, string>();
  for (const { prefix, local, value } of declarations) {
    const [declared, uri] = [prefix === '' ? '' : local, value];
    // Names of namespaces are compared letter by letter, and some readers trim them: those would see another label.
    if (uri !== uri.trim()) malformed();
    if (own.has(declared) || uri === XMLNS || declared === 'xmlns') malformed();
    if ((declared === 'xml') !== (uri === XML) || (declared !== '' && uri === '')) malformed();
    own.set(declared, uri);
  }
  return new Map([...around, ...own]);
}

/** The text of an element that holds nothing else; `undefined` where it has children. */
export function textOnly(element: XmlElement): string | undefined {
  return element.children.length === 0 ? element.text : undefined;
}

/** True where an element holds only other elements and white space between them. */
export function onlyElements(element: XmlElement): boolean {
  return /^[ \t\r\n]*$/.test(element.text);
}
