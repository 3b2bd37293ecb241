/** Requests at the limit of work, however they are made up, beside one question about one hop. */
import { readdirSync } from 'node:fs';
import { MAX_STEPS } from '../../../functions/access/work.ts';
import { askAccess } from '../access.ts';
import { deploy, directoryOf } from '../deployed.ts';
import { type Effort, type Figure, overFloor, type Row } from '../row.ts';
import { median, turnAbout } from '../timing.ts';

/** Every standard of the library that a request can add. */
const STANDARDS = readdirSync(new URL('../../../standards', import.meta.url))
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))
  .slice(0, 32);

const NETWORKS = ['gb-a', 'gb-b', 'gb-c', 'gb-d', 'us-a', 'us-b', 'us-c', 'sg-a'];
const MARKING = 'SECRET//REL TO USA, GBR';
const PORTIONS = { portions: Array.from({ length: 100 }, () => '(S//REL TO USA, GBR)') };

interface Shape {
  readonly what: string;
  readonly items: number;
  readonly hops: number;
  readonly standards?: readonly string[];
  readonly marking?: unknown;
}

function batchOf({ items, hops, standards, marking = MARKING }: Shape) {
  const path = Array.from({ length: hops }, (_, i) => ({ network: NETWORKS[i % NETWORKS.length] }));
  return {
    subject: { type: 'message', id: 'm', properties: { marking } },
    action: { name: 'route' },
    resource: { type: 'path', id: 'p', properties: { hops: path } },
    ...(standards !== undefined && { context: { standards } }),
    evaluations: Array.from({ length: items }, () => ({})),
  };
}

const LAWS = 1 + STANDARDS.length;
const ONE: Shape = { what: 'one question', items: 1, hops: 1 };
const SHAPES: readonly Shape[] = [
  { what: 'one hop, as many items as may be', items: 1_000, hops: 1 },
  { what: '64 hops', items: Math.floor(MAX_STEPS / 76), hops: 64 },
  {
    what: '64 hops, every standard',
    items: Math.floor(MAX_STEPS / (64 * LAWS + 14)),
    hops: 64,
    standards: STANDARDS,
  },
  {
    what: 'one hop, every standard',
    items: Math.floor(MAX_STEPS / (LAWS + 7)),
    hops: 1,
    standards: STANDARDS,
  },
  { what: 'a document of 100 portions', items: Math.floor(MAX_STEPS / 22), hops: 1, marking: PORTIONS },
];

async function measure(effort: Effort): Promise<readonly Figure[]> {
  const deployed = await deploy();
  try {
    const access = await deployed.fresh(await directoryOf('access'));
    const ask = (shape: Shape) => () => askAccess(access, '/access/v1/evaluations', batchOf(shape));
    const figures: Figure[] = [];
    for (const shape of SHAPES) {
      const turns = effort.quick ? { warmUp: 1, rounds: 1 } : { warmUp: 2, rounds: 9 };
      const samples = await turnAbout({ one: { run: ask(ONE) }, all: { run: ask(shape) } }, turns);
      const floor: [string, number] = ['one question', median(samples.one)];
      figures.push(overFloor(`${shape.what}, ${shape.items} items`, 'ms', median(samples.all), floor));
    }
    return figures;
  } finally {
    await deployed.stop();
  }
}

export const batchLimits: Row = {
  name: 'batch-limits',
  question: 'requests at the limit of work, however they are made up (docs/search.md)',
  against: 'one question about one hop, turn about',
  toReach: '–',
  measure,
};
