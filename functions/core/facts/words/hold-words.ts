import { CAUSES, type Hold } from '../hold.ts';
import type { KindWords } from './kind-words.ts';
import { called, type FactNames } from './names.ts';
import { quoted, unsaid } from './plain-words.ts';

function stopped(scope: Hold['scope'], names: FactNames): string {
  if ('everything' in scope) return 'EVERYTHING';
  if ('owner' in scope) return `all information of ${scope.owner}`;
  return `all traffic over ${called(names, 'network', scope.network)}`;
}

export const holdWords: KindWords<Hold> = {
  topic: ({ scope }, { names }) => `the stop of ${stopped(scope, names)}`,

  says({ scope, cause, reason, ...rest }, { names, be }) {
    return {
      gist: `${stopped(scope, names)} ${be} STOPPED`,
      details: [
        ...(cause === undefined ? [] : [`why: ${cause}, that is: ${CAUSES[cause]}`]),
        ...(reason === undefined ? [] : [`reason: ${quoted(reason)}`]),
        ...unsaid(rest),
      ],
    };
  },
};
