import type { Report } from './errors.ts';
import type { XmlFormat } from './formats.ts';
import { readSioLabel } from './gateway/sio-label.ts';
import { readXep0258 } from './gateway/xep-0258.ts';
import { readIsmXml } from './ism/ism-xml.ts';
import type { ReadMarking } from './result.ts';
import { readStanag4774 } from './stanag/stanag-4774-xml.ts';

/** The readers that pull in the XML parser, in one place so that a bundle can see what they cost. */
export const XML_READERS: Readonly<
  Record<XmlFormat, (input: unknown, on: string, report: Report) => ReadMarking | undefined>
> = {
  'ism-xml': readIsmXml,
  'stanag-4774-xml': readStanag4774,
  'xep-0258-xml': readXep0258,
  'sio-label-header': readSioLabel,
};
