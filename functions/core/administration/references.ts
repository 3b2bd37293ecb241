/** Which facts a fact names, and where in it. Read from raw facts, so that an unsound one is not overlooked. */
import { kindOf, member } from '../facts/fact.ts';
import type { RawFact } from '../facts/view.ts';

/** One place in a fact that names another fact. */
export interface Reference {
  /** JSON Pointer into the fact. */
  readonly path: string;
  /** Key of the fact that is named. */
  readonly key: string;
}

type Kind = 'authority' | 'criteria-set' | 'hold' | 'network' | 'protection' | 'standard' | 'vendor';

function one(kind: Kind, value: unknown, path: string): readonly Reference[] {
  return typeof value === 'string' ? [{ path, key: `${kind}/${value}` }] : [];
}

function each(kind: Kind, value: unknown, path: string, name?: string): readonly Reference[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown, i) =>
    name === undefined
      ? one(kind, item, `${path}/${i}`)
      : one(kind, member(item, name), `${path}/${i}/${name}`),
  );
}

function subject(raw: RawFact): readonly Reference[] {
  const s = member(raw, 'subject');
  return (['network', 'vendor', 'protection'] as const).flatMap((kind) =>
    one(kind, member(s, kind), `/subject/${kind}`),
  );
}

/**
 * Members of a rule, at any depth, that name authorities or the criteria set assessments are made by. The list of a
 * `trusted-source` is no other fact: its listings name the set, and count by their authorities alone.
 */
function namedByRule(value: unknown, path: string): readonly Reference[] {
  if (Array.isArray(value)) return value.flatMap((v: unknown, i) => namedByRule(v, `${path}/${i}`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const here = `${path}/${name}`;
    if (name === 'authority' || name === 'criteriaAuthority') return one('authority', inner, here);
    if (name === 'authorities') return each('authority', inner, here);
    if (name === 'criteriaSet') return one('criteria-set', inner, here);
    return namedByRule(inner, here);
  });
}

function ownReferences(raw: RawFact): readonly Reference[] {
  const kind = kindOf(raw);
  switch (kind) {
    case 'network':
      return [
        ...one('vendor', raw['operator'], '/operator'),
        ...one('network', raw['hostedOn'], '/hostedOn'),
        ...each('vendor', member(raw['inventory'], 'deployments'), '/inventory/deployments', 'vendor'),
      ];
    case 'route':
      return [...each('network', raw['hops'], '/hops'), ...each('network', raw['alternates'], '/alternates')];
    case 'vendor':
      return each('vendor', raw['ownedBy'], '/ownedBy', 'owner');
    case 'accreditation':
    case 'designation':
      return subject(raw);
    case 'assessment':
      return [...subject(raw), ...one('criteria-set', raw['criteriaSet'], '/criteriaSet')];
    case 'mandate':
      return [
        ...each('standard', raw['standards'], '/standards'),
        ...each('authority', raw['accreditors'], '/accreditors'),
      ];
    case 'waiver':
      return [
        ...one('standard', raw['standard'], '/standard'),
        ...one('network', raw['network'], '/network'),
      ];
    case 'standard':
      return [
        ...namedByRule(raw['rules'], '/rules'),
        ...each('standard', raw['buildsOn'], '/buildsOn', 'standard'),
        ...each('standard', raw['replaces'], '/replaces'),
      ];
    case 'protection':
      return each('vendor', raw['layers'], '/layers', 'vendor');
    case 'hold':
      return one('network', member(raw['scope'], 'network'), '/scope/network');
    case 'exemption':
      return one('hold', raw['hold'], '/hold');
    case 'authority':
    case 'criteria-set':
    case 'equivalence':
    case undefined:
      return [];
    default:
      return unknownKind(kind);
  }
}

function unknownKind(kind: never): never {
  throw new Error(`no references known for kind ${String(kind)}`);
}

/** Every fact a fact names, its authority included. */
export function referencesOf(raw: RawFact): readonly Reference[] {
  return [...one('authority', raw['authority'], '/authority'), ...ownReferences(raw)];
}
