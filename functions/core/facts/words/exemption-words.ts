import type { Exemption } from '../exemption.ts';
import type { KindWords } from './kind-words.ts';
import { unsaid } from './plain-words.ts';

export const exemptionWords: KindWords<Exemption> = {
  topic: ({ hold, owner }) => `the exemption of ${owner} from hold ${hold}`,

  says({ hold, owner, ...rest }, { be }) {
    return {
      gist: `information of ${owner} ${be} EXEMPT from hold ${hold}: that stop does not stop it`,
      details: unsaid(rest),
    };
  },
};
