/** Faults between a request to the registry and its store, as an outsider seeded them and no test saw. */
import { mutationsOf } from '../mutation.ts';

const REGISTRY = 'test/registry';

export const ADMINISTERING = mutationsOf('administering', [
  {
    file: 'functions/registry/finishing.ts',
    caughtBy: `${REGISTRY}/finishing.test.ts`,
    faults: [
      [
        'a HEAD that is held is acknowledged by whoever asks',
        '!snapshot.acknowledged && snapshot.held === null',
        '!snapshot.acknowledged',
      ],
      ['a HEAD is acknowledged whoever signed it', '        await head.approved();\n', ''],
    ],
  },
  {
    file: 'functions/registry/assemble.ts',
    caughtBy: `${REGISTRY}/assemble.test.ts`,
    faults: [
      [
        'who may not publish opens what nobody acknowledged',
        'acceptUnacknowledged: isPublisher',
        'acceptUnacknowledged: true',
      ],
      [
        'history is shown from what a process has read before',
        'acceptUnconfirmed: true, cacheBytes: 0',
        'acceptUnconfirmed: true',
      ],
      ['a proposal on its way expires', " || status === 'approving'", ''],
      ['jobs are kept for good', '      life: () => keptFrom(clock()),\n', ''],
      ['a registry that is not closed counts as closed', "=== 'yes'", '!== undefined'],
    ],
  },
  {
    file: 'functions/registry/kept.ts',
    caughtBy: `${REGISTRY}/assemble.test.ts > expires at`,
    faults: [['what nothing rests on is kept for twenty days', '90 * 24', '20 * 24']],
  },
  {
    file: 'functions/registry/state-items.ts',
    caughtBy: `${REGISTRY}/state.test.ts > a moment ago`,
    faults: [
      [
        'a record is read as it was a while ago',
        'Key: keyOf(key), ConsistentRead: true }',
        'Key: keyOf(key), ConsistentRead: false }',
      ],
    ],
  },
]);
