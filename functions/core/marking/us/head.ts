/** Reads how a US line begins: whose information it is, and its level. */
import { readCodes } from '../codes/lists.ts';
import type { Report } from '../errors.ts';
import { after, type Slice } from '../text.ts';
import { type Form, LEVELS, NATO_LEVELS, type UsLevel, vocabulary } from './register.ts';
import type { ParseOptions, UsHead } from './syntax.ts';

const LEVEL = { banner: vocabulary(LEVELS, 'banner'), portion: vocabulary(LEVELS, 'portion') };
const NATO = { banner: vocabulary(NATO_LEVELS, 'banner'), portion: vocabulary(NATO_LEVELS, 'portion') };

/**
 * Activities of the North Atlantic Council with their letter in portion marks: `NATO ISAF SECRET`, `(//NIS)`.
 * The register does not list them (MAN Table 5 p40); ISAF is the one the Manual itself uses (p59).
 */
const NAC_ACTIVITIES: readonly { readonly name: string; readonly letter: string }[] = [
  { name: 'ISAF', letter: 'I' },
];

/** The classification: US, `//JOINT …`, `//GBR …`, `//FGI …` or a NATO level. Mutually exclusive (MAN p14). */
export function readUsHead(
  slice: Slice,
  foreign: boolean,
  options: ParseOptions,
  report: Report,
): UsHead | undefined {
  const { form } = options;
  if (!foreign) {
    const level = LEVEL[form].get(slice.text)?.id;
    if (level === undefined || level === 'RESTRICTED') return report('UNKNOWN_LEVEL', slice.at);
    return { kind: 'us', level, at: slice.at };
  }
  const joint = after(slice, 'JOINT ');
  if (joint !== undefined) return readJoint(joint, options, report);
  const nato = NATO[form].get(slice.text);
  if (nato !== undefined) return { kind: 'nato', level: nato.id, at: slice.at };
  const activity = readNacLevel(slice, form);
  if (activity !== undefined) return activity;
  return readForeign(slice, options, report);
}

function readNacLevel(slice: Slice, form: Form): UsHead | undefined {
  for (const { name, letter } of NAC_ACTIVITIES) {
    for (const { id, banner, portion } of LEVELS) {
      if (id === 'TOP SECRET') continue;
      const written = form === 'banner' ? `NATO ${name} ${banner[0]}` : `N${letter}${portion}`;
      if (slice.text === written) return { kind: 'nato', level: id, activity: name, at: slice.at };
    }
  }
  return undefined;
}

/** `SECRET GBR USA`: the level, then the owners (MAN §H.3 p56). */
function readJoint(rest: Slice, options: ParseOptions, report: Report): UsHead | undefined {
  const found = leadingLevel(rest, options.form);
  if (found === undefined) return report('UNKNOWN_LEVEL', rest.at);
  const at = rest.at - 'JOINT '.length;
  const { level, remainder } = found;
  if (remainder === undefined) {
    if (options.form !== 'portion') return report('JOINT_WITHOUT_USA', rest.at);
    if (options.jointOwners === undefined) return report('LIST_FROM_BANNER', rest.at);
    return { kind: 'joint', level, owners: options.jointOwners, at };
  }
  const owners = readCodes(remainder, ' ', options.on, report);
  if (owners === undefined) return undefined;
  if (!owners.includes('USA') || owners.length < 2) return report('JOINT_WITHOUT_USA', remainder.at);
  return { kind: 'joint', level, owners, at };
}

/** `GBR SECRET`, `CAN GBR SECRET`, `FGI SECRET`. NATO has its own words and is never written this way. */
function readForeign(slice: Slice, options: ParseOptions, report: Report): UsHead | undefined {
  const found = trailingLevel(slice, options.form);
  if (found === undefined) return report('UNKNOWN_LEVEL', slice.at);
  if (found.owners.text === 'FGI') return { kind: 'foreign', level: found.level, owners: [], at: slice.at };
  const owners = readCodes(found.owners, ' ', options.on, report);
  if (owners === undefined) return undefined;
  if (owners.includes('USA')) return report('USA_NOT_ALLOWED', slice.at);
  if (owners.includes('NATO')) return report('UNKNOWN_LEVEL', slice.at);
  return { kind: 'foreign', level: found.level, owners, at: slice.at };
}

function leadingLevel(
  slice: Slice,
  form: Form,
): { readonly level: UsLevel; readonly remainder?: Slice } | undefined {
  for (const [word, { id }] of LEVEL[form]) {
    if (slice.text === word) return { level: id };
    const remainder = after(slice, `${word} `);
    if (remainder !== undefined) return { level: id, remainder };
  }
  return undefined;
}

function trailingLevel(
  slice: Slice,
  form: Form,
): { readonly level: UsLevel; readonly owners: Slice } | undefined {
  for (const [word, { id }] of LEVEL[form]) {
    if (!slice.text.endsWith(` ${word}`)) continue;
    const owners = { text: slice.text.slice(0, -word.length - 1), at: slice.at };
    // `TOP SECRET` comes before `SECRET` in the table, so the longer word is tried first.
    return { level: id, owners };
  }
  return undefined;
}
