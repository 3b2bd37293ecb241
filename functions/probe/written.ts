/**
 * A label in every format that can say it, for asking two builds how they read it. Nothing is read back here: a build
 * whose reader is wrong would leave out the very markings that show it. What no reader takes both builds refuse, and
 * that is no difference.
 */
import { EPMS_LEVELS } from '../core/marking/aus/epms-caveats.ts';
import type { MarkingFormat } from '../core/marking/formats.ts';
import type { Label } from '../core/marking/label.ts';
import { NATO_LADDER } from '../core/marking/nato/ladder.ts';
import { type NatoMarking, printNato } from '../core/marking/nato/policy.ts';
import { ownerAudience } from '../core/marking/scheme.ts';
import type { Scheme } from '../core/marking/scheme-format.ts';
import { SCHEMES } from '../core/marking/schemes/index.ts';
import { usWritten } from './written-us.ts';
import { carried, type Written } from './written-xml.ts';

/** A label as the structured marking that reads as it. */
export function markingOf(label: Label): Record<string, unknown> {
  const { frame, level, compartments, controls, markedBy, audience } = label;
  const owners = label.owners.length === 0 ? [markedBy] : label.owners;
  const who = audience === null ? { unrestricted: true } : { releasableTo: audience };
  return { frame, level, owners, markedBy, compartments, controls, ...who };
}

function isAlone(audience: Label['audience'], nation: string): boolean {
  return audience?.join() === nation;
}

const UK_READERS: ReadonlyMap<string, string> = new Map([
  ['GBR', 'UK'],
  ['USA', 'US'],
  ['AUS', 'AUS'],
  ['CAN', 'CAN'],
  ['NZL', 'NZ'],
]);

function ukWritten({ level, controls, audience }: Label): readonly Written[] {
  const tier = controls.includes('SENSITIVE') ? `${level}-SENSITIVE` : level;
  const handling = controls.filter((c) => c !== 'SENSITIVE');
  const readers = [...UK_READERS].filter(([nation]) => audience?.includes(nation)).map(([, word]) => word);
  const said = readers.length === (audience?.length ?? -1) ? [`${readers.join('/')} EYES ONLY`] : [];
  const bare = audience === null || isAlone(audience, 'GBR') ? [[]] : [];
  return [...bare, said, ...(readers.length === UK_READERS.size ? [['FIVE EYES ONLY']] : [])]
    .filter((release) => release.length > 0 || bare.length > 0)
    .flatMap((release) =>
      ['', 'UK '].map((prefix) => ({
        format: 'uk-gsc',
        marking: [`${prefix}${tier}`, ...handling, ...release].join(' - '),
      })),
    );
}

/** As the policy has it: what is released beyond the members, or to whom alone. */
function natoWritten(label: Label, on: string): readonly Written[] {
  const level = NATO_LADDER.find((l) => label.level === `NATO ${l}` || label.level === `COSMIC ${l}`);
  const audience = label.audience;
  if (level === undefined || audience === null) return [];
  const members = ownerAudience('NATO', on);
  const beyond = audience.filter((code) => !members.includes(code));
  const all = members.every((code) => audience.includes(code));
  const release = all ? (beyond.length === 0 ? {} : { releasable: beyond }) : { only: audience };
  const context = label.compartments.find((c) => c.startsWith('NATO/'))?.slice('NATO/'.length);
  const sensitivities = label.compartments.filter((c) => !c.startsWith('NATO/'));
  const marking: NatoMarking = {
    ...{ level, sensitivities, administrative: label.controls, ...release },
    ...(context !== undefined && { context }),
  };
  const categories = [
    ['Additional Sensitivity', 'RESTRICTIVE', sensitivities],
    ['Administrative', 'INFORMATIVE', label.controls],
    ['Context', 'PERMISSIVE', ['NATO', ...(context === undefined ? [] : [context])]],
    ['Releasable To', 'PERMISSIVE', marking.releasable ?? []],
    ['Only', 'PERMISSIVE', marking.only ?? []],
  ] as const;
  const said = categories.filter(([, , values]) => values.length > 0);
  const xml = said.map(([name, type, values]) => {
    const list = values.map((value) => `<GenericValue>${value}</GenericValue>`).join('');
    return `<Category TagName="${name}" Type="${type}">${list}</Category>`;
  });
  const element = [
    '<originatorConfidentialityLabel xmlns="urn:nato:stanag:4774:confidentialitymetadatalabel:1:0">',
    '<ConfidentialityInformation><PolicyIdentifier>NATO</PolicyIdentifier>',
    `<Classification>${level}</Classification>${xml.join('')}`,
    '</ConfidentialityInformation></originatorConfidentialityLabel>',
  ].join('');
  const json = {
    ocl: { pol: 'NATO', cls: level, catl: said.map(([name, [type], vals]) => ({ type, name, vals })) },
    context: { '@base': 'urn:nato:stanag:5636:A:1:elements:json' },
  };
  return [
    { format: 'nato-text', marking: printNato(marking) },
    { format: 'stanag-5636-json', marking: JSON.stringify(json) },
    ...carried('stanag-4774-xml', element),
  ];
}

/** The ways in which a scheme says who may have it: by a caveat, and by none. */
function releasesIn({ markedBy, caveats }: Scheme, { audience }: Label, on: string): readonly string[] {
  const bare = audience === null || audience.join() === ownerAudience(markedBy, on).join() ? [''] : [];
  const said = caveats.flatMap((caveat): readonly string[] => {
    const [first] = caveat.spellings;
    if (caveat.effect === 'audience' && caveat.audience.join() === audience?.join()) return caveat.spellings;
    if (caveat.effect !== 'release' || audience === null || audience.length < 2) return [];
    return audience.includes(caveat.includes) ? [`${first}${audience.join(caveat.listSeparator)}`] : [];
  });
  return [...bare, ...said];
}

function schemeWritten(format: MarkingFormat, scheme: Scheme, label: Label, on: string): readonly Written[] {
  const [separator = ''] = scheme.separators;
  const level = scheme.ladders
    .filter(({ frame }) => frame === label.frame)
    .flatMap(({ levels }) => levels)
    .find(({ name }) => name === label.level);
  const caveats = [...label.compartments, ...label.controls];
  return (level?.spellings ?? []).flatMap((spelling) =>
    releasesIn(scheme, label, on).map((release) => ({
      format,
      marking: [spelling, ...(release === '' ? [] : [release]), ...caveats].join(separator),
    })),
  );
}

function epmsWritten({ level, compartments, controls, audience }: Label): readonly Written[] {
  const spelling = EPMS_LEVELS.find(({ name }) => name === level)?.spellings[0];
  const releases =
    audience === null
      ? [[]]
      : isAlone(audience, 'AUS')
        ? [[], ['RI:AUSTEO']]
        : [[`RI:REL ${audience.join('/')}`]];
  return releases.flatMap((release): readonly Written[] => {
    const caveats = [
      ...compartments.map((c) => `C:${c}`),
      ...release,
      ...controls.map((c) => (c === 'AGAO' ? 'RI:AGAO' : `SH:${c.replaceAll(' ', '-')}`)),
    ];
    const fields = [`SEC=${spelling}`, ...caveats.map((c) => `CAVEAT=${c}`)].join(', ');
    return [
      { format: 'aus-epms-subject', marking: `[${fields}]` },
      { format: 'aus-epms-header', marking: `VER=2018.4, NS=gov.au, ${fields}, ORIGIN=a.b@c.gov.au` },
    ];
  });
}

/**
 * Each way once. A way may say more than the label, where a format's bare marking is read by its owner's rule.
 *
 * @param on the day whose members an organisation has
 */
export function written(label: Label, on: string): readonly Written[] {
  const { frame } = label;
  return [
    { format: 'label', marking: JSON.stringify(markingOf(label)) },
    ...(frame === 'US' ? usWritten(label) : []),
    ...(frame === 'UK' ? ukWritten(label) : []),
    ...(frame === 'NATO' ? natoWritten(label, on) : []),
    ...(frame === 'AUS' ? epmsWritten(label) : []),
    ...Object.entries(SCHEMES).flatMap(([format, scheme]) =>
      schemeWritten(format as MarkingFormat, scheme, label, on),
    ),
  ];
}
