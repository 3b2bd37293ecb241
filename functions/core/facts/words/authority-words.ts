import type { Authority } from '../authority.ts';
import type { KindWords } from './kind-words.ts';
import { allCalled, itself } from './names.ts';
import { unsaid } from './plain-words.ts';

export const authorityWords: KindWords<Authority> = {
  topic: ({ name }, { id }) => `what ${itself('authority', id, name)} may do`,

  says({ name, speaksFor, proposers, approvers, holders, people, succession, ...rest }, { id, names }) {
    const roles = (of: readonly string[]) => (of.length === 0 ? 'nobody' : of.join(', '));
    return {
      gist: `${itself('authority', id, name)} speaks for ${speaksFor.join(', ')}`,
      details: [
        `roles that propose: ${roles(proposers)}; that approve: ${roles(approvers)}; that may stop traffic: ${roles(holders)}`,
        ...(people === undefined
          ? ['no people sign for it: it can only stop traffic']
          : people.flatMap(({ name: person, keys, ...more }) => [
              ...keys.map((key) => `${person} signs for it with the key ${key}`),
              ...unsaid(more),
            ])),
        succession === undefined || succession.length === 0
          ? `nobody may follow it${succession === undefined ? '' : ', as it says itself'}`
          : `may be followed by ${allCalled(names, 'authority', succession)}`,
        ...unsaid(rest),
      ],
    };
  },
};
