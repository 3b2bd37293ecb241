/** A marking as it is written in a format, and the formats that carry an element of XML. */
import type { MarkingFormat } from '../core/marking/formats.ts';

/** `marking` of a structured format is the JSON text of it. */
export interface Written {
  readonly format: MarkingFormat;
  readonly marking: string;
}

/** An element of XML in the two gateway formats that carry one, and by itself. */
export function carried(format: 'ism-xml' | 'stanag-4774-xml', element: string): readonly Written[] {
  const encoded = Buffer.from(element).toString('base64');
  return [
    { format, marking: element },
    { format: 'sio-label-header', marking: `type=":xml"; label="${encoded}"` },
    {
      format: 'xep-0258-xml',
      marking: `<securitylabel xmlns="urn:xmpp:sec-label:0"><label>${element}</label></securitylabel>`,
    },
  ];
}
