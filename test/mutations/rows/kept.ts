/**
 * Faults of forms: whoever has one writes and reads in a new way, and gets along with itself. Only what another build published,
 * or is to read, shows it.
 */
import { mutationsOf } from '../mutation.ts';

const RELEASES = 'test/releases/releases.test.ts';

export const KEPT = mutationsOf('kept', [
  {
    file: 'functions/store/registry-root.ts',
    caughtBy: RELEASES,
    faults: [
      ['a format is measured by itself', 'said.oldestReader > FORMAT', 'said.oldestReader > said.format'],
      ['no newer format is for older builds', 'said.oldestReader > FORMAT', 'said.format > FORMAT'],
    ],
  },
  {
    file: 'functions/store/object-bytes.ts',
    caughtBy: RELEASES,
    faults: [
      ['objects of the first form are none', '`routeguard ${type} 1\\n`', '`routeguard ${type} 2\\n`'],
    ],
  },
  {
    file: 'functions/store/commit-signature.ts',
    caughtBy: RELEASES,
    faults: [['commits are signed over something else', 'commit signature 1\\n', 'commit signature 2\\n']],
  },
  {
    file: 'functions/store/person-signature.ts',
    caughtBy: RELEASES,
    faults: [['people sign something else', 'person statement 1\\n', 'person statement 2\\n']],
  },
  {
    file: 'functions/store/trie-shape.ts',
    caughtBy: RELEASES,
    faults: [['facts lie elsewhere', "hash('sha256', key, 'hex')", "hash('sha256', `/${key}`, 'hex')"]],
  },
  {
    file: 'functions/store/head.ts',
    caughtBy: RELEASES,
    faults: [['HEAD is elsewhere', "HEAD_PARTITION = 'HEAD'", "HEAD_PARTITION = 'TIP'"]],
  },
  {
    file: 'functions/core/registry/documents.ts',
    caughtBy: RELEASES,
    faults: [
      [
        'a network from before a list came is none',
        "['accreditations', 'assessments', 'waivers'])) return false",
        "['accreditations', 'assessments', 'waivers', 'embargoes'])) return false",
      ],
    ],
  },
]);
