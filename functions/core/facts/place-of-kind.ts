/** Where facts of a kind are laid for those who decide, as `view.ts` lays them: for whoever finds them, or follows a change. */
import type { FactKind } from './fact.ts';

/**
 * `own`: in a document under their own key. `subject`, `network`: beside what they are about, in its document. `law`: in the one
 * document that every decision reads.
 */
export const PLACE_OF_KIND = {
  accreditation: 'subject',
  assessment: 'subject',
  authority: 'law',
  'criteria-set': 'law',
  designation: 'subject',
  equivalence: 'law',
  exemption: 'law',
  hold: 'law',
  mandate: 'law',
  network: 'own',
  protection: 'own',
  route: 'own',
  standard: 'law',
  vendor: 'own',
  waiver: 'network',
} as const satisfies Record<FactKind, 'own' | 'subject' | 'network' | 'law'>;
