import type { Report } from '../errors.ts';
import type { ReadMarking } from '../result.ts';
import { onlyElements, readXml, type XmlElement } from '../xml.ts';
import { readIsm } from './ism.ts';

export const ISM_NAMESPACE = 'urn:us:gov:ic:ism';

/**
 * One XML element that carries ISM attributes: `<ism:security xmlns:ism="urn:us:gov:ic:ism" ism:classification="S"
 * …/>`. Attributes without the namespace are not ISM. An element with content would bring further labels, and
 * which of them governs is not for this reader to guess.
 */
export function readIsmXml(input: unknown, on: string, report: Report): ReadMarking | undefined {
  if (typeof input !== 'string') return report('NOT_A_MARKING', 0);
  const xml = readXml(input);
  return xml.ok ? readIsmElement(xml.root, on, report) : report(xml.code, 0);
}

export function readIsmElement(element: XmlElement, on: string, report: Report): ReadMarking | undefined {
  if (element.children.length > 0 || !onlyElements(element)) return report('UNEXPECTED_XML', 0);
  const own = element.attributes.filter((attribute) => attribute.uri === ISM_NAMESPACE);
  const foreign = element.attributes.length - own.length;
  if (own.length === 0 || foreign > 0) return report('UNEXPECTED_XML', 0);
  const read = readIsm(
    own.map(({ name, value }) => [name, value] as const),
    on,
    report,
  );
  if (read === undefined) return undefined;
  const attributes = read.entries.map(([name, value]) => ` ism:${name}="${value}"`).join('');
  return { ...read.marking, canonical: `<ism:security xmlns:ism="${ISM_NAMESPACE}"${attributes}/>` };
}
