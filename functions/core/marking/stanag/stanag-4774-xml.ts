import type { Report } from '../errors.ts';
import type { CategoryType } from '../nato/policy.ts';
import type { ReadMarking } from '../result.ts';
import { onlyElements, readXml, textOnly, type XmlElement } from '../xml.ts';
import { type ConfidentialityLabel, compileConfidentiality } from './policy.ts';

export const LABEL_NAMESPACE = 'urn:nato:stanag:4774:confidentialitymetadatalabel:1:0';
/** The NATO policy file's own identifier (ADatP-4774 Table 17; securityPolicyId of the public policy file). */
const POLICY_IDENTIFIERS: ReadonlyMap<string, string> = new Map([['NATO', 'urn:oid:1.3.26.1.3.1']]);
const POLICY_ATTRIBUTES: ReadonlySet<string> = new Set(['URI', 'URL']);
const TYPES: ReadonlySet<string> = new Set(['RESTRICTIVE', 'PERMISSIVE', 'INFORMATIVE']);

/**
 * STANAG 4774 (ADatP-4774) confidentiality label as XML: `originatorConfidentialityLabel` with one
 * `ConfidentialityInformation`: one `PolicyIdentifier`, one `Classification`, then `Category` elements with
 * `GenericValue`s. Only this namespace version and this spelling; a label with two classifications is two labels.
 */
export function readStanag4774(input: unknown, on: string, report: Report): ReadMarking | undefined {
  if (typeof input !== 'string') return report('NOT_A_MARKING', 0);
  const xml = readXml(input);
  return xml.ok ? readStanagElement(xml.root, on, report) : report(xml.code, 0);
}

export function readStanagElement(root: XmlElement, on: string, report: Report): ReadMarking | undefined {
  const label = readRoot(root, report);
  if (label === undefined) return undefined;
  const compiled = compileConfidentiality(label, on, report);
  return compiled && { ...compiled, canonical: print(label) };
}

/** `ReviewDateTime` informs; nothing else is written on the root. */
function isReviewDate({ uri, name }: { readonly uri: string; readonly name: string }): boolean {
  return uri === '' && name === 'ReviewDateTime';
}

function is(element: XmlElement, name: string): boolean {
  return element.uri === LABEL_NAMESPACE && element.name === name;
}

function readRoot(root: XmlElement, report: Report): ConfidentialityLabel | undefined {
  const [information, ...metadata] = root.children;
  const plain = root.attributes.every(isReviewDate) && onlyElements(root);
  const known = metadata.every(
    (element, index) =>
      (is(element, 'OriginatorID') || is(element, 'CreationDateTime')) &&
      textOnly(element) !== undefined &&
      metadata.findIndex((other) => other.name === element.name) === index,
  );
  if (!is(root, 'originatorConfidentialityLabel') || !plain || !known || information === undefined) {
    return report('UNEXPECTED_XML', 0);
  }
  if (
    !is(information, 'ConfidentialityInformation') ||
    information.attributes.length > 0 ||
    !onlyElements(information)
  ) {
    return report('UNEXPECTED_XML', 0);
  }
  const [policy, classification, ...rest] = information.children;
  const first = policy !== undefined && is(policy, 'PolicyIdentifier') ? policyName(policy) : undefined;
  const second =
    classification !== undefined && is(classification, 'Classification')
      ? simpleText(classification)
      : undefined;
  if (first === undefined || second === undefined) return report('UNEXPECTED_XML', 0);
  const categories: ConfidentialityLabel['categories'][number][] = [];
  for (const element of rest) {
    if (is(element, 'Classification') || is(element, 'PolicyIdentifier')) return report('SECOND_LABEL', 0);
    const category = readCategory(element);
    if (category === undefined) return report('UNEXPECTED_XML', 0);
    categories.push(category);
  }
  return { policy: first, classification: second, categories };
}

function readCategory(element: XmlElement): ConfidentialityLabel['categories'][number] | undefined {
  if (!is(element, 'Category') || !onlyElements(element)) return undefined;
  const attribute = (name: string) =>
    element.attributes.find((candidate) => candidate.uri === '' && candidate.name === name)?.value;
  const name = attribute('TagName');
  const type = attribute('Type');
  if (name === undefined || type === undefined || element.attributes.length > 2 || !TYPES.has(type))
    return undefined;
  const values = element.children.map((child) => (is(child, 'GenericValue') ? simpleText(child) : undefined));
  if (values.some((value) => value === undefined)) return undefined;
  return { name, type: type as CategoryType, values: values as readonly string[] };
}

/**
 * The policy's name, with its object identifier beside it or not, as ADatP-4774 Table 17 writes both:
 * `<PolicyIdentifier URL="urn:oid:1.3.26.1.3.1">NATO</PolicyIdentifier>`. An identifier of another policy is refused.
 */
function policyName(element: XmlElement): string | undefined {
  const name = exactText(element);
  const identifier = name === undefined ? undefined : POLICY_IDENTIFIERS.get(name);
  const agrees = element.attributes.every(
    (attribute) =>
      attribute.uri === '' && POLICY_ATTRIBUTES.has(attribute.name) && attribute.value === identifier,
  );
  return agrees && element.attributes.length <= 1 ? name : undefined;
}

function simpleText(element: XmlElement): string | undefined {
  return element.attributes.length === 0 ? exactText(element) : undefined;
}

/** Text exactly as written: no trimming. */
function exactText(element: XmlElement): string | undefined {
  const text = textOnly(element);
  return text === undefined || text === '' || text !== text.trim() ? undefined : text;
}

/** Every value was checked against a closed list, so nothing needs escaping. */
function print(label: ConfidentialityLabel): string {
  const categories = label.categories.map(({ name, type, values }) => {
    const list = values.map((value) => `<GenericValue>${value}</GenericValue>`).join('');
    return `<Category TagName="${name}" Type="${type}">${list}</Category>`;
  });
  return [
    `<originatorConfidentialityLabel xmlns="${LABEL_NAMESPACE}"><ConfidentialityInformation>`,
    `<PolicyIdentifier>${label.policy}</PolicyIdentifier><Classification>${label.classification}</Classification>`,
    ...categories,
    '</ConfidentialityInformation></originatorConfidentialityLabel>',
  ].join('');
}
