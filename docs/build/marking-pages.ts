import type { MarkingFormat } from '../../functions/core/marking/formats.ts';
import type { SchemeFormat } from '../../functions/core/marking/schemes/index.ts';

/** What docs/markings.md says of a format that has a reader of its own; national schemes say it in their files. */
export interface FormatPage {
  readonly title: string;
  /** The file in functions/core/marking whose header carries the grammar. */
  readonly file: string;
}

export const FORMAT_PAGES: Readonly<Record<Exclude<MarkingFormat, SchemeFormat>, FormatPage>> = {
  'us-banner': {
    title: 'US banner lines',
    file: 'us/parse.ts',
  },
  'us-portion': {
    title: 'US portion marks',
    file: 'us/parse.ts',
  },
  'cui-banner': {
    title: 'CUI banners',
    file: 'us/cui.ts',
  },
  'cui-portion': {
    title: 'CUI portion marks',
    file: 'us/cui.ts',
  },
  'uk-gsc': {
    title: 'United Kingdom: Government Security Classifications',
    file: 'uk/gsc.ts',
  },
  'nato-text': {
    title: 'NATO markings',
    file: 'nato/text.ts',
  },
  'aus-epms-subject': {
    title: 'Australia: e-mail markings in the subject',
    file: 'aus/epms.ts',
  },
  'aus-epms-header': {
    title: 'Australia: the X-Protective-Marking header',
    file: 'aus/epms.ts',
  },
  'us-document': {
    title: 'US documents: portions and banner',
    file: 'us/document.ts',
  },
  'ism-attrs': {
    title: 'IC-ISM attributes as a JSON object',
    file: 'ism/ism.ts',
  },
  'stanag-5636-json': {
    title: 'STANAG 4774 labels as STANAG 5636 JSON',
    file: 'stanag/stanag-5636-json.ts',
  },
  label: {
    title: "The guard's own structured label",
    file: 'structured.ts',
  },
  'ism-xml': {
    title: 'IC-ISM attributes on an XML element',
    file: 'ism/ism-xml.ts',
  },
  'stanag-4774-xml': {
    title: 'STANAG 4774 (ADatP-4774) confidentiality labels',
    file: 'stanag/stanag-4774-xml.ts',
  },
  'xep-0258-xml': {
    title: 'XEP-0258 security labels (gateways)',
    file: 'gateway/xep-0258.ts',
  },
  'sio-label-header': {
    title: 'SIO-Label headers, RFC 7444 (gateways)',
    file: 'gateway/sio-label.ts',
  },
};
