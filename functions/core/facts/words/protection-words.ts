import type { Protection } from '../protection.ts';
import type { KindWords } from './kind-words.ts';
import { called, itself } from './names.ts';
import { quoted, unsaid } from './plain-words.ts';

export const protectionWords: KindWords<Protection> = {
  topic: ({ name }, { id }) => `the registration of the tunnel ${itself('protection', id, name)}`,

  says({ name, synthetic, scheme, layers, endpointCountries, riskAcceptedBy, ...rest }, { id, names }) {
    return {
      gist: `the tunnel ${itself('protection', id, name)} counts as ${scheme}, its risk accepted by ${riskAcceptedBy}`,
      details: [
        ...(synthetic ? ['it is invented'] : []),
        `its ends stand in, or are managed from, ${endpointCountries.join(', ')}`,
        ...layers.flatMap(({ vendor, codeBase, keyDomain, suite, ...more }, index) => [
          `layer ${index + 1} from the outside: ${called(names, 'vendor', vendor)}, code ${codeBase}, keys ${keyDomain}, ${quoted(suite)}`,
          ...unsaid(more),
        ]),
        ...unsaid(rest),
      ],
    };
  },
};
