import type { Accreditation } from '../accreditation.ts';
import type { KindWords } from './kind-words.ts';
import { unsaid } from './plain-words.ts';
import { aboutInWords, judgedInWords } from './subject-words.ts';

type Carried = Accreditation['carries'][number];

function carriedInWords({ frame, level, compartments, controls, ...more }: Carried): string {
  return [
    `${frame} up to ${level}`,
    `with ${compartments.length === 0 ? 'no compartment' : compartments.join(', ')}`,
    `honouring ${controls.length === 0 ? 'no control' : controls.join(', ')}`,
    ...unsaid(more),
  ].join(' ');
}

export const accreditationWords: KindWords<Accreditation> = {
  topic: ({ subject }, { names }) => `the accreditation of ${aboutInWords(subject, names)}`,

  says({ subject, carries, audience, judged, ...rest }, { names }) {
    return {
      gist: `${aboutInWords(subject, names)} may carry ${carries.map(carriedInWords).join('; and ')}`,
      details: [
        `its audience, everybody who can reach what it carries: ${audience.join(', ')}`,
        judgedInWords(judged),
        ...unsaid(rest),
      ],
    };
  },
};
