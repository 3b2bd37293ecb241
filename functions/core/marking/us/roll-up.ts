import { expand } from '../codes/codes.ts';
import type { MarkingErrorCode } from '../errors.ts';
import { audienceSubset, join } from '../join.ts';
import type { Label } from '../label.ts';
import { levelRank } from '../ladders.ts';
import { saysNoforn } from './combinations.ts';
import { controlsOf, ownersOf, usLabel } from './compile.ts';
import { oncePerList } from './once.ts';
import { icCodes, type UsMarking } from './syntax.ts';

/**
 * Roll-up of portions to a banner (MAN §D.2 pp28-30 and the precedence rules of each marking). What a banner may
 * leave out is a closed list; everything else a portion carries must be in it. The banner is looked at once for all.
 */
export function coverOf(
  banner: UsMarking,
  on: string,
): (portion: UsMarking, part: Label) => MarkingErrorCode | undefined {
  const whole = usLabel(banner, on);
  const rank = (label: Label) => levelRank('US', label.level) ?? Number.POSITIVE_INFINITY;
  const classified = whole.level !== 'UNCLASSIFIED';
  const compartments = new Set(absorbing(whole.compartments));
  // As they are written: a banner that says ORCON-USGOV does not say ORCON for a portion that does.
  const controls = new Set(controlsOf(banner));
  const sources = new Set(sourcesOf(banner, banner));
  const display = expand(icCodes(banner, 'DISPLAY ONLY') ?? [], on);
  return (portion, part) => {
    if (rank(part) > rank(whole)) return 'BANNER_BELOW_LEVEL';
    if (!headsAgree(banner, portion)) return 'BANNER_LACKS_SOURCE';
    if (
      !part.compartments.every(
        (node) => compartments.has(node) || absorbedCompartment(node, whole, classified),
      )
    ) {
      return 'BANNER_LACKS_CONTROL';
    }
    if (
      !controlsOf(portion).every(
        (control) => controls.has(control) || absorbedControl(control, whole, classified),
      )
    ) {
      return 'BANNER_LACKS_CONTROL';
    }
    const missing = sourcesOf(portion, banner).filter((source) => !sources.has(source));
    // A banner that conceals its sources covers every named one.
    if (missing.length > 0 && !sources.has('FGI')) return 'BANNER_LACKS_SOURCE';
    return releaseProblem({ banner, whole, display }, portion, part, on);
  };
}

/** JOINT only over portions of the same owners, foreign only over portions of those owners (MAN p57, p59). */
function headsAgree(banner: UsMarking, portion: UsMarking): boolean {
  if (banner.head.kind === 'us') return true;
  if (portion.head.kind !== banner.head.kind) return false;
  if ('owners' in banner.head && 'owners' in portion.head && banner.head.owners === portion.head.owners)
    return true;
  const owners = (marking: UsMarking) => ('owners' in marking.head ? marking.head.owners : ['NATO']);
  if (banner.head.kind === 'joint') return owners(banner).join() === owners(portion).join();
  if (banner.head.kind === 'foreign' && banner.head.owners.length === 0) return true;
  return owners(portion).length > 0 && owners(portion).every((owner) => owners(banner).includes(owner));
}

/** Foreign sources a portion brings into a US document: its FGI list, and its owners if they are not the banner's. */
export function sourcesOf(portion: UsMarking, banner: UsMarking): readonly string[] {
  const named = portion.fgi === undefined ? [] : portion.fgi.codes.length === 0 ? ['FGI'] : portion.fgi.codes;
  if (banner.head.kind !== 'us') return named;
  switch (portion.head.kind) {
    case 'us':
      return named;
    case 'nato':
      return ['NATO', ...named];
    case 'joint':
      return [...portion.head.owners.filter((owner) => owner !== 'USA'), ...named];
    case 'foreign':
      return [...(portion.head.owners.length === 0 ? ['FGI'] : portion.head.owners), ...named];
    default:
      return portion.head satisfies never;
  }
}

/** RD takes FRD's place with its SIGMA numbers, and either takes TFNI's (MAN p104, p108, p120). */
function absorbing(compartments: readonly string[]): readonly string[] {
  const more = compartments.flatMap((node) => {
    if (node === 'RD') return [node, 'FRD', 'TFNI'];
    if (node === 'FRD') return [node, 'TFNI'];
    return node.startsWith('RD-SIGMA ') ? [node, `F${node}`] : [node];
  });
  return more;
}

/** UCNI is not carried into a classified banner (MAN p116, p118). Whether it shows NATO is judged with its sources. */
function absorbedCompartment(node: string, whole: Label, classified: boolean): boolean {
  if (node === 'NATO') return true;
  return classified && (node === 'DOD UCNI' || node === 'DOE UCNI') && whole.audience !== null;
}

function absorbedControl(control: string, whole: Label, classified: boolean): boolean {
  const has = (id: string) => whole.controls.includes(id);
  switch (control) {
    case 'FOUO':
      return classified || whole.controls.length > 0;
    case 'LIMDIS':
      return classified;
    case 'SBU':
      return classified || has('EXDIS') || has('NODIS');
    case 'ORCON-USGOV':
      return has('ORCON');
    case 'EXDIS':
      return has('NODIS');
    default:
      return false;
  }
}

const NOBODY: readonly string[] = [];

/** Those to whom a banner may be shown and a portion is not released. */
const notAmong = oncePerList((released, display: readonly string[]) => {
  const members = new Set(released);
  return display.filter((code) => !members.has(code));
});

/** Table 3: the banner never releases more than each portion does, and says so where portions decide. */
function releaseProblem(
  {
    banner,
    whole,
    display,
  }: { readonly banner: UsMarking; readonly whole: Label; readonly display: readonly string[] },
  portion: UsMarking,
  part: Label,
  on: string,
): MarkingErrorCode | undefined {
  if (!audienceSubset(whole.audience, part.audience)) return 'BANNER_WIDENS_RELEASE';
  if (part.audience === null) return undefined;
  const has = (marking: UsMarking, id: string) => marking.ic.some((item) => item.id === id);
  // RELIDO in the banner needs RELIDO in every portion that is not plainly unclassified (p155, rules 10, 17, 18).
  if (has(banner, 'RELIDO') && !has(portion, 'RELIDO')) return 'BANNER_WIDENS_RELEASE';
  const released = icCodes(portion, 'REL TO') === undefined ? NOBODY : part.audience;
  const shown = expand(icCodes(portion, 'DISPLAY ONLY') ?? [], on);
  if (!audienceSubset(notAmong(released, display), shown)) return 'BANNER_WIDENS_RELEASE';
  const decides = (marking: UsMarking) =>
    saysNoforn(marking) || ['REL TO', 'RELIDO', 'DISPLAY ONLY'].some((id) => has(marking, id));
  // A portion that decides about release and a banner that does not: the decision is lost.
  return decides(portion) && !decides(banner) ? 'BANNER_WIDENS_RELEASE' : undefined;
}

/**
 * What routing judges: the union of everything that restricts, un-superseded, and the intersection of what permits.
 * Owners join like everything else that restricts. Only one thing makes an owner a mere source: a US banner that says
 * `FGI` over a foreign or NATO portion (MAN p57, p124); one that does not say it is refused (`coveredBy`). A co-owner
 * of a JOINT portion owns it under any banner.
 *
 * @param labels those of the portions
 */
export function effectiveLabel(
  banner: UsMarking | undefined,
  portions: readonly UsMarking[],
  labels: readonly Label[],
  on: string,
): Label | undefined {
  const present = banner === undefined ? portions : [banner, ...portions];
  const joined = join(banner === undefined ? labels : [usLabel(banner, on), ...labels]);
  if (joined === undefined) return undefined;
  const isSource = ({ head }: UsMarking) =>
    banner?.head.kind === 'us' && (head.kind === 'foreign' || head.kind === 'nato');
  const ownersAmong = (markings: readonly UsMarking[]) => [...new Set(markings.map(ownersOf))].flat();
  const owners = ownersAmong(present.filter((marking) => !isSource(marking)));
  const sources = [...joined.fgi, ...ownersAmong(present.filter(isSource))];
  const concealed = portions.some(({ head }) => head.kind === 'foreign' && head.owners.length === 0);
  return {
    ...joined,
    owners: [...new Set(owners)].sort(),
    fgi: concealed || sources.includes('FGI') ? ['FGI'] : [...new Set(sources)].sort(),
  };
}
