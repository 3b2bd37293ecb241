import type { CriteriaSet } from '../criteria-set.ts';
import type { KindWords } from './kind-words.ts';
import { percent, quoted, unsaid } from './plain-words.ts';

export const criteriaSetWords: KindWords<CriteriaSet> = {
  topic: ({ name }, { id }) => `the criteria ${id}, ${quoted(name)}`,

  says({ name, criteria, passAt, ...rest }, { id }) {
    return {
      gist: `the criteria ${id}, ${quoted(name)}, are met from ${percent(passAt)} on`,
      details: [
        ...criteria.flatMap(({ id: criterion, text, mode, weight, ...more }) => [
          `${criterion}, ${mode}, weight ${weight}: ${quoted(text)}`,
          ...unsaid(more),
        ]),
        ...unsaid(rest),
      ],
    };
  },
};
