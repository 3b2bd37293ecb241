/**
 * The facts that tell what is stopped, from the law alone: for a look at a registry of which something else cannot be read. The
 * law does not say under whose law a network is, so a stop of one counts as wide.
 */
import type { Facts } from '../core/administration/change.ts';
import type { Json } from '../core/facts/canonical.ts';
import type { RawFact } from '../core/facts/view.ts';
import { isLawDoc } from '../core/registry/documents.ts';
import { lawDocumentOf } from '../store/history.ts';
import type { OpenSnapshot } from '../store/registry-reader.ts';

/** Holds, who is exempt from them, and whose they are; nothing where the law cannot be read either. */
export async function factsOfLaw(snapshot: OpenSnapshot): Promise<Facts> {
  let law: Json;
  try {
    law = await lawDocumentOf(snapshot);
  } catch {
    // Why not is said of the whole, which could not be read before.
    return new Map();
  }
  if (!isLawDoc(law)) return new Map();
  const facts: readonly RawFact[] = [...law.holds, ...(law.exemptions ?? []), ...law.authorities];
  return new Map(facts.map((fact) => [`${fact['kind']}/${fact['id']}`, fact]));
}
