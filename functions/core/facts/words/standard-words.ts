import type { Standard } from '../standard.ts';
import type { KindWords } from './kind-words.ts';
import { allCalled, called, itself } from './names.ts';
import { quoted, unsaid } from './plain-words.ts';

type Requirement = NonNullable<Standard['requirements']>[number];

function requirementInWords({ paragraph, says, encoded, outOfScope, missing, ...rest }: Requirement): string {
  const fates = [
    ...(encoded === undefined ? [] : [`asked by ${encoded.join(', ')}`]),
    ...(outOfScope === undefined ? [] : [`out of scope: ${quoted(outOfScope)}`]),
    ...(missing === undefined ? [] : [`MISSING: ${quoted(missing)}`]),
    ...unsaid(rest),
  ];
  return `${quoted(paragraph)} asks ${quoted(says)}; ${fates.join('; ')}`;
}

function scopeInWords({ levels, flows, providers, ...rest }: Standard['scope']): readonly string[] {
  return [
    `it speaks of ${levels.map(({ frame, level }) => `${frame} ${level}`).join(', ')} and above`,
    flows === null ? 'of every flow' : `only of the flows ${flows.join(', ')}`,
    ...(providers === null ? ['it binds every network'] : bindsInWords(providers)),
    ...unsaid(rest),
  ];
}

function bindsInWords({
  sets,
  others,
  who,
  cites = [],
  ...rest
}: NonNullable<Standard['scope']['providers']>): readonly string[] {
  return [
    `it binds ${sets.join(', ')} alone, and every other network is ${others}`,
    ...(who === undefined ? [] : [`those are ${quoted(who)}`]),
    ...(cites.length === 0 ? [] : [`as is said in ${cites.join(', ')}`]),
    ...unsaid(rest),
  ];
}

export const standardWords: KindWords<Standard> = {
  topic: ({ title }, { id }) => `the standard ${itself('standard', id, title)}`,

  says(
    { owner, title, status, about, announced, complyBy, scope, belowScope, rules, ...more },
    { id, names },
  ) {
    const { requirements, buildsOn = [], replaces = [], endedBy, ...rest } = more;
    const lacking = requirements?.filter(({ missing }) => missing !== undefined).length;
    return {
      gist: `${itself('standard', id, title)}, ${status} of ${owner} about ${about}, asks ${rules.length} rules`,
      details: [
        `announced ${announced ?? 'on no known day'}, to be complied with ${complyBy === null ? 'at once' : `by ${complyBy}`}`,
        ...scopeInWords(scope),
        `of information below that it says: ${belowScope}`,
        ...rules.flatMap(({ id: ruleId, rule, ...parameters }) => [
          `rule ${ruleId} (${rule}):`,
          ...unsaid(parameters).map((line) => `  ${line}`),
        ]),
        ...buildsOn.flatMap(({ standard, rules: brought, ...of }) => [
          `it builds on ${called(names, 'standard', standard)}: ${brought === null ? 'all of its rules' : brought.join(', ')}`,
          ...unsaid(of),
        ]),
        ...(replaces.length === 0 ? [] : [`it takes the place of ${allCalled(names, 'standard', replaces)}`]),
        lacking === undefined
          ? 'nobody has listed what its instrument asks: it is INCOMPLETE'
          : `${lacking} requirements of its instrument are missing`,
        ...(requirements ?? []).map((each) => `  ${requirementInWords(each)}`),
        ...(endedBy === undefined
          ? []
          : [`ended by ${quoted(endedBy.says)}, as is said in ${endedBy.cites.join(', ')}`]),
        ...unsaid(rest),
      ],
    };
  },
};
