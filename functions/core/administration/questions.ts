/** The questions asked about a subject: requests without a label, one for each way it can be asked. */

import { idOfKey, member, texts } from '../facts/fact.ts';
import type { IdentifierScheme } from '../facts/network-identifier.ts';
import { PROTECTION_SCHEMES } from '../facts/protection.ts';
import { ASSURANCES, type PathAssurance } from '../facts/route.ts';
import { anyMeans, FLOW_WORDS, FLOWS, type Flow } from '../facts/scope-words.ts';
import { OBLIGATION_TYPES, type ObligationType } from '../obligation.ts';
import type { DecisionRequest } from '../request.ts';
import type { RegistryIndex } from './registry-index.ts';
import type { Case, Subject } from './simulation.ts';

/** A request and how its part of a case is written. */
export interface Question {
  readonly request: DecisionRequest;
  readonly asked: Omit<Case, 'marking'>;
}

/** What varies besides subject and marking. `undefined` stands for "none". */
export interface Variations {
  readonly protections: readonly (Protection | undefined)[];
  readonly flows: readonly (Flow | undefined)[];
}

interface Protection {
  readonly id: string;
  readonly scheme: (typeof PROTECTION_SCHEMES)[number];
}

/** Some standards, and those that take the place of one of them, on any of the sides: whoever names one asks these too. */
function withSuccessors(named: readonly string[], sides: readonly RegistryIndex[]): ReadonlySet<string> {
  const found = new Set(named);
  const standards = sides.flatMap((index) =>
    index.keysOfKind('standard').map((key) => [idOfKey(key), index.facts.get(key)] as const),
  );
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const [id, raw] of standards)
      if (texts(member(raw, 'replaces')).some((replaced) => found.has(replaced))) found.add(id);
  }
  return found;
}

/** What mandates bring into play, in force or not, on any of the sides. */
function mandatedIn(sides: readonly RegistryIndex[]): {
  readonly standards: ReadonlySet<string>;
  /** Whether a tunnel may matter to anybody: some mandate accepts one, or refuses citations nobody verified. */
  readonly tunnels: boolean;
} {
  const mandates = sides.flatMap((index) => index.keysOfKind('mandate').map((key) => index.facts.get(key)));
  return {
    standards: withSuccessors(
      mandates.flatMap((m) => texts(member(m, 'standards'))),
      sides,
    ),
    tunnels: mandates.some(
      (m) => member(m, 'basis') !== 'trusted-transport' || member(m, 'acceptUnverified') !== true,
    ),
  };
}

/**
 * Besides none at all: the tunnels registered, and a flow of each kind that mandated standards and their successors tell
 * apart, on any of the sides; what a successor says nothing of, the one it replaced decides. A standard nobody mandates is
 * asked by no decision, and without a mandate for tunnels none can permit.
 */
export function variationsIn(...sides: readonly RegistryIndex[]): Variations {
  const { standards, tunnels } = mandatedIn(sides);
  const protections = new Map<string, Protection>();
  const scopes: (readonly string[])[] = [];
  for (const index of sides) {
    for (const key of tunnels ? index.keysOfKind('protection') : []) {
      const id = idOfKey(key);
      const scheme = PROTECTION_SCHEMES.find((s) => s === member(index.facts.get(key), 'scheme'));
      if (scheme !== undefined) protections.set(`${id} ${scheme}`, { id, scheme });
    }
    for (const id of standards) {
      const scope = member(index.facts.get(`standard/${id}`), 'scope');
      const flows = texts(member(scope, 'flows'));
      if (flows.length > 0) scopes.push(flows);
    }
  }
  const byId = [...protections].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, p]) => p);
  return { protections: [undefined, ...byId], flows: [undefined, ...toldApart(scopes)] };
}

/** A flow of each kind that some scopes tell apart: those that every scope answers alike are one. */
function toldApart(scopes: readonly (readonly string[])[]): readonly Flow[] {
  if (scopes.length === 0) return [];
  const kinds = Map.groupBy(FLOW_WORDS, (flow) =>
    scopes.map((scope) => String(anyMeans(FLOWS, [flow], scope))).join(),
  );
  return [...kinds.values()].flatMap((flows) => flows.slice(0, 1));
}

/** The caller can discharge every obligation: what it cannot do is no matter of the registry. */
const EVERY_OBLIGATION = Object.keys(OBLIGATION_TYPES) as ObligationType[];

type Path = DecisionRequest['path'];

/**
 * A network is asked about as every kind of route over it alone would have it: what it could carry is told before
 * anybody registers the route. A route has an assurance of its own.
 */
function pathsOf(
  subject: Exclude<Subject, { recent: number }>,
): readonly { path: Path; assurance?: PathAssurance }[] {
  if ('route' in subject) return [{ path: { route: subject.route } }];
  const hop =
    'network' in subject
      ? { network: subject.network }
      : Object.fromEntries([split(subject.identifier)] as [IdentifierScheme, string][]);
  const path = { hops: [hop] } as Path;
  return ASSURANCES.map((assurance) => ({ path, assurance }));
}

function split(identifier: string): [string, string] {
  const colon = identifier.indexOf(':');
  return [identifier.slice(0, colon), identifier.slice(colon + 1)];
}

export function questionsAbout(
  subject: Exclude<Subject, { recent: number }>,
  { protections, flows }: Variations,
): readonly Question[] {
  return pathsOf(subject).flatMap(({ path, assurance }) =>
    protections.flatMap((protection) =>
      flows.map(
        (flow): Question => ({
          request: {
            message: {
              id: 'simulation',
              marking: '',
              ...(protection !== undefined && {
                protection: { scheme: protection.scheme, registration: protection.id },
              }),
              ...(flow !== undefined && { flow }),
            },
            path,
            supportedObligations: EVERY_OBLIGATION,
          },
          asked: {
            ...(assurance !== undefined && { assurance }),
            ...(protection !== undefined && { protection: protection.id }),
            ...(flow !== undefined && { flow }),
          },
        }),
      ),
    ),
  );
}
