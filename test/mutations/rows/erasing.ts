/** Faults in purges, as an outsider seeded them and no test saw. */
import { mutationsOf } from '../mutation.ts';

export const ERASING = mutationsOf('erasing', [
  {
    file: 'functions/registry/records.ts',
    caughtBy: 'test/registry/state.test.ts > every record is read',
    faults: [
      [
        'a page of forged records is the last',
        '} while (before !== null);',
        '  if (found.length === 0) return;\n  } while (before !== null);',
      ],
      [
        'a page that is not full is the last',
        '} while (before !== null);',
        '  if (found.length < PAGE) return;\n  } while (before !== null);',
      ],
      ['records say where to go on', 'before = next;', 'before = found.at(-1)?.id ?? null;'],
    ],
  },
]);
