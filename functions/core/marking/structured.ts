import { expand, isCode } from './codes/codes.ts';
import type { Report } from './errors.ts';
import { ownerOfFrame } from './frame-owners.ts';
import { type Label, labelFrom } from './label.ts';
import { levelRank } from './ladders.ts';
import type { ReadMarking } from './result.ts';
import { ownerAudience } from './scheme.ts';

/**
 * The guard's own label as JSON, for upstream services that already hold one and for nations without a published
 * grammar:
 *
 * ```jsonc
 * {
 *   "frame": "US", "level": "SECRET", "owners": ["USA"], "markedBy": "USA",
 *   "compartments": ["SI"], "controls": ["ORCON"], "fgi": [], "displayOnly": [],   // optional lists
 *   "releasableTo": ["USA", "GBR"]       // or "noforn": true, "ownerOnly": true, "unrestricted": true
 * }
 * ```
 *
 * Exactly one of the four audience members is present: nothing absent may widen. `unrestricted` is for a nation's own
 * information at a level that its formats give to everybody, and only where the label says nothing else. A member that is not listed is refused.
 */
const MEMBERS: ReadonlySet<string> = new Set([
  'frame',
  'level',
  'owners',
  'markedBy',
  'compartments',
  'controls',
  'fgi',
  'displayOnly',
  'releasableTo',
  'noforn',
  'ownerOnly',
  'unrestricted',
]);
/** What is everybody's where its owner says nothing else, as the formats of these nations read it. */
const OPEN: ReadonlyMap<string, string> = new Map([
  ['US', 'UNCLASSIFIED'],
  ['UK', 'OFFICIAL'],
  ['AUS', 'UNOFFICIAL'],
  ['CAN', 'UNCLASSIFIED'],
  ['NZL', 'UNCLASSIFIED'],
]);
const AUDIENCE = ['releasableTo', 'noforn', 'ownerOnly', 'unrestricted'] as const;
const MAX_ENTRIES = 128;
const NAME = new Set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 :/-&'.");

type Members = Readonly<Record<string, unknown>>;

export function readStructured(input: unknown, on: string, report: Report): ReadMarking | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return report('NOT_A_MARKING', 0);
  const members = input as Members;
  if (Object.keys(members).some((key) => !MEMBERS.has(key))) return report('UNKNOWN_ATTRIBUTE', 0);
  const { frame, level, markedBy } = members;
  if (typeof frame !== 'string' || typeof level !== 'string' || typeof markedBy !== 'string') {
    return report('MISSING_ATTRIBUTE', 0);
  }
  if (levelRank(frame, level) === undefined) return report('UNKNOWN_LEVEL', 0);
  const owners = codes(members, 'owners', on);
  const fgi = codes(members, 'fgi', on);
  const displayOnly = codes(members, 'displayOnly', on);
  const compartments = names(members, 'compartments');
  const controls = names(members, 'controls');
  if (!isCode(markedBy, on) || !owners || !fgi || !displayOnly) return report('UNKNOWN_CODE', 0);
  if (!compartments || !controls) return report('MALFORMED_NAME', 0);
  if (owners.length === 0) return report('MISSING_ATTRIBUTE', 0);
  const audience = readAudience(members, { frame, markedBy, owners }, on, report);
  if (audience === undefined) return undefined;
  const others = [...compartments, ...controls, ...fgi, ...displayOnly];
  const own = [markedBy, ...owners].every((code) => code === ownerOfFrame(frame));
  const open = OPEN.get(frame) === level && own && others.length === 0;
  if (audience === null && !open) return report('AUDIENCE_NOT_EXPLICIT', 0);
  const label = labelFrom({
    frame,
    level,
    compartments,
    controls,
    owners,
    markedBy,
    fgi,
    audience,
    displayOnly,
  });
  return { label, canonical: JSON.stringify(canonicalMembers(members, label)), parts: {} };
}

/** The audience member, exactly one; `undefined` after a refusal. */
function readAudience(
  members: Members,
  label: { readonly frame: string; readonly markedBy: string; readonly owners: readonly string[] },
  on: string,
  report: Report,
): readonly string[] | null | undefined {
  const [said, ...others] = AUDIENCE.filter((name) => Object.hasOwn(members, name));
  if (said === undefined || others.length > 0) return report('AUDIENCE_NOT_EXPLICIT', 0);
  if (said === 'releasableTo') {
    const list = codes(members, said, on);
    if (list === undefined) return report('UNKNOWN_CODE', 0);
    return list.length === 0 ? report('AUDIENCE_NOT_EXPLICIT', 0) : expand(list, on);
  }
  if (members[said] !== true) return report('MALFORMED_ATTRIBUTE', 0);
  switch (said) {
    case 'noforn':
      return label.frame === 'US' ? ['USA'] : report('AUDIENCE_NOT_EXPLICIT', 0);
    case 'ownerOnly':
      // Several owners: only whom every one of them already includes.
      return label.owners
        .map((owner) => ownerAudience(owner, on))
        .reduce((common, next) => common.filter((code) => next.includes(code)))
        .toSorted();
    case 'unrestricted':
      return null;
    default:
      return said satisfies never;
  }
}

function list(
  members: Members,
  name: string,
  valid: (entry: string) => boolean,
): readonly string[] | undefined {
  const value = Object.hasOwn(members, name) ? members[name] : [];
  if (!Array.isArray(value) || value.length > MAX_ENTRIES) return undefined;
  const entries = value as readonly unknown[];
  if (!entries.every((entry): entry is string => typeof entry === 'string' && valid(entry))) return undefined;
  return new Set(entries).size < entries.length ? undefined : [...entries].sort();
}

function codes(members: Members, name: string, on: string): readonly string[] | undefined {
  return list(members, name, (code) => isCode(code, on) || (name === 'fgi' && code === 'FGI'));
}

function names(members: Members, name: string): readonly string[] | undefined {
  return list(
    members,
    name,
    (entry) =>
      entry.length > 0 &&
      entry.length <= 64 &&
      entry === entry.trim() &&
      [...entry].every((letter) => NAME.has(letter)),
  );
}

function canonicalMembers(members: Members, label: Label): Members {
  const said = AUDIENCE.find((name) => Object.hasOwn(members, name)) ?? 'ownerOnly';
  const lists = {
    compartments: label.compartments,
    controls: label.controls,
    fgi: label.fgi,
    displayOnly: label.displayOnly,
  };
  return {
    frame: label.frame,
    level: label.level,
    owners: label.owners,
    markedBy: label.markedBy,
    ...Object.fromEntries(Object.entries(lists).filter(([, entries]) => entries.length > 0)),
    [said]: said === 'releasableTo' ? [...(members[said] as readonly string[])].sort() : true,
  };
}
