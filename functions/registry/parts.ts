/** Long answers a piece at a time, for whoever asks with `?part=`; not the chunks in which proposals come. */
import { Refusal } from './refusal.ts';

/** Of JSON text, escaped once more in the answer: well below Lambda's 6 MB. */
const PART_CHARACTERS = 1024 * 1024;

/** A piece of a text that is too large for one answer. */
export interface Part {
  readonly part: number;
  readonly parts: number;
  readonly text: string;
}

/** The piece that `?part=` names; the first where it names none. @throws Refusal REQUEST_INVALID where there is none such */
export function partOf(text: string, query: ReadonlyMap<string, string>): Part {
  const part = Number(query.get('part') ?? '0');
  const parts = Math.ceil(text.length / PART_CHARACTERS);
  if (!(Number.isInteger(part) && part >= 0 && part < parts))
    throw new Refusal('REQUEST_INVALID', `"part" is a number from 0 to ${parts - 1}`);
  return { part, parts, text: text.slice(part * PART_CHARACTERS, (part + 1) * PART_CHARACTERS) };
}
