import { expand, isNation, isOrganisation } from '../../../functions/core/marking/codes/codes.ts';
import type { CodeFacts } from './second-reader/us-banner.ts';

/** The dated code table, for the second reader: both readers must use the same facts. */
export function codeFactsOn(on: string): CodeFacts {
  return {
    isNation,
    isOrganisation: (code) => isOrganisation(code, on),
    members: (codes) => expand(codes, on),
  };
}
