/**
 * T7: a path permits exactly where each of its hops alone does; order and repetition do not matter. Of messages
 * without a tunnel: with one a path is judged twice, and two hops may each need another basis, which are never blended.
 */
import { theorem } from './theorem.ts';
import { NETWORKS } from './world.ts';

/** Every path of one to three of these networks. */
const PATHS: readonly (readonly string[])[] = NETWORKS.flatMap((a) => [
  [a],
  ...NETWORKS.flatMap((b) => [[a, b], ...NETWORKS.map((c) => [a, b, c])]),
]);

theorem({
  name: 'T7',
  cases: 40,
  *violations(decide, { facts, question }) {
    const { protection: _protection, route: _route, ...plain } = question;
    const alone = new Map(NETWORKS.map((id) => [id as string, decide(facts, { ...plain, hops: [id] })]));
    for (const hops of PATHS) {
      if (decide(facts, { ...plain, hops }) !== hops.every((id) => alone.get(id) === true))
        yield hops.join(' ');
    }
  },
});
