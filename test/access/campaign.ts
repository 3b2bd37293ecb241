/** `npm run campaign:search`: see the usage below. */
import { askedOf } from '../campaigns/asked.ts';

const USAGE = `npm run campaign:search -- [networks]

Search over many networks against as many single decisions, with what it costs: the cold load of the catalogue, memory, pages,
single decisions. The engine is on this machine, so times of reading are a floor.

  networks  how many (default 10000)

Exits with 1 where search and a decision differ, 2 for what it does not know.`;

const count = askedOf(USAGE, ([networks = '10000', ...rest]) =>
  /^[1-9]\d{0,6}$/.test(networks) && rest.length === 0 ? Number(networks) : undefined,
);
// Not before it is known that it will run: everything else comes with it.
const { catalogueOf } = await import('../../functions/access/catalogue.ts');
const { startAccessRig } = await import('./access-rig.ts');
const { manyNetworks } = await import('./many-networks.ts');
const { compare, searchAll } = await import('./search-agreement.ts');
const mebibytes = () => Math.round(process.memoryUsage().heapUsed / 1_048_576);
const facts = manyNetworks(count);
const ids = [...facts.values()].filter((f) => f['kind'] === 'network').map((f) => String(f['id']));
console.log(`publishing ${count} networks, ${facts.size} facts …`);
const rig = await startAccessRig(facts);
try {
  const snapshot = await rig.guard.store.reader().open();
  const started = performance.now();
  await catalogueOf(snapshot);
  const { readUnits, batches } = snapshot.consumed();
  console.log(
    `catalogue: ${(performance.now() - started).toFixed(0)} ms, ${batches} sequential batches, ${readUnits} read units`,
  );
  for (const marking of ['SECRET//REL TO USA, GBR', 'SECRET//NOFORN']) {
    globalThis.gc?.();
    const before = mebibytes();
    const ask = rig.door();
    const cold = await searchAll(ask, marking, 1_000);
    globalThis.gc?.();
    console.log(
      `${marking}: cold, first page ${cold.ms[0]?.toFixed(0)} ms, all ${cold.ms.length} pages ${cold.ms
        .reduce((a, b) => a + b, 0)
        .toFixed(0)} ms; heap ${before} → ${mebibytes()} MiB`,
    );
    const result = await compare(ask, rig.door(), ids, marking, 1_000);
    const warm = result.searchMs.reduce((a, b) => a + b, 0);
    console.log(
      `${marking}: ${result.hits} of ${result.networks} may carry; warm search ${warm.toFixed(0)} ms in ${result.pages} pages; ` +
        `${result.networks} single decisions ${result.singleMs.toFixed(0)} ms; differences ${result.differences.length}`,
    );
    if (result.differences.length > 0) process.exitCode = 1;
  }
} finally {
  await rig.stop();
}
