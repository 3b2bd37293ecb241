/** Whose marking system a frame is. A frame is called by its owner's code, except for these two. */
const FRAME_OWNERS: ReadonlyMap<string, string> = new Map([
  ['US', 'USA'],
  ['UK', 'GBR'],
]);

/** `USA` of `US`, `CAN` of `CAN-PROTECTED`, `NATO` of `NATO`. */
export function ownerOfFrame(frame: string): string {
  return FRAME_OWNERS.get(frame) ?? frame.split('-')[0] ?? frame;
}

/** A frame called by a policy's identifier (`ess:1.2.840`), with no nation or organisation behind it that is known. */
export function isPolicyFrame(frame: string): boolean {
  return frame.includes(':');
}
