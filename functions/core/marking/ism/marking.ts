import { isCode, isDeprecated } from '../codes/codes.ts';
import { codeOrder } from '../codes/lists.ts';
import type { MarkingErrorCode, Report } from '../errors.ts';
import { isLetters } from '../text.ts';
import { readAea } from '../us/controls.ts';
import { IC_CONTROLS, LEVELS, NATO_SAP, NON_IC_CONTROLS, SIGMAS, type UsLevel } from '../us/register.ts';
import type { AeaItem, ForeignSources, IcItem, PlacedItem, System, UsHead, UsMarking } from '../us/syntax.ts';
import { readSci } from '../us/systems.ts';
import type { DecidingAttribute, IsmAttributes } from './attributes.ts';

/**
 * ISM attributes as the same US marking a banner yields, so that one set of rules and one label serve both. Token
 * order is free in ISM (2022 dropped the ordering rules); the marking is put in register order.
 */
export function ismMarking(attributes: IsmAttributes, on: string, report: Report): UsMarking | undefined {
  const head = readHead(attributes, on, report);
  if (head === undefined) return undefined;
  const sci = readControlSystems(attributes.tokens('SCIcontrols'), report);
  const sap = readSar(attributes.tokens('SARIdentifier'), head.level, report);
  const aea = readAtomic(attributes, report);
  const ic = readDissemination(attributes, on, report);
  const nonIc = readNonIc(attributes.tokens('nonICmarkings'), report);
  const fgi = readSources(attributes, on, report);
  if (!sci || !sap || !aea || !ic || !nonIc || fgi === undefined) return undefined;
  const natoSap = NATO_SAP.filter((name) => attributes.tokens('nonUSControls').includes(name));
  return {
    head,
    sci,
    sap,
    natoSap: natoSap.map((id) => ({ id, at: 0 })),
    aea,
    ic,
    nonIc,
    ...(fgi === 'none' ? {} : { fgi }),
  };
}

/** ISM-ID-00383 (JOINT names USA), 00040 (R has no US owner). */
function readHead(attributes: IsmAttributes, on: string, report: Report): UsHead | undefined {
  if (attributes.cuiOnly) return { kind: 'us', level: 'UNCLASSIFIED', at: 0 };
  const [classification, ...more] = attributes.tokens('classification');
  const level = LEVELS.find((entry) => entry.portion === classification)?.id;
  if (level === undefined || more.length > 0) return report('UNKNOWN_LEVEL', 0);
  const owners = [...attributes.tokens('ownerProducer')].sort(codeOrder);
  const joint = attributes.tokens('joint');
  if (joint.length > 1 || (joint[0] !== undefined && !['true', 'false'].includes(joint[0]))) {
    return report('MALFORMED_ATTRIBUTE', 0);
  }
  if (owners.length === 1 && owners[0] === 'FGI') return { kind: 'foreign', level, owners: [], at: 0 };
  if (owners.some((owner) => !isCode(owner, on))) return report('UNKNOWN_CODE', 0);
  if (joint[0] === 'true') {
    if (!owners.includes('USA') || owners.length < 2) return report('JOINT_WITHOUT_USA', 0);
    return { kind: 'joint', level, owners, at: 0 };
  }
  if (owners.includes('USA')) {
    if (owners.length > 1) return report('JOINT_WITHOUT_USA', 0);
    return level === 'RESTRICTED' ? report('UNKNOWN_LEVEL', 0) : { kind: 'us', level, at: 0 };
  }
  if (owners.length === 1 && owners[0] === 'NATO') return { kind: 'nato', level, at: 0 };
  return owners.includes('NATO') ? report('UNKNOWN_CODE', 0) : { kind: 'foreign', level, owners, at: 0 };
}

/** `SI SI-G SI-G-ABCD`: every token's parent is there too (ISM-ID-00388). */
function readControlSystems(tokens: readonly string[], report: Report): readonly System[] | undefined {
  if (tokens.length === 0) return [];
  const orphan = tokens.find((token) => {
    const dash = token.lastIndexOf('-');
    return dash >= 0 && !tokens.includes(token.slice(0, dash));
  });
  if (orphan !== undefined) return report('MISSING_PARENT', 0);
  const under = (parent: string, depth: number) =>
    tokens
      .filter((token) => token.startsWith(`${parent}-`) && token.split('-').length === depth)
      .map((token) => token.slice(parent.length + 1))
      .sort();
  const systems = tokens
    .filter((token) => !token.includes('-'))
    .sort()
    .map((system) => {
      const compartments = under(system, 2).map((name) => [name, ...under(`${system}-${name}`, 3)].join(' '));
      return [system, ...compartments].join('-');
    });
  if (tokens.some((token) => token.split('-').length > 3)) return report('MALFORMED_NAME', 0);
  // Written as a portion and read by the portion's own grammar: one register for both.
  return readSci({ text: systems.join('/'), at: 0 }, 'portion', (code) => report(code, 0));
}

const SAR_LETTERS = new Set('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-');

/**
 * `SAR-<authority>:[C|S|TS:]<identifier>` (ISM-ID-00529). The level inside is never above the marking's. A banner names
 * neither the authority nor that level, so the programme is what the identifier says, however it is written.
 */
function readSar(tokens: readonly string[], level: UsLevel, report: Report): readonly System[] | undefined {
  const systems: System[] = [];
  for (const token of [...tokens].sort()) {
    const [authority = '', ...rest] = token.startsWith('SAR-') ? token.slice(4).split(':') : [];
    const inner = rest.length === 2 ? rest.shift() : undefined;
    const [identifier = '', ...extra] = rest;
    const named = identifier.length > 0 && identifier.length <= 64 && extra.length === 0;
    const shaped =
      isLetters(authority, 3, 16) && named && [...identifier].every((letter) => SAR_LETTERS.has(letter));
    const own = inner === undefined ? level : LEVELS.find((entry) => entry.portion === inner)?.id;
    if (!shaped || own === undefined || own === 'UNCLASSIFIED' || own === 'RESTRICTED') {
      return report('MALFORMED_NAME', 0);
    }
    const ranks: readonly string[] = LEVELS.map((entry) => entry.id);
    if (ranks.indexOf(own) < ranks.indexOf(level)) return report('LEVEL_TOO_LOW', 0);
    const [name = '', ...compartments] = identifier.split('-');
    // A second hyphen may stand before a sub-compartment or another compartment: nothing here says which.
    if (name === '' || compartments.includes('') || compartments.length > 1)
      return report('MALFORMED_NAME', 0);
    systems.push({
      name,
      at: 0,
      compartments: compartments.map((compartment) => ({ name: compartment, at: 0, subs: [] })),
    });
  }
  return systems;
}

const ATOMIC = ['RD', 'FRD', 'DCNI', 'UCNI', 'TFNI'] as const;
const ATOMIC_SUBSETS: ReadonlySet<string> = new Set([
  'RD-CNWDI',
  ...SIGMAS.flatMap((number) => [`RD-SG-${number}`, `FRD-SG-${number}`]),
]);

/** `RD RD-CNWDI RD-SG-20 FRD-SG-14 DCNI UCNI TFNI`, and ATOMAL from the non-US controls. */
function readAtomic(attributes: IsmAttributes, report: Report): readonly AeaItem[] | undefined {
  const tokens = attributes.tokens('atomicEnergyMarkings');
  const nonUs = attributes.tokens('nonUSControls');
  const foreign: readonly string[] = ['ATOMAL', ...NATO_SAP];
  const bases: readonly string[] = ATOMIC;
  const unknown =
    nonUs.some((token) => !foreign.includes(token)) ||
    tokens.some((token) => !bases.includes(token) && !ATOMIC_SUBSETS.has(token));
  if (unknown) return report('UNKNOWN_MARKING', 0);
  if (tokens.some((token) => !tokens.includes(token.split('-', 1)[0] ?? '')))
    return report('MISSING_PARENT', 0);
  const written = [
    ...ATOMIC.filter((name) => tokens.includes(name)),
    ...nonUs.filter((token) => token === 'ATOMAL'),
  ];
  const items = written.map((name) => {
    const sigmas = SIGMAS.filter((number) => tokens.includes(`${name}-SG-${number}`));
    const cnwdi = tokens.includes(`${name}-CNWDI`) ? '-CNWDI' : '';
    return `${name}${cnwdi}${sigmas.length === 0 ? '' : `-SG ${sigmas.join(' ')}`}`;
  });
  if (items.length === 0) return [];
  return readAea({ text: items.join('/'), at: 0 }, 'portion', (code) => report(code, 0));
}

const LIST_TOKENS: ReadonlyMap<string, DecidingAttribute> = new Map([
  ['REL', 'releasableTo'],
  ['DISPLAYONLY', 'displayOnlyTo'],
]);
const CUI_TOKENS: ReadonlySet<string> = new Set(['AC', 'AWP', 'DL_ONLY', 'FED_ONLY', 'FEDCON', 'NOCON']);

/** ISM-ID-00031/00032 (REL and its list), 00213/00168 (DISPLAYONLY and its list), 00214, 00319. */
function readDissemination(
  attributes: IsmAttributes,
  on: string,
  report: Report,
): readonly IcItem[] | undefined {
  const tokens = attributes.tokens('disseminationControls');
  for (const [token, list] of LIST_TOKENS) {
    if (tokens.includes(token) !== attributes.tokens(list).length > 0) return report('MISSING_LIST', 0);
  }
  const release = attributes.tokens('releasableTo');
  const display = attributes.tokens('displayOnlyTo');
  if ([...release, ...display].some((code) => !isCode(code, on))) return report('UNKNOWN_CODE', 0);
  // A deprecated organisation only on information older than its end (ACES Table 30).
  const created = attributes.informs('createDate') ?? on;
  if ([...release, ...display].some((code) => isDeprecated(code, created))) return report('UNKNOWN_CODE', 0);
  if (release.length > 0 && (release[0] !== 'USA' || release.length < 2)) return report('USA_NOT_FIRST', 0);
  if (display.includes('USA')) return report('USA_NOT_ALLOWED', 0);
  const items: IcItem[] = [];
  for (const { id, portion } of IC_CONTROLS) {
    if (id === 'REL TO') {
      if (release.length > 0) items.push({ id, at: 0, codes: ['USA', ...release.slice(1).sort(codeOrder)] });
    } else if (id === 'DISPLAY ONLY') {
      if (display.length > 0) items.push({ id, at: 0, codes: [...display].sort(codeOrder) });
    } else if (tokens.includes(portion)) items.push({ id, at: 0 });
  }
  const portions: ReadonlySet<string> = new Set(IC_CONTROLS.map((control) => control.portion));
  const unknown = tokens.find(
    (token) => !portions.has(token) && !LIST_TOKENS.has(token) && !CUI_TOKENS.has(token),
  );
  if (unknown !== undefined) return report(unknown === 'EYES' ? 'RETIRED_MARKING' : 'UNKNOWN_MARKING', 0);
  return items;
}

/** The controls a CUI label carries in the same attribute. */
export function cuiControls(attributes: IsmAttributes): readonly string[] {
  return attributes.tokens('disseminationControls').filter((token) => CUI_TOKENS.has(token));
}

function readNonIc(
  tokens: readonly string[],
  report: Report,
): readonly PlacedItem<(typeof NON_IC_CONTROLS)[number]['id']>[] | undefined {
  const known = NON_IC_CONTROLS.filter((control) => tokens.includes(control.portion));
  if (known.length < tokens.length) return report('UNKNOWN_MARKING', 0);
  return known.map(({ id }) => ({ id, at: 0 }));
}

/** Named sources, or one concealed source that stands alone (ISM-ID-00099, 00217). */
function readSources(
  attributes: IsmAttributes,
  on: string,
  report: Report,
): ForeignSources | 'none' | undefined {
  const named = attributes.tokens('FGIsourceOpen');
  const hidden = attributes.tokens('FGIsourceProtected');
  if (hidden.length > 0) {
    const problem: MarkingErrorCode | undefined = named.length > 0 ? 'CAVEAT_EXCLUDED' : undefined;
    if (problem !== undefined || hidden.length > 1 || hidden[0] !== 'FGI')
      return report(problem ?? 'UNKNOWN_CODE', 0);
    return { codes: [], at: 0 };
  }
  if (named.length === 0) return 'none';
  if (named.some((code) => !isCode(code, on))) return report('UNKNOWN_CODE', 0);
  if (named.includes('USA')) return report('USA_NOT_ALLOWED', 0);
  return { codes: [...named].sort(codeOrder), at: 0 };
}
