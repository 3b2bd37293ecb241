import type { Equivalence } from '../equivalence.ts';
import type { KindWords } from './kind-words.ts';
import { quoted, unsaid } from './plain-words.ts';

export const equivalenceWords: KindWords<Equivalence> = {
  topic: ({ from, to }) => `the equivalence of ${from.frame} ${from.level} in ${to.frame}`,

  says({ from, to, agreement, ...rest }) {
    return {
      gist: `${from.frame} ${from.level} counts as ${to.frame} ${to.level}, by the agreement ${quoted(agreement)}`,
      details: unsaid(rest),
    };
  },
};
