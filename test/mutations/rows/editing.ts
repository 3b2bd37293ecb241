// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults in code that has templates
/** Faults in what people write facts with and read changes on: schemas, the editor, the comparison of files, a review's page. */
import { mutationsOf } from '../mutation.ts';

const EDIT = 'test/cli/edit.test.ts';
const PAGE = 'test/cli/review-page.test.ts';
const SCHEMAS = 'test/docs/fact-schemas.test.ts';

export const EDITING = mutationsOf('editing', [
  {
    file: 'cli/registry/edit-command.ts',
    caughtBy: EDIT,
    faults: [
      [
        'what somebody else changed is overwritten',
        '? undefined : factDigest(now)) !== was)',
        '? undefined : factDigest(now)) === null)',
      ],
      ['a fact that was left is proposed', 'factDigest(fact) === was)', 'factDigest(fact) === null)'],
      [
        'an unsound fact is proposed',
        "if (reading.is === 'sound') return reading.fact;",
        "if (reading.is === 'sound' || isLeft) return {} as RawFact;",
      ],
      ['a draft that others may read', '{ mode: 0o600 }', '{ mode: 0o644 }'],
      [
        'a draft stays behind',
        '    rmSync(folder, { recursive: true });\n    return outcome;',
        '    return outcome;',
      ],
      ['what was written is lost', 'if (body === start) rmSync', "if (body !== 'kept') rmSync"],
    ],
  },
  {
    file: 'cli/registry/fact-draft.ts',
    caughtBy: EDIT,
    faults: [
      ['another fact under the same name', 'if (keyWritten(fact) !== key)', "if (keyWritten(fact) === '')"],
      ['lines as they were before', 'line ${line + above}', 'line ${line}'],
      ['what is not seen is shown as it is', '[\\p{C}\\p{Z}\\p{M}\\u2800]', '[\\p{Cs}]'],
    ],
  },
  {
    file: 'cli/registry/editor.ts',
    caughtBy: EDIT,
    faults: [['an editor that failed', 'if (code === 0) resolve();', 'if (code !== null) resolve();']],
  },
  {
    file: 'cli/registry/diff-files.ts',
    caughtBy: EDIT,
    faults: [
      [
        'unsound facts are compared',
        '[...placed.flatMap(problemsIn), ...repeats(placed)]',
        'repeats(placed)',
      ],
      [
        'a fact that stands there twice',
        '[...placed.flatMap(problemsIn), ...repeats(placed)]',
        'placed.flatMap(problemsIn)',
      ],
      ['what is missing is never told', 'missing: all ? registered', 'missing: !all ? registered'],
    ],
  },
  {
    file: 'cli/registry/diff-command.ts',
    caughtBy: EDIT,
    faults: [['a difference ends well', 'process.exitCode = EXIT.refused;', '']],
  },
  {
    file: 'cli/registry/review-parts.ts',
    caughtBy: PAGE,
    faults: [
      [
        'a page does not say what contradicts it',
        'lines: contradictionsInWords(change, decisive)',
        'lines: []',
      ],
      ['a page does not say whose people approve', '? approversInWords(proposal) :', '? [] :'],
    ],
  },
  {
    file: 'cli/registry/operation-words.ts',
    caughtBy: PAGE,
    faults: [['a program is told no sentences', 'sentences: [headline, ...details],', 'sentences: [],']],
  },
  {
    file: 'cli/registry/review.ts',
    caughtBy: PAGE,
    faults: [
      [
        'the digest is not on the page',
        "[...reviewParts(reviewed, all), { heading: 'Who has read it', lines: isOpen ? lines : [] }]",
        'reviewParts(reviewed, all)',
      ],
      ['a program is told nothing in short', 'inShort: inShort(groups, change, decisive),', ''],
      [
        'what is in force has a digest to sign',
        'lines: isOpen ? lines : []',
        'lines',
        'test/cli/first-screen.test.ts > a review > of what is',
      ],
      [
        'and tells it to a program',
        'reviewed: isOpen ? digest : null',
        'reviewed: digest',
        'test/cli/first-screen.test.ts > a review > of what is',
      ],
    ],
  },
  {
    file: 'cli/registry/change-record.ts',
    caughtBy: PAGE,
    faults: [['a record without sentences', 'said: reviewParts(reviewed, true)', 'said: []']],
  },
  {
    file: 'docs/build/schema-checks.ts',
    caughtBy: SCHEMAS,
    faults: [
      ['a list of the same', '{ uniqueItems: true }', '{}'],
      ['what must end need not', "{ to: { type: 'string' } }", '{}'],
    ],
  },
  {
    file: 'cli/bin.js',
    caughtBy: 'test/cli/data-commands.test.ts > keeps what it compiled',
    faults: [['everything is compiled at each start', 'module.enableCompileCache(compiled);', '']],
  },
  {
    file: 'cli/main.ts',
    caughtBy: 'test/cli/data-commands.test.ts > where nobody reads',
    faults: [
      ['what nobody read was done', 'NOBODY_READS = 141', 'NOBODY_READS = 0'],
      ['a closed pipe is a crash', "error.code !== 'EPIPE'", "error.code === 'EPIPE'"],
    ],
  },
  {
    file: 'functions/core/facts/schema-name.ts',
    caughtBy: EDIT,
    faults: [['a schema is a part of the fact', 'return said;', 'return document;']],
  },
]);
