import type { Designation } from '../designation.ts';
import type { KindWords } from './kind-words.ts';
import { quoted, unsaid } from './plain-words.ts';
import { aboutInWords } from './subject-words.ts';

const CLASS = {
  listed: 'LISTED',
  capped: 'CAPPED',
  excluded: 'EXCLUDED',
} as const satisfies Record<Designation['class'], string>;

const REACH = {
  'named-only': 'it reaches nobody but whom it names',
  affiliates: 'it reaches affiliates',
} as const satisfies Record<Designation['reach'], string>;

export const designationWords: KindWords<Designation> = {
  topic: ({ subject, instrument }, { names }) =>
    `the designation of ${aboutInWords(subject, names)} under ${instrument}`,

  says({ subject, instrument, class: inClass, effect, reach, scope, note, ...rest }, { names, be }) {
    const limits = unsaid(scope);
    return {
      gist: `${aboutInWords(subject, names)} ${be} ${CLASS[inClass]} under ${instrument} (${effect})`,
      details: [
        REACH[reach],
        ...(limits.length === 0
          ? ['its scope is not limited']
          : limits.map((limit) => `only in scope: ${limit}`)),
        ...(note === undefined ? [] : [`note: ${quoted(note)}`]),
        ...unsaid(rest),
      ],
    };
  },
};
