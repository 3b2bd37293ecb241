import { SCHEME_FORMATS, type SchemeFormat } from './schemes/index.ts';

/** Formats with a grammar of their own in this folder. */
const TEXT_FORMATS = [
  'us-banner',
  'us-portion',
  'cui-banner',
  'cui-portion',
  'uk-gsc',
  'nato-text',
  'aus-epms-subject',
  'aus-epms-header',
] as const;
const JSON_FORMATS = ['us-document', 'ism-attrs', 'stanag-5636-json', 'label'] as const;
const XML_FORMATS = ['ism-xml', 'stanag-4774-xml', 'xep-0258-xml', 'sio-label-header'] as const;

/** The id of a format that is a line of text. */
export type TextFormat = (typeof TEXT_FORMATS)[number];
/** The id of a format that is a JSON document. */
export type JsonFormat = (typeof JSON_FORMATS)[number];
/** Formats that carry XML, or may: the only ones that need the XML parser. */
export type XmlFormat = (typeof XML_FORMATS)[number];

/** Every format this guard reads, by the id a caller names it with. */
export type MarkingFormat = TextFormat | JsonFormat | XmlFormat | SchemeFormat;

export const MARKING_FORMATS: readonly MarkingFormat[] = [
  ...TEXT_FORMATS,
  ...SCHEME_FORMATS,
  ...JSON_FORMATS,
  ...XML_FORMATS,
];

export function isMarkingFormat(id: string): id is MarkingFormat {
  return (MARKING_FORMATS as readonly string[]).includes(id);
}

function member<T extends string>(list: readonly T[], id: string): id is T {
  return (list as readonly string[]).includes(id);
}

export const isTextFormat = (id: MarkingFormat): id is TextFormat => member(TEXT_FORMATS, id);
export const isSchemeFormat = (id: MarkingFormat): id is SchemeFormat => member(SCHEME_FORMATS, id);
/** One JSON value: an object, or the text of one. */
export const isJsonFormat = (id: MarkingFormat): id is JsonFormat => member(JSON_FORMATS, id);
export const isXmlFormat = (id: MarkingFormat): id is XmlFormat => member(XML_FORMATS, id);
