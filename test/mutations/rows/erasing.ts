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
  {
    file: 'functions/registry/purge-facts.ts',
    caughtBy: 'test/registry/purged-in-force.test.ts > no object of it',
    faults: [
      [
        'what people signed is purged under a stop',
        'approved === undefined ? [head.root] : [head.root, approved.root]',
        '[head.root]',
      ],
    ],
  },
  {
    file: 'functions/registry/purge-search.ts',
    caughtBy: 'test/registry/spill.test.ts > a search',
    faults: [
      [
        'what people signed is searched for under a stop',
        '[await textAt(head), approved && (await textAt(approved))]',
        '[await textAt(head)]',
        'test/registry/purged-in-force.test.ts > not searched for',
      ],
      ['a search cut short says that it is done', 'return reply(head, places, at);', 'return reply(head, places, null);'],
      [
        'a search cut short goes on where it began',
        '    at = { table: following, key: next };\n    if (context.clock() >= call.sliceEndsAt) return reply(head, places, at);',
        '    if (context.clock() >= call.sliceEndsAt) return reply(head, places, at);\n    at = { table: following, key: next };',
      ],
      ['the oldest version asked for is left out', 'if (version < from) break;', 'if (version <= from) break;'],
      ['the newest version asked for is left out', 'if (version > to) continue;', 'if (version >= to) continue;'],
      ['JSON within JSON is not looked into', ', JSON.stringify(once).slice(1, -1)])', '])'],
      ['what nobody can read is not looked at', "return valuesOf(item).some(has) ? place('unreadable') : undefined;", 'return undefined;'],
      ['a blob is told once for each piece', "if (sk !== '0000') return", "if (sk === '0001') return"],
      ['a blob is looked at in its second piece', "if (sk !== '0000') return", "if (sk !== '0001') return"],
    ],
  },
]);
