/** Faults by which fewer than two people, or others than may, give a permit. */
import { mutationsOf } from '../mutation.ts';

const AGENT = 'test/cli/agent-keys.test.ts';
const KMS = 'test/cli/kms-keys.test.ts';
const JUDGE = 'test/store/judge-approval.test.ts';
const SIGNATURES = 'test/registry/signatures.test.ts';
const APPROVAL = 'test/registry/approval.test.ts';
const TABLE = 'test/adversary/state-table.test.ts';
const PURGES = 'test/adversary/purges.test.ts';

export const PEOPLE = mutationsOf('people', [
  {
    file: 'functions/store/judge-approval.ts',
    caughtBy: JUDGE,
    faults: [
      [
        'the first authorities are anybody’s',
        '? areTwoFounders(pairOf(said), founders)',
        '? founders.length > 1',
      ],
      ['a link is its own people’s word', 'changes, before, said.to)', 'changes, now, said.to)'],
      [
        'a link is anybody’s word',
        ': maySay(pairOf(said), changes, before, said.to);',
        ': changes.length > 0;',
      ],
      [
        'a link is any two people’s word',
        ': maySay(pairOf(said), changes, before, said.to);',
        ': areTwoOfAny(pairOf(said), before, said.to);',
      ],
      [
        'links need no signature',
        '      signedFault(approval, said) ??\n      orderFault',
        '      orderFault',
      ],
      ['links come in any order', '      orderFault(said, last) ??\n', ''],
      [
        'links leave whomever they say',
        "(said.people === peopleDigest(now) ? undefined : 'PEOPLE')",
        'undefined',
      ],
      [
        'links leave whom they found',
        "(said.people === peopleDigest(now) ? undefined : 'PEOPLE')",
        "(said.people === peopleDigest(before) || last === undefined ? undefined : 'PEOPLE')",
      ],
      ['who may speak is not asked', "(mayBe ? undefined : 'NOT_TWO_PEOPLE');\n    if", 'undefined;\n    if'],
      [
        'a link is of any registry',
        '    homes.add(said.registry);\n',
        '    if (last === undefined) homes.add(said.registry);\n',
      ],
      [
        'one sound signature suffices',
        '!approval.every(isSignedByItsKey)',
        '!approval.some(isSignedByItsKey)',
      ],
      ['signatures are not verified', "if (!approval.every(isSignedByItsKey)) return 'SIGNATURE';", ''],
      ['three people are two', 'said.keys.length !== 2', 'said.keys.length < 2'],
      ['two signatures a year apart', "said.to - said.from <= PROPOSAL_MS ? undefined : 'TIME'", 'undefined'],
      ['thirty days are too long', 'said.to - said.from <= PROPOSAL_MS', 'said.to - said.from < PROPOSAL_MS'],
      [
        'a confirmation is a link',
        "  if (said.operation !== 'approve') return 'STATEMENT';\n  if (last",
        '  if (last',
      ],
      [
        'a keyring begins in the middle',
        "return said.base === null ? undefined : 'STATEMENT';",
        'return undefined;',
      ],
      [
        'a keyring begins again',
        'said.base === null || said.base.version < versionOf(last)',
        'said.base !== null && said.base.version < versionOf(last)',
      ],
      [
        'a link may lie before the last',
        "  if (said.base === null || said.base.version < versionOf(last)) return 'STATEMENT';\n  return isBefore",
        "  if (said.base === null) return 'STATEMENT';\n  return isBefore",
      ],
      [
        'a link follows after a version',
        'said.base.version < versionOf(last)) return',
        'said.base.version <= versionOf(last)) return',
      ],
      [
        'a link may be older than the last',
        "return isBefore(said.to, last.to) ? 'TIME' : undefined;",
        'return undefined;',
      ],
      ['versions need no signature', '    signedFault(approval, said) ??\n    placeFault', '    placeFault'],
      ['an approval for any place', '    placeFault(commit, said, people) ??\n', ''],
      ['an approval before its people', 'isBefore(said.to, people.last.to) || isBefore', 'isBefore'],
      ['an approval of tomorrow', ' || isBefore(now, said.to) ?', ' ?'],
      ['the first of two signatures tells the time', 'isBefore(now, said.to)', 'isBefore(now, said.from)'],
      [
        'the first of two signatures tells whether people were there',
        'isBefore(said.to, people',
        'isBefore(said.from, people',
      ],
      ['an approval by anybody', '    speakersFault(approval, said, people, founders);', '    undefined;'],
      [
        'an approval for another version',
        "  if (version === undefined) return { ok: false, fault: 'STATEMENT' };\n  return",
        '  return',
      ],
      [
        'the root of the commit is the one that was signed',
        'value: { version, root: said.root }',
        'value: { version, root: commit.root }',
      ],
      ['an approval for another registry', "if (registry !== commit.home) return 'STATEMENT';", ''],
      [
        'a keyring from another registry',
        "commit.epoch === 1 && !isOwn ? 'STATEMENT' : undefined",
        'undefined',
      ],
      ['a restored registry forgets its people', 'commit.epoch === 1 && !isOwn', '!isOwn'],
      ['any root', '    said.root === commit.root &&\n', ''],
      ['any base', '(said.base?.digest ?? null) === parent &&', 'true &&'],
      ['any number of a base', 'versionOf(said) === commit.version\n', 'versionOf(said) > 0\n'],
      ['any kind carries', 'ALONE.has(commit.kind)', "(ALONE.has(commit.kind) || commit.kind !== '')"],
      ['one person lifts', "new Set(['hold', 'revoke'])", "new Set(['hold', 'lift', 'revoke'])"],
      ['a revocation needs two', "new Set(['hold', 'revoke'])", "new Set(['hold'])"],
      ['any kind confirms', "commit.kind === 'confirm' &&\n", '\n'],
      [
        'a confirmation of long ago',
        'said.base?.digest === digest && said.base?.version === commit.version - 1 - k',
        'said.base?.digest === digest',
      ],
      ['a confirmation of the parent alone', '[parent, grandparent].some(', '[parent].some('],
      ['every link is judged already', 'if (isSame(approval, people.lastApproval))', 'if (people.links > 1)'],
      [
        'a link is judged by those it leaves',
        '  if (isSame(approval, people.lastApproval)) return undefined;\n',
        '',
      ],
      [
        'other people than were signed',
        "  if (said.people !== peopleDigest(people.now)) return 'PEOPLE';\n",
        '',
      ],
      [
        'an approval from before the last link',
        'said.base === null || said.base.version < versionOf(people.last)',
        'said.base === null',
      ],
      ['anybody approves', '? areTwoOfAny(pairOf(said), people.now, said.to)', '? said.keys.length === 2'],
      [
        'founders approve',
        '? areTwoOfAny(pairOf(said), people.now, said.to)',
        '? areTwoFounders(pairOf(said), founders) || areTwoOfAny(pairOf(said), people.now, said.to)',
      ],
      [
        'anybody confirms',
        ': missingFrom(said.keys, people.now, said.to, founders) === null',
        ': said.keys.length > 1',
      ],
      [
        'founders are not asked',
        "if (!someTwo(keys, (pair) => areTwoFounders(pair, founders))) return 'founders';",
        '',
      ],
      [
        'founders alone confirm',
        'return speaking.find((each) => !someTwo(keys, (pair) => areTwoOf(each, pair)))?.id ?? null;',
        'return speaking[99]?.id ?? null;',
      ],
      [
        'one authority confirms for all',
        'speaking.find((each) => !someTwo',
        'speaking.slice(0, 1).find((each) => !someTwo',
      ],
      ['clocks an hour apart', '!(a >= b - CLOCK_TOLERANCE_MS)', '!(a >= b - 12 * CLOCK_TOLERANCE_MS)'],
      ['clocks are equal', '!(a >= b - CLOCK_TOLERANCE_MS)', '!(a >= b)'],
    ],
  },
  {
    file: 'functions/core/administration/two-people.ts',
    caughtBy: JUDGE,
    faults: [
      [
        'one key is two',
        'author !== approver && !names.includes(undefined) && names[0] !== names[1]',
        '!names.includes(undefined)',
      ],
      ['two keys of one name are two people', ' && names[0] !== names[1]', ''],
      ['a stranger is a second person', ' && !names.includes(undefined)', ''],
      [
        'two people are of two authorities',
        'return authoritiesInForce(facts, at).some((authority) => areTwoOf(authority, keys));',
        'return keys.every((key) => authoritiesInForce(facts, at).some((a) => nameOfKey(a, key) !== undefined));',
      ],
      ['nothing is anybody’s to change', '    changes.length > 0 &&\n', ''],
      ['one change of several is theirs', 'changes.every((change) => {', 'changes.some((change) => {'],
      ['one founder twice', 'return author !== approver && founders', 'return founders'],
      ['the approver is any founder’s second', ' && founders.includes(approver);', ';'],
      ['the author is any founder’s second', 'founders.includes(author) && ', ''],
      [
        'one person is two who speak',
        'someTwo(keys, (pair) => areTwoOf(authority, pair));',
        'someTwo(keys, ([a]) => nameOfKey(authority, a) !== undefined);',
        JUDGE,
      ],
    ],
  },
  {
    file: 'functions/store/word.ts',
    caughtBy: JUDGE,
    faults: [
      [
        'any object is a keyring',
        "if (keyring?.type !== 'keyring') throw",
        'if (keyring === undefined) throw',
      ],
    ],
  },
  {
    file: 'functions/store/judge-approval.ts',
    caughtBy: 'test/adversary/beginnings.test.ts',
    faults: [
      ['a stranger says when', 'return keys.every(', 'return keys.some('],
      ['the first epoch is confirmed', 'begins.epoch === 1 || ', '', JUDGE],
      ['two people of one confirm', "commit.kind !== 'confirm' &&", 'true &&', JUDGE],
    ],
  },
  {
    file: 'functions/core/administration/statement.ts',
    caughtBy: 'test/store/beginning.test.ts > instant',
    faults: [['a signature at no time', '(text) => instantOf(text) !== undefined', '() => true']],
  },
  {
    file: 'functions/store/beginning.ts',
    caughtBy: 'test/store/beginning.test.ts',
    faults: [
      ['what came since is given up unsaid', '(by === null ? !isAcknowledged : by === digest)', 'true'],
      ['what took no place began', 'by === null ? !isAcknowledged : ', 'by === null || '],
      ['what its publisher has to finish is refused', 'by === null ? !isAcknowledged : ', ''],
      ['facts may name others', ' || people !== said.people', ''],
      ['a keyring of nobody', ' || commit.keyring !== from.commit.keyring', ''],
      ['anything came back', 'begins.floor === null ? null : await', 'true ? null : await'],
      ['a first epoch may be made up', '!isBegun || from.commit.epoch', 'from.commit.epoch'],
      ['a first epoch needs no start', 'started !== null && started === first', 'started === first'],
      ['what nobody acknowledged came back', ' || at !== from.digest)', ')'],
      ['nobody acknowledged the last', ' || end !== last.digest', ''],
      ['the last may be of another place', 'comparePlaces(newest, last) !== 0 || ', ''],
      ['it lies on no way to the last', '  if (way?.digest !== from.digest) throw refused;\n', ''],
      ['what never opened came back', '  await judge(from);\n', ''],
      ['the last never opened', '  await judge(top);\n', ''],
      ['epochs may go down', 'begins.floor.epoch >= commit.epoch', 'false'],
      ['who speaks now is not asked', 'last === null ? [own] : [own, last.people]', '[own]'],
      ['signed before the last was', 'const isSince = last === null || ', 'const isSince = true || '],
      ['a stranger signs', '!isSaid || !areKnown(said.keys, speaking, said.to, founders)', '!isSaid'],
      [
        'a confirmation changes something',
        'commit && (ALONE.has(at.commit.kind) || at.commit.root === commit.root)',
        'commit',
      ],
      ['what is on it came back', '} while (!at.commit.confirmed);', '} while (false);'],
      ['versions may be left out', ' || commit.version !== at.commit.version - 1', ''],
    ],
  },
  {
    file: 'functions/store/epochs.ts',
    caughtBy: 'test/adversary/beginnings.test.ts',
    faults: [
      ['an epoch has no end', "    { line: 'END', epoch, version: 0 },\n", '', 'test/store/epochs.test.ts'],
      ['what is late lands', "    { line: 'COMMIT', epoch, version: version + 1 },\n", ''],
      [
        'rows of another table count',
        'row?.table === ours ? row.digest : null',
        'row?.digest ?? null',
        'test/store/epochs.test.ts',
      ],
      [
        'the first epoch is the last',
        'if (beginning === null) break;',
        'if (beginning === null || last !== null) break;',
      ],
      [
        'an epoch that others have rows in is new',
        'row && { epoch: row.epoch, version: LAST_PLACE }',
        'row && null',
        'test/adversary/beginnings.test.ts',
      ],
      [
        'an epoch that others meant to begin is new',
        '...taken.flat().map(({ commit }) => commit),',
        '',
        'test/store/restores.test.ts',
      ],
    ],
  },
  {
    file: 'functions/store/approved-head.ts',
    caughtBy: JUDGE,
    faults: [
      [
        'how an epoch began is found anew',
        '    past.begun.set(epoch, { approval: commit.approval, links });\n',
        '',
        'test/store/restores.test.ts',
      ],
      [
        'what was HEAD is judged anew',
        '    past.judged.set(at.digest, approved);\n',
        '',
        'test/store/restores.test.ts',
      ],
      [
        'founders of any kind',
        "if (!judged.ok) throw new StoreError('APPROVAL_INVALID', { digest });",
        'if (!judged.ok) return { now: new Map(), first: undefined, last: undefined, lastApproval: [], links: 0 } as never;',
      ],
      [
        'an older approval takes back',
        "throw new StoreError('HEAD_BELOW_FLOOR', { version: place.version });",
        'return judged.value;',
      ],
      [
        'an older approval takes back what lies at the floor',
        'place.version < newest.version',
        'place.version < newest.version - 1',
      ],
      [
        'what lies at the floor is below it',
        'place.version < newest.version',
        'place.version <= newest.version',
      ],
      ['a floor of any epoch', 'if (newest?.epoch === epoch && newest', 'if (newest != null && newest'],
      ['an approval that is wrong is last', 'last = { digest: head.digest, approved };', ''],
      ['rows of a version are left out', '        newest.version === place.version &&\n', ''],
      ['rows of keys are left out', 'rows.some(({ count }) => count === word.keyring.links.length)', 'true'],
      [
        'a stop stands where a confirmation might',
        'version: since ?? judged.value.version',
        'version: isCarried ? own - 1 : judged.value.version',
        'test/adversary/beginnings.test.ts',
      ],
      [
        'every HEAD is the last',
        'if (last?.digest === head.digest) return',
        'if (last !== undefined) return',
      ],
      [
        'every HEAD is known',
        'isKnown: ({ digest }) => last?.digest === digest',
        'isKnown: ({ digest }) => digest.length > 0',
      ],
      [
        'objects are let through unjudged',
        'await Promise.all([objects.load(digests, allowed), judging()]);',
        'await Promise.all([objects.load(digests, allowed)]);',
      ],
    ],
  },
  {
    file: 'functions/store/person-signature.ts',
    caughtBy: JUDGE,
    faults: [
      ['no domain', 'return Buffer.concat([DOMAIN, digest]);', 'return digest;'],
      ['another domain', "'routeguard person statement 1\\n'", "'routeguard commit 1\\n'"],
      ['a signature in any spelling', "if (bytes.toString('base64') !== signature) return false;", ''],
      [
        'what cannot be verified is signed',
        '  } catch {\n    return false;',
        '  } catch {\n    return true;',
      ],
      ['one founder', 'keys.length < 2 || new Set', 'new Set'],
      ['one founder twice is two', ' || new Set(keys).size !== keys.length', ''],
      [
        'founders of any form',
        "if (!publicKey.safeParse(key).success)\n      throw new TypeError('founder",
        "if (key === '')\n      throw new TypeError('founder",
      ],
    ],
  },
  {
    file: 'functions/store/approval.ts',
    caughtBy: JUDGE,
    faults: [
      ['one signature is an approval', 'z.minLength(2), ', ''],
      ['people need not say the same', 'said.size !== 1 || ', ''],
      ['those who did not say it are left out', ' || found.length !== parsed.data.length', ''],
    ],
  },
  {
    file: 'functions/core/administration/statement.ts',
    caughtBy: JUDGE,
    faults: [
      [
        'people agree on nothing in particular',
        'canonicalText({ ...of, at: null })',
        'canonicalText({ at: null })',
      ],
      ['people agree to the millisecond', 'canonicalText({ ...of, at: null })', 'canonicalText(of)'],
      ['people are names only', 'Object.fromEntries(authorities)', '[...authorities.keys()]'],
      ['a clock of an hour', '= 5 * 60 * 1000', '= 60 * 60 * 1000'],
      ['two people have sixty days', '= 30 * 24 * 60', '= 60 * 24 * 60'],
    ],
  },
  {
    file: 'functions/registry/signatures.ts',
    caughtBy: SIGNATURES,
    faults: [
      [
        'signed at any time',
        'if (!(Math.abs(context.clock() - Date.parse(signed.statement.at)) <= CLOCK_TOLERANCE_MS))',
        'if (Number.isNaN(Date.parse(signed.statement.at)))',
      ],
      [
        'signed at any time to come',
        'Math.abs(context.clock() - Date.parse(signed.statement.at))',
        '(context.clock() - Date.parse(signed.statement.at))',
      ],
      ['an instant more', '<= CLOCK_TOLERANCE_MS', '< CLOCK_TOLERANCE_MS'],
      ['signed by no key', 'if (!isSignedByItsKey(given))', 'if (given === undefined)'],
      [
        'any operation',
        'if (!isSignedAs(given, operation)) throw',
        "if (!isSignedAs(given, operation) && given.statement.operation !== 'propose') throw",
      ],
      [
        'any registry',
        'if (given.statement.registry !== registry) throw',
        "if (given.statement.registry === '') throw",
      ],
      ['any content', 'if (given.statement.content !== content) throw', 'if (content === undefined) throw'],
      ['any state', 'Object.entries<Json>(state)', 'Object.entries<Json>(state).slice(9)'],
      [
        'any flips',
        'Object.entries<Json>(state)',
        "Object.entries<Json>(state).filter(([name]) => name !== 'review')",
      ],
      [
        'any base of a statement',
        'Object.entries<Json>(state)',
        "Object.entries<Json>(state).filter(([name]) => name !== 'base')",
      ],
      [
        'any result',
        'Object.entries<Json>(state)',
        "Object.entries<Json>(state).filter(([name]) => name !== 'root')",
      ],
      [
        'any people',
        'Object.entries<Json>(state)',
        "Object.entries<Json>(state).filter(([name]) => name !== 'people')",
      ],
    ],
  },
  {
    file: 'functions/core/decision/meet.ts',
    caughtBy: 'test/core/decision/meet.test.ts',
    faults: [
      ['the registry’s own answer alone', '[own, signed].find', '[own].find'],
      ['what was signed alone', '[own, signed].find', '[signed].find'],
      ['what cannot be told permits', "outcome !== 'permit'", "outcome === 'deny'"],
      ['until the later', 'Math.min(...until)', 'Math.max(...until)'],
      ['until what the registry says', '[own.validUntil, signed.validUntil]', '[own.validUntil]'],
      ['a refusal for ever', '{ ...refusing, validUntil }', '{ ...refusing }'],
      [
        'obligations of one',
        'obligations: union(own.obligations, signed.obligations)',
        'obligations: own.obligations',
      ],
      ['mandates of one', 'mandates: union(own.mandates, signed.mandates)', 'mandates: signed.mandates'],
      ['waivers of one', '    waivers: union(own.waivers, signed.waivers),\n', ''],
      ['twice what both ask for', '...b.filter((each) => !known.has(JSON.stringify(each)))', '...b'],
    ],
  },
  {
    file: 'functions/core/administration/authority.ts',
    caughtBy: 'test/core/administration/authority.test.ts',
    faults: [
      [
        'a stranger begins a registry',
        'if (facts.size === 0 && !founders.includes(person.key))',
        'if (facts.size === 0 && founders.length === 0)',
      ],
      [
        'one founder begins a registry',
        "  if (facts.size === 0 && !areTwoFounders([author.key, person.key], founders))\n    return { ok: false, refusals: [refusal('NOT_A_FOUNDER')] };\n",
        '',
      ],
      [
        'whoever approves needs no key',
        "grant: 'approvers', key: person.key, author }",
        "grant: 'approvers', author }",
      ],
      ['whoever proposes needs no key', "grant: 'proposers', key: person.key }", "grant: 'proposers' }"],
      [
        'any key of the authority approves',
        ': areTwoOf(a, [author.key, key]);',
        ': nameOfKey(a, key) !== undefined;',
      ],
      ['the author may have lost the right', '  if (!proposed.ok) return proposed;\n', ''],
      [
        'the author is the second person',
        "  if (!areTwoPeople(person, author)) return { ok: false, refusals: [refusal('SAME_PERSON')] };\n  const proposed",
        '  const proposed',
      ],
      [
        'an approver closes his own',
        "  if (!haveTwoRoles(person, author)) return { ok: false, refusals: [refusal('SAME_PERSON')] };\n",
        '',
      ],
      [
        'what loosens is done alone',
        '  if (loosening.length > 0) return { ok: false, refusals: loosening };\n',
        '',
      ],
      [
        'a key suffices to consent',
        '.filter((a) => [...a.proposers, ...a.approvers].includes(person.roleName))',
        '',
      ],
      ['a role suffices to consent', '.filter((a) => nameOfKey(a, person.key) !== undefined)\n', '\n'],
    ],
  },
  {
    file: 'functions/core/administration/person.ts',
    caughtBy: 'test/core/administration/authority.test.ts',
    faults: [
      ['one key in two roles', 'return a.key !== b.key && haveTwoRoles', 'return haveTwoRoles'],
      ['two keys in one role', 'return a.key !== b.key && haveTwoRoles(a, b);', 'return a.key !== b.key;'],
    ],
  },
  {
    file: 'functions/registry/approve.ts',
    caughtBy: APPROVAL,
    faults: [
      ['the author agreed to anything', " && isSaid(context, agreed, 'approve', expected))", ')'],
      [
        'a statement of any operation',
        "if (!isSignedAs(body.signed, 'approve'))",
        'if (body.signed === undefined)',
      ],
      [
        'whatever was frozen is published',
        '  demandOwn(record, frozen);\n  let done',
        '  let done',
        `${TABLE} > a publication that is another proposal’s`,
      ],
      ['anybody agreed for the author', ' && agreed.key === author.key &&', ' &&'],
    ],
  },
  {
    file: 'functions/registry/publication.ts',
    caughtBy: `${TABLE} > and what was frozen is one`,
    faults: [
      ['anything is a publication', "if (!read.success) throw new StoreError('OBJECT_MALFORMED');", ''],
    ],
  },
  {
    file: 'functions/registry/own-publication.ts',
    caughtBy: TABLE,
    faults: [
      [
        'what the table says was published is in force',
        'if (at.digest !== said.digest || !isMadeBy(at.commit, approval, proposal)) throw notItsOwn();',
        '',
      ],
      [
        'any version is the publication of a proposal',
        'return isOwn && approval.every(({ statement }) => statement.content === digest);',
        'return isOwn;',
      ],
      [
        'a stop is the publication of what it carries',
        'return isOwn && approval.every',
        'return approval.every',
      ],
      ['any digest is that of the publication', 'at.digest !== said.digest || ', ''],
      [
        'it was published when the table says',
        'return { version, digest, lineage, recordedAt };',
        'return said;',
      ],
    ],
  },
  {
    file: 'functions/registry/sign.ts',
    caughtBy: APPROVAL,
    faults: [
      [
        'anybody signs for the author',
        'if (author.arn !== call.caller.arn || author.key !== signed.key)',
        'if (author.arn === undefined)',
      ],
      [
        'the author signs with another key',
        'author.arn !== call.caller.arn || author.key !== signed.key',
        'author.arn !== call.caller.arn',
      ],
      [
        'another session signs with the author’s key',
        'author.arn !== call.caller.arn || author.key !== signed.key',
        'author.key !== signed.key',
      ],
      ['what is closed is signed', "record.status !== 'open' || digest === null", 'digest === null'],
      ['what waited too long is signed', '  demandUnexpired(record, context.clock());\n', ''],
      [
        'a simulation on any base is signed',
        'if (simulation.base?.digest !== head?.digest)',
        'if (head === undefined)',
        'test/registry/publication.test.ts > an approval keeps',
      ],
    ],
  },
  {
    file: 'functions/registry/asked-operations.ts',
    caughtBy: TABLE,
    faults: [
      [
        'other operations than were signed',
        'return asked.changes === digestOf(bodyBytes(changes));',
        'return true;',
        APPROVAL,
      ],
      ['another author than signed', ' && author.key === signed.key', '', APPROVAL],
      ['a lift of anything, at any time', 'return Math.abs(meant)', 'return true || Math.abs(meant)'],
      ['a lift at any time', 'Math.abs(meant) <= CLOCK_TOLERANCE_MS && ', ''],
      [
        'a lift of anything now',
        ' && isSame(changes, [liftOf(asked, author, only)]);',
        ' && changes.length > 0;',
      ],
      [
        'a rollback to anything',
        'return isSame(changes, parts.find((part) => part.by === by)?.changes ?? []);',
        'return parts.length > 0;',
      ],
    ],
  },
  {
    file: 'functions/core/administration/consent.ts',
    caughtBy: 'test/core/administration/consent.test.ts',
    faults: [
      [
        'whoever was speaks no more',
        'return nations.length === 0 ? [] : authoritiesInForce(facts, at).filter(speaksForAll);',
        'return [];',
      ],
      [
        'anybody speaks for the unknown',
        'nations.length === 0 ? [] : authoritiesInForce',
        'authoritiesInForce',
      ],
      [
        'an id is its nation',
        'if (own !== undefined && speaksForAll(own)) return [own];',
        'if (own !== undefined) return [own];',
      ],
      ['some of its nations suffice', 'nations.every((nation)', 'nations.some((nation)'],
      ['what was there is nobody’s', '[before, after].filter', '[after].filter'],
      ['what comes is nobody’s', '[before, after].filter', '[before].filter'],
      [
        'whose nobody can tell is nobody’s',
        "typeof said === 'string' ? said : REGISTRAR",
        "typeof said === 'string' ? said : ''",
      ],
    ],
  },
  {
    file: 'functions/store/version-voices.ts',
    caughtBy: 'test/registry/purge.test.ts',
    faults: [
      [
        'the reason of a restore is of whoever asks',
        'changes.length === 0 ? everybodyIn',
        'changes.length < 0 ? everybodyIn',
        'test/adversary/purges.test.ts > after a restore',
      ],
      [
        'a version is judged by those it made',
        'wordOf(parent ?? at, head.objects)',
        'wordOf(at, head.objects)',
        'test/registry/purge.test.ts > took from an authority',
      ],
    ],
  },
  {
    file: 'functions/registry/purge-voices.ts',
    caughtBy: 'test/registry/purge.test.ts',
    faults: [
      [
        'reasons are nobody’s',
        'for (const version of notes) voices',
        'for (const version of notes.slice(99)) voices',
      ],
      [
        'a note is of one version alone',
        'ground.past.filter(({ commit }) => commit.note === note)',
        '[versionIn(ground, version)]',
        PURGES,
      ],
      ['the end of what has left is nobody’s', 'if (before === undefined) return undefined;', ''],
      ['what stands there now was written against', ' && factDigest(fact) === each.was', ''],
      [
        'operations that are gone were nobody’s',
        'if (bytes === undefined) return everybody(context, ground);',
        'if (bytes === undefined) return [];',
      ],
      ['chunks are nobody’s', 'return voicesOfAuthor(context, ground, proposal);', 'return [];'],
      [
        'proposals are nobody’s',
        'for (const id of proposals) voices',
        'for (const id of proposals.slice(99)) voices',
      ],
    ],
  },
  {
    file: 'functions/registry/purge-ground.ts',
    caughtBy: PURGES,
    faults: [
      [
        'a held HEAD says who purges',
        'context.reader.open({}, signal)',
        'context.anyReader.open({}, signal)',
      ],
      [
        'facts say who purges',
        'const { facts: people } = await provenPeople(head, await factsAt(context, head), context.founders);',
        'const people = await factsAt(context, head);',
      ],
    ],
  },
  {
    file: 'functions/store/acknowledged-past.ts',
    caughtBy: 'test/store/acknowledged-past.test.ts',
    faults: [
      ['nobody asks the floor', 'if (row !== null && row.digest !== digest)', 'if (row === undefined)'],
      ['an epoch begins again', 'after?.epoch ?? commit.epoch', 'commit.epoch'],
      ['the newest alone is asked for', 'commit.version >= since', 'commit.version > since'],
      [
        'versions under any number',
        'if (at.commit.version !== head.version - past.length)',
        'if (past.length < 0)',
      ],
    ],
  },
  {
    file: 'functions/registry/fact-sets.ts',
    caughtBy: PURGES,
    faults: [
      [
        'what is here already is anybody’s',
        "      await snapshot.objects.load([root ?? snapshot.root.law], ['leaf', 'node', 'law']);\n",
        '',
      ],
    ],
  },
  {
    file: 'functions/registry/reject.ts',
    caughtBy: PURGES,
    faults: [
      [
        'a held HEAD says who rejects',
        'const head = await openHead(context, call);',
        'const head = await openHead({ reader: context.anyReader }, call);',
      ],
    ],
  },
  {
    file: 'functions/registry/show-history.ts',
    caughtBy: PURGES,
    faults: [
      [
        'what is held looks like any other',
        'const { version, held } = snapshot;',
        'const { version, held } = { ...snapshot, held: null };',
      ],
      [
        'what was purged was added',
        "change.isPastPurged ? 'unknown' : kindOfDifference(change)",
        'kindOfDifference(change)',
        'test/registry/spill.test.ts',
      ],
    ],
  },
  {
    file: 'functions/registry/live-alias.ts',
    caughtBy: 'test/registry/door.test.ts > an invocation by another name',
    faults: [
      [
        'an ARN that says it somewhere',
        "invokedFunctionArn?.split(':')[7] === LIVE_ALIAS",
        '(invokedFunctionArn?.includes(LIVE_ALIAS) ?? false)',
      ],
      ['any version', "invokedFunctionArn?.split(':')[7] === LIVE_ALIAS", "invokedFunctionArn !== ''"],
    ],
  },
  {
    file: 'functions/registry/seals.ts',
    caughtBy: TABLE,
    faults: [
      [
        'whoever writes to the table simulates',
        'isSignedMessage(messageOf(key, text),',
        "seal !== '' || isSignedMessage(messageOf(key, text),",
      ],
      [
        'what carries no seal is sealed',
        "typeof seal === 'string' && isSigned",
        "typeof seal !== 'string' || isSigned",
      ],
      ['a seal fits any record', '[table, pk, sk, text]', '[table, pk, text]'],
      ['a seal is on nothing', '[table, pk, sk, text]', '[table, pk, sk]', 'test/registry/seals.test.ts'],
      ['a seal is for any table', '[table, pk, sk, text]', '[pk, sk, text]', 'test/registry/seals.test.ts'],
      [
        'a seal is for any kind of record',
        '[table, pk, sk, text]',
        '[table, sk, text]',
        'test/registry/seals.test.ts',
      ],
    ],
  },
  {
    file: 'functions/registry/records.ts',
    caughtBy: TABLE,
    faults: [['nobody looks at seals', 'item === undefined || !isOwn(key(id), item)', 'item === undefined']],
  },
  {
    file: 'functions/registry/simulate.ts',
    caughtBy: TABLE,
    faults: [
      ['a proposal says what was found', ' || !isSame)', ')'],
      ['a simulation is of any operations', 'job.body !== body || ', ''],
    ],
  },
  {
    file: 'functions/registry/list-proposals.ts',
    caughtBy: TABLE,
    faults: [
      [
        'anybody’s simulation is shown',
        'if (error instanceof Refusal) return rest;',
        'if (error instanceof Refusal) return record;',
      ],
      [
        'what the table says was published is shown so',
        'return { ...record, published: await inHistory(context, record, published, signal) };',
        'return record;',
      ],
    ],
  },
  {
    file: 'functions/core/registry/input.ts',
    caughtBy: 'test/adversary/people.test.ts > what one person publishes',
    faults: [['HEAD alone answers', '{ signed: evidenceOf(signed, request, at, assurance) }', '{}']],
  },
  {
    file: 'infra/guard-stack.ts',
    caughtBy: 'test/infra/founders.test.ts',
    faults: [
      ['founders of any stage are made up', "stage !== 'dev' || isTold ?", 'isTold ?'],
      [
        'founders made up win over those of the context',
        '|| stack.node.tryGetContext',
        '&& stack.node.tryGetContext',
      ],
      ['founders are made up beside those told', 'founderKeys !== undefined || stack', 'stack'],
    ],
  },
  {
    file: 'infra/packaging/founder-parameter.ts',
    caughtBy: 'test/infra/guard-props.test.ts > of a release are a parameter',
    faults: [
      ['one founder is told at deployment', '(,${KEY}){1,7}', '(,${KEY}){0,7}'],
      ['founders are told beside other text', '`^${KEY}', '`${KEY}'],
    ],
  },
  {
    file: 'functions/store/signers.ts',
    caughtBy: 'test/registry/story.test.ts',
    faults: [
      [
        'whoever stopped is said to be whoever signed before',
        'saidBy(approval)) !== commit.version) return [];',
        'saidBy(approval)) === undefined) return [];',
      ],
      ['nobody is named', 'const name = [...names].at(0) ?? null;', 'const name = null;'],
      [
        'whoever publishes names whoever signed',
        'if (!trustedPeople(keyring, founders).ok)',
        'if (keyring.links.length === 0)',
        PURGES,
      ],
      ['anybody is a founder', 'founder: founders.includes(key)', 'founder: founders.length > 0', PURGES],
      [
        'names of any authority',
        "reading.fact.kind === 'authority' ? nameOfKey(reading.fact, key) : undefined",
        "reading.fact.kind === 'authority' ? reading.fact.people?.[0]?.name : undefined",
      ],
    ],
  },
  {
    file: 'infra/private-directory.ts',
    caughtBy: 'test/cli/keys.test.ts',
    faults: [
      ['keys lie where anybody looks', 'mode: 0o700', 'mode: 0o755'],
      ['only the last folder is made', 'if (above !== path) makePrivateDirectory(above);', ''],
    ],
  },
  {
    file: 'infra/dev-founders.ts',
    caughtBy: 'test/infra/founders.test.ts',
    faults: [
      ['a founder’s key is for anybody to read', 'mode: 0o600', 'mode: 0o644'],
      ['founders are others each time', 'if (!existsSync(file)) {', "if (file !== '') {"],
    ],
  },
  {
    file: 'cli/registry/person-key.ts',
    caughtBy: AGENT,
    faults: [
      ['whatever is answered is sent', 'if (isSignedByItsKey(signed)) return', 'if (signature) return'],
      ['any public half', 'if (!shape.safeParse(publicKey).success)', "if (publicKey === '')", KMS],
    ],
  },
  {
    file: 'cli/registry/agent-key.ts',
    caughtBy: AGENT,
    faults: [
      ['the first of several signs', 'first !== undefined && others.length === 0', 'first !== undefined'],
      [
        'any key signs for a comment',
        "held.filter((each) => ['', each.fingerprint, each.comment].includes(which))",
        'held.filter((each) => which.length >= 0 || each.kind === which)',
      ],
      ['a fingerprint of another length', "replace(/=+$/, '')", "replace(/x+$/, '')"],
      ['a FIDO key is any other', "kind.startsWith('sk-')", "kind.startsWith('sk_')"],
      ['a comment turns the line around', '(${visible(comment)})', '(${comment})'],
      ['as many keys as are named', 'if (count > MOST_KEYS)', 'if (count > 0xffffffff)'],
    ],
  },
  {
    file: 'cli/registry/ssh-agent.ts',
    caughtBy: AGENT,
    faults: [
      ['an answer of any length', 'if (end > 4 + LONGEST)', 'if (end < 4)'],
      ['more than one answer', "if (got.length > end) throw new SshFormatError('more than one answer');", ''],
      ['an answer to another question', 'if (said !== answer)', 'if (said === 0)'],
      ['a refusal is garbage', 'if (said === FAILURE) throw new UsageError(refused);', ''],
      ['more than was read', '      reader.end();\n      return value;', '      return value;'],
      [
        'a person waits for ever',
        'addAbortSignal(signal, createConnection({ path }))',
        'addAbortSignal(new AbortController().signal, createConnection({ path }))',
      ],
    ],
  },
  {
    file: 'cli/registry/ssh-key.ts',
    caughtBy: AGENT,
    faults: [
      ['a signature of another kind', 'if (said !== kind)', "if (said === '')"],
      [
        'numbers are filled up from the right',
        'Buffer.concat([Buffer.alloc(HALF - bytes.length), bytes])',
        'Buffer.concat([bytes, Buffer.alloc(HALF - bytes.length)])',
      ],
      ['a leading zero counts', 'integer[0] === 0 ? integer.subarray(1) : integer', 'integer'],
      ['any name of a curve', "!== 'nistp384')", "=== '')"],
      ['a point in another form', 'if (point[0] !== 4)', 'if (point[0] === 4 && point[1] === undefined)'],
      ['a key and more', '  reader.end();\n  try {', '  try {'],
      [
        'a signature and more',
        "[reader.string().toString('latin1'), reader.string()];\n  reader.end();",
        "[reader.string().toString('latin1'), reader.string()];",
      ],
      ['three numbers', '        reader.end();\n        return Buffer', '        return Buffer'],
    ],
  },
  {
    file: 'cli/registry/ssh-wire.ts',
    caughtBy: AGENT,
    faults: [
      ['a string beyond its end', 'if (length > bytes.length - offset)', 'if (length > 0xffffffff)'],
      ['something follows', 'if (offset !== bytes.length)', 'if (offset > bytes.length)'],
    ],
  },
  {
    file: 'cli/registry/kms-key.ts',
    caughtBy: KMS,
    faults: [
      [
        'a key of any spec',
        'const kind = KINDS.get(KeySpec);',
        'const kind = KINDS.get(KeySpec) ?? [...KINDS.values()][0];',
      ],
      [
        'DER is sent',
        "algorithm: 'ECDSA_SHA_384', raw: rawSignature",
        "algorithm: 'ECDSA_SHA_384', raw: (der) => der",
      ],
      ['another way to sign with Ed25519', "'ED25519_SHA_512'", "'ED25519_PH_SHA_512'"],
      [
        'the Region of the environment before the key’s',
        '{ ...awsPlace(options), ...(inArn !== undefined && { region: inArn }) }',
        '{ ...(inArn !== undefined && { region: inArn }), ...awsPlace(options) }',
      ],
      [
        'an ARN of something else',
        "if (inArn === undefined && keyId.startsWith('arn:'))",
        "if (keyId === 'arn:')",
      ],
      ['every error is an outage', 'if (meaning !== undefined) return', "if (meaning === '') return"],
      ['an outage is a usage error', "if (code === 'STORE_REFUSED') return", "if (code !== '') return"],
      ['no end of waiting', 'AbortSignal.timeout(budgetMs)', 'new AbortController().signal'],
    ],
  },
]);
