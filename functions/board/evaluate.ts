/** What would be decided about a subject (a network or a registered route) and a marking profile at an instant. */
import { questionsAbout } from '../core/administration/questions.ts';
import { approach, ask } from '../core/administration/world.ts';
import type { CoreDecision } from '../core/decision/decide.ts';
import type { Profile } from './profiles.ts';
import type { WholeRegistry } from './whole-registry.ts';

export type Subject = { readonly network: string } | { readonly route: string };

/** Without a tunnel and as part of nothing in particular; a network as the one hop of a pinned route, were it registered. */
export function evaluate(
  registry: WholeRegistry,
  subject: Subject,
  profile: Pick<Profile, 'label'>,
  at: number,
): CoreDecision {
  const [plain] = questionsAbout(subject, { protections: [undefined], flows: [undefined] });
  if (plain === undefined) throw new Error('a subject is asked about');
  return ask(approach(registry, plain.request, at, 'pinned'), profile.label);
}

function idsOf(registry: WholeRegistry, prefix: string): readonly string[] {
  return [...registry.entries.keys()]
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
    .sort();
}

export function networkIds(registry: WholeRegistry): readonly string[] {
  return idsOf(registry, 'network/');
}

export function routeIds(registry: WholeRegistry): readonly string[] {
  return idsOf(registry, 'route/');
}
