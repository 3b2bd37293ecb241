/** A registry in which EU information may cross a British network, until the United Kingdom is no member any more. */
import { asStored } from '../core/decision/ask.ts';
import { accreditation, authority, FACTS, mandate, route, TRUSTED } from '../core/decision/facts.ts';

export const EU_FACTS = asStored([
  ...FACTS,
  authority({ id: 'eu-office', speaksFor: ['EU'] }),
  mandate({
    id: 'eu',
    owner: 'EU',
    authority: 'eu-office',
    from: [{ frame: 'EU', level: 'EU RESTRICTED' }],
    standards: ['EU-TRUSTED'],
  }),
  {
    ...TRUSTED,
    id: 'EU-TRUSTED',
    scope: { ...TRUSTED.scope, levels: [{ frame: 'EU', level: 'EU RESTRICTED' }] },
  },
  accreditation({
    id: 'eu-net-a',
    carries: [{ frame: 'EU', level: 'EU SECRET', compartments: [], controls: [] }],
    audience: ['GBR'],
  }),
  route({ id: 'only-a', hops: ['net-a'] }),
]);

export const EU_MESSAGE = { id: 'm', marking: 'SECRET UE/EU SECRET', markingFormat: 'eu-text' };
/** The first instant at which the membership is over. */
export const LEAVES = '2020-02-01T00:00:00.000Z';
export const BEFORE = '2020-01-15T00:00:00Z';
