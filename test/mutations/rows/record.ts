/** Faults in the store, in history and in what verifies it. */
import { mutationsOf } from '../mutation.ts';

export const RECORD = mutationsOf('record', [
  {
    file: 'functions/store/registry-root.ts',
    caughtBy: 'test/store/forms.test.ts > what a root asks of builds',
    faults: [
      ['a newer reader is none', 'said.oldestReader > FORMAT', 'said.oldestReader > FORMAT + 1'],
      ['newer formats are read', 'said.oldestReader > FORMAT', 'false'],
      ['more than a format behind the places', 'body.length === PLACES + FORMAT_BYTES', 'true'],
      ['the first format may be said', 'isFormat(said) && said.format > 1', 'isFormat(said)'],
      ['a reader newer than the format', '    oldestReader <= format\n', '    true\n'],
      ['a reader of none', 'n >= 1 && n <= 0xffff', 'n >= 0 && n <= 0xffff'],
      ['readers are not written', 'bytes.writeUInt16BE(oldestReader, 2);', 'bytes.writeUInt16BE(1, 2);'],
    ],
  },
  {
    file: 'functions/store/object-bytes.ts',
    caughtBy: 'test/store/forms.test.ts > an object of a newer form',
    faults: [
      ['a newer form is damage', "isNewer ? 'FORMAT_UNKNOWN' : 'OBJECT_MALFORMED'", "'OBJECT_MALFORMED'"],
      ['damage is a newer form', "isNewer ? 'FORMAT_UNKNOWN' : 'OBJECT_MALFORMED'", "'FORMAT_UNKNOWN'"],
      ['of any type', ' && allowed.some((each) => each === type)', ''],
    ],
  },
  {
    file: 'functions/store/applied-change.ts',
    caughtBy: 'test/adversary/newer-registry.test.ts > what is published on top',
    faults: [
      ['two people publish over what nobody knows', "unknown === 'refused'", 'false'],
      ['one person stops nothing over what nobody knows', "if (unknown === 'refused') await", 'await'],
    ],
  },
  {
    file: 'functions/store/whole-registry.ts',
    caughtBy: 'test/adversary/newer-registry.test.ts > what is published on top',
    faults: [['whoever reads it whole looks past what nobody knows', "  demandKnown('law', law);\n", '']],
  },
  {
    file: 'functions/store/stored-registry.ts',
    caughtBy: 'test/adversary/newer-registry.test.ts > what a document says besides',
    faults: [
      ['the law may say more', "if (documents.law !== undefined) demandKnown('law', documents.law);", ''],
      [
        'places may say more',
        '  for (const [key, doc] of documents.entries) demandKnown(documentKindOf(key), doc);\n',
        '',
      ],
      [
        'vendors may say more',
        "  for (const doc of documents.vendors.values()) demandKnown('vendor', doc);\n",
        '',
      ],
    ],
  },
  {
    file: 'functions/core/registry/documents.ts',
    caughtBy: 'test/adversary/newer-registry.test.ts > what a document says besides',
    faults: [
      [
        'only the outermost document is looked at',
        ' &&\n    within(kind, doc).every(([inner, each]) => isKnownForm(inner, each))',
        '',
      ],
      [
        'hosts are not looked at',
        "return [['network', member(doc, 'host') as Json | undefined]];",
        'return [];',
      ],
    ],
  },
  {
    file: 'functions/core/registry/documents.ts',
    caughtBy: 'test/core/facts/format.test.ts',
    faults: [
      ['known before it was looked at', '  if (is) known.add(doc);', '  known.add(doc);'],
      [
        'a key of anything',
        'Object.hasOwn(KIND_OF_KEY, beginning) ? KIND_OF_KEY[beginning] : undefined',
        'KIND_OF_KEY[beginning]',
      ],
    ],
  },
  {
    file: 'functions/core/facts/format.ts',
    caughtBy: 'test/core/facts/format.test.ts > what a registry asks of builds',
    faults: [
      [
        'the last format counts',
        'format: Math.max(1, ...[...needed].map(({ format }) => format))',
        'format: [...needed].at(-1)?.format ?? 1',
      ],
      [
        'everybody may read',
        '    oldestReader: Math.max(1, ...[...needed].map(({ oldestReader }) => oldestReader)),',
        '    oldestReader: 1,',
      ],
    ],
  },
  {
    file: 'functions/store/staging.ts',
    caughtBy: 'test/adversary/newer-registry.test.ts > what a version asks of builds > of a newer format',
    faults: [['on a newer format anybody builds', '  demandBuildable(base.root);\n', '']],
  },
  {
    file: 'functions/store/applied-change.ts',
    caughtBy: 'test/registry/readers-in-service.test.ts > a change of the next format',
    faults: [['a change keeps its base’s format', ', format: formatOf(after.values()) }', ' }']],
  },
  {
    file: 'functions/registry/readers-in-service.ts',
    caughtBy: 'test/registry/readers-in-service.test.ts > who is in service',
    faults: [
      [
        'what shuts older builds out of a format in force asks nobody',
        'return oldestReader > before.oldestReader ? oldestReader : null;',
        'return null;',
        'test/registry/readers-in-service.test.ts > what a change asks',
      ],
      ['nobody known is everybody', 'found.length > 0 && late.length === 0', 'late.length === 0'],
      [
        'who does not say reads',
        '!(reads !== null && reads >= format)',
        '(reads !== null && reads < format)',
      ],
      ['the first version asks nobody', 'before ?? FIRST_FORMAT', 'before ?? after'],
      [
        'who cannot be asked reads',
        "    throw new Refusal(\n      'STORE_UNAVAILABLE'",
        "    return;\n    throw new Refusal(\n      'STORE_UNAVAILABLE'",
      ],
    ],
  },
  {
    file: 'functions/registry/readers-in-service.ts',
    caughtBy: 'test/registry/readers-in-service.test.ts > the aliases of a function',
    faults: [
      [
        'a canary is not looked at',
        '      ...canary.map((version) => ({ function: name, version, reads: null })),\n',
        '',
      ],
      [
        'a function without an alias is in order',
        "      if (found.length === before) found.push({ function: name, version: 'none', reads: null });\n",
        '',
      ],
      ['any number is a format', '/^[1-9]\\d{0,4}$/.test(said)', "said !== ''"],
    ],
  },
  {
    file: 'functions/registry/approve.ts',
    caughtBy: 'test/registry/readers-in-service.test.ts > a change of the next format',
    faults: [
      [
        'whoever is in service',
        '  await demandReaders(context.readers, head?.root ?? null, staged.root, call.signal);\n',
        '',
      ],
      [
        'whoever is in service, half-way',
        '    await demandReaders(context.readers, head?.root ?? null, rootIn(frozen), call.signal);\n',
        '',
      ],
    ],
  },
  {
    file: 'functions/store/room.ts',
    caughtBy: 'test/registry/room-for-stops.test.ts > a law',
    faults: [
      ['as much text as there may be', 'law.length <= MAX_OBJECT_BYTES.law - KEPT_FOR_STOPS.bytes', 'true'],
      ['whatever it packs into', ' - KEPT_FOR_STOPS.packed', ''],
    ],
  },
  {
    file: 'functions/store/history-verify.ts',
    caughtBy: 'test/store/history-audit.test.ts',
    faults: [
      ['signatures of HEAD only', 'if (!isSigned(', 'if (named.size === 0 && !isSigned('],
      [
        'any commit may follow any other',
        '!follows(newer.commit, commit)',
        'newer.commit.version < commit.version',
      ],
      ['recorded time may go back', 'commit.recordedAt < parent.recordedAt', 'commit.recordedAt > "9"'],
      [
        'a millisecond back is equal',
        'commit.recordedAt < parent.recordedAt',
        'commit.recordedAt.slice(0, 19) < parent.recordedAt.slice(0, 19)',
      ],
      ['a lineage may change within an epoch', 'commit.lineage === parent.lineage &&', ''],
      ['a home may change within an epoch', 'commit.home === parent.home &&', ''],
      ['a confirmation may be taken back', ' || (confirmed && kind', " || (kind !== 'confirm' || kind"],
      [
        'what was not confirmed becomes so by anything',
        " || (confirmed && kind === 'confirm')",
        ' || confirmed',
      ],
      [
        'changes need nobody',
        '(isApproved(commit) || ALONE',
        '(commit.kind === "change" || isApproved(commit) || ALONE',
      ],
      ['an epoch may go back', 'commit.epoch > parent.epoch', 'commit.epoch !== parent.epoch'],
      ['a restoration keeps its lineage', '&& commit.lineage !== parent.lineage', ''],
      [
        'a restoration confirms itself',
        '&& commit.lineage !== parent.lineage && !commit.confirmed',
        '&& commit.lineage !== parent.lineage',
      ],
      ['a first commit of any epoch', 'return commit.epoch === 1 && ', 'return '],
      ['a first commit by one', '=== 1 && isPeoplesWord(commit);', '=== 1 && commit.confirmed;'],
      ['a commit of another version', 'commit.version !== version || ', ''],
      [
        'only parents are compared',
        'return known === undefined || known === digest;',
        'return known === undefined || known === digest || power > 0;',
      ],
      [
        'unreachable versions are passed over',
        "if (digest === undefined) problem('COMMIT_UNREACHABLE', version, null);",
        '',
      ],
      ['the law is not looked at', "await loadAs('law', root.law, version);", ''],
      ['notes are not looked at', "await loadAs('note', commit.note, version);", ''],
      ['the first trie only', 'Object.values(triesOf(root))', 'Object.values(triesOf(root)).slice(0, 1)'],
      ['one place for all types', '{type} $', '{digest} $'],
      ['version 1 is not audited', 'version >= 1; version = below', 'version > 1; version = below'],
      [
        'numbers that nobody names are audited one by one',
        'digest === undefined ? newestOf(named) : version - 1',
        'version - 1',
        'test/store/history-audit.test.ts',
      ],
      ['sound while stopped', ' && next === null,', ','],
      [
        'a slice forgets the newer commit',
        'let newer = from.newer;',
        'let newer: NamedCommit | null = null;',
      ],
      ['a refusal is a finding', '!/^STORE_/.test(error.code)', "error.code !== 'STORE_UNAVAILABLE'"],
      ['a missing HEAD is sound', "if (found === undefined) problem('HEAD_MISSING', null, null);", ''],
    ],
  },
  {
    file: 'functions/store/commit.ts',
    caughtBy: 'test/store/history-audit.test.ts',
    faults: [
      ['an author approves', 'approvers.some((person) => person !== author)', 'approvers.length > 0'],
      [
        'everybody must be another',
        'approvers.some((person) => person !== author)',
        'approvers.length > 0 && approvers.every((person) => person !== author)',
      ],
    ],
  },
  {
    file: 'functions/store/purge-word.ts',
    caughtBy: 'test/registry/spill.test.ts',
    faults: [
      ['words for another request', 'each.statement.content === content && ', ''],
      ['who asks is enough', 'everybodyIn(speaking, recordedAt), by', '[], by'],
    ],
  },
  {
    file: 'functions/store/audit-findings.ts',
    caughtBy: 'test/store/history-audit.test.ts',
    faults: [
      [
        'a missing object is passed over',
        "if (item === undefined) throw new StoreError('OBJECT_MISSING', { digest });",
        'if (item === undefined) continue;',
      ],
      [
        'a tombstone is a problem',
        "error.code === 'OBJECT_PURGED' && item",
        "error.code === 'NOT_STORABLE' && item",
      ],
      [
        'altered is purged',
        "error.code === 'OBJECT_PURGED' && item",
        "error.code !== 'OBJECT_MISSING' && item",
      ],
      ['what was found before is forgotten', '[...(before?.problems ?? [])]', '[]'],
      [
        'what was purged before is forgotten',
        '[...(before?.purged ?? [])]',
        '[]',
        'test/store/history-audit.test.ts > tombstone',
      ],
    ],
  },
  {
    file: 'functions/store/trie-node.ts',
    caughtBy: 'test/store/trie.test.ts',
    faults: [
      ['a subtree is as deep as one likes', ' || depth > HASH_BYTES', ''],
      ['a subtree stands anywhere', 'if (met.has(digest) || ', 'if ('],
    ],
  },
  {
    file: 'functions/store/trie-entries.ts',
    caughtBy: 'test/store/trie.test.ts',
    faults: [
      [
        'entries of a subtree that stands twice',
        '    for (const { digest, depth } of batch) demandOnce(digest, depth);\n',
        '',
      ],
    ],
  },
  {
    file: 'functions/store/trie-diff.ts',
    caughtBy: 'test/store/trie.test.ts',
    faults: [
      [
        'differences of one that stands twice',
        "if (typeof pair[side] === 'string') once[side](pair[side], pair.depth);",
        '',
      ],
      ['what was, twice', "['before', 'after'] as const", "['after'] as const"],
      ['subtrees without end', 'if (looked > most) throw', 'if (looked > 1e9) throw'],
    ],
  },
  {
    file: 'functions/store/trie-write.ts',
    caughtBy: 'test/store/trie.test.ts',
    faults: [['survivors of one that stands twice', '  if (base !== null) demandOnce(base, depth);\n', '']],
  },
  {
    file: 'functions/store/trie-verify.ts',
    caughtBy: 'test/store/trie.test.ts > audits',
    faults: [
      ['an empty leaf', 'texts.length > 0 &&', ''],
      ['a leaf of any size', 'size <= leafLimit(shape, place.path.length) &&', ''],
      [
        'a leaf whose parent says another size',
        '(place.size === null || place.size === size) &&\n    texts',
        'texts',
      ],
      [
        'an entry under another path',
        'childIndex(shape, keyHash(key), depth) === index',
        'childIndex(shape, keyHash(key), depth) >= 0',
      ],
      [
        'only the last step of a path',
        'place.path.every((index, depth) =>',
        'place.path.every((index, depth) => depth + 1 < place.path.length ||',
      ],
      ['bytes in another order', '&&\n    digestOf(encodeLeaf(texts)) === place.digest', ''],
      ['a node of another width', 'if (node.fanout !== fanout(shape, depth)) return false;', ''],
      ['a node that should be a leaf', 'size > leafLimit(shape, depth) &&', ''],
      ['a node whose parent says another size', '&& (place.size === null || place.size === size);', ';'],
      ['a size is not part of a place', 'size} ', 'digest} '],
    ],
  },
  {
    file: 'functions/store/ancestry.ts',
    caughtBy: 'test/store/registry-reader.test.ts',
    faults: [
      [
        'an ancestor of any version',
        'if (commit.version !== at.commit.version - 2 ** power)',
        'if (commit.version > at.commit.version)',
      ],
      ['a version from the future', ' || version > from.commit.version', ''],
      ['version 0', 'version < 1 ||', ''],
    ],
  },
  {
    file: 'functions/store/head.ts',
    caughtBy: 'test/store/forms.test.ts',
    faults: [
      ['a byte too many', 'itemBytes(item) > MAX_HEAD_BYTES', 'itemBytes(item) > MAX_HEAD_BYTES + 1'],
      ['two units', 'MAX_HEAD_BYTES = 4096', 'MAX_HEAD_BYTES = 8192'],
      ['a HEAD without its digest', '|| digest === undefined) throw', ') throw'],
      [
        'a HEAD with another digest',
        'if (!rawDigest(digestOf(commit)).equals(digest))',
        'if (digest.length !== 32)',
      ],
      ['a HEAD is the same whatever its signature', 'Buffer.compare(a.signature, b.signature) === 0 &&', ''],
      ['a HEAD is the same whatever its root', ' &&\n    Buffer.compare(a.root, b.root) === 0', ''],
      [
        'HEAD is not verified',
        'if (!isSigned(digest, content.signature, keys)) throw',
        'if (keys.length === 0) throw',
        'test/store/integrity.test.ts',
      ],
      [
        'any root under a signed commit',
        'if (rootDigest !== commit.root) throw',
        'if (rootDigest === "sha256:") throw',
        'test/theorems/t16-snapshot.test.ts',
      ],
    ],
  },
  {
    file: 'functions/store/head-read.ts',
    caughtBy: 'test/store/registry-reader.test.ts',
    faults: [
      ['an eventual read of HEAD', 'ConsistentRead: true', 'ConsistentRead: false'],
      [
        'HEAD as it was known',
        'isSameHead(known.content, content) ? known',
        'known.commit.confirmed ? known',
        'test/store/publish-and-read.test.ts',
      ],
    ],
  },
  {
    file: 'functions/store/commit.ts',
    caughtBy: 'test/store/forms.test.ts',
    faults: [
      ['three approvers', 'MAX_APPROVERS = 2', 'MAX_APPROVERS = 3'],
      ['a longer author', '{1,176}', '{1,177}'],
      ['a kind of digits', '[a-z][a-z-]{0,31}', '[a-z][a-z0-9-]{0,31}'],
      ['confirmed by anything', "typeof commit.confirmed === 'boolean' &&", ''],
      ['an instant that is no day', ' && new Date(Date.parse(value as string)).toJSON() === value', ''],
      ['unknown members', ' || fieldsText(commit) !== text', ''],
      ['any number of ancestors', ' &&\n    commit.ancestors.length === ancestorCount(commit.version)', ''],
      ['a version beyond its bytes', 'value <= 0x7fff_ffff', 'value <= 0xffff_ffff'],
    ],
  },
  {
    file: 'functions/store/commit-signature.ts',
    caughtBy: 'test/store/signers.test.ts',
    faults: [
      ['keys on any curve', " || key.asymmetricKeyDetails?.namedCurve !== 'secp384r1'", ''],
      ['every key must have signed', 'keys.some(', 'keys.every('],
      ['no domain', 'Buffer.concat([DOMAIN, rawDigest(digest)])', 'Buffer.concat([rawDigest(digest)])'],
    ],
  },
  {
    file: 'functions/store/next-commit.ts',
    caughtBy: 'test/store/writes.test.ts > next commit',
    faults: [
      [
        'continues in another table',
        "if (succession !== 'restore' && before.home !== home)",
        "if (succession === 'genesis' && before.home !== home)",
      ],
      ['a restoration is confirmed', 'floorEpoch), confirmed: false', 'floorEpoch), confirmed'],
      ['one person confirms', '!isApproved(meta)', 'meta.approvers.length === 0'],
      ['confirms what is confirmed', 'if (confirmed || !isApproved', 'if (!isApproved'],
      [
        'time runs back',
        'recordedAt: later(meta.recordedAt, before.recordedAt)',
        'recordedAt: meta.recordedAt',
      ],
    ],
  },
  {
    file: 'functions/store/move-head.ts',
    caughtBy: 'test/store/writes.test.ts > HEAD',
    faults: [
      ['HEAD on no condition', "'digest = :parent AND attribute_not_exists(copies)'", "':parent = :parent'"],
      ['a first HEAD over another', "'attribute_not_exists(pk)'", "'attribute_not_exists(nothing)'"],
      ['a later HEAD is ours', '.digest === ours.digest;', '.commit.version === ours.commit.version;'],
      ['a refusal is unclear', "if (error.code === 'STORE_UNAVAILABLE' && !context", 'if (!context'],
      ['four attempts', 'attempts: 5', 'attempts: 4'],
      [
        'an unclear write is a success',
        "return 'unclear';\n    if (error.code",
        "return 'done';\n    if (error.code",
      ],
      [
        'overwritten on a conflict',
        '!== parent) throw new ConflictError(head);',
        '!== parent && head === undefined) throw new ConflictError(head);',
      ],
    ],
  },
  {
    file: 'functions/store/publisher.ts',
    caughtBy: 'test/store/writes.test.ts > publisher',
    faults: [
      [
        'signed by anybody',
        'if (!isSigned(digest, signature, publicKeys)) throw',
        'if (signature.length === 0) throw',
      ],
      ['on another parent', 'if (prepared.expected !== (ours', 'if (prepared.expected === (ours'],
      ['notes without salt', "salt: randomBytes(16).toString('hex')", "salt: '0'.repeat(32)"],
      ['a longer budget', '?? 60_000', '?? 600_000'],
      [
        'no signature kept',
        'const companions = { signature: { B: prepared.head.signature } };',
        'const companions = {};',
        'test/store/publisher.test.ts',
      ],
      [
        'HEAD before its commit',
        'await insertObjects(client, tables.objects, commitObject, context, companions);\n    // A stop is published whatever is in its way: where nothing opens then, everything is stopped.\n    if (!ALONE.has(ours.commit.kind)) await demandOpening(ours, work, id);\n    const access = { client, tables, publicKeys, context };\n    await moveCopies(access, await moveHead(access, ours, headCopies));',
        'const access = { client, tables, publicKeys, context };\n    await moveCopies(access, await moveHead(access, ours, headCopies));\n    await insertObjects(client, tables.objects, commitObject, context, companions);',
        'test/store/writes.test.ts > publisher',
      ],
    ],
  },
  {
    file: 'functions/store/object-inserts.ts',
    caughtBy: 'test/store/writes.test.ts > inserted',
    faults: [
      ['duplicates are taken as whole', 'await proveIntact(client, table, present, objects, context);', ''],
      ['every failure passes', "if (!PASSING.has(code)) throw new StoreError('STORE_REFUSED');", ''],
      [
        'a short answer is enough',
        'if (responses.length !== batch.length)',
        'if (responses.length > batch.length)',
      ],
      ['bytes under another name', 'if (digestOf(bytes) !== digest) throw', 'if (bytes.length === 0) throw'],
      ['any table name', '/^[A-Za-z0-9_.-]{3,255}$/', '/^[^"]+$/'],
      ['failures count as stored', '      return true;\n', '      return false;\n'],
    ],
  },
  {
    file: 'functions/store/object-items.ts',
    caughtBy: 'test/store/object-loader.test.ts',
    faults: [
      ['what was left is left', 'pending = left.flat();', 'pending = [];'],
      ['an eventual read of objects', 'ConsistentRead: true', 'ConsistentRead: false'],
      ['what was not asked for', 'if (isDigest(digest) && chunk.includes(digest))', 'if (isDigest(digest))'],
      ['bytes are not digested', 'if (digestOf(bytes) !== digest) throw', 'if (bytes.length === 0) throw'],
      [
        'a nameless key is dropped',
        "if (!isDigest(digest)) throw new StoreError('STORE_UNAVAILABLE');\n    return digest;",
        'return digest as Digest;',
      ],
      ['asked for ever', 'attempts: 8', 'attempts: 16'],
      [
        'a tombstone is malformed',
        "throw new StoreError('OBJECT_PURGED', { digest });",
        "throw new StoreError('OBJECT_MALFORMED', { digest });",
        'test/store/integrity.test.ts',
      ],
    ],
  },
  {
    file: 'functions/store/object-loader.ts',
    caughtBy: 'test/store/object-loader.test.ts',
    faults: [
      [
        'an absent object is an absent entry',
        "if (item === undefined) throw new StoreError('OBJECT_MISSING', { digest });\n          const bytes",
        "if (item === undefined) return { type: 'leaf', entries: new Map() };\n          const bytes",
      ],
      ['failures are shared', 'if (failed.length > 0) {', 'if (failed.length > digests.length) {'],
      [
        'the type of a cached object',
        '[digest, expectType(object, allowed, digest)]',
        '[digest, object as never]',
      ],
      ['no sharing', 'else if (shared !== undefined) joined', 'else if (shared === null) joined'],
    ],
  },
  {
    file: 'functions/store/object-cache.ts',
    caughtBy: 'test/store/object-loader.test.ts > the cache',
    faults: [
      ['no bound', 'if (total <= maxBytes) break;', 'break;'],
      [
        'first in first out',
        '      held.delete(digest);\n      held.set(digest, entry);\n      return',
        '      return',
      ],
      ['weighed twice', '      drop(digest);\n      if (weight', '      if (weight'],
      ['parsed documents weigh their text', 'PARSED_FACTOR = 4', 'PARSED_FACTOR = 1'],
    ],
  },
  {
    file: 'functions/store/registry-reader.ts',
    caughtBy: 'test/store/registry-reader.test.ts',
    faults: [
      ['a held registry opens', ' && head.commit.confirmed;', ';'],
      ['a copy opens', 'head.commit.home === homeOf(options.tables.state) && ', ''],
      ['everybody confirms', 'options.acceptUnconfirmed !== true', 'options.acceptUnconfirmed === undefined'],
      [
        'the lease starts late',
        'const read = { readStartedAt, meter',
        'const read = { readStartedAt: clock(), meter',
      ],
      ['the caller has no say', 'AbortSignal.any([budget, signal])', 'budget'],
      ['two seconds', 'options.budgetMs ?? 1000', 'options.budgetMs ?? 2000'],
      ['an older version will do', '!(head.commit.version >= atLeast)', 'head.commit.version > atLeast'],
      [
        'HEAD for any version',
        'if (exact === undefined || exact === head.commit.version) return head;',
        'if (exact === undefined || exact <= head.commit.version) return head;',
      ],
      ['what was seen is not asked', '?? seen.admit(head, known)', '', 'test/store/integrity.test.ts'],
      [
        "a version's commit with HEAD's root",
        'root: await loadRoot(source, commit.root)',
        'root: head.root',
        'test/theorems/t14-replay.test.ts',
      ],
    ],
  },
  {
    file: 'functions/store/seen-versions.ts',
    caughtBy: 'test/store/seen-versions.test.ts',
    faults: [
      ['an older epoch', 'if (epoch < seen.commit.epoch) return', 'if (epoch < 0) return'],
      ['another lineage', 'if (lineage !== seen.commit.lineage) return', 'if (lineage === "") return'],
      [
        'an older version',
        'if (version < seen.commit.version) return',
        'if (version + 1 < seen.commit.version) return',
      ],
      [
        'a fork at the same version',
        'if (version === seen.commit.version) return',
        'if (version === 0) return',
      ],
      ['a fork one version on', 'Number.isInteger(power) && next', 'power >= 1 && next'],
      [
        'what was seen shrinks',
        '(newest === undefined || comparePlaces(head.commit, newest.commit) > 0)',
        'true',
      ],
    ],
  },
  {
    file: 'functions/store/dynamodb.ts',
    caughtBy: 'test/store/dynamodb.test.ts',
    faults: [
      ['timeouts that only warn', 'throwOnRequestTimeout: true', 'throwOnRequestTimeout: false'],
      ['silence in a body', 'socketTimeout: readMs', 'socketTimeout: 60_000'],
      ['a slower default', 'options.readMs ?? 250', 'options.readMs ?? 2500'],
      ['a slower connection', 'options.connectMs ?? 150', 'options.connectMs ?? 1500'],
      ['three attempts', 'attempts = 2 } = options', 'attempts = 3 } = options'],
      ['a stop is asked for no longer than a decision', 'retryStrategy: attempts', 'maxAttempts: 3'],
      ['a call of any length', 'await Promise.race([call(signal), deadline])', 'await call(signal)'],
      ['a call after its deadline', 'if (signal.aborted) throw', 'if (false as boolean) throw'],
      ['an expired token may be tried again', "  'ExpiredTokenException',\n", ''],
      ['half a credential', 'if (!accessKeyId || !secretAccessKey)', 'if (!accessKeyId && !secretAccessKey)'],
    ],
  },
  {
    file: 'functions/store/while-throttled.ts',
    caughtBy: 'test/store/dynamodb.test.ts',
    faults: [
      ['what waiting does not cure is asked again', "errorType === 'CLIENT_ERROR' || ", ''],
      ['a dead table is asked for as long as anybody waits', ' || faults >= MOST_FAULTS', ''],
    ],
  },
  {
    file: 'functions/store/kms-signer.ts',
    caughtBy: 'test/store/signers.test.ts',
    faults: [
      ['a message taken for its hash', "MessageType: 'RAW'", "MessageType: 'DIGEST'"],
      ['trailing bytes', 'if (offset !== der.length) throw', 'if (offset > der.length) throw'],
      ['an empty integer', ' || length < 1) throw', ') throw'],
      ['any tag', 'if (der[0] !== 0x30 || ', 'if ('],
    ],
  },
  {
    file: 'functions/store/local-signer.ts',
    caughtBy: 'test/store/signers.test.ts > local signer',
    faults: [['any curve', " || key.asymmetricKeyDetails?.namedCurve !== 'secp384r1'", '']],
  },
  {
    file: 'functions/store/document.ts',
    caughtBy: 'test/store/forms.test.ts > a document',
    faults: [
      ['a level deeper', 'MAX_DEPTH = 64', 'MAX_DEPTH = 65'],
      ['prototypes', "if (Object.hasOwn(value, '__proto__')) throw", 'if (value === undefined) throw'],
      ['thawed', 'if (freeze) Object.freeze(value);', ''],
      ['quotes in keys', `!key.includes('"') && `, ''],
      ['a key called __proto__', " && key !== '__proto__'", ''],
    ],
  },
  {
    file: 'functions/store/compression.ts',
    caughtBy: 'test/store/forms.test.ts > an object',
    faults: [
      ['beyond the limit', ' || length > limit) throw', ') throw'],
      ['a bomb is inflated', 'maxOutputLength: length', 'maxOutputLength: 2 ** 30'],
      ['shorter than it says', 'if (bytes.length !== length) throw', 'if (bytes.length > length) throw'],
    ],
  },
  {
    file: 'functions/store/object-bytes.ts',
    caughtBy: 'test/store/forms.test.ts > an object',
    faults: [
      ['any length read', 'view.length <= MAX_OBJECT_BYTES[type] && ', ''],
      [
        'a byte too many written',
        'bytes.length > MAX_OBJECT_BYTES[type]',
        'bytes.length > MAX_OBJECT_BYTES[type] + 1',
      ],
      ['longer notes', 'note: 64 * 1024', 'note: 128 * 1024'],
      ['a law may be a note', "law: header('law')", "law: header('note')"],
    ],
  },
  {
    file: 'functions/store/trie-lookup.ts',
    caughtBy: 'test/store/trie.test.ts',
    faults: [
      [
        'a missing node is empty',
        "if (node === undefined) throw new StoreError('OBJECT_MISSING', { digest });",
        'if (node === undefined) return [];',
        'test/store/trie.test.ts > lookup takes',
      ],
      [
        'a node of another width is searched',
        'if (node.fanout !== fanout(shape, depth)) throw',
        'if (node.fanout === 0) throw',
        'test/store/trie.test.ts > lookup takes',
      ],
    ],
  },
  {
    file: 'functions/store/purge.ts',
    caughtBy: 'test/store/purge.test.ts',
    faults: [
      ['structure', "      return 'structure';", '      return null;'],
      ['what nobody can read', "      return 'unreadable';", '      return null;'],
      [
        'a tombstone for nothing',
        "ConditionExpression: 'attribute_exists(digest)'",
        "ConditionExpression: 'attribute_not_exists(nothing)'",
        'test/store/writes.test.ts > tombstone',
      ],
    ],
  },
  {
    file: 'test/campaigns/revocation-history.ts',
    caughtBy: 'test/campaigns/revocation.test.ts',
    faults: [
      ['a campaign that forgives', 'violations > 0)', 'violations > 1)'],
      [
        'a campaign without its broken build',
        'if (broken[how].violations === 0)',
        'if (broken[how].decisions === 0)',
      ],
      [
        'only what was restored counts',
        'restoring === null || ended < restoring',
        'restoring !== null && ended < restoring',
      ],
    ],
  },
]);
