import { isPolicyFrame, ownerOfFrame } from './frame-owners.ts';
import { controlsIn, readIns } from './read-in.ts';

/**
 * A label: the parsed, normalised form of a marking. Every reader in this folder produces this shape and
 * nothing else, so that dominance never needs to know which format a message arrived in.
 *
 * All lists are sorted (code-unit order) and free of duplicates.
 */
export interface Label {
  /** The marking system the level belongs to: `US`, `UK`, `NATO`, `EU`, `AUS` … Never ordered across frames. */
  readonly frame: string;
  /** Canonical level name on the frame's own ladder, e.g. `TOP SECRET`. */
  readonly level: string;
  /**
   * Categories that restrict, closed upwards to the root: `SI-G ABCD` gives `SI`, `SI-G`, `SI-G ABCD`. Also
   * SAP (`SAR-BP`), AEA (`RD`, `RD-CNWDI`), NATO qualifiers (`ATOMAL`) and CUI categories (`CUI`, `CUI:SP-CTI`).
   */
  readonly compartments: readonly string[];
  /** Handling controls a network must honour, without effect on the audience: `ORCON`, `PROPIN`, `FOUO` … */
  readonly controls: readonly string[];
  /** Owners named by the label: `USA`; `GBR USA` for JOINT; empty for a concealed `//FGI` owner. */
  readonly owners: readonly string[];
  /** The nation or organisation that marked the message. Always a responsible owner, whatever `owners` says. */
  readonly markedBy: string;
  /** FGI sources: kept apart from owners, never widening the audience. `FGI` alone stands for a concealed source. */
  readonly fgi: readonly string[];
  /**
   * Release audience as nation codes (ISO 3166-1 alpha-3) and tokens that cannot be expanded, or `null` for
   * no restriction. NOFORN is `['USA']`. An empty list admits nobody.
   */
  readonly audience: readonly string[] | null;
  /** DISPLAY ONLY codes. Disclosure is not release: never used for routing. */
  readonly displayOnly: readonly string[];
}

/** A label as a marking reads on a day, and how long it goes on reading so. */
export interface ReadLabel {
  readonly label: Label;
  /** Epoch ms of the first instant at which the marking reads otherwise; `null` where no list changes any more. */
  readonly until: number | null;
}

/** A label that was made and not read: no list of codes ever changes what it says. */
export function madeLabel(label: Label): ReadLabel {
  return { label, until: null };
}

/**
 * Everyone whose mandate must permit: the owners named by the label, and always the marking nation and whoever the
 * marking system belongs to. A label that claims another marking nation than its frame's thereby answers to both.
 */
export function responsibleOwners(label: Label): readonly string[] {
  const system = isPolicyFrame(label.frame) ? [] : [ownerOfFrame(label.frame)];
  return [...new Set([...label.owners, label.markedBy, ...system])].sort();
}

/** The parts a label is put together from: nothing but its audience, which no default may widen, is asked of everybody. */
export type LabelParts = Pick<Label, 'frame' | 'level' | 'markedBy' | 'audience'> & Partial<Label>;

/**
 * A label from its parts; without owners it is the marking nation's. It has every read-in and control that a marking of the
 * same takes. What puts a label together that no reader made (a screen's, a forecast's) does it here, so that nothing is
 * asked about, or shown as permitted, that no marking says.
 */
export function labelFrom(parts: LabelParts): Label {
  const { frame, level, markedBy, audience } = parts;
  const { compartments = [], controls = [], owners = [markedBy], fgi = [], displayOnly = [] } = parts;
  return {
    frame,
    level,
    compartments: readIns({ frame, owners, fgi, compartments }),
    controls: controlsIn(frame, controls),
    owners,
    markedBy,
    fgi,
    audience,
    displayOnly,
  };
}

/** A label of a level and no caveat: one owner who also marked it. */
export function plainLabel(owner: string, frame: string, level: string, audience: Label['audience']): Label {
  return labelFrom({ frame, level, markedBy: owner, audience });
}
