import type { Report } from '../errors.ts';
import { ISM_NAMESPACE, readIsmElement } from '../ism/ism-xml.ts';
import type { ReadMarking } from '../result.ts';
import { LABEL_NAMESPACE, readStanagElement } from '../stanag/stanag-4774-xml.ts';
import { readXml } from '../xml.ts';
import { readEssChecked } from './ess.ts';

/**
 * SIO-Label header values (RFC 7444), for gateways, unfolded:
 *
 * ```
 * value = param { ";" SP param } ;       param = name '="' text '"' ;      (* each name once *)
 * name  = "marking" | "fgcolor" | "bgcolor" | "type" | "label" | "label*0" | "label*1" … ;
 * type  = ":ess" | ":xml" ;              (* :x411 is not read *)
 * ```
 */
const MAX_HEADER = 8192;
const PLAIN: ReadonlySet<string> = new Set(['marking', 'fgcolor', 'bgcolor', 'type', 'label']);

export function readSioLabel(input: unknown, on: string, report: Report): ReadMarking | undefined {
  if (typeof input !== 'string') return report('NOT_A_MARKING', 0);
  if (input.length > MAX_HEADER) return report('TOO_LONG', MAX_HEADER);
  const parameters = readParameters(input, report);
  if (parameters === undefined) return undefined;
  const label = parameters.get('label') ?? joinParts(parameters);
  const type = parameters.get('type');
  if (label === undefined || type === undefined) return report('MISSING_ATTRIBUTE', 0);
  const marking = parameters.get('marking');
  const canonical = `type="${type}"; label="${label}"`;
  if (type === ':ess') {
    const read = readEssChecked(label, marking, report);
    return read && { ...read, canonical };
  }
  if (type !== ':xml') return report('UNKNOWN_POLICY', 0);
  const read = readEmbedded(label, on, report);
  if (read === undefined) return undefined;
  if (marking !== undefined && marking !== read.parts.marking) return report('DISPLAY_MISMATCH', 0);
  return { ...read, canonical };
}

function readParameters(input: string, report: Report): ReadonlyMap<string, string> | undefined {
  const parameters = new Map<string, string>();
  let at = 0;
  for (const piece of input.split('; ')) {
    const equals = piece.indexOf('="');
    const name = piece.slice(0, Math.max(equals, 0));
    const value = piece.slice(equals + 2, -1);
    const quoted = equals > 0 && piece.endsWith('"') && piece.length > equals + 2;
    if (!quoted || !isHeaderText(value)) return report('MALFORMED_ATTRIBUTE', at);
    const part = name.startsWith('label*') ? name.slice('label*'.length) : undefined;
    if (!PLAIN.has(name) && (part === undefined || String(Number(part)) !== part))
      return report('UNKNOWN_ATTRIBUTE', at);
    if (parameters.has(name)) return report('SECOND_LABEL', at);
    parameters.set(name, value);
    at += piece.length + 2;
  }
  const both = parameters.has('label') && [...parameters.keys()].some((name) => name.startsWith('label*'));
  return both ? report('SECOND_LABEL', 0) : parameters;
}

/** Printable ASCII without quotes, backslashes and semicolons: no escapes to read, no second header. */
function isHeaderText(value: string): boolean {
  return (
    value !== '' && [...value].every((letter) => letter >= ' ' && letter <= '~' && !'"\\;'.includes(letter))
  );
}

/** `label*0`, `label*1` … without a gap. */
function joinParts(parameters: ReadonlyMap<string, string>): string | undefined {
  const parts = [...parameters.keys()].filter((name) => name.startsWith('label*'));
  const values = parts.map((_name, index) => parameters.get(`label*${index}`));
  if (values.length === 0 || values.some((value) => value === undefined)) return undefined;
  return values.join('');
}

/** An XML label in base64: read only if its namespace is one this guard knows. */
function readEmbedded(encoded: string, on: string, report: Report): ReadMarking | undefined {
  const bytes = Buffer.from(encoded, 'base64');
  const text = bytes.toString('utf8');
  if (bytes.toString('base64') !== encoded || text.includes('\ufffd')) return report('MALFORMED_LABEL', 0);
  const xml = readXml(text);
  if (!xml.ok) return report(xml.code, 0);
  if (xml.root.uri === LABEL_NAMESPACE) return readStanagElement(xml.root, on, report);
  const ism = xml.root.attributes.some((attribute) => attribute.uri === ISM_NAMESPACE);
  return ism ? readIsmElement(xml.root, on, report) : report('UNEXPECTED_XML', 0);
}
