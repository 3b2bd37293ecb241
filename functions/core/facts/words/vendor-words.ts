import type { Vendor } from '../vendor.ts';
import type { KindWords } from './kind-words.ts';
import { called, itself } from './names.ts';
import { percent, unsaid, validInWords } from './plain-words.ts';

export const vendorWords: KindWords<Vendor> = {
  topic: ({ name }, { id }) => `the registration of ${itself('vendor', id, name)}`,

  says({ name, synthetic, ownedBy, ...rest }, { id, names, be }) {
    return {
      gist: `${itself('vendor', id, name)} ${be === 'is' ? 'is' : 'becomes'} known as a vendor`,
      details: [
        ...(synthetic ? ['it is invented'] : []),
        ...(ownedBy.length === 0 ? ['no owner is registered'] : []),
        ...ownedBy.flatMap(({ owner, share, valid, ...more }) => [
          `${percent(share)} of it is owned by ${called(names, 'vendor', owner)}, ${validInWords(valid)}`,
          ...unsaid(more),
        ]),
        ...unsaid(rest),
      ],
    };
  },
};
