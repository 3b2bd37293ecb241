/** US markings and CUI of a label, in lines, documents and ISM attributes. */
import type { Label } from '../core/marking/label.ts';
import { CUI_CONTROLS } from '../core/marking/us/cui-register.ts';
import { printUs } from '../core/marking/us/print.ts';
import {
  AEA_MARKINGS,
  CONTROL_SYSTEMS,
  type Form,
  IC_CONTROLS,
  LEVELS,
  NATO_SAP,
  NON_IC_CONTROLS,
} from '../core/marking/us/register.ts';
import { pathNodes, type System, type UsHead, type UsMarking } from '../core/marking/us/syntax.ts';
import { carried, type Written } from './written-xml.ts';

const AT = { at: 0 };

/** `SI`, `SI-G`, `SI-G ABCD` as the tree they are the nodes of. */
function systemsOf(nodes: readonly string[]): readonly System[] {
  const names = [...new Set(nodes.map((node) => node.split('-')[0] ?? node))];
  return names.map((name) => {
    const below = nodes.flatMap((node) =>
      node.startsWith(`${name}-`) ? [node.slice(name.length + 1).split(' ')] : [],
    );
    const compartments = [...new Set(below.map(([compartment = '']) => compartment))].map((compartment) => ({
      ...{ name: compartment, ...AT },
      subs: below.flatMap(([own, ...subs]) => (own === compartment ? subs : [])),
    }));
    return { name, ...AT, compartments };
  });
}

function headsOf({ level, owners }: Label): readonly UsHead[] {
  const known = LEVELS.find(({ id }) => id === level)?.id;
  if (known === undefined) return [];
  const head = { level: known, ...AT };
  const others = owners.filter((owner) => owner !== 'USA');
  if (others.length === 0) return [{ kind: 'us', ...head }];
  // Nations first, then organisations.
  const listed = (codes: readonly string[]) =>
    codes.toSorted((a, b) => Number(a.length > 3) - Number(b.length > 3) || (a < b ? -1 : 1));
  return [
    others.join() === 'NATO'
      ? { kind: 'nato', ...head }
      : { kind: 'foreign', owners: listed(others), ...head },
    { kind: 'joint', owners: listed([...others, 'USA']), ...head },
  ];
}

type Release = Pick<UsMarking['ic'][number], 'id' | 'codes'>;

/** NOFORN, nothing, or a list; none where no list leaves out the United States. */
function releasesOf(audience: Label['audience']): readonly (readonly Release[])[] {
  if (audience === null) return [[]];
  if (!audience.includes('USA')) return [];
  const others = audience.filter((code) => code !== 'USA');
  return others.length === 0 ? [[{ id: 'NOFORN' }], []] : [[{ id: 'REL TO', codes: ['USA', ...others] }]];
}

function isOf<Id extends string>(entries: readonly { readonly id: Id }[], names: readonly string[]) {
  return entries.filter(({ id }) => names.includes(id)).map(({ id }) => ({ id, ...AT }));
}

/** Every head with every release; a way that leaves something of the label out is none. */
function markingsOf(label: Label): readonly UsMarking[] {
  const { compartments, controls } = label;
  const sci = compartments.filter((c) => CONTROL_SYSTEMS.some(({ id }) => id === c.split('-')[0]));
  const sap = compartments.flatMap((c) => (c.startsWith('SAR-') ? [c.slice('SAR-'.length)] : []));
  const aea = AEA_MARKINGS.filter(({ id }) => compartments.includes(id));
  return headsOf(label).flatMap((head) =>
    releasesOf(label.audience).map((release) => {
      const source = compartments.includes('NATO') && head.kind === 'us';
      const ids = new Set<string>([...controls, ...release.map(({ id }) => id)]);
      return {
        head,
        sci: systemsOf(sci),
        sap: systemsOf(sap),
        natoSap: isOf(
          NATO_SAP.map((id) => ({ id })),
          compartments,
        ),
        aea: aea.map(({ id }) => ({
          ...{ id, ...AT, sigmas: [] },
          cnwdi: compartments.includes(`${id}-CNWDI`),
        })),
        ...(source && { fgi: { codes: ['NATO'], ...AT } }),
        ic: IC_CONTROLS.filter(({ id }) => ids.has(id)).map(({ id }) => ({
          ...{ id, ...AT },
          ...release.find((r) => r.id === id),
        })),
        nonIc: isOf(NON_IC_CONTROLS, controls),
      };
    }),
  );
}

function ismOf(marking: UsMarking): Readonly<Record<string, string>> {
  const { head, fgi } = marking;
  const portionOf = (entries: readonly { readonly id: string; readonly portion: string }[], id: string) =>
    entries.find((e) => e.id === id)?.portion ?? id;
  const classification = portionOf(LEVELS, head.level);
  const owners = head.kind === 'us' ? ['USA'] : head.kind === 'nato' ? ['NATO'] : head.owners;
  const deepest = (nodes: readonly string[]) => nodes.map((node) => node.replaceAll(' ', '-'));
  const controls = marking.ic.map(({ id }) =>
    id === 'REL TO' ? 'REL' : portionOf(IC_CONTROLS, id).replaceAll(' ', ''),
  );
  const nato = fgi !== undefined || (owners.includes('NATO') && owners.length > 1);
  const attributes = {
    classification,
    ownerProducer: owners.join(' '),
    joint: head.kind === 'joint' ? 'true' : '',
    SCIcontrols: deepest(pathNodes(marking.sci)).join(' '),
    SARIdentifier: deepest(pathNodes(marking.sap))
      .map((node) => `SAR-DOD:${node}`)
      .join(' '),
    atomicEnergyMarkings: marking.aea
      .flatMap(({ id, cnwdi }) => [portionOf(AEA_MARKINGS, id), ...(cnwdi ? [`${id}-CNWDI`] : [])])
      .join(' '),
    nonUSControls: [...marking.natoSap].map(({ id }) => id).join(' '),
    FGIsourceOpen: fgi?.codes.join(' ') ?? '',
    disseminationControls: controls.join(' '),
    releasableTo: marking.ic.find(({ id }) => id === 'REL TO')?.codes?.join(' ') ?? '',
    nonICmarkings: marking.nonIc.map(({ id }) => portionOf(NON_IC_CONTROLS, id)).join(' '),
    highWaterNATO: nato ? `NATO-${classification}` : '',
  };
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
}

function ismWritten(attributes: Readonly<Record<string, string>>): readonly Written[] {
  const said = Object.entries(attributes).map(([name, value]) => ` ism:${name}="${value}"`);
  return [
    { format: 'ism-attrs', marking: JSON.stringify(attributes) },
    ...carried('ism-xml', `<ism:security xmlns:ism="urn:us:gov:ic:ism"${said.join('')}/>`),
  ];
}

function cuiWritten({ compartments, controls, audience }: Label): readonly Written[] {
  const named = compartments.flatMap((c) => (c.startsWith('CUI:') ? [c.slice('CUI:'.length)] : []));
  const specified = named.filter((name) => name.startsWith('SP-'));
  const basic = named.filter((name) => !specified.includes(name));
  return releasesOf(audience).flatMap((release) => {
    const items = [
      ...controls,
      ...release.map(({ id, codes }) => (codes === undefined ? id : `${id} ${codes.join(', ')}`)),
    ].sort();
    const line = (form: Form) => {
      const spelled = items.map((item) => CUI_CONTROLS.find(({ banner }) => banner === item)?.[form] ?? item);
      return ['CUI', [...specified, ...basic].join('/'), spelled.join('/')]
        .filter((p) => p !== '')
        .join('//');
    };
    const attributes = {
      ...{ compliesWith: 'USGov USA-CUI', classification: 'U', ownerProducer: 'USA' },
      cuiSpecified: specified.map((name) => name.slice('SP-'.length)).join(' '),
      cuiBasic: basic.join(' '),
      disseminationControls: [
        ...controls.map((control) => control.replace(' ', '_')),
        ...release.map(({ id }) => (id === 'NOFORN' ? 'NF' : 'REL')),
      ].join(' '),
      releasableTo: release.flatMap(({ codes }) => codes ?? []).join(' '),
    };
    return [
      { format: 'cui-banner' as const, marking: line('banner') },
      { format: 'cui-portion' as const, marking: `(${line('portion')})` },
      ...ismWritten(Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''))),
    ];
  });
}

export function usWritten(label: Label): readonly Written[] {
  if (label.compartments.includes('CUI')) return cuiWritten(label);
  return markingsOf(label).flatMap((marking): readonly Written[] => {
    const [banner, portion] = [printUs(marking, 'banner'), printUs(marking, 'portion')];
    return [
      { format: 'us-banner', marking: banner },
      { format: 'us-portion', marking: portion },
      { format: 'us-document', marking: JSON.stringify({ banner, portions: [portion] }) },
      { format: 'us-document', marking: JSON.stringify({ portions: [portion, portion] }) },
      ...ismWritten(ismOf(marking)),
    ];
  });
}
