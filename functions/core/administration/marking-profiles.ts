/**
 * The markings a simulation asks about: a finite list, published with every report. It is made from the registry on
 * both sides of a change, so that whatever an accreditation, a mandate or a standard speaks of is asked about.
 *
 * For each frame and each level of its ladder, marked by the frame's nation, owned by it alone and by it together
 * with each other nation that has a mandate for the frame:
 *
 * - without caveats, for every audience that some accreditation has beside the marking nation, for the marking nation
 *   alone (NOFORN), for everybody any accreditation names, and for no restriction;
 * - with each combination of compartments and controls that some accreditation carries, and a fixed few besides, for
 *   the marking nation alone, for everybody named, and for no restriction;
 * - with the caveats that one accreditation, or several together, carry, and without, for just their audience (see
 *   `most-carried.ts`): with the marking nation or the organisation's members beside it, and without, for a release
 *   list may leave those out (`NATO SECRET United Kingdom ONLY`, and a label in any frame).
 *
 * An accreditation speaks of the frames of its entries, and of each that an equivalence translates to one of them.
 */
import { canonicalText } from '../facts/canonical.ts';
import { entries, member, texts } from '../facts/fact.ts';
import { dayOf } from '../facts/moment.ts';
import { ownerOfFrame } from '../marking/frame-owners.ts';
import { type Label, labelFrom } from '../marking/label.ts';
import { ladderOf } from '../marking/ladders.ts';
import { ownerAudience } from '../marking/scheme.ts';
import { type CarriedLabel, type Caveats, mostCarried, sorted } from './most-carried.ts';
import type { RegistryIndex } from './registry-index.ts';

/** A label that simulations and forecasts ask about, under a name that a person can read. */
export interface MarkingProfile {
  /** `US SECRET//SI//REL TO GBR, USA//OWNERS GBR`: says everything that tells two profiles apart. */
  readonly id: string;
  readonly label: Label;
}

const BASE_FRAMES = ['US', 'UK'] as const;

/** Always asked about, whether or not anything is accredited for them. */
const BASE_CAVEATS: ReadonlyMap<string, readonly Caveats[]> = new Map([
  [
    'US',
    [
      { compartments: ['SI'], controls: [] },
      { compartments: ['SI', 'TK'], controls: [] },
      { compartments: [], controls: ['ORCON'] },
    ],
  ],
]);

/** What the registries speak of, gathered from raw facts: reading every accreditation in full would cost minutes. */
class Spoken {
  readonly frames = new Set<string>(BASE_FRAMES);
  readonly audiences = new Map<string, readonly string[]>();
  readonly carried = new Map<string, readonly CarriedLabel[]>();
  readonly owners = new Map<string, Set<string>>();

  gather(index: RegistryIndex): void {
    for (const key of index.keysOfKind('accreditation')) {
      const raw = index.facts.get(key);
      this.audience(sorted(texts(member(raw, 'audience'))));
      for (const entry of entries(member(raw, 'carries'))) this.frame(member(entry, 'frame'));
    }
    for (const key of index.keysOfKind('mandate')) {
      const raw = index.facts.get(key);
      const owner = member(raw, 'owner');
      for (const entry of entries(member(raw, 'from'))) {
        const frame = this.frame(member(entry, 'frame'));
        if (frame === undefined || typeof owner !== 'string') continue;
        const known = this.owners.get(frame) ?? new Set();
        this.owners.set(frame, known.add(owner));
      }
    }
    for (const key of index.keysOfKind('standard')) {
      const scope = member(index.facts.get(key), 'scope');
      for (const entry of entries(member(scope, 'levels'))) this.frame(member(entry, 'frame'));
    }
    for (const key of index.keysOfKind('equivalence'))
      this.frame(member(member(index.facts.get(key), 'from'), 'frame'));
    for (const [frame, carried] of mostCarried(index))
      if (this.frames.has(frame)) this.carried.set(frame, [...(this.carried.get(frame) ?? []), ...carried]);
  }

  private frame(value: unknown): string | undefined {
    if (typeof value !== 'string' || ladderOf(value) === undefined) return undefined;
    this.frames.add(value);
    return value;
  }

  private audience(codes: readonly string[]): void {
    this.audiences.set(canonicalText(codes), codes);
  }
}

function profile(
  frame: string,
  level: string,
  other: string | undefined,
  caveats: Caveats,
  audience: readonly string[] | null,
  /** Of the frame's own nation, or of the members of its organisation. */
  own: readonly string[],
): MarkingProfile {
  const markedBy = ownerOfFrame(frame);
  const alone = audience?.join() === own.join();
  const released = alone ? [markedBy] : (audience ?? []);
  const owners = other === undefined ? [] : [other];
  const label = labelFrom({ frame, level, ...caveats, owners, markedBy, audience });
  const parts = [
    `${frame} ${level}`,
    ...(label.compartments.length > 0 ? [label.compartments.join('/')] : []),
    ...(caveats.controls.length > 0 ? [caveats.controls.join('/')] : []),
    ...(audience === null ? [] : [alone && frame === 'US' ? 'NOFORN' : `REL TO ${released.join(', ')}`]),
    ...(other === undefined ? [] : [`OWNERS ${[markedBy, other].sort().join(', ')}`]),
  ];
  return { id: parts.join('//'), label };
}

const PLAIN: Caveats = { compartments: [], controls: [] };

/**
 * Every marking asked about a change between these registries, by id, each once.
 *
 * @param at the instant whose members an organisation has, epoch ms
 */
export function markingProfiles(at: number, ...sides: readonly RegistryIndex[]): readonly MarkingProfile[] {
  const spoken = new Spoken();
  for (const side of sides) spoken.gather(side);
  const audiences = [...spoken.audiences.values()];
  const named = audiences.flat();
  const on = dayOf(at, 'UTC');
  const profiles = new Map<string, MarkingProfile>();
  for (const frame of [...spoken.frames].sort()) {
    const own = ownerOfFrame(frame);
    const nations = ownerAudience(own, on);
    const everybody = sorted([...nations, ...named]);
    const wide = [null, nations, everybody];
    const narrow = [...wide, ...audiences.map((a) => sorted([...nations, ...a]))];
    const others = [undefined, ...sorted(spoken.owners.get(frame) ?? []).filter((o) => o !== own)];
    const carried = spoken.carried.get(frame) ?? [];
    const caveats = [...(BASE_CAVEATS.get(frame) ?? []), ...carried];
    for (const level of ladderOf(frame) ?? []) {
      for (const other of others) {
        for (const audience of narrow) add(profiles, profile(frame, level, other, PLAIN, audience, nations));
        for (const c of caveats)
          for (const audience of wide) add(profiles, profile(frame, level, other, c, audience, nations));
        for (const c of carried)
          for (const released of [c.audience, sorted([...nations, ...c.audience])])
            for (const said of [PLAIN, c])
              add(profiles, profile(frame, level, other, said, released, nations));
      }
    }
  }
  return [...profiles.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function add(profiles: Map<string, MarkingProfile>, p: MarkingProfile): void {
  profiles.set(p.id, p);
}
