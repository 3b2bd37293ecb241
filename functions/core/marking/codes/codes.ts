import nationData from './nations.json' with { type: 'json' };
import organisationData from './organisations.json' with { type: 'json' };

/**
 * Nations (ISO 3166-1 alpha-3) and organisations (the public tetragraphs), each with its dates. Membership is
 * read on the day a marking is judged by; a code that cannot be expanded stands only for itself.
 */
interface Member {
  readonly code: string;
  readonly from?: string;
  readonly until?: string;
}

/** An organisation or group of nations by its code, and when the code may be used. */
export interface Organisation {
  readonly code: string;
  readonly name: string;
  readonly expandable: boolean;
  readonly from?: string;
  /** Last day on which the code may be used, inclusive. */
  readonly until?: string;
  /** Last day of the organisation itself; its code stands on older information. */
  readonly deprecated?: string;
  readonly members: readonly Member[];
}

const nations: ReadonlyMap<string, string> = new Map(Object.entries(nationData.nations));
const organisations: ReadonlyMap<string, Organisation> = new Map(
  (organisationData.organisations as readonly Organisation[]).map((entry) => [entry.code, entry]),
);

export const CODE_SOURCES = { nations: nationData.source, organisations: organisationData.source };

/** ISO dates compare as text. Both ends are inclusive calendar days. */
function inForce(entry: { readonly from?: string; readonly until?: string }, on: string): boolean {
  if (entry.from !== undefined && on < entry.from) return false;
  return entry.until === undefined || on <= entry.until;
}

/** True for an ISO 3166-1 alpha-3 code. */
export function isNation(code: string): boolean {
  return nations.has(code);
}

/** True for an organisation's code that may be used on that day. */
export function isOrganisation(code: string, on: string): boolean {
  const entry = organisations.get(code);
  return entry !== undefined && inForce(entry, on);
}

/** True for the code of an organisation that had ended before that day. */
export function isDeprecated(code: string, on: string): boolean {
  const end = organisations.get(code)?.deprecated;
  return end !== undefined && on > end;
}

export function isCode(code: string, on: string): boolean {
  return isNation(code) || isOrganisation(code, on);
}

/**
 * The nations a list of codes stands for on a day, sorted, with codes that cannot be expanded left as they are:
 * those match only themselves.
 */
export function expand(codes: Iterable<string>, on: string): readonly string[] {
  const audience = new Set<string>();
  for (const code of codes) {
    const entry = organisations.get(code);
    if (entry === undefined || !entry.expandable) audience.add(code);
    else for (const member of entry.members) if (inForce(member, on)) audience.add(member.code);
  }
  return [...audience].sort();
}

/** Members of an organisation on a day, whether or not a release list may be expanded to them. */
export function membersOf(code: string, on: string): readonly string[] {
  const members = organisations.get(code)?.members ?? [];
  const current = members.filter((member) => inForce(member, on)).map((member) => member.code);
  return current.length === 0 ? [code] : current.sort();
}

export function nationName(code: string): string | undefined {
  return nations.get(code);
}

export function allNations(): readonly (readonly [code: string, name: string])[] {
  return [...nations];
}

export function allOrganisations(): readonly Organisation[] {
  return [...organisations.values()];
}

/** A real calendar day written YYYY-MM-DD. */
export function isCalendarDate(text: string): boolean {
  if (text.length !== 10) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().slice(0, 10) === text;
}
