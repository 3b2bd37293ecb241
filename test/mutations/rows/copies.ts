/** HEAD's copies: who is told too early, who goes back, and who reads what nobody moves any more. */
import { mutationsOf } from '../mutation.ts';

const STORE = 'test/store/head-copies.test.ts';
const FORMS = 'test/store/forms.test.ts > HEAD';

export const COPIES = mutationsOf('copies', [
  {
    file: 'functions/store/publisher.ts',
    caughtBy: `${STORE} > a publication`,
    faults: [
      [
        'told before the copies have moved',
        'await moveCopies(access, await moveHead(access, ours, headCopies));\n    await floor.raise(ours, objects, context, id);',
        'const first = await moveHead(access, ours, headCopies);\n    await floor.raise(ours, objects, context, id);\n    await moveCopies(access, first);',
      ],
      [
        'copies are nobody’s business',
        'await moveCopies(access, await moveHead(access, ours, headCopies));',
        'await moveHead(access, ours, headCopies);',
      ],
      [
        'whoever finishes forgets the copies',
        'if (first !== undefined) await moveCopies(',
        'if (first === undefined) await moveCopies(',
      ],
    ],
  },
  {
    file: 'functions/store/move-head.ts',
    caughtBy: `${STORE} > a publication`,
    faults: [
      ['a setting that was lowered forgets copies', 'Math.max(copies, were)', 'copies'],
      ['a setting that was raised makes none', 'Math.max(copies, were)', 'were'],
      [
        'copies that came meanwhile are not seen',
        "'digest = :parent AND attribute_not_exists(copies)'",
        "'digest = :parent'",
      ],
      ['copies are taken for as many as there are now', 'were = head?.content.copies ?? 1;', ''],
    ],
  },
  {
    file: 'functions/store/move-copies.ts',
    caughtBy: `${STORE} > a publication`,
    faults: [
      ['one copy is left out', '(first.content.copies ?? 1) - 1', '(first.content.copies ?? 1) - 2'],
      ['a copy is written whatever it holds', "'digest = :held'", "':held = :held'"],
      ['a copy is overtaken by what came before', 'content = head.content;', ''],
      ['what a copy holds is not asked', "held = item?.['digest'];", ''],
      ['a copy that did not move has', 'isCopyOf(item, content) ? null : {}', 'null'],
      ['a copy of no form stays so', "'attribute_not_exists(digest)'", "'attribute_not_exists(pk)'"],
      ['a copy that is wrong in part is right', 'isSameHead(decodeHead(item), content)', 'true'],
    ],
  },
  {
    file: 'functions/store/floored-head.ts',
    caughtBy: `${STORE} > a reader`,
    faults: [
      ['whoever looks reads a copy', 'Promise.all([readCopy(0)', 'Promise.all([readCopy(copy())'],
      [
        'a copy that is wrong stops everybody',
        'await orUnsound(() => readCopy(copy()))',
        'await readCopy(copy())',
      ],
      ['a look that failed leaves the one before', 'checked = undefined;', ''],
      ['whoever is throttled asks the first', '!/^STORE_/.test(error.code)', 'error.code.length > 0'],
    ],
  },
  {
    file: 'functions/store/head.ts',
    caughtBy: FORMS,
    faults: [
      ['every copy in one partition', '`${HEAD_COPY_PREFIX}${copy}`', 'HEAD_PARTITION'],
      ['a copy is nobody’s', ' || pk.startsWith(HEAD_COPY_PREFIX)', ''],
      [
        'the last copy is never read',
        'Math.floor(random * (copies - 1))',
        'Math.floor(random * (copies - 2))',
      ],
      [
        'the first serves looks and the rest',
        '1 + Math.floor(random * (copies - 1))',
        'Math.floor(random * copies)',
      ],
      ['any number of copies', 'copies > 1 && copies <= MOST_HEAD_COPIES)', 'copies > 1)'],
      ['no copies at all', 'Number.isInteger(copies) && copies > 1 &&', 'Number.isInteger(copies) &&'],
    ],
  },
  {
    file: 'functions/store/store-settings.ts',
    caughtBy: 'test/decide/settings.test.ts',
    faults: [['any number of copies may be set', '1, MOST_HEAD_COPIES)', '1, 100 * MOST_HEAD_COPIES)']],
  },
  {
    file: 'functions/decide/assemble.ts',
    caughtBy: 'test/adversary/past-state.test.ts > an old HEAD',
    faults: [
      ['the floor is the knee', 'FLOOR_FOR_MS * headCopies', 'FLOOR_FOR_MS'],
      ['one look lasts as long as a lease', 'leaseMs / 4', 'leaseMs'],
    ],
  },
  {
    file: 'functions/store/registry-reader.ts',
    caughtBy: `${STORE} > a reader`,
    faults: [
      ['every process reads one copy', 'copyToRead(headCopies, random())', 'copyToRead(headCopies, 0.5)'],
    ],
  },
  {
    file: 'functions/registry/acting.ts',
    caughtBy: 'test/registry/head-copies.test.ts',
    faults: [
      [
        'the setting is for readers alone',
        'createPublisher({ ...reading, signer, headCopies })',
        'createPublisher({ ...reading, signer })',
      ],
    ],
  },
  {
    file: 'infra/tables.ts',
    caughtBy: 'test/infra/stages.test.ts',
    faults: [
      ['anybody may write a copy', '[HEAD_PARTITION, `${HEAD_COPY_PREFIX}*`]', '[HEAD_PARTITION]'],
      [
        'copies are denied by a name that is none',
        "'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': HEADS",
        "'ForAnyValue:StringEquals': { 'dynamodb:LeadingKeys': HEADS",
      ],
    ],
  },
  {
    file: 'infra/guard-props.ts',
    caughtBy: 'test/infra/guard-props.test.ts',
    faults: [
      [
        'more copies than a publication moves',
        'props.headCopies ?? 1, 1, MOST_HEAD_COPIES)',
        'props.headCopies ?? 1, 1, 1000)',
      ],
      ['copies nobody asked for', 'props.headCopies ?? 1', 'props.headCopies ?? 4'],
    ],
  },
]);
