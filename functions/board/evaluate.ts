/** What would be decided about a subject (a network or a registered route) and a marking profile at an instant. */
import { questionsAbout } from '../core/administration/questions.ts';
import { idsOfKind } from '../core/administration/registry-index.ts';
import { type CoreDecision, decide } from '../core/decision/decide.ts';
import { madeLabel } from '../core/marking/label.ts';
import { approach, withLabel } from '../core/registry/input.ts';
import type { WholeRegistry } from '../store/whole-registry.ts';
import type { Profile } from './profiles.ts';

export type BoardSubject = { readonly network: string } | { readonly route: string };

/** Without a tunnel and as part of nothing in particular; a network as the one hop of a pinned route, were it registered. */
export function evaluate(
  registry: WholeRegistry,
  subject: BoardSubject,
  profile: Pick<Profile, 'label'>,
  at: number,
): CoreDecision {
  const [plain] = questionsAbout(subject, { protections: [undefined], flows: [undefined] });
  if (plain === undefined) throw new Error('a subject is asked about');
  return decide(withLabel(approach(registry, plain.request, at, 'pinned'), madeLabel(profile.label)));
}

export function networkIds({ index }: WholeRegistry): readonly string[] {
  return idsOfKind(index, 'network');
}

export function routeIds({ index }: WholeRegistry): readonly string[] {
  return idsOfKind(index, 'route');
}
