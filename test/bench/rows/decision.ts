/**
 * A decision in a hot loop, as `decide` makes it on a version that is open: text, strict JSON, schema, label with its format
 * named, fold, answer. Beside it three engines that are asked the same of the same facts, once all four agree on a table.
 */
import { decide } from '../../../functions/core/decision/decide.ts';
import { labelOf } from '../../../functions/core/decision/label-of.ts';
import { inputFor } from '../../../functions/core/registry/input.ts';
import { registryFrom } from '../../../functions/core/registry/registry.ts';
import { OPEN_SAMPLE } from '../../decide/rig.ts';
import { guardOnOpenVersion } from '../open-version.ts';
import { casbinPeer } from '../peers/casbin.ts';
import { cedarPeer } from '../peers/cedar.ts';
import { type Peer, type PeerQuestion, peerFacts, peerQuestion } from '../peers/facts.ts';
import { jsonRulesPeer } from '../peers/json-rules-engine.ts';
import { newQuestions, type Question, take, textOf } from '../questions.ts';
import { atLeastTimes, atMost, type Effort, type Figure, type Row, underPeer } from '../row.ts';
import { median, microseconds, type Side, turnAbout } from '../timing.ts';

const MARKINGS = [
  'UNCLASSIFIED',
  'CONFIDENTIAL//REL TO USA, GBR',
  'SECRET//REL TO USA, GBR',
  'TOP SECRET//REL TO USA, GBR',
  'SECRET//NOFORN',
  'SECRET//SI//REL TO USA, GBR',
  'SECRET//REL TO USA, FVEY',
  'SECRET//REL TO USA, AUS, CAN',
  'TOP SECRET//SI/TK//NOFORN',
  'SECRET//ORCON/NOFORN',
];
/** Questions that are asked again and again. */
const KNOWN = 50;
const AT_ONCE = 50;
const AIMS = { 1: { first: 25, seen: 5 }, 5: { first: 60, seen: 5 } } as const;

const PEERS = ['cedar-wasm', 'casbin', 'json-rules-engine'] as const;
type Peers = Readonly<Record<(typeof PEERS)[number], Peer>>;

function readFor(marking: string, at: number) {
  const reading = labelOf({ id: 'm', marking, markingFormat: 'us-banner' }, at);
  if (!reading.ok) throw new Error(`${marking} is no marking`);
  return reading;
}

/** @throws Error where anybody answers otherwise than the guard, or all answers are one */
async function demandAgreement(decides: (question: Question) => Promise<boolean>, peers: Peers, at: number) {
  const networks = [...OPEN_SAMPLE.values()].flatMap((f) =>
    f['kind'] === 'network' ? [String(f['id'])] : [],
  );
  const paths = networks.flatMap((id, n) => [
    [id],
    Array.from({ length: 5 }, (_, hop) => networks[(n + hop * (1 + (n % 3))) % networks.length] ?? ''),
    ['us-a', 'us-b', id, 'us-a', 'us-b'],
  ]);
  let permits = 0;
  let asked = 0;
  for (const marking of MARKINGS)
    for (const hops of paths) {
      const expected = await decides({ marking, hops });
      const question = peerQuestion(readFor(marking, at).label, at);
      for (const name of PEERS)
        if ((await peers[name].permits(hops, question)) !== expected)
          throw new Error(`${name} and the guard differ on ${marking} over ${hops.join(', ')}`);
      asked += 1;
      if (expected) permits += 1;
    }
  if (permits < 20 || permits > asked - 20) throw new Error(`${permits} of ${asked} are permits: no table`);
  return { permits, asked };
}

async function measureHops(hops: 1 | 5, peers: Peers, effort: Effort): Promise<readonly Figure[]> {
  const at = Date.now();
  const guard = await guardOnOpenVersion();
  const registry = registryFrom([...OPEN_SAMPLE.values()]);
  const source = newQuestions(hops);
  const known = take(source, KNOWN);
  let texts: readonly string[] = [];
  const whole = (next: (calls: number) => readonly Question[]): Side => ({
    prepare: (calls) => {
      texts = next(calls).map(textOf);
    },
    run: (call) => guard.decideText(texts[call] ?? ''),
  });
  const first = await guard.decideText(textOf(known[0] ?? { marking: '', hops: [] }));
  if (!first.decision) throw new Error('what is measured is a permit');

  let folds: readonly {
    readonly request: Parameters<typeof inputFor>[1];
    readonly read: ReturnType<typeof readFor>;
  }[] = [];
  // Nobody's questions are another's: there are as many for each.
  const forFold = newQuestions(hops);
  let told: readonly { readonly hops: readonly string[]; readonly question: PeerQuestion }[] = [];
  const peerSide = (name: (typeof PEERS)[number], from = newQuestions(hops)): Side => ({
    prepare: (calls) => {
      told = take(from, calls).map((q) => ({
        hops: q.hops,
        question: peerQuestion(readFor(q.marking, at).label, at),
      }));
    },
    run: (call) => {
      const one = told[call];
      return one && peers[name].permits(one.hops, one.question);
    },
  });
  const samples = await turnAbout(
    {
      first: whole((calls) => take(source, calls)),
      seen: whole((calls) =>
        Array.from({ length: calls }, (_, n) => known[n % KNOWN] ?? { marking: '', hops: [] }),
      ),
      fold: {
        prepare: (calls) => {
          folds = take(forFold, calls).map(({ marking, hops: path }) => ({
            request: {
              message: { id: 'm', marking, markingFormat: 'us-banner' },
              path: { hops: path.map((network) => ({ network })) },
            },
            read: readFor(marking, at),
          }));
        },
        run: (call) => {
          const one = folds[call];
          return one && decide(inputFor(registry, one.request, one.read, at));
        },
      },
      'cedar-wasm': peerSide('cedar-wasm'),
      casbin: peerSide('casbin'),
      'json-rules-engine': peerSide('json-rules-engine'),
    },
    effort.quick ? { warmUp: 200, rounds: 3, calls: 50 } : { warmUp: 2_000, rounds: 60, calls: AT_ONCE },
  );
  const us = (name: keyof typeof samples) => microseconds(median(samples[name]));
  const many = hops === 1 ? 'one hop' : 'five hops';
  const aims = AIMS[hops];
  const cedar: [string, number] = ['cedar-wasm', us('cedar-wasm')];
  return [
    {
      ...underPeer(`${many}, first time for a question`, 'µs', us('first'), cedar),
      toReach: atMost(aims.first),
    },
    { ...underPeer(`${many}, seen before`, 'µs', us('seen'), cedar), toReach: atMost(aims.seen) },
    ...PEERS.map((name) => ({
      ...underPeer(`${many}, seen before, and ${name}`, 'µs', us('seen'), [name, us(name)]),
      ...(name === 'cedar-wasm' && { toReach: atLeastTimes(10) }),
    })),
    underPeer(`${many}, the fold alone, first time`, 'µs', us('fold'), cedar),
  ];
}

export const decision: Row = {
  name: 'decision',
  question: 'a decision in a hot loop, one hop and five, format named',
  against: 'cedar-wasm (pre-parsed), casbin, json-rules-engine on the same facts and answers',
  toReach: 'first time for a question ≤ 25 µs / 60 µs; seen before in this version ≤ 5 µs; ≥ 10 × cedar-wasm',
  async measure(effort) {
    const at = Date.now();
    const facts = peerFacts(OPEN_SAMPLE, at);
    const peers: Peers = {
      'cedar-wasm': cedarPeer(facts),
      casbin: await casbinPeer(facts),
      'json-rules-engine': jsonRulesPeer(facts),
    };
    const guard = await guardOnOpenVersion();
    const { permits, asked } = await demandAgreement(
      async (question) => (await guard.decideText(textOf(question))).decision,
      peers,
      at,
    );
    effort.say(`all four agree on ${asked} questions, ${permits} of them permits`);
    return [...(await measureHops(1, peers, effort)), ...(await measureHops(5, peers, effort))];
  },
};
