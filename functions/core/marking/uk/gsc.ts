import type { Report } from '../errors.ts';
import type { ReadMarking } from '../result.ts';
import { after, checkText, type Slice, split } from '../text.ts';
import { isDescriptorOf2014, readUkCaveats, type UkTier } from './caveats.ts';

/**
 * UK Government Security Classifications, in force since 2 April 2014, reissued June 2023 (gov.uk, *Government
 * Security Classifications Policy*, updated 5 August 2024):
 *
 * ```
 * gsc    = ["UK" SP] tier [SP descriptor2014] { SP dash SP field } ;      dash = "-" | "–" ;      (* one kind throughout *)
 * tier   = "OFFICIAL" | "OFFICIAL-SENSITIVE" | "SECRET" | "TOP SECRET" ;
 * field  = handling | descriptor | "REL EU" | national caveat ;     (* in that order; see caveats.ts *)
 * descriptor2014 = "COMMERCIAL" | "LOCSEN" | "PERSONAL" ;          (* with OFFICIAL-SENSITIVE only *)
 * ```
 *
 * OFFICIAL-SENSITIVE is the OFFICIAL tier with an additional marking, so its level is OFFICIAL and SENSITIVE is a
 * control. The earlier levels (PROTECT, RESTRICTED, CONFIDENTIAL) ended in 2014 and have no equivalent here
 * (ISN 2014/01).
 */
const TIERS: ReadonlyMap<string, { readonly tier: UkTier; readonly sensitive: boolean }> = new Map([
  ['OFFICIAL', { tier: 'OFFICIAL', sensitive: false }],
  ['OFFICIAL-SENSITIVE', { tier: 'OFFICIAL', sensitive: true }],
  ['SECRET', { tier: 'SECRET', sensitive: false }],
  ['TOP SECRET', { tier: 'TOP SECRET', sensitive: false }],
]);
const RETIRED: ReadonlySet<string> = new Set([
  'UNCLASSIFIED',
  'NOT PROTECTIVELY MARKED',
  'PROTECT',
  'RESTRICTED',
  'CONFIDENTIAL',
]);

const EN_DASH = '\u2013';

export function readUkGsc(text: string, on: string, report: Report): ReadMarking | undefined {
  if (!checkText(text, report, `${EN_DASH}&`)) return undefined;
  const separator = text.includes(EN_DASH) ? ` ${EN_DASH} ` : ' - ';
  const [head, ...fields] = split({ text, at: 0 }, separator);
  if (head === undefined) return report('EMPTY', 0);
  const prefixed = head.text.startsWith('UK ');
  const name: Slice = prefixed ? { text: head.text.slice(3), at: 3 } : head;
  // The 2014 policy wrote its descriptors after a space: `OFFICIAL-SENSITIVE COMMERCIAL`.
  const descriptor = after(name, 'OFFICIAL-SENSITIVE ');
  const tierName =
    descriptor !== undefined && isDescriptorOf2014(descriptor.text) ? 'OFFICIAL-SENSITIVE' : name.text;
  const found = TIERS.get(tierName);
  if (found === undefined) {
    return report(RETIRED.has(name.text) ? 'RETIRED_MARKING' : 'UNKNOWN_LEVEL', name.at);
  }
  const written = tierName === name.text || descriptor === undefined ? fields : [descriptor, ...fields];
  const caveats = readUkCaveats(written, { ...found, prefixed, on }, report);
  if (caveats === undefined) return undefined;

  const controls = [...(found.sensitive ? ['SENSITIVE'] : []), ...caveats.controls].sort();
  const classified = found.tier !== 'OFFICIAL';
  return {
    label: {
      frame: 'UK',
      level: found.tier,
      compartments: [],
      controls,
      owners: ['GBR'],
      markedBy: 'GBR',
      fgi: [],
      // Caveated information goes to no government that is not named. A classified marking that names nobody
      // decides nothing about release, so it stays with its owner; so does SENSITIVE. Only plain OFFICIAL is open.
      audience: caveats.audience ?? (classified || controls.length > 0 ? ['GBR'] : null),
      displayOnly: [],
    },
    canonical: [`${prefixed ? 'UK ' : ''}${tierName}`, ...caveats.fields].join(' - '),
    parts: {
      ...(found.sensitive ? { nativeLevel: 'OFFICIAL-SENSITIVE' } : {}),
      ...(caveats.fields.length === 0 ? {} : { caveats: caveats.fields }),
      ...(caveats.rel === undefined ? {} : { rel: caveats.rel }),
    },
  };
}
