import type { Report } from '../errors.ts';
import type { Label } from '../label.ts';
import type { ReadMarking } from '../result.ts';
import { parseUsBanner, parseUsPortion } from './banner.ts';
import { saysNoforn } from './combinations.ts';
import { usLabel, usParts } from './compile.ts';
import { printUs } from './print.ts';
import { coverOf, effectiveLabel, sourcesOf } from './roll-up.ts';
import { icCodes, type UsMarking } from './syntax.ts';

/** At most this many portions in one message. */
export const MAX_PORTIONS = 256;

/**
 * A US document: portion marks and, usually, the banner of the whole (MAN §D.2 pp28-30).
 *
 * The label is the join of everything present: the banner is authoritative upwards, because a compilation may be
 * more sensitive than every part of it. A banner below its portions is a contradiction and is refused. For an
 * error in a portion, `at` is the number of the portion.
 */
export function readUsDocument(input: unknown, on: string, report: Report): ReadMarking | undefined {
  const document = shapeOf(input, report);
  if (document === undefined) return undefined;
  const banner = document.banner === undefined ? undefined : parseUsBanner(document.banner, on, report);
  if (document.banner !== undefined && banner === undefined) return undefined;

  const release = banner && icCodes(banner, 'REL TO');
  const jointOwners = banner?.head.kind === 'joint' ? banner.head.owners : undefined;
  const context = {
    on,
    ...(release === undefined ? {} : { release }),
    ...(jointOwners === undefined ? {} : { jointOwners }),
  };
  const portions: UsMarking[] = [];
  for (const [index, text] of document.portions.entries()) {
    const portion = parseUsPortion(text, context, (code) => report(code, index));
    if (portion === undefined) return undefined;
    portions.push(portion);
  }
  const labels = portions.map((portion) => usLabel(portion, on));
  if (banner !== undefined && !bannerStands(banner, portions, labels, on, report)) return undefined;
  return compileDocument(banner, portions, labels, on);
}

interface UsDocument {
  readonly banner?: string;
  readonly portions: readonly string[];
}

function shapeOf(input: unknown, report: Report): UsDocument | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return report('NOT_A_MARKING', 0);
  const { banner, portions, ...others } = input as { readonly banner?: unknown; readonly portions?: unknown };
  if (Object.keys(others).length > 0 || !Array.isArray(portions)) return report('NOT_A_MARKING', 0);
  if (Object.hasOwn(input, 'banner') && typeof banner !== 'string') return report('NOT_A_MARKING', 0);
  if (portions.length === 0) return report('EMPTY', 0);
  if (portions.length > MAX_PORTIONS) return report('TOO_LONG', MAX_PORTIONS);
  const wrong = portions.findIndex((portion) => typeof portion !== 'string');
  if (wrong >= 0) return report('NOT_A_MARKING', wrong);
  const texts = portions as readonly string[];
  return typeof banner === 'string' ? { banner, portions: texts } : { portions: texts };
}

/** Every way in which a banner can be below its portions; reports the first portion that shows it. */
function bannerStands(
  banner: UsMarking,
  portions: readonly UsMarking[],
  labels: readonly Label[],
  on: string,
  report: Report,
): boolean {
  const cover = coverOf(banner, on);
  for (const [index, portion] of portions.entries()) {
    const label = labels[index];
    const problem = label === undefined ? 'BANNER_BELOW_LEVEL' : cover(portion, label);
    if (problem !== undefined) {
      report(problem, index);
      return false;
    }
  }
  const concealed = portions.some((portion) => sourcesOf(portion, banner).includes('FGI'));
  // One concealed source: the banner says FGI and names nobody (MAN p124).
  if (concealed && banner.head.kind === 'us' && (banner.fgi?.codes.length ?? 1) > 0) {
    report('BANNER_LACKS_SOURCE', 0);
    return false;
  }
  if (portions.some(saysNoforn) && !saysNoforn(banner)) {
    report('BANNER_WIDENS_RELEASE', 0);
    return false;
  }
  return true;
}

function compileDocument(
  banner: UsMarking | undefined,
  portions: readonly UsMarking[],
  labels: readonly Label[],
  on: string,
): ReadMarking | undefined {
  const label = effectiveLabel(banner, portions, labels, on);
  if (label === undefined) return undefined;
  const canonical = JSON.stringify({
    ...(banner === undefined ? {} : { banner: printUs(banner, 'banner') }),
    portions: portions.map((portion) => printUs(portion, 'portion')),
  });
  return { label, canonical, parts: banner === undefined ? {} : usParts(banner) };
}
