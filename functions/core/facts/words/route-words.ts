import type { Route } from '../route.ts';
import type { KindWords } from './kind-words.ts';
import { called, itself } from './names.ts';
import { unsaid } from './plain-words.ts';

export const routeWords: KindWords<Route> = {
  topic: ({ name }, { id }) => `the registration of ${itself('route', id, name)}`,

  says({ name, synthetic, hops, alternates, assurance, ...rest }, { id, names }) {
    const network = (hop: string) => called(names, 'network', hop);
    return {
      gist: `${itself('route', id, name)} goes over ${hops.map(network).join(', then ')}; that is ${assurance}`,
      details: [
        ...(synthetic ? ['it is invented'] : []),
        alternates.length === 0
          ? 'it fails over to nothing'
          : `it may fail over to ${alternates.map(network).join(', ')}`,
        ...unsaid(rest),
      ],
    };
  },
};
