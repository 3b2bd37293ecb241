/** `npm run bench`: every figure beside a floor taken in the same run. Absolute times depend on the machine; ratios less. */
import { benchBatches } from './batches.ts';
import { benchBundles } from './bundles.ts';
import { benchDecision } from './decision.ts';

console.log('Decision');
await benchDecision();
console.log('\nBatches at their limit');
await benchBatches();
console.log('\nBundles');
await benchBundles();
console.log('\nRegistries of 100 and of 100,000 networks take minutes: npm run bench:store');
