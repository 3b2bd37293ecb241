import { isCalendarDate } from '../codes/codes.ts';
import type { Report } from '../errors.ts';

/**
 * IC-ISM attributes (namespace `urn:us:gov:ic:ism`, ODNI public ISM 2021-NOVr2022-NOV). Those that decide are
 * read; those that only inform are checked for shape and kept out of the label. Any other name is refused.
 */
export const DECIDING = [
  'classification',
  'ownerProducer',
  'joint',
  'SCIcontrols',
  'SARIdentifier',
  'atomicEnergyMarkings',
  'FGIsourceOpen',
  'FGIsourceProtected',
  'nonUSControls',
  'disseminationControls',
  'releasableTo',
  'displayOnlyTo',
  'nonICmarkings',
  'highWaterNATO',
  'cuiBasic',
  'cuiSpecified',
] as const;
/** An ISM attribute that decides something of the label. */
export type DecidingAttribute = (typeof DECIDING)[number];

/** `excludeFromRollup` and `compliesWith` are read and deliberately not honoured: the sender chooses them. */
const INFORMING: ReadonlySet<string> = new Set([
  'DESVersion',
  'ISMCATCESVersion',
  'resourceElement',
  'createDate',
  'compliesWith',
  'excludeFromRollup',
  'classifiedBy',
  'classificationReason',
  'compilationReason',
  'derivativelyClassifiedBy',
  'derivedFrom',
  'declassDate',
  'declassEvent',
  'declassException',
  'exemptFrom',
  'noticeType',
  'noticeDate',
  'noticeReason',
  'unregisteredNoticeType',
  'externalNotice',
  'pocType',
  'hasApproximateMarkings',
  'noAggregation',
  'cuiControlledBy',
  'cuiControlledByOffice',
  'cuiDecontrolDate',
  'cuiDecontrolEvent',
  'cuiPOC',
]);
/** Present only on classified information (ISM-ID-00016). */
const CLASSIFIED_ONLY = [
  'classifiedBy',
  'classificationReason',
  'derivativelyClassifiedBy',
  'derivedFrom',
  'declassDate',
  'declassEvent',
  'declassException',
] as const;
const FLAGS: ReadonlySet<string> = new Set([
  'resourceElement',
  'excludeFromRollup',
  'externalNotice',
  'hasApproximateMarkings',
  'noAggregation',
]);
const DATES: ReadonlySet<string> = new Set(['createDate', 'declassDate', 'noticeDate', 'cuiDecontrolDate']);
const COMPLIES: ReadonlySet<string> = new Set([
  'USGov',
  'USIC',
  'USDOD',
  'OtherAuthority',
  'USA-CUI',
  'USA-CUI-ONLY',
]);

/** The ISM attributes of one element, read by name. */
export interface IsmAttributes {
  /** The resource says that it is CUI and nothing else: it has no classification of its own. */
  readonly cuiOnly: boolean;
  /** Tokens of a deciding attribute; absent and empty are the same. */
  readonly tokens: (name: DecidingAttribute) => readonly string[];
  readonly informs: (name: string) => string | undefined;
}

const MAX_VALUE = 1024;

/** Checks names, shapes and repetition (ISM-ID-00002, 00012, 00236). */
export function readAttributes(
  entries: readonly (readonly [name: string, value: unknown])[],
  report: Report,
): IsmAttributes | undefined {
  const deciding = new Map<string, readonly string[]>();
  const informing = new Map<string, string>();
  for (const [index, [name, value]] of entries.entries()) {
    if (typeof value !== 'string' || value.trim() === '') return report('MALFORMED_ATTRIBUTE', index);
    if (value.length > MAX_VALUE) return report('TOO_LONG', index);
    if (INFORMING.has(name)) {
      if (FLAGS.has(name) && value !== 'true' && value !== 'false')
        return report('MALFORMED_ATTRIBUTE', index);
      if (DATES.has(name) && !isCalendarDate(value)) return report('INVALID_DATE', index);
      informing.set(name, value);
    } else if ((DECIDING as readonly string[]).includes(name)) {
      const tokens = value.split(' ');
      if (tokens.includes('')) return report('STRAY_SPACE', index);
      if (new Set(tokens).size < tokens.length) return report('DUPLICATE', index);
      deciding.set(name, tokens);
    } else return report('UNKNOWN_ATTRIBUTE', index);
  }
  const complies = informing.get('compliesWith')?.split(' ') ?? [];
  if (complies.some((token) => !COMPLIES.has(token))) return report('UNKNOWN_ATTRIBUTE', 0);
  const cuiOnly = complies.includes('USA-CUI-ONLY');
  for (const name of ['classification', 'ownerProducer']) {
    // ISM-ID-00495: where CUI is all there is, nothing is classified and nobody else owns it.
    if (deciding.has(name) === cuiOnly) return report(cuiOnly ? 'CUI_ONLY' : 'MISSING_ATTRIBUTE', 0);
  }
  // An estimate is the highest the system may hold, made by nobody who knows: no label at all.
  if (informing.get('hasApproximateMarkings') === 'true') return report('APPROXIMATE', 0);
  if (deciding.get('classification')?.[0] === 'U' && CLASSIFIED_ONLY.some((name) => informing.has(name))) {
    return report('UNCLASSIFIED_ONLY', 0);
  }
  return {
    cuiOnly,
    tokens: (name) => deciding.get(name) ?? [],
    informs: (name) => informing.get(name),
  };
}
