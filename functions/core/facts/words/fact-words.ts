/**
 * What a fact says, in sentences from its own content: never from its id, which may say anything. Every kind has its words,
 * and every member that no sentence says is listed beneath them.
 */

import { type Fact, type FactKind, type FactOf, readFact } from '../fact.ts';
import type { RawFact } from '../view.ts';
import { accreditationWords } from './accreditation-words.ts';
import { assessmentWords } from './assessment-words.ts';
import { authorityWords } from './authority-words.ts';
import { criteriaSetWords } from './criteria-set-words.ts';
import { designationWords } from './designation-words.ts';
import { equivalenceWords } from './equivalence-words.ts';
import { exemptionWords } from './exemption-words.ts';
import { holdWords } from './hold-words.ts';
import type { KindWords, Said, Telling } from './kind-words.ts';
import { mandateWords } from './mandate-words.ts';
import { called, type FactNames } from './names.ts';
import { networkWords } from './network-words.ts';
import { sourceInWords, unsaid, validInWords } from './plain-words.ts';
import { protectionWords } from './protection-words.ts';
import { routeWords } from './route-words.ts';
import { standardWords } from './standard-words.ts';
import { vendorWords } from './vendor-words.ts';
import { waiverWords } from './waiver-words.ts';

const WORDS: { readonly [K in FactKind]: KindWords<FactOf<K>> } = {
  accreditation: accreditationWords,
  assessment: assessmentWords,
  authority: authorityWords,
  'criteria-set': criteriaSetWords,
  designation: designationWords,
  equivalence: equivalenceWords,
  exemption: exemptionWords,
  hold: holdWords,
  mandate: mandateWords,
  network: networkWords,
  protection: protectionWords,
  route: routeWords,
  standard: standardWords,
  vendor: vendorWords,
  waiver: waiverWords,
};

/** A fact in words: one sentence, the rest line by line, and a phrase for whoever speaks about it. */
export interface FactWords extends Said {
  readonly topic: string;
}

/**
 * @param fact as registered or proposed; of one that cannot be read, everything in it is listed
 * @param names what other registered things are called
 */
export function factInWords(fact: RawFact, names: FactNames, be: Telling['be'] = 'is'): FactWords {
  const reading = readFact(fact);
  if (!reading.sound) {
    const { kind, id, ...members } = fact;
    const what = `a fact that cannot be read: ${String(kind)} ${String(id)}`;
    return { topic: what, gist: what, details: unsaid(members) };
  }
  return tell(reading.fact, { id: reading.fact.id, names, be });
}

function tell<K extends FactKind>(fact: FactOf<K>, telling: Telling): FactWords {
  const { kind, id: _, valid, sources, ...more } = fact as Fact;
  const { authority, ending, ...own } = { authority: undefined, ending: undefined, ...more };
  const words = WORDS[kind] as KindWords<Fact>;
  const { gist, details } = words.says(own, telling);
  const by = authority === undefined ? undefined : called(telling.names, 'authority', authority);
  return {
    topic: `${words.topic(own, telling)}${by === undefined ? '' : ` by ${by}`}`,
    gist: `${gist}${by === undefined ? '' : `, on the word of ${by}`}, ${validInWords(valid)}`,
    details: [
      ...details,
      ...sources.map((source) => `source: ${sourceInWords(source)}`),
      ...(ending ?? []).map((source) => `source of its end: ${sourceInWords(source)}`),
    ],
  };
}
