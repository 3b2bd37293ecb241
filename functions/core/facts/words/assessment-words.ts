import type { Assessment } from '../assessment.ts';
import type { KindWords } from './kind-words.ts';
import { called } from './names.ts';
import { quoted, sourceInWords, unsaid } from './plain-words.ts';
import { aboutInWords, judgedInWords } from './subject-words.ts';

/** In capitals: the one word that must not be overlooked. */
const OUTCOME = {
  trusted: 'TRUSTED',
  'not-trusted': 'NOT TRUSTED',
  conditional: 'CONDITIONALLY TRUSTED',
} as const satisfies Record<Assessment['outcome'], string>;

export const assessmentWords: KindWords<Assessment> = {
  topic: ({ subject, criteriaSet }, { names }) =>
    `the assessment of ${aboutInWords(subject, names)} against ${called(names, 'criteria-set', criteriaSet)}`,

  says({ subject, criteriaSet, outcome, assessor, approver, assessedOn, judged, ...more }, { names, be }) {
    const { items = [], conditions = [], ...rest } = more;
    return {
      gist: `${aboutInWords(subject, names)} ${be} ${OUTCOME[outcome]} against ${called(names, 'criteria-set', criteriaSet)}`,
      details: [
        `assessed on ${assessedOn} by ${assessor}, approved by ${approver}`,
        judgedInWords(judged),
        ...conditions.map((condition) => `on the condition ${quoted(condition)}`),
        ...items.flatMap(({ criterion, result, rationale, evidence, ...unsaidOfItem }) => [
          `${criterion}: ${result}, because ${quoted(rationale)}`,
          ...evidence.map((source) => `  evidence: ${sourceInWords(source)}`),
          ...unsaid(unsaidOfItem),
        ]),
        ...unsaid(rest),
      ],
    };
  },
};
