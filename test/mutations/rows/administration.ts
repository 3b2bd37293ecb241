/** Faults in what people may change, and how it is approved and published. */
import { type FaultsOfFile, mutationsOf } from '../mutation.ts';

const STATES = 'test/registry/proposal-states.test.ts';
const APPROVAL = 'test/registry/approval.test.ts';
const ACKNOWLEDGED = 'test/registry/acknowledged.test.ts';
const WIDE = 'test/registry/wide-stops.test.ts';
const ALONE = 'test/registry/alone.test.ts';
const DOOR = 'test/registry/door.test.ts';
const JOBS = 'test/registry/jobs.test.ts';
const STATE = 'test/registry/state.test.ts';
const BODIES = 'test/registry/bodies.test.ts';
const SIGNATURES = 'test/registry/signatures.test.ts';
const CONFIRM = 'test/registry/confirm.test.ts';
const PURGE = 'test/registry/purge.test.ts';
const SETTINGS = 'test/registry/settings.test.ts';
const DAYS = 'test/registry/first-and-worst-day.test.ts';
const BACK = 'test/registry/first-and-worst-day.test.ts > a table restored';

const file = (
  name: string,
  caughtBy: FaultsOfFile['caughtBy'],
  faults: FaultsOfFile['faults'],
): FaultsOfFile => ({
  file: `functions/registry/${name}.ts`,
  caughtBy,
  faults,
});

export const ADMINISTRATION = mutationsOf('administration', [
  file('reject', STATES, [
    ['anybody may close a proposal', 'if (author.arn !== call.caller.arn) {', 'if (false) {'],
    [
      'its author may not withdraw a proposal',
      'author.arn !== call.caller.arn',
      'author.arn === call.caller.arn',
    ],
    ['what is published can be closed', '!REJECTABLE.has(record.status)', "record.status === 'rejected'"],
    ['a closed proposal stays open', "status: 'rejected', rejection }", 'rejection }'],
  ]),
  file('acknowledged', APPROVAL, [
    ['one acknowledgement may be missing', 'if (missing.length > 0)', 'if (missing.length > 1)'],
    ['a number that is not there is acknowledged', 'if (given.size === permits) return;', 'return;'],
    ['any group is acknowledged', 'groups.some((name) => !there.has(name))', 'false', ACKNOWLEDGED],
    [
      'so many are acknowledged at once',
      'mustBeNamed(asked) && groups.length',
      'groups.length < 0 && groups.length',
      ACKNOWLEDGED,
    ],
    ['names are not looked at', 'groups.length === 0 && summary', 'summary', ACKNOWLEDGED],
    [
      'few groups are taken for few answers',
      '<= MOST_AT_ONCE.groups) return',
      '<= MOST_AT_ONCE.flips) return',
      ACKNOWLEDGED,
    ],
  ]),
  file('approve', `${APPROVAL}`, [
    ['a closed proposal can be approved', " || proposal.status === 'rejected'", '', STATES],
    ['an upload can be approved', "proposal.status === 'uploading' || ", '', STATES],
    [
      'the digest of the proposal is not compared',
      'if (proposal.digest !== body.signed.statement.content)',
      'if (proposal.digest === null)',
    ],
    [
      'one that waited too long can be approved',
      '  demandUnexpired(proposal, context.clock());\n',
      '',
      STATES,
    ],
    ['nobody is asked who approves', '  demand(mayApprove(second, { author, changes }, ground, now));\n', ''],
    [
      'the author counts as the approver',
      'mayApprove(second, { author, changes }',
      'mayApprove(author, { author: second, changes }',
    ],
    [
      'acknowledgements are not asked for',
      '  await demandAcknowledged(context, found, body, call.signal);\n',
      '',
    ],
    ['a confirmation acknowledges anything', '    demandNumbers(0, body.permits);\n', '', CONFIRM],
    ['the author’s own simulation is enough', ' && !isAuthorsAlone) {', ') {'],
    ['soundness is not asked for again', '  demandSound(context, applied, changes);\n', ''],
    [
      'other flips will do',
      'if (simulation.flips === review) return { proposal: held, found };',
      'if (simulation.flips !== null) return { proposal: held, found };',
    ],
    [
      'flips that come out otherwise will do',
      'if (anew.summary.flips !== review)',
      'if (review.length === 0)',
    ],
    [
      'a simulation on another base will do',
      'const isCurrent = simulation.base?.digest === head?.digest;',
      'const isCurrent = simulation.base !== undefined;',
    ],
    ['a simulation has no age', '< SIMULATION_MS;', '< Number.POSITIVE_INFINITY;'],
    ['a simulation may be a day and an instant old', '< SIMULATION_MS;', '<= SIMULATION_MS;'],
    [
      'what would not open stays half approved',
      'const isRefused = error instanceof StoreError && error.code === ',
      'const isRefused = error instanceof StoreError && error.code !== ',
      'test/registry/approval.test.ts > can be signed again',
    ],
    [
      'a conflict is taken for a publication',
      'if (!isMoved && !isRefused) throw error;\n',
      "if (!isMoved && !isRefused) throw error;\n    if (record.simulation) return { reply: published(context, record, { version: 0, digest: record.simulation.flips, lineage: '', recordedAt: '' }) };\n",
      'test/registry/approval.test.ts > was stopped',
    ],
    [
      'a reopened proposal keeps its approval',
      "{ ...rest, status: 'open' }",
      "{ ...record, status: 'open' }",
      'test/registry/approval.test.ts > was stopped',
    ],
    [
      'the note names the author as the approver',
      'approver: approval.by.arn',
      'approver: record.author.arn',
      'test/registry/approval.test.ts > of three',
    ],
    [
      'the commit has no approver',
      'approvers: [nameOf(approval.by)]',
      'approvers: []',
      'test/registry/approval.test.ts > of three',
    ],
  ]),
  file('proposal', STATES, [
    ['a proposal waits an instant longer', '!(now < expiresAt(createdAt))', '!(now <= expiresAt(createdAt))'],
    ['an upload never gets too old', "status === 'open' || status === 'uploading'", "status === 'open'"],
    ['chunks may take a day', 'export const UPLOAD_MS = 60', 'export const UPLOAD_MS = 24 * 60'],
  ]),
  file('chunks', STATES, [
    ['anybody sends chunks', 'if (held.record.author.arn !== call.caller.arn)', 'if (false)'],
    ['a late chunk is taken', 'now >= upload.expiresAt', 'now > upload.expiresAt'],
    ['a chunk opens what is closed', "status !== 'uploading' || upload", 'upload', DAYS],
    ['a chunk beyond the last is taken', 'number >= upload.chunks', 'number > upload.chunks', DAYS],
    ['the digest of the whole is not compared', ' || digestOf(whole) !== upload.digest', '', DAYS],
    ['the length of the whole is not compared', 'whole.length !== upload.bytes || ', '', DAYS],
    ['chunks are put together backwards', 'parts.push(part);', 'parts.unshift(part);', DAYS],
  ]),
  file('proposal-body', STATES, [
    ['nothing is too old to simulate', 'if (isExpired(proposal, now)) throw', 'if (Number.isNaN(now)) throw'],
  ]),
  file('simulate', STATES, [
    ['a closed proposal is simulated', "proposal.status !== 'open' || ", ''],
    ['a simulation is not noted', '{ ...at.proposal.record, simulation: summary }', 'at.proposal.record'],
  ]),
  file('simulate-slice', JOBS, [
    ['a job speaks for another proposal', 'proposal.digest !== job.subject || ', ''],
    ['a job speaks for other operations', ' || proposal.body !== job.body', ''],
    ['a slice that ended early says done', 'if (state.done < plan.subjects) {', 'if (state.done < 0) {'],
    ['every slice begins again', 'runSimulation(plan, before,', 'runSimulation(plan, undefined,'],
  ]),
  file('json-blobs', JOBS, [
    [
      'what is not kept is taken for nothing',
      "if (bytes === undefined) throw new Refusal('RESULT_GONE', 'this result is not kept any more');",
      'if (bytes === undefined) return undefined;',
    ],
  ]),
  file('verify-slice', JOBS, [
    ['half a history is verified', 'if (next === null) {', 'if (next !== undefined) {'],
  ]),
  file('forecast-slice', JOBS, [
    ['half a forecast is a whole one', 'if (state.done < plan.subjects) {', 'if (state.done < 0) {'],
  ]),
  file('run-job', JOBS, [
    ['a job that failed is tried for ever', "status: 'failed', failure", 'failure'],
    ['what may be cured ends a job', 'if (TRANSIENT.has(refusal.code)) throw error;', ''],
  ]),
  file('show-job', JOBS, [
    ['a job that waits is answered as done', "job.status === 'waiting' ? 202 : 200", '200'],
  ]),
  file('parts', JOBS, [
    ['parts begin one late', 'text.slice(part * PART_CHARACTERS,', 'text.slice(part * PART_CHARACTERS + 1,'],
    ['a part beyond the last', 'part < parts)', 'part <= parts)'],
  ]),
  file('act-alone', ALONE, [
    [
      'anybody acts alone, and permits',
      '  demand(mayActAlone(call.caller, changes, facts, context.clock()));\n',
      '',
    ],
    [
      'a dry run stops',
      'return dryRun === true ? previewAlone',
      'return dryRun === undefined ? previewAlone',
      WIDE,
    ],
    ['how far one person may go is not asked', '  await change.demand?.(facts, head);\n', '', WIDE],
    [
      'a lost race is not run again',
      '      if (!(error instanceof ConflictError)) throw error;\n',
      '      throw error;\n',
    ],
    ['one acts alone for as long as it takes to be lost', 'MOST_ATTEMPTS = 50', 'MOST_ATTEMPTS = 2'],
  ]),
  file('hold', ALONE, [
    ['a hold begins for a fast clock only', 'by.now - clockSkewMs', 'by.now'],
    ['a hold begins when clocks have met', 'by.now - clockSkewMs', 'by.now + clockSkewMs'],
    ['an ended hold is taken for one in force', 'holdsAt(is.interval, now)', 'is.interval.from <= now'],
    ['a hold of something else is taken for this one', '[authority, scope, cause]', '[authority, cause]'],
    ['a hold for another cause is taken for this one', '[authority, scope, cause]', '[authority, scope]'],
    [
      'a hold for a time to come is taken for one in force',
      'holdsAt(is.interval, now)',
      'now < is.interval.to',
    ],
    ['a hold of somebody else is taken for this one', '[authority, scope, cause]', '[scope, cause]'],
    ['a wide hold has no end', '(by.wide ? instantText(from + MOST_WIDE_MS) : null)', 'null', WIDE],
    ['what is one’s own needs an end', '  if (!isWide(asked, facts)) return;\n', '', WIDE],
    ['one person drills with what is others’', "if (cause === 'rehearsal')", 'if (false)', WIDE],
    [
      'one person goes on for ever',
      'if (lately === undefined) return;',
      'if (lately !== undefined || true) return;',
      WIDE,
    ],
    [
      'what two people put off was never set',
      'alone: await heldLately(head, now)',
      'alone: []',
      `${WIDE} > from when they set it`,
    ],
  ]),
  file('held-lately', `${WIDE} > from when they set it`, [
    ['a stop of a day ago is long ago', '< now - LATELY_MS', '< now - LATELY_MS / 2'],
    ['a stop of long ago is one of lately', '< now - LATELY_MS) break;', '< now - 2 * LATELY_MS) break;'],
    ['what two people set one person set', "if (at.commit.kind === 'hold') held", 'held'],
    [
      'a stop waits for what was purged',
      'await orIfPurged(() => addedIn(head.objects, at), [])',
      'await addedIn(head.objects, at)',
    ],
  ]),
  file('revoke', ALONE, [
    [
      'a revoked fact lives on for a slow clock',
      'instantText(now - context.clockSkewMs)',
      'instantText(now)',
    ],
    [
      'a fact that is not there is revoked',
      'if (fact === undefined)',
      'if (fact === undefined) return [];\n        if (fact === null)',
    ],
  ]),
  {
    file: 'functions/core/administration/ending.ts',
    caughtBy: ALONE,
    faults: [
      ['what will end is taken for over', 'reading.interval.to <= at', 'reading.interval.to >= at'],
      ['nobody ends twice', '!texts.has(canonicalText(s))', '!texts.has(JSON.stringify(s))'],
    ],
  },
  file('publication', ALONE, [
    [
      'the lease is not waited for',
      'now + context.leaseMs + context.clockSkewMs',
      'now + context.clockSkewMs',
    ],
    [
      'the difference of clocks is not waited for',
      'now + context.leaseMs + context.clockSkewMs',
      'now + context.leaseMs',
    ],
  ]),
  file('lift', ALONE, [
    [
      'a hold is lifted from any state',
      '{ on, was: factDigest(fact) })];',
      '{ on, was: `sha256:${key}` })];',
    ],
    ['a hold ends before it began', 'instantText(context.clock())', 'instantText(0)'],
  ]),
  file('purge-facts', 'test/registry/spill.test.ts', [
    ['what is in force goes', 'for (const root of inForce)', 'for (const root of inForce.slice(2))'],
  ]),
  file('purge-items', ALONE, [
    ['an open proposal is purged', 'return isAtRest && isExpired(proposal, now);', 'return true;'],
    [
      'what is kept for a purged proposal stays',
      'await removeKeptFor(context, id, signal, marked?.record.body);',
      '',
    ],
    [
      'what is left is done',
      "new Set(['purged', 'already-purged'])",
      "new Set(['purged', 'already-purged', 'in-use'])",
    ],
  ]),
  file('purge-items', 'test/registry/spill.test.ts', [
    [
      'what reads like a purge is one',
      'held === undefined || held.record.purged === true\n',
      'held === undefined || held.record.reason === GONE\n',
    ],
  ]),
  file('room-for-stops', 'test/registry/room-for-stops.test.ts', [
    ['a full law cannot be lifted from', "if (changes.every(({ op }) => op === 'end')) return;", ''],
    [
      'two people fill the law',
      "if (law === undefined || leavesRoomForStops(law)) return;\n  throw new Refusal(\n    'TOO_LARGE',\n    'the law would",
      "if (law === undefined || law.length > 0) return;\n  throw new Refusal(\n    'TOO_LARGE',\n    'the law would",
    ],
    ['revocations fill the law', 'if (changes.every(isBrief)) return;', 'return;'],
    ['one person fills the law', '< MOST_OF_ONE) return;', '< 10 * MOST_OF_ONE) return;'],
    ['one person has one stop more', '< MOST_OF_ONE) return;', '<= MOST_OF_ONE) return;'],
    ['nobody stops everything in the room for stops', "'everything' in scope || ", ''],
    [
      'stops are counted where there is room',
      'if (lawLeavesRoomForStops(await lawDocumentOf(head))) return;',
      '',
    ],
    [
      'stops that are over are not counted',
      'reading.interval.to + COUNTED_MS > now',
      'reading.interval.to > now',
    ],
    [
      'stops of long ago are counted',
      'reading.interval.to + COUNTED_MS > now',
      'reading.interval.to + 2 * COUNTED_MS > now',
    ],
    ['another’s stops are counted', 'isTheirs(reading.fact.authority) && ', ''],
  ]),
  file('purge-search', 'test/registry/spill.test.ts', [
    ['what is in force is sought', 'if (!inForce.includes(text)) texts.add(text);', 'texts.add(text);'],
  ]),
  file('approve', 'test/registry/spill.test.ts', [
    [
      'a frozen note stays beside its version',
      'if (prepared !== undefined) await context.blobs.of(id).remove(prepared, call.signal);',
      '',
    ],
  ]),
  file('rollback', 'test/registry/undo.test.ts', [
    ['a way back that changes nothing is proposed', 'if (parts.length === 0)', 'if (parts.length < 0)'],
    ['a part of others is proposed', 'parts.find((each) => each.by === by)', 'parts[0]'],
    [
      'a part that leaves another hanging is ready',
      'if (!applied.ok) return [];',
      'if (applied.ok) return [];',
    ],
    [
      'whoever speaks waits for everybody',
      'if (isSound(part, without)) needed = without;',
      'if (!isSound(part, without)) needed = without;',
    ],
  ]),
  file('propose', 'test/adversary/events.test.ts', [
    [
      'what is asked for need not be what was signed',
      ": demandSigned(context, proposal.signed, 'propose', { content: digest });",
      ': (proposal.signed as never);',
    ],
    [
      'what is uploaded need not be what was signed',
      "? demandSaid(context, proposal.signed, 'propose', { content: digest })",
      '? (proposal.signed as never)',
    ],
    [
      'nobody’s signature begins a proposal',
      "signed: demandSigned(context, signed, 'propose', { content }),",
      'signed: signed as never,',
      'test/adversary/events.test.ts > an upload that nobody',
    ],
  ]),
  file('confirm', DAYS, [
    [
      'one session confirms with two keys',
      'if (others.some(({ by }) => by.arn === own.by.arn))',
      "if (others.some(({ by }) => by.arn === ''))",
      CONFIRM,
    ],
    [
      'what the table says was signed',
      ".filter(({ signed: kept }) => isSaid(context, kept, 'confirm', expected))",
      ".filter(({ signed: kept }) => kept.signature !== '')",
      CONFIRM,
    ],
    [
      'one word counts twice',
      '[...new Map(sound.map((each) => [each.signed.key, each])).values()]',
      'sound',
      CONFIRM,
    ],
    [
      'nothing is confirmed',
      'if (base === null || digest === null) throw',
      'if (digest === null) throw',
      CONFIRM,
    ],
    [
      'what is not held is confirmed',
      '  if (head.held === null) throw moved(head);\n  const { facts, keyring }',
      '  const { facts, keyring }',
      CONFIRM,
    ],
    [
      'a registry at another digest is confirmed',
      'head.version !== version || head.digest !== digest',
      'head.version !== version',
    ],
    ['one person confirms', 'if (missing !== undefined)\n', 'if (confirmed.length === 0)\n', BACK],
    [
      'anybody proposes to confirm',
      '  demand(permissions.reduce((one, other) => (one.ok ? one : other)));\n',
      '  void permissions;\n',
      BACK,
    ],
    [
      'a confirmation signed for another state of the registry',
      "demandSigned(context, given, 'confirm', expected)",
      "demandSigned(context, given, 'confirm', { content: expected.content } as never)",
      BACK,
    ],
    [
      'a registry nobody doubts is confirmed',
      "if (head.held === null) throw new Refusal('PROPOSAL_STATUS', 'this registry needs no confirmation');",
      '',
      DOOR,
    ],
  ]),
  file('purge-request', ALONE, [
    ['one person purges', 'if (missing.length > 0) {', 'if (keys.length === 0) {'],
    ['anybody purges', '  demand(mayConsent(by, asked, people, now));\n', ''],
    [
      'what the table says was purged is purged',
      '  const { approvedAt: _at, ...record } = held.record;\n',
      "  const { approvedAt: _at, ...record } = held.record;\n  if (record.status === 'done') return { status: 200, body: purgeView(held.record) };\n",
      PURGE,
    ],
    [
      'what the table says was purged is shown so',
      'if (left === null || !DONE.has(left)) isDone = false;',
      '',
      PURGE,
    ],
    [
      'a request that lacks somebody stays done',
      "const next = await context.purges.update(held, { ...record, status: 'open', consents }, call.signal);",
      'const next = await context.purges.update(held, { ...record, consents }, call.signal);',
      PURGE,
    ],
    [
      'whoever asks purges what is about others',
      '[asking, ...others].map(',
      '[asking, ...others.slice(99)].map(',
      PURGE,
    ],
    [
      'another request is approved',
      "const own = demandSigned(context, given, 'purge', { content, epoch: head.commit.epoch });",
      "const own = demandSigned(context, given, 'purge', { content: given.statement.content ?? content, epoch: head.commit.epoch });",
    ],
    [
      'what is purged is what the record says was signed',
      'const asked = askedOf(record);\n  const content = contentOf(asked);',
      'const asked = askedOf(record);\n  const content = record.digest;',
      PURGE,
    ],
    [
      'a consent that was kept is not proven again',
      "isSaid(context, kept, 'purge', { content, epoch }) &&",
      'kept !== undefined &&',
      PURGE,
    ],
    ['one person consents twice', 'by.key !== own.by.key &&', 'by.key !== "" &&'],
    ['consent of any age', 'clock() - Date.parse(statement.at) <= PROPOSAL_MS', 'true', PURGE],
    [
      'one session purges with two keys',
      'if (others.some(({ by }) => by.arn === own.by.arn))',
      'if (others.length < 0)',
      PURGE,
    ],
    [
      'a purge of nothing',
      'notes.length + proposals.length + objects.length + jobs.length === 0',
      'notes.length < 0',
    ],
  ]),
  file('state-items', STATE, [
    [
      'what is there is written over as if it were not',
      "if (condition === 'absent') return { ConditionExpression: 'attribute_not_exists(pk)' };",
      "if (condition === 'absent') return {};",
    ],
    [
      'any revision will do',
      "ConditionExpression: 'revision = :revision'",
      "ConditionExpression: 'revision >= :revision'",
    ],
    ['a write that was refused counts as one', '          return false;', '          return true;'],
    [
      'HEAD can be written here',
      "if (isHeadPartition(pk)) throw new StoreError('NOT_STORABLE');\n  return",
      'return',
    ],
    ['oldest first', 'ScanIndexForward: false', 'ScanIndexForward: true'],
    ['a page begins with the last of the one before', 'sk < :before', 'sk <= :before'],
  ]),
  file('records', STATE, [
    [
      'somebody else’s write is taken for this one',
      "if (found?.['token'] !== token)",
      'if (found === undefined)',
    ],
    ['a repeated write is a conflict', "if (found?.['token'] !== token)", 'if (found !== null)'],
    ['a record has no bound', 'Buffer.byteLength(json) > MAX_RECORD_BYTES', 'false'],
  ]),
  file('blobs', STATE, [
    [
      'a blob is not compared with its digest',
      "if (digestOf(bytes) !== digest) throw new StoreError('DIGEST_MISMATCH', { digest });",
      '',
    ],
    [
      'the first piece is there first',
      'for (let piece = pieces - 1; piece >= 0; piece -= 1)',
      'for (let piece = 0; piece < pieces; piece += 1)',
    ],
    ['all but the first piece stay', '`${digest}${PIECE}`), signal);', '`${digest}${PIECE}0000`), signal);'],
  ]),
  file('settings', SETTINGS, [
    ['two keys to sign with', ' || others.length > 0', ''],
    ['clocks that differ by an hour', "'CLOCK_SKEW_SECONDS', 0, 60", "'CLOCK_SKEW_SECONDS', 0, 3600"],
    [
      'every registry is a sample',
      "if (value === undefined || value === 'false') return false;",
      "if (value === 'false') return false;\n  if (value === undefined) return true;",
    ],
  ]),
  file('bodies', BODIES, [
    [
      'an unknown member is passed over',
      'export const rollbackBody = z.strictObject',
      'export const rollbackBody = z.object',
    ],
    ['a number is acknowledged twice', 'new Set(numbers).size === numbers.length', 'numbers.length >= 0'],
    ['nothing is revoked, successfully', 'z.minLength(1), z.maxLength(100)', 'z.maxLength(100)'],
    ['a hold of nothing in particular', '  scope: holdScope,', '  scope: z.looseObject({}),'],
  ]),
  file('caller', DOOR, [
    [
      'the account of the ARN will do',
      "user: member(identity, 'user') }, place.account)",
      "user: member(identity, 'user') }, String(member(identity, 'userArn')).split(':')[4] ?? '')",
      SIGNATURES,
    ],
    ['an event of any account', "member(requestContext, 'accountId') === place.account && ", '', SIGNATURES],
    ['an event of any API', " && member(requestContext, 'apiId') === place.api", '', SIGNATURES],
    [
      'an event of this account or of this API',
      '=== place.account && member',
      '=== place.account || member',
      SIGNATURES,
    ],
  ]),
  file('http-request', DOOR, [
    ['the last of two parameters counts', 'values.length !== 1 ||', ''],
    ['base64 is a guess', "'isBase64Encoded') === true", "'isBase64Encoded') !== undefined"],
    ['five megabytes', '4 * 1024 * 1024', '5 * 1024 * 1024'],
    ['a list is an object', ' || Array.isArray(value))', ')'],
  ]),
  file('limits', DOOR, [['one level deeper', 'MAX_DEPTH = 32', 'MAX_DEPTH = 33']]),
  file('match-route', DOOR, [
    ['any method', 'route.method === method && ', ''],
    ['more parts than the route has', 'parts.length === given.length && ', ''],
    ['a part that is empty', "value !== ''", "value !== '.'"],
    ['a job where a proposal is named', ' && id.startsWith(`${prefix}-`)', ''],
    ['chunk minus one', '/^(?:0|[1-9]\\d{0,3})$/', '/^-?(?:0|[1-9]\\d{0,3})$/'],
    ['a kind that is none has no facts', '  kind: kindFault,', '  kind: () => undefined,'],
    ['a variable may be anything', 'if (fault !== undefined) throw', "if (fault === '') throw"],
  ]),
  file('proposal-body', DOOR, [['nobody says where proposals are', ': `registry proposals` lists them', '']]),
  file('router', DOOR, [
    ['a route before there is a caller', 'caller = person.arn;', ''],
    ['the caller’s path is logged', 'route = matched.name;', 'route = request.path as never;'],
    [
      'a refusal is logged as no error',
      'record: recordOf(route, caller, status, code, null)',
      'record: recordOf(route, caller, status, null, null)',
    ],
  ]),
  file('refusal-table', DOOR, [
    [
      'an altered registry is the caller’s fault',
      'REGISTRY_INTEGRITY: {\n    status: 503',
      'REGISTRY_INTEGRITY: {\n    status: 400',
    ],
    [
      'the second person is missing, and it is not forbidden',
      'SECOND_PERSON_NEEDED: {\n    status: 403',
      'SECOND_PERSON_NEEDED: {\n    status: 409',
    ],
  ]),
  file('list-facts', 'test/registry/names.test.ts', [
    ['a fact about something else', '({ key }) => key === about', '({ key }) => key !== about'],
    ['of any kind', 'filter(([key]) => key.startsWith(prefix))', 'filter(([key]) => key !== prefix)'],
    ['the first page for ever', 'keys.filter((key) => key > after)', 'keys.filter((key) => key !== after)'],
  ]),
  file('store-refusals', DOOR, [
    ['no right is no registry', "STORE_REFUSED: 'STORE_UNAVAILABLE'", "STORE_REFUSED: 'REGISTRY_EMPTY'"],
    [
      'an altered object is a slow one',
      "DIGEST_MISMATCH: 'REGISTRY_INTEGRITY'",
      "DIGEST_MISMATCH: 'STORE_UNAVAILABLE'",
    ],
  ]),
  file('permissions', DOOR, [
    ['nobody is refused', 'if (permission.ok) return;', 'if (permission !== undefined) return;'],
    ['the second person is only not authorised', "codes.has('SAME_PERSON')", 'codes.size > 1'],
  ]),
  file('propose', DAYS, [
    ['invented facts outside a sample', '  checkSynthetic(changes, context.sample);\n', ''],
    [
      'anybody proposes',
      'demand(mayPropose(proposal.author, changes, { facts, founders }, context.clock()), () =>',
      'void (() =>',
      'test/registry/first-and-worst-day.test.ts > the first day',
    ],
    [
      'any base',
      'base === undefined || base === head.version',
      'base !== 0',
      'test/registry/bad-input.test.ts',
    ],
    [
      'a change that does not apply is filed',
      'const applied = await applyTo(context, head, changes);',
      'const applied = { before: facts, after: facts, touched: [] };',
      'test/registry/bad-input.test.ts',
    ],
    [
      'an unsound fact is filed',
      "  if (proposal.kind === 'change') demandSound(context, applied, changes);\n",
      '',
      'test/registry/bad-input.test.ts > unsound',
    ],
    [
      'who may not learns of nothing else',
      '    everythingWrong(context, facts, changes),\n',
      '    [],\n',
      'test/registry/bad-input.test.ts > unsound',
    ],
  ]),
  file('query', 'test/registry/bad-input.test.ts', [
    ['a misspelt parameter is passed over', 'if (!names.includes(name))', 'if (false)'],
    ['more than a page', 'if (!(number <= most))', 'if (Number.isNaN(number))'],
  ]),
]);
