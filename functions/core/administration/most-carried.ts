/**
 * The most that anything in a registry may carry: caveats with the audience they are accredited for.
 *
 * One accreditation carries up to its compartments and controls, for any label released to its whole audience. Where
 * several must each dominate (networks of a route, a network and its host, mandates with accreditors of their own), what
 * they carry together are the caveats all of them carry, for the audiences of all. Whatever label is permitted, the most
 * that its accreditations carry together is permitted too; and where a label is refused, so is one with more caveats and
 * a narrower or equal release. So an answer that flips for any label flips for one of these.
 */
import { canonicalText } from '../facts/canonical.ts';
import { entries, idOfKey, member, texts } from '../facts/fact.ts';
import { completeAmong } from '../marking/read-in.ts';
import type { RegistryIndex } from './registry-index.ts';

/** What a label asks of a network beside its level. */
export interface Caveats {
  readonly compartments: readonly string[];
  readonly controls: readonly string[];
}

/** What something may carry at most of one level. All lists sorted. */
export interface CarriedLabel extends Caveats {
  readonly audience: readonly string[];
}

/**
 * Beyond pairs, what more accreditations of one way carry together is worked out as long as its list is not longer
 * than this: a list grows by the power of what must dominate.
 */
const MOST_ON_A_WAY = 64;

export function sorted(codes: Iterable<string>): readonly string[] {
  return [...new Set(codes)].sort();
}

function distinct(carried: readonly CarriedLabel[]): readonly CarriedLabel[] {
  return [
    ...new Map(carried.map((c) => [canonicalText([c.compartments, c.controls, c.audience]), c])).values(),
  ];
}

function shared(one: readonly string[], other: readonly string[]): readonly string[] {
  return one.filter((x) => other.includes(x));
}

function together(one: CarriedLabel, other: CarriedLabel): CarriedLabel {
  return {
    compartments: shared(one.compartments, other.compartments),
    controls: shared(one.controls, other.controls),
    audience: sorted([...one.audience, ...other.audience]),
  };
}

/** What each carries, each two, and so on. */
function combined(single: readonly CarriedLabel[]): readonly CarriedLabel[] {
  let all = single;
  let before: number;
  do {
    before = all.length;
    all = distinct([...all, ...all.flatMap((a) => single.map((b) => together(a, b)))]);
  } while (all.length > before && all.length <= MOST_ON_A_WAY);
  return all;
}

/** The networks that stand under a network or a route: itself or its hops and alternates, and every host. */
function networksUnder(index: RegistryIndex, key: string): readonly string[] {
  const found = new Set<string>();
  const visit = (id: unknown) => {
    const at = `network/${String(id)}`;
    if (found.has(at)) return;
    found.add(at);
    const host = member(index.facts.get(at), 'hostedOn');
    if (typeof host === 'string') visit(host);
  };
  const raw = index.facts.get(key);
  const ids = key.startsWith('route/')
    ? [...texts(member(raw, 'hops')), ...texts(member(raw, 'alternates'))]
    : [idOfKey(key)];
  for (const id of ids) visit(id);
  return [...found];
}

/** By frame of the label: what an accreditation's entries carry, those of another frame through a translation too. */
function singles(
  index: RegistryIndex,
  frames: ReadonlyMap<string, readonly string[]>,
  subject: string,
): readonly (readonly [frame: string, carried: CarriedLabel])[] {
  return index.referrers(subject).flatMap((key) => {
    if (!key.startsWith('accreditation/')) return [];
    const raw = index.facts.get(key);
    const audience = sorted(texts(member(raw, 'audience')));
    return entries(member(raw, 'carries')).flatMap((entry) => {
      const as = member(entry, 'frame');
      if (typeof as !== 'string') return [];
      const compartments = sorted(texts(member(entry, 'compartments')));
      const controls = sorted(texts(member(entry, 'controls')));
      return [as, ...(frames.get(as) ?? [])].map((frame) => {
        // In its own frame NATO information has no compartment that says it is NATO's.
        const read =
          frame === 'NATO' && as !== 'NATO' ? compartments.filter((c) => c !== 'NATO') : compartments;
        return [frame, { compartments: completeAmong(frame, read), controls, audience }] as const;
      });
    });
  });
}

/** The frames that an equivalence translates from, by the one it translates to. */
function translated(index: RegistryIndex): ReadonlyMap<string, readonly string[]> {
  const pairs = index.keysOfKind('equivalence').flatMap((key) => {
    const raw = index.facts.get(key);
    const from = member(member(raw, 'from'), 'frame');
    const to = member(member(raw, 'to'), 'frame');
    return typeof from === 'string' && typeof to === 'string' && from !== to ? [{ from, to }] : [];
  });
  const by = Map.groupBy(pairs, (p) => p.to);
  return new Map([...by].map(([to, each]) => [to, sorted(each.map((p) => p.from))]));
}

/** By frame, each once. */
export function mostCarried(index: RegistryIndex): ReadonlyMap<string, readonly CarriedLabel[]> {
  const frames = translated(index);
  const judged = index.keysOfKind('accreditation').flatMap((key) => {
    const subject = member(index.facts.get(key), 'subject');
    return ['network', 'protection'].flatMap((kind) => {
      const id = member(subject, kind);
      return typeof id === 'string' ? [[`${kind}/${id}`]] : [];
    });
  });
  const placed = ['network', 'route'].flatMap((kind) => index.keysOfKind(kind));
  const ways = [...judged, ...placed.map((key) => networksUnder(index, key))];
  const found = new Map<string, CarriedLabel[]>();
  for (const way of ways) {
    const here = Map.groupBy(
      way.flatMap((subject) => singles(index, frames, subject)),
      ([frame]) => frame,
    );
    for (const [frame, each] of here) {
      const carried = combined(distinct(each.map(([, c]) => c)));
      found.set(frame, [...(found.get(frame) ?? []), ...carried]);
    }
  }
  return new Map([...found].map(([frame, carried]) => [frame, distinct(carried)]));
}
