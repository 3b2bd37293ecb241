import type { Waiver } from '../waiver.ts';
import type { KindWords } from './kind-words.ts';
import { called } from './names.ts';
import { quoted, unsaid } from './plain-words.ts';

export const waiverWords: KindWords<Waiver> = {
  topic: ({ owner, standard, rule, network }, { names }) =>
    `the waiver of ${standard}, rule ${rule}, for ${called(names, 'network', network)} and information of ${owner}`,

  says({ owner, standard, rule, network, reason, ...rest }, { names, be }) {
    return {
      gist: `rule ${rule} of ${called(names, 'standard', standard)} ${be} SET ASIDE for ${called(names, 'network', network)} and information of ${owner}`,
      details: [`reason: ${quoted(reason)}`, ...unsaid(rest)],
    };
  },
};
