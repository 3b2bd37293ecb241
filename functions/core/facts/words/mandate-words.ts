import type { Mandate } from '../mandate.ts';
import type { KindWords } from './kind-words.ts';
import { allCalled } from './names.ts';
import { unsaid } from './plain-words.ts';

const BASIS = {
  'trusted-transport': 'over trusted networks',
  'encrypted-transport': 'in a tunnel over any network',
} as const satisfies Record<Mandate['basis'], string>;

function accepted(what: string, taken: boolean | undefined): readonly string[] {
  return taken === undefined ? [] : [`${taken ? 'ACCEPTS' : 'refuses'} a permit that rests on ${what}`];
}

export const mandateWords: KindWords<Mandate> = {
  topic: ({ owner, basis }) => `the mandate of ${owner} for carriage ${BASIS[basis]}`,

  says(
    { owner, from, basis, standards, accreditors, assurances, acceptUnverified, acceptSecondary, ...more },
    { names },
  ) {
    const { acceptIncomplete, acceptUnbound, ...rest } = more;
    return {
      gist: `information of ${owner} from ${from.map(({ frame, level }) => `${frame} ${level}`).join(', ')} up may go ${BASIS[basis]} where all of these permit: ${allCalled(names, 'standard', standards)}`,
      details: [
        `accreditations count from ${allCalled(names, 'authority', accreditors)}`,
        `paths count where they are ${assurances.join(', ')}`,
        ...accepted('a citation nobody verified', acceptUnverified),
        ...accepted('a report of a text that nobody read itself', acceptSecondary),
        ...accepted('a judgement that does not bind what it judged', acceptUnbound),
        ...(acceptIncomplete === undefined
          ? []
          : [
              acceptIncomplete.length === 0
                ? 'accepts no incomplete standard'
                : `ACCEPTS as they are, though incomplete: ${allCalled(names, 'standard', acceptIncomplete)}`,
            ]),
        ...unsaid(rest),
      ],
    };
  },
};
