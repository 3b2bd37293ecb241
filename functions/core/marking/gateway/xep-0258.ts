import type { Report } from '../errors.ts';
import { ISM_NAMESPACE, readIsmElement } from '../ism/ism-xml.ts';
import type { ReadMarking } from '../result.ts';
import { LABEL_NAMESPACE, readStanagElement } from '../stanag/stanag-4774-xml.ts';
import { onlyElements, readXml, textOnly, type XmlElement } from '../xml.ts';
import { readEssChecked } from './ess.ts';

const SECURITY_LABEL = 'urn:xmpp:sec-label:0';
const ESS = 'urn:xmpp:sec-label:ess:0';

/**
 * XEP-0258 security labels, for gateways: `<securitylabel>` with an optional `<displaymarking>` and one `<label>`
 * that holds an ESS, ISM or STANAG 4774 label. The label governs; a display marking that says something else is a
 * contradiction. Equivalent labels are second labels and refused.
 */
export function readXep0258(input: unknown, on: string, report: Report): ReadMarking | undefined {
  if (typeof input !== 'string') return report('NOT_A_MARKING', 0);
  const xml = readXml(input);
  if (!xml.ok) return report(xml.code, 0);
  const { root } = xml;
  if (
    root.uri !== SECURITY_LABEL ||
    root.name !== 'securitylabel' ||
    root.attributes.length > 0 ||
    !onlyElements(root)
  ) {
    return report('UNEXPECTED_XML', 0);
  }
  const rest = [...root.children];
  const display = rest[0]?.name === 'displaymarking' ? rest.shift() : undefined;
  const [label, ...others] = rest;
  if (others.length > 0) return report('SECOND_LABEL', 0);
  const own = (element: XmlElement) => element.uri === SECURITY_LABEL;
  if (label === undefined || !own(label) || label.name !== 'label' || label.attributes.length > 0) {
    return report('UNEXPECTED_XML', 0);
  }
  const shown = display === undefined ? undefined : readDisplay(display);
  if (display !== undefined && shown === undefined) return report('UNEXPECTED_XML', 0);
  const [inner, ...more] = label.children;
  if (more.length > 0) return report('SECOND_LABEL', 0);
  if (inner === undefined || !onlyElements(label)) return report('UNEXPECTED_XML', 0);
  return readInner(inner, shown, on, report);
}

function readDisplay(element: XmlElement): string | undefined {
  const plain = element.attributes.every(
    ({ uri, name }) => uri === '' && (name === 'fgcolor' || name === 'bgcolor'),
  );
  return element.uri === SECURITY_LABEL && plain ? textOnly(element) : undefined;
}

function readInner(
  inner: XmlElement,
  shown: string | undefined,
  on: string,
  report: Report,
): ReadMarking | undefined {
  const wrap = (content: string) =>
    `<securitylabel xmlns="${SECURITY_LABEL}"><label>${content}</label></securitylabel>`;
  if (inner.uri === ESS && inner.name === 'esssecuritylabel' && inner.attributes.length === 0) {
    const encoded = textOnly(inner) ?? '';
    const read = readEssChecked(encoded, shown, report);
    return (
      read && { ...read, canonical: wrap(`<esssecuritylabel xmlns="${ESS}">${encoded}</esssecuritylabel>`) }
    );
  }
  const read =
    inner.uri === LABEL_NAMESPACE ? readStanagElement(inner, on, report) : readIsm(inner, on, report);
  if (read === undefined) return undefined;
  // Without a rendering of its own, a machine label is not compared: any display marking beside it is refused.
  if (shown !== undefined && shown !== read.parts.marking) return report('DISPLAY_MISMATCH', 0);
  return { ...read, canonical: wrap(read.canonical) };
}

function readIsm(inner: XmlElement, on: string, report: Report): ReadMarking | undefined {
  const ism = inner.attributes.some((attribute) => attribute.uri === ISM_NAMESPACE);
  return ism ? readIsmElement(inner, on, report) : report('UNEXPECTED_XML', 0);
}
