/** Requests at the limit of work, however they are made up, beside one question about one hop in the same run. */
import { readdirSync } from 'node:fs';
import { MAX_STEPS } from '../../functions/access/work.ts';
import { startAccessRig } from '../access/access-rig.ts';
import { medians } from './medians.ts';

const ROUNDS = 9;

/** Every standard of the library that a request can add. */
const STANDARDS = readdirSync(new URL('../../standards', import.meta.url))
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

function batch({ items, hops, standards, marking = MARKING }: Shape) {
  const path = Array.from({ length: hops }, (_, i) => ({ network: NETWORKS[i % NETWORKS.length] }));
  return {
    subject: { type: 'message', id: 'm', properties: { marking } },
    action: { name: 'route' },
    resource: { type: 'path', id: 'p', properties: { hops: path } },
    context: { pathAssurance: 'pinned', ...(standards !== undefined && { standards }) },
    evaluations: Array.from({ length: items }, () => ({})),
  };
}

const LAWS = 1 + STANDARDS.length;
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

export async function benchBatches(): Promise<void> {
  const rig = await startAccessRig();
  try {
    const door = rig.door();
    const ask = (shape: Shape) => door('/access/v1/evaluations', { body: batch(shape) });
    const one: Shape = { what: 'one', items: 1, hops: 1 };
    for (const shape of SHAPES) {
      const { status, text } = await ask(shape);
      if (status !== 200) throw new Error(`${shape.what}: ${text}`);
      const [floor, all] = await medians(
        ROUNDS,
        () => ask(one),
        () => ask(shape),
      );
      console.log(
        `${shape.what}, ${shape.items} items: ${all.toFixed(0)} ms, ${text.length} bytes; one question ${floor.toFixed(1)} ms, ratio ${(all / floor).toFixed(0)}`,
      );
    }
  } finally {
    await rig.stop();
  }
}
