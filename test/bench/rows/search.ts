/** Which of 10,000 networks may carry a message: a search, page by page, beside a decision about each. */
import { askAccess } from '../access.ts';
import { CONTEXT, directoryOf, type Handler } from '../deployed.ts';
import { atLeastTimes, type Effort, type Figure, type Row, underPeer } from '../row.ts';
import { deployMany, named, networkId } from '../sizes.ts';
import { median, turnAbout } from '../timing.ts';

const MARKING = 'SECRET//REL TO USA, GBR';
const PAGE = 1_000;

interface Page {
  readonly results: readonly unknown[];
  readonly page: { readonly next_token: string };
}

async function search(access: Handler): Promise<number> {
  let found = 0;
  for (let token = ''; ; ) {
    const { results, page } = (await askAccess(access, '/access/v1/search/resource', {
      subject: { type: 'message', id: 'm', properties: { marking: MARKING, markingFormat: 'us-banner' } },
      action: { name: 'route' },
      resource: { type: 'network' },
      page: { limit: PAGE, ...(token !== '' && { token }) },
    })) as Page;
    found += results.length;
    token = page.next_token;
    if (token === '') return found;
  }
}

async function loop(decide: Handler, networks: number): Promise<number> {
  let found = 0;
  for (let n = 0; n < networks; n += 1) {
    const request = JSON.stringify({
      message: { id: `m-${n}`, marking: MARKING, markingFormat: 'us-banner' },
      path: { hops: [{ network: networkId(n) }] },
    });
    const { decision } = (await decide({ request }, CONTEXT)) as { readonly decision: boolean };
    if (decision) found += 1;
  }
  return found;
}

async function measure(effort: Effort): Promise<readonly Figure[]> {
  const count = effort.quick ? 200 : 10_000;
  const deployed = await deployMany(count, effort);
  try {
    const access = await deployed.fresh(await directoryOf('access'));
    const decide = await deployed.fresh(await directoryOf('decide'));
    const [hits, permits] = [await search(access), await loop(decide, count)];
    if (hits !== permits || hits === 0) throw new Error(`${hits} are found, ${permits} are permitted`);
    effort.say(`both find ${hits} of ${count}`);
    const samples = await turnAbout(
      { search: { run: () => search(access) }, loop: { run: () => loop(decide, count) } },
      { warmUp: 0, rounds: effort.quick ? 1 : 3 },
    );
    const peer: [string, number] = ['a loop of single decisions', median(samples.loop)];
    return [
      {
        ...underPeer(`search over ${named(count)}`, 'ms', median(samples.search), peer),
        toReach: atLeastTimes(20),
      },
    ];
  } finally {
    await deployed.stop();
  }
}

export const searching: Row = {
  name: 'search',
  question: 'resource search over 10,000 networks',
  against: 'a loop of single decisions by the bundle of decide, turn about',
  toReach: '≥ 20 ×',
  measure,
};
