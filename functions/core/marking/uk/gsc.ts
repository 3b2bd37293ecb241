import type { Report } from '../errors.ts';
import type { ReadMarking } from '../result.ts';
import { checkText, type Slice, split } from '../text.ts';
import { readUkCaveats } from './caveats.ts';

/**
 * UK Government Security Classifications, in force since 2 April 2014, reissued June 2023 (gov.uk, *Government
 * Security Classifications Policy*, updated 5 August 2024):
 *
 * ```
 * gsc    = ["UK" SP] tier { SP dash SP field } ;      dash = "-" | "–" ;      (* one kind throughout *)
 * tier   = "OFFICIAL" | "OFFICIAL-SENSITIVE" | "SECRET" | "TOP SECRET" ;
 * field  = handling | descriptors | codewords | national caveat ;   (* in that order; see caveats.ts *)
 * ```
 *
 * OFFICIAL-SENSITIVE is the OFFICIAL tier with an additional marking, so its level is OFFICIAL and SENSITIVE is a
 * control. The earlier levels (PROTECT, RESTRICTED, CONFIDENTIAL) ended in 2014 and have no equivalent here
 * (ISN 2014/01).
 */
export type UkTier = 'OFFICIAL' | 'SECRET' | 'TOP SECRET';

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
  const found = TIERS.get(name.text);
  if (found === undefined) {
    return report(RETIRED.has(name.text) ? 'RETIRED_MARKING' : 'UNKNOWN_LEVEL', name.at);
  }
  const caveats = readUkCaveats(fields, { ...found, prefixed, on }, report);
  if (caveats === undefined) return undefined;

  const controls = [...(found.sensitive ? ['SENSITIVE'] : []), ...caveats.controls].sort();
  const classified = found.tier !== 'OFFICIAL';
  return {
    label: {
      frame: 'UK',
      level: found.tier,
      compartments: [...caveats.codewords].sort(),
      controls,
      owners: ['GBR'],
      markedBy: 'GBR',
      fgi: [],
      // Caveated information goes to no government that is not named. A classified marking that names nobody
      // decides nothing about release, so it stays with its owner; so does SENSITIVE. Only plain OFFICIAL is open.
      audience:
        caveats.audience ??
        (classified || controls.some((control) => control !== 'FOR PUBLIC RELEASE') ? ['GBR'] : null),
      displayOnly: [],
    },
    canonical: [`${prefixed ? 'UK ' : ''}${name.text}`, ...caveats.fields].join(' - '),
    parts: {
      ...(found.sensitive ? { nativeLevel: 'OFFICIAL-SENSITIVE' } : {}),
      ...(caveats.fields.length === 0 ? {} : { caveats: caveats.fields }),
      ...(caveats.rel === undefined ? {} : { rel: caveats.rel }),
    },
  };
}
