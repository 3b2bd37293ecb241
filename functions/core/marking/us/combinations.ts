import { expand } from '../codes/codes.ts';
import type { MarkingErrorCode, Report } from '../errors.ts';
import { oncePerList } from './once.ts';
import type { IcControl, NonIcControl, UsLevel } from './register.ts';
import { icCodes, pathNodes, type UsMarking } from './syntax.ts';

/** US ladder with the foreign-only RESTRICTED in its place (ISM orders R below C). */
const RANK = { UNCLASSIFIED: 0, RESTRICTED: 1, CONFIDENTIAL: 2, SECRET: 3, 'TOP SECRET': 4 } as const;

/** Lowest level each control may be used with (MAN Table of §H.8-H.9; ISM-ID-00028, 00030, 00346). */
const FLOOR: Partial<Record<IcControl, UsLevel>> = {
  RSEN: 'SECRET',
  IMCON: 'SECRET',
  ORCON: 'CONFIDENTIAL',
  'ORCON-USGOV': 'CONFIDENTIAL',
};
const UNCLASSIFIED_ONLY: ReadonlySet<string> = new Set<IcControl | NonIcControl>([
  'FOUO',
  'LIMDIS',
  'SBU',
  'SBU NOFORN',
]);
const RELEASE_DECISIONS: ReadonlySet<IcControl> = new Set(['NOFORN', 'REL TO', 'RELIDO', 'DISPLAY ONLY']);

/** True where the marking says NOFORN in any of its three forms. */
export function saysNoforn(marking: UsMarking): boolean {
  return (
    marking.ic.some((item) => item.id === 'NOFORN') ||
    marking.nonIc.some((item) => item.id === 'SBU NOFORN' || item.id === 'LES NOFORN')
  );
}

/**
 * Which markings may stand together. Every rule carries its page in MAN and, where it has one, its ISM rule. The
 * `ism` encoding differs in two points: ORCON-USGOV stands beside ORCON (ISM-ID-00302), and precedence between
 * controls is a matter of rendering, not of the attributes.
 */
export function checkCombinations(
  marking: UsMarking,
  on: string,
  report: Report,
  encoding: 'manual' | 'ism' = 'manual',
): void {
  const judge = new Judge(marking, report, encoding);
  judge.release();
  judge.floors();
  judge.sci();
  judge.atomic();
  judge.nonIc();
  judge.head(on);
}

/** True where every owner is among those of a release list, as they are written or as they are expanded. */
const releasedToAll = oncePerList((owners, release: readonly string[], on: string) => {
  const audience = new Set([...release, ...expand(release, on)]);
  return expand(owners, on).every((owner) => audience.has(owner));
});

class Judge {
  readonly #marking: UsMarking;
  readonly #report: Report;
  readonly #rank: number;
  readonly #ism: boolean;

  constructor(marking: UsMarking, report: Report, encoding: 'manual' | 'ism') {
    this.#ism = encoding === 'ism';
    this.#marking = marking;
    this.#report = report;
    this.#rank = RANK[marking.head.level];
  }

  #has(id: IcControl): boolean {
    return this.#marking.ic.some((item) => item.id === id);
  }

  #below(level: UsLevel): boolean {
    return this.#rank < RANK[level];
  }

  #when(condition: boolean, code: MarkingErrorCode, at: number): void {
    if (!condition || (this.#ism && (code === 'SUPERSEDED' || code === 'ORCON_EXCLUDED'))) return;
    this.#report(code, at);
  }

  /** p145, p151, p154, p163; ISM-ID-00033, 00169, 00325; ORCON pair p136, p140. */
  release(): void {
    const noforn = saysNoforn(this.#marking);
    for (const { id, at } of this.#marking.ic) {
      const released = id === 'REL TO' || id === 'RELIDO' || id === 'DISPLAY ONLY';
      this.#when(noforn && released, 'NOFORN_WITH_RELEASE', at);
      const barred = id === 'ORCON' || id === 'ORCON-USGOV' || id === 'DISPLAY ONLY';
      this.#when(barred && this.#has('RELIDO'), 'RELIDO_EXCLUDED', at);
      this.#when(id === 'ORCON-USGOV' && this.#has('ORCON'), 'ORCON_EXCLUDED', at);
    }
    const release = icCodes(this.#marking, 'REL TO') ?? [];
    const display = this.#marking.ic.find((item) => item.id === 'DISPLAY ONLY');
    const overlap = display?.codes?.some((code) => release.includes(code)) ?? false;
    // p164: release and disclosure go to separate codes.
    this.#when(overlap, 'DISPLAY_OVERLAPS_RELEASE', display?.at ?? 0);
  }

  floors(): void {
    for (const { id, at } of this.#marking.ic) {
      const floor = FLOOR[id];
      this.#when(floor !== undefined && this.#below(floor), 'LEVEL_TOO_LOW', at);
      this.#when(UNCLASSIFIED_ONLY.has(id) && this.#rank > 0, 'UNCLASSIFIED_ONLY', at);
      // p134: FOUO is not conveyed beside another dissemination control, release decisions apart.
      const others =
        this.#marking.ic.some((item) => item.id !== 'FOUO' && !RELEASE_DECISIONS.has(item.id)) ||
        this.#marking.nonIc.length > 0;
      this.#when(id === 'FOUO' && others, 'SUPERSEDED', at);
    }
    for (const { id, at } of this.#marking.nonIc) {
      this.#when(UNCLASSIFIED_ONLY.has(id) && this.#rank > 0, 'UNCLASSIFIED_ONLY', at);
    }
    for (const program of this.#marking.sap) {
      this.#when(this.#below('CONFIDENTIAL'), 'LEVEL_TOO_LOW', program.at);
    }
  }

  /** p62-98; ISM-ID-00043-00049, 00341, 00362, 00363, 00453. */
  sci(): void {
    const orcon = this.#has('ORCON');
    const usgov = this.#has('ORCON-USGOV');
    const noforn = this.#has('NOFORN');
    for (const system of this.#marking.sci) {
      const floor = system.name === 'SI' ? 'CONFIDENTIAL' : 'SECRET';
      this.#when(this.#below(floor), 'LEVEL_TOO_LOW', system.at);
      this.#when(system.name === 'HCS' && !noforn, 'NEEDS_NOFORN', system.at);
      for (const { name, subs, at } of system.compartments) {
        const node = `${system.name}-${name}`;
        const hcsSub = node === 'HCS-P' && subs.length > 0;
        const guarded = node === 'SI-G' || node === 'HCS-O' || hcsSub;
        const topSecret = system.name === 'SI' || node === 'TK-BLFH' || hcsSub;
        this.#when(topSecret && this.#below('TOP SECRET'), 'NEEDS_TOP_SECRET', at);
        this.#when(guarded && usgov, 'ORCON_USGOV_EXCLUDED', at);
        this.#when(guarded && !orcon, 'NEEDS_ORCON', at);
        this.#when(system.name === 'TK' && !noforn, 'NEEDS_NOFORN', at);
      }
    }
  }

  /** p104-121; ISM-ID-00173-00175, 00181, 00321. RD without NOFORN is printed by the Manual itself (p106). */
  atomic(): void {
    let classified = 0;
    for (const { id, cnwdi, sigmas, at } of this.#marking.aea) {
      if (id === 'DOD UCNI' || id === 'DOE UCNI') {
        this.#when(this.#rank > 0, 'UNCLASSIFIED_ONLY', at);
        continue;
      }
      this.#when(this.#below('CONFIDENTIAL'), 'LEVEL_TOO_LOW', at);
      this.#when((cnwdi || sigmas.length > 0) && this.#below('SECRET'), 'LEVEL_TOO_LOW', at);
      if (id === 'ATOMAL') continue;
      classified += 1;
      this.#when(classified > 1, 'ATOMIC_EXCLUDED', at);
    }
  }

  /** p172-188; ISM-ID-00038, 00313, 00314. */
  nonIc(): void {
    const ids = this.#marking.nonIc.map((item) => item.id);
    const limited = ids.includes('EXDIS') || ids.includes('NODIS');
    for (const { id, at } of this.#marking.nonIc) {
      const distribution = id === 'EXDIS' || id === 'NODIS';
      this.#when(distribution && !this.#has('NOFORN'), 'NEEDS_NOFORN', at);
      this.#when(id === 'NODIS' && ids.includes('EXDIS'), 'DISTRIBUTION_EXCLUDED', at);
      this.#when((id === 'SBU' || id === 'SBU NOFORN') && limited, 'SUPERSEDED', at);
      this.#when(id === 'SBU NOFORN' && ids.includes('SBU'), 'SUPERSEDED', at);
      this.#when(id === 'LES NOFORN' && ids.includes('LES'), 'SUPERSEDED', at);
      // p178, p186; ISM-ID-00372: beside NOFORN the marking is written SBU or LES.
      const own = id === 'SBU NOFORN' || id === 'LES NOFORN';
      this.#when(own && this.#has('NOFORN'), this.#ism ? 'CAVEAT_EXCLUDED' : 'SUPERSEDED', at);
    }
  }

  /** p56-57, p122-127; ISM-ID-00377, 00382, 00383; DoDM 5200.01-V2 for NATO. */
  head(on: string): void {
    const { head, fgi, aea, natoSap } = this.#marking;
    const sources = fgi?.codes ?? [];
    const natoItems = [...natoSap, ...aea.filter((item) => item.id === 'ATOMAL')];
    for (const { id, at } of natoItems) {
      this.#when(head.kind !== 'nato' && !sources.includes('NATO'), 'NATO_SOURCE_MISSING', at);
      this.#when(id !== 'ATOMAL' && this.#below('TOP SECRET'), 'NEEDS_TOP_SECRET', at);
    }
    if (head.kind === 'joint') this.#joint(head.owners, head.at, on);
    if (head.kind === 'foreign' || head.kind === 'nato') {
      this.#when(fgi !== undefined, 'FOREIGN_WITH_FGI', fgi?.at ?? 0);
    }
    if (head.kind === 'nato') {
      this.#when(saysNoforn(this.#marking), 'NATO_EXCLUDED', head.at);
      this.#when(this.#has('RELIDO'), 'NATO_EXCLUDED', head.at);
    }
  }

  #joint(owners: readonly string[], at: number, on: string): void {
    this.#when(this.#marking.head.level === 'RESTRICTED', 'JOINT_EXCLUDED', at);
    this.#when(saysNoforn(this.#marking), 'JOINT_EXCLUDED', at);
    this.#when(pathNodes(this.#marking.sci).includes('HCS'), 'JOINT_EXCLUDED', at);
    const release = icCodes(this.#marking, 'REL TO');
    const covered = release !== undefined && releasedToAll(owners, release, on);
    this.#when(!covered, 'JOINT_NEEDS_RELEASE', at);
  }
}
