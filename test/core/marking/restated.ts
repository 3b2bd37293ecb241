/** A label in the words of a structured label, of each read-in only the deepest. */
import { type Label, responsibleOwners } from '../../../functions/core/marking/label.ts';

export function restated(label: Label): object {
  const { frame, level, owners, markedBy, controls, fgi, displayOnly, audience } = label;
  const compartments = label.compartments.filter(
    (node) => !label.compartments.some((other) => ['-', ' ', ':'].some((c) => other.startsWith(node + c))),
  );
  const said = { frame, level, owners, markedBy, compartments, controls, fgi, displayOnly };
  return audience === null ? { ...said, unrestricted: true } : { ...said, releasableTo: audience };
}

/** What a network is judged by. */
export function judgedBy(label: Label) {
  const { frame, level, compartments, controls, audience, fgi } = label;
  return { owners: responsibleOwners(label), frame, level, compartments, controls, audience, fgi };
}
