/** Every format this guard reads, by the id a caller names it with. */
export const MARKING_FORMATS = ['us-banner', 'us-portion', 'uk-gsc'] as const;

export type MarkingFormat = (typeof MARKING_FORMATS)[number];

export function isMarkingFormat(id: string): id is MarkingFormat {
  return (MARKING_FORMATS as readonly string[]).includes(id);
}
