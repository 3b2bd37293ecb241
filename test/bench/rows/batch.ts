/** A hundred questions in one request, beside the same hundred one by one, through the same door and bundle. */
import { startStoreProxy } from '../../doors/store-proxy.ts';
import { askAccess } from '../access.ts';
import { type Deployed, deploy, directoryOf, type Handler } from '../deployed.ts';
import { newQuestions, take } from '../questions.ts';
import { atLeastTimes, type Effort, type Figure, type Row, underPeer } from '../row.ts';
import { median, turnAbout } from '../timing.ts';

const ITEMS = 100;
const ACTION = { name: 'route' };

const ITEM = take(newQuestions(1), ITEMS).map(({ marking, hops: [id] }, n) => ({
  subject: { type: 'message', id: `m-${n}`, properties: { marking, markingFormat: 'us-banner' } },
  resource: { type: 'network', id },
}));

interface Decisions {
  readonly evaluations: readonly { readonly decision: boolean }[];
}

const together = (access: Handler) =>
  askAccess(access, '/access/v1/evaluations', { action: ACTION, evaluations: ITEM }) as Promise<Decisions>;

async function oneByOne(access: Handler): Promise<number> {
  let permits = 0;
  for (const item of ITEM) {
    const answer = await askAccess(access, '/access/v1/evaluation', { action: ACTION, ...item });
    if ((answer as { readonly decision: boolean }).decision) permits += 1;
  }
  return permits;
}

/** How many times each way asks the database once it is warm. */
async function reads(
  deployed: Deployed,
  directory: string,
): Promise<Record<'together' | 'oneByOne', number>> {
  const proxy = await startStoreProxy(deployed.store.engine.endpoint);
  try {
    const access = await deployed.fresh(directory, { AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint });
    const asked = () => Object.values(proxy.counted()).reduce((sum, count) => sum + count, 0);
    await oneByOne(access);
    asked();
    await together(access);
    const inOne = asked();
    await oneByOne(access);
    return { together: inOne, oneByOne: asked() };
  } finally {
    await proxy.stop();
  }
}

async function measure(effort: Effort): Promise<readonly Figure[]> {
  const deployed = await deploy();
  try {
    const directory = await directoryOf('access');
    const counted = await reads(deployed, directory);
    const access = await deployed.fresh(directory);
    const permits = (await together(access)).evaluations.filter(({ decision }) => decision).length;
    if (permits !== ITEMS || (await oneByOne(access)) !== ITEMS)
      throw new Error('what is measured is permits');
    const samples = await turnAbout(
      { together: { run: () => together(access) }, oneByOne: { run: () => oneByOne(access) } },
      effort.quick ? { warmUp: 1, rounds: 2 } : { warmUp: 15, rounds: 60 },
    );
    return [
      {
        ...underPeer('reads of a batch of 100', 'count', counted.together, [
          '100 single ones',
          counted.oneByOne,
        ]),
        toReach: atLeastTimes(50),
      },
      {
        ...underPeer('time of a batch of 100', 'ms', median(samples.together), [
          '100 single ones',
          median(samples.oneByOne),
        ]),
        toReach: atLeastTimes(10),
      },
    ];
  } finally {
    await deployed.stop();
  }
}

export const batch: Row = {
  name: 'batch',
  question: 'a batch of 100 questions',
  against: '100 single ones through the same door, turn about',
  toReach: '≥ 50 × fewer reads, ≥ 10 × less time',
  measure,
};
