/** From a US marking as it was written to the label it means. */
import { expand } from '../codes/codes.ts';
import { type Label, labelFrom } from '../label.ts';
import type { MarkingParts } from '../result.ts';
import { saysNoforn } from './combinations.ts';
import { oncePerList } from './once.ts';
import { NATO_LEVELS } from './register.ts';
import { type AeaItem, icCodes, pathNodes, type UsMarking } from './syntax.ts';

const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();

/** Written atomic markings with their subsets: `RD`, `RD-CNWDI`, `RD-SIGMA 20`. */
function aeaNodes(items: readonly AeaItem[]): readonly string[] {
  return items.flatMap(({ id, cnwdi, sigmas }) => [
    id,
    ...(cnwdi ? [`${id}-CNWDI`] : []),
    ...sigmas.map((number) => `${id}-SIGMA ${number}`),
  ]);
}

/** Whom a written list names on a day, and the owners of a head. */
const audienceOf = oncePerList((release, on: string) => expand(release, on));
const ownersIn = oncePerList((owners) => sorted(owners));

/** Controls that bind a network, as written: everything in categories 8 and 9 that is not a decision about release. */
export function controlsOf(marking: UsMarking): readonly string[] {
  const release = new Set(['NOFORN', 'REL TO', 'RELIDO', 'DISPLAY ONLY']);
  return sorted([
    ...marking.ic.map((item) => item.id).filter((id) => !release.has(id)),
    ...marking.nonIc.map((item) => item.id.replace(' NOFORN', '')),
  ]);
}

/**
 * Who may receive it. NOFORN is `['USA']` whoever the owner; so is everything classified, foreign or nuclear
 * that carries no decision (MAN Table 2 p21, p118): RELIDO and DISPLAY ONLY release nothing. Only unclassified
 * US information without any decision is unrestricted.
 */
function audience(marking: UsMarking, on: string): readonly string[] | null {
  if (saysNoforn(marking)) return ['USA'];
  const release = icCodes(marking, 'REL TO');
  if (release !== undefined) return audienceOf(release, on);
  const decided = marking.ic.some((item) => item.id === 'RELIDO' || item.id === 'DISPLAY ONLY');
  const foreign = marking.head.kind !== 'us' || marking.fgi !== undefined;
  const nuclear = marking.aea.length > 0;
  const plain = marking.head.level === 'UNCLASSIFIED' && !decided && !foreign && !nuclear;
  return plain ? null : ['USA'];
}

/** Whose information it is: empty for a concealed foreign owner. */
export function ownersOf({ head }: UsMarking): readonly string[] {
  switch (head.kind) {
    case 'us':
      return ['USA'];
    case 'joint':
    case 'foreign':
      return ownersIn(head.owners);
    case 'nato':
      return ['NATO'];
    default:
      return head satisfies never;
  }
}

export function usLabel(marking: UsMarking, on: string): Label {
  const sources =
    marking.fgi === undefined ? [] : marking.fgi.codes.length === 0 ? ['FGI'] : marking.fgi.codes;
  const activity = marking.head.kind === 'nato' ? marking.head.activity : undefined;
  const compartments = [
    ...pathNodes(marking.sci),
    ...pathNodes(marking.sap).map((node) => `SAR-${node}`),
    ...marking.natoSap.map((item) => item.id),
    ...aeaNodes(marking.aea),
    ...(activity === undefined ? [] : [`NATO ${activity}`]),
  ];
  return labelFrom({
    frame: 'US',
    level: marking.head.level,
    compartments,
    controls: controlsOf(marking),
    owners: ownersOf(marking),
    markedBy: 'USA',
    fgi: sorted(sources),
    audience: audience(marking, on),
    displayOnly: sorted(icCodes(marking, 'DISPLAY ONLY') ?? []),
  });
}

/** The parts as an officer names them, in the order of the line; empty categories are left out. */
export function usParts(marking: UsMarking): MarkingParts {
  const { head } = marking;
  const cosmic = NATO_LEVELS.find((level) => level.id === head.level)?.banner[0];
  const nativeLevel =
    head.kind !== 'nato'
      ? undefined
      : head.activity === undefined
        ? cosmic
        : `NATO ${head.activity} ${head.level}`;
  const rel = icCodes(marking, 'REL TO');
  const displayOnly = icCodes(marking, 'DISPLAY ONLY');
  const lists = {
    sci: pathNodes(marking.sci),
    sap: pathNodes(marking.sap),
    nato: marking.natoSap.map((item) => item.id),
    aea: aeaNodes(marking.aea),
    fgi: marking.fgi && (marking.fgi.codes.length === 0 ? ['FGI'] : marking.fgi.codes),
    dissem: marking.ic.map((item) => item.id).filter((id) => id !== 'REL TO' && id !== 'DISPLAY ONLY'),
    nonIc: marking.nonIc.map((item) => item.id),
    rel,
    displayOnly,
  };
  const present = Object.entries(lists).filter(([, list]) => list !== undefined && list.length > 0);
  return { ...(nativeLevel === undefined ? {} : { nativeLevel }), ...Object.fromEntries(present) };
}
