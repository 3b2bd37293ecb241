/** Faults at the outermost: commands, doors, the board, the watch and CI itself, as an outsider seeded them and no test saw. */
import { mutationsOf } from '../mutation.ts';

export const EDGES = mutationsOf('edges', [
  {
    file: 'functions/decide/assemble.ts',
    caughtBy: 'test/adversary/past-state.test.ts > an old HEAD',
    faults: [
      ['one look at the floor lasts seconds', 'FLOOR_FOR_MS = 100;', 'FLOOR_FOR_MS = 5000;'],
      [
        'the registry may take four times what there is',
        '    budgetMs: settings.budgetMs,\n    floorForMs',
        '    budgetMs: settings.budgetMs * 4,\n    floorForMs',
        'test/doors/time.test.ts > a comparison of paths that waits',
      ],
    ],
  },
  {
    file: 'functions/decide/decide-on.ts',
    caughtBy: 'test/decide/guard.test.ts > the makers of that time',
    faults: [
      [
        'makers of now answer a question about then',
        'vendorsFor(places, request, at)',
        'vendorsFor(places, request, Date.now())',
      ],
    ],
  },
  {
    file: 'functions/decide/guard.ts',
    caughtBy: 'test/doors/time.test.ts > is not explained',
    faults: [
      [
        'what is over is explained as if it were not',
        'return over ? { answer } : { answer, made: { input, decision, registry } };',
        'return { answer, made: { input, decision, registry } };',
      ],
    ],
  },
  {
    file: 'functions/decide/decision-line.ts',
    caughtBy: 'test/decide/decision-line.test.ts > which takes no place',
    faults: [
      [
        'invented standards crowd out the known',
        'answer.standards.filter((s) => !hidden.has(s.id)).slice(0, MAX_LISTED)',
        'answer.standards.slice(0, MAX_LISTED).filter((s) => !hidden.has(s.id))',
      ],
    ],
  },
  {
    file: 'functions/access/best-path.ts',
    caughtBy: 'test/access/best-path.test.ts > the best path',
    faults: [
      [
        'paths hold as long as the last of them',
        'until = Math.min(until, decision.validUntil ?? until)',
        'until = decision.validUntil ?? until',
      ],
      [
        'one duty of a path is enough',
        'decision.obligations.map((o)',
        'decision.obligations.slice(0, 1).map((o)',
      ],
    ],
  },
  {
    file: 'functions/access/pdp.ts',
    caughtBy: 'test/access/door.test.ts > an empty page',
    faults: [['a search that ends in nothing has failed', ' && window.cursor === undefined)', ')']],
  },
  {
    file: 'functions/authzen/api-gateway.ts',
    caughtBy: 'test/adversary/work.test.ts > an answer larger than',
    faults: [['an answer is as large as its letters', 'MAX_RESULT_BYTES / 6', 'MAX_RESULT_BYTES']],
  },
  {
    file: 'functions/authzen/read-body.ts',
    caughtBy: 'test/authzen/conformance.test.ts > takes no other content type',
    faults: [['a blank hides a charset', "name?.trim() !== 'charset'", "name !== 'charset'"]],
  },
  {
    file: 'functions/authzen/slips.ts',
    caughtBy: 'test/adversary/slips.test.ts > called stndrds where',
    faults: [['two slips in a long word are another name', '? 1 : 2', '? 1 : 1']],
  },
  {
    file: 'functions/board/draw-holds.ts',
    caughtBy: 'test/board/drawing.test.ts > what is stopped',
    faults: [
      [
        'a stop of everything looks like any other',
        "stopsEverything(hold) ? 'alert stopped' : 'alert'",
        "'alert'",
      ],
      ['what stops everything is counted twice', 'others.length - MOST_DRAWN', 'holds.length - MOST_DRAWN'],
    ],
  },
  {
    file: 'functions/board/board.ts',
    caughtBy: 'test/board/board.test.ts > is drawn anew',
    faults: [
      [
        'one drawing for every registry of a version',
        '[registry.digest, Math.floor(',
        '[registry.version, Math.floor(',
      ],
    ],
  },
  {
    file: 'functions/board/question.ts',
    caughtBy: 'test/board/board.test.ts > puts each reason at its hop',
    faults: [
      [
        'nothing speaks against where a route fails over to',
        'filter((r) => r.hop === index)',
        'filter((r) => r.hop === index && !alternate)',
      ],
    ],
  },
  {
    file: 'functions/board/outlook.ts',
    caughtBy: 'test/board/board.test.ts > where there is room',
    faults: [
      ['each subject has all the room there is', '    left -= evaluations;\n', ''],
      ['what was looked at in part was looked at', 'outages.every(', 'outages.some('],
    ],
  },
  {
    file: 'functions/watch/handler.ts',
    caughtBy: 'test/watch/watch.test.ts > one process from an empty table on',
    faults: [['history has no time', 'sliceMs: AUDIT_MS', 'sliceMs: 0']],
  },
  {
    file: 'functions/watch/proposals.ts',
    caughtBy: 'test/watch/watch.test.ts > of more than a hundred proposals',
    faults: [['the oldest proposals are looked at', 'ScanIndexForward: false', 'ScanIndexForward: true']],
  },
  {
    file: 'functions/watch/watch.ts',
    caughtBy: 'test/watch/watch.test.ts > over time',
    faults: [
      [
        'a stop that nobody can read is a small one',
        '!hold.readable || hold.wide',
        'hold.readable && hold.wide',
      ],
      [
        'one outlook for every registry of a version',
        '`${registry.digest} ${Math.floor(',
        '`${registry.version} ${Math.floor(',
      ],
    ],
  },
  {
    file: 'cli/registry/rollback-command.ts',
    caughtBy: 'test/cli/registry.test.ts > for others in every part',
    faults: [
      [
        'an undo that is for others has been filed',
        'if (undo.parts.length > 0 && proposals.size === 0) process.exitCode = EXIT.refused;',
        '',
      ],
    ],
  },
  {
    file: 'cli/simulate.ts',
    caughtBy: 'test/cli/simulate.test.ts > leases longer',
    faults: [
      [
        'a longer lease lets nothing pass',
        'return found.alike && found.unasked === 0 ?',
        'return found.toPermit.length === 0 && found.unasked === 0 ?',
      ],
    ],
  },
  {
    file: 'cli/check.ts',
    caughtBy: 'test/cli/data-commands.test.ts > an end on no day',
    faults: [
      [
        'every end is sound',
        'if (reading.ok) return [];',
        'if (reading.ok || operation !== undefined) return [];',
      ],
    ],
  },
  {
    file: 'cli/registry/simulated-here.ts',
    caughtBy: 'test/cli/computed.test.ts > which answers flip',
    faults: [
      [
        'what flips for networks is the registry’s word',
        "filter(({ subject }) => !('recent' in subject))",
        "filter(({ subject }) => !('recent' in subject) && 'route' in subject)",
      ],
      ['what was simulated is asked as of now', 'Date.parse(said.at)', 'Date.now()'],
    ],
  },
  {
    file: 'cli/registry/computed.ts',
    caughtBy: 'test/adversary/signers.test.ts > what it is built on',
    faults: [
      [
        'what the floor knows otherwise is built on',
        "head.held === null || code !== 'FLOOR'",
        "code !== 'FLOOR'",
      ],
    ],
  },
  {
    file: 'cli/registry/seen.ts',
    caughtBy: 'test/cli/registry.test.ts > a person at a terminal',
    faults: [['any case signs', "said !== 'sign'", "said.toLowerCase() !== 'sign'"]],
  },
  {
    file: 'cli/registry/acting.ts',
    caughtBy: 'test/cli/registry.test.ts > whoever stops and hears nothing',
    faults: [
      [
        'a stop that nobody answered says no more than a question',
        'if (!(cause instanceof RegistryUnavailableError)) throw cause;',
        'if (cause !== undefined) throw cause;',
      ],
    ],
  },
  {
    file: 'cli/registry/refusal-words.ts',
    caughtBy: 'test/cli/registry.test.ts > what is to be done names',
    faults: [['a command to copy from what others wrote', '/^[a-z][\\w-]*$/i.test(proposal)', 'true']],
  },
  {
    file: 'cli/registry/history-words.ts',
    caughtBy: 'test/cli/registry.test.ts > registry show a fact',
    faults: [['what has ended reads as what holds', 'hasEnded(fact, now) ?', 'hasEnded(fact, 0) ?']],
  },
  {
    file: 'cli/registry/approval-words.ts',
    caughtBy: 'test/cli/registry.test.ts > what is signed is what was seen',
    faults: [
      ['a role is one person', ' && by.session === author.session', ''],
      [
        'where nobody may speak anybody may',
        "'nobody: no authority speaks here'",
        "'anybody: no authority speaks here'",
      ],
    ],
  },
  {
    file: 'cli/registry/acting.ts',
    caughtBy: 'test/cli/registry.test.ts > registry revoke, already',
    faults: [
      [
        'what stopped nothing is counted',
        "    if (done['already'] === true) return { words, json: answer };\n",
        '',
      ],
      [
        'a stop is told when it is counted',
        '    if (options.json !== true) say(words);\n    const losses = await lossesOf(registry, done.version);\n',
        '    const losses = await lossesOf(registry, done.version);\n    if (options.json !== true) say(words);\n',
        'test/cli/registry.test.ts > a stop is told before',
      ],
    ],
  },
  {
    file: 'cli/registry/purge-search.ts',
    caughtBy: 'test/cli/registry.test.ts > registry purge search',
    faults: [
      ['words are searched without their blanks', ".replace(/\\r?\\n$/, '')", '.trim()'],
      [
        'one letter is searched for',
        'if (text.length < 4)',
        'if (text.length < 1)',
        'test/cli/registry.test.ts > a search for three characters',
      ],
      [
        'roots can be purged',
        "(what === 'law' || what === 'leaf')",
        "what !== 'note'",
        'test/cli/registry.test.ts > is not asked to be purged',
      ],
    ],
  },
  {
    file: 'cli/registry/purge-commands.ts',
    caughtBy: 'test/cli/registry.test.ts > is not asked to be purged',
    faults: [['what is kept is not said', 'if (kept.length > 0)', 'if (false)']],
  },
  {
    file: 'cli/registry/upload.ts',
    caughtBy: 'test/cli/registry.test.ts > too large for one request',
    faults: [
      [
        'a piece ends inside of a character',
        '    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1;\n',
        '',
      ],
      ['letters are bytes', 'const bytes = Buffer.byteLength(text);', 'const bytes = text.length;'],
    ],
  },
  {
    file: 'cli/registry/hold-commands.ts',
    caughtBy: 'test/cli/registry.test.ts > an exemption is of one owner',
    faults: [
      [
        'an exemption was for all of the day',
        'from: now.toISOString(), to',
        'from: now.toISOString().slice(0, 10), to',
      ],
    ],
  },
  {
    file: 'cli/registry/diff-command.ts',
    caughtBy: 'test/cli/registry.test.ts > of a version and itself',
    faults: [
      ['a version is later than itself', 'versionArgument(from) > later', 'versionArgument(from) >= later'],
    ],
  },
  {
    file: 'test/ci/check.ts',
    caughtBy: 'test/ci/ci.test.ts > everything together',
    faults: [
      [
        'advisories are no failure',
        'if (answer.asked) return answer.failures;',
        'if (answer.asked) return [];',
      ],
      ['the audit is asked for no JSON', "'--omit=dev', '--json']", "'--omit=dev']"],
      [
        'a page is compared with itself',
        "  const before = system.read(path);\n  const failures = await stepFailures(system, { name: script, command: ['npm', 'run', '--silent', script] });\n",
        "  const failures = await stepFailures(system, { name: script, command: ['npm', 'run', '--silent', script] });\n  const before = system.read(path);\n",
      ],
    ],
  },
  {
    file: 'test/ci/main.ts',
    caughtBy: 'test/ci/ci.test.ts > a process in which every command',
    faults: [
      ['a step that was killed has passed', 'status ?? 1', 'status ?? 0'],
      ['whatever failed, the process ends well', '  process.exitCode = code;\n', ''],
    ],
  },
  {
    file: 'test/ci/steps.ts',
    caughtBy: 'test/ci/ci.test.ts > every script that writes a page',
    faults: [
      ['another page is compared', "'docs:parts': 'docs/parts.md'", "'docs:parts': 'docs/glossary.md'"],
    ],
  },
  {
    file: 'package.json',
    caughtBy: 'test/ci/ci.test.ts > scripts are what they say',
    faults: [
      ['what nothing uses is no failure', '"unused": "knip"', '"unused": "knip --no-exit-code"'],
      [
        'data is not checked',
        '"check:data": "node cli/main.ts check"',
        '"check:data": "node cli/main.ts check --help"',
      ],
      [
        'a release is parsed and not checked',
        'node infra/packaging/check.ts',
        'node --check infra/packaging/check.ts',
      ],
      [
        'theorems are parsed and not asked',
        'node test/theorems/campaign.ts',
        'node --check test/theorems/campaign.ts',
      ],
      [
        'revocations are parsed and not asked',
        'node test/campaigns/revocation.ts',
        'node --check test/campaigns/revocation.ts',
      ],
      [
        'searches are parsed and not asked',
        'node test/access/campaign.ts',
        'node --check test/access/campaign.ts',
      ],
    ],
  },
  {
    file: 'biome.json',
    caughtBy: 'test/ci/ci.test.ts > the linter has the rules',
    faults: [
      ['what may be absent is there', '"noNonNullAssertion": "error"', '"noNonNullAssertion": "off"'],
      [
        'imports go in circles',
        '        "noImportCycles": { "level": "error", "options": { "ignoreTypes": false } },\n',
        '',
      ],
    ],
  },
  {
    file: 'tsconfig.json',
    caughtBy: 'test/ci/ci.test.ts > the compiler is strict',
    faults: [
      ['types are lax', '"strict": true', '"strict": false'],
      ['whatever is looked up is there', '    "noUncheckedIndexedAccess": true,\n', ''],
      ['tests have no types', '"docs", "test", ', '"docs", '],
    ],
  },
  {
    file: 'knip.json',
    caughtBy: 'test/ci/ci.test.ts > what nothing uses',
    faults: [
      [
        'what nothing uses is looked for in the client',
        '"{functions,cli,infra,openapi,test,docs,examples}/**/*.ts"',
        '"client/**/*.ts"',
      ],
    ],
  },
  {
    file: 'lint/no-in-with-a-name.grit',
    caughtBy: 'test/ci/ci.test.ts > a name that came from outside',
    faults: [
      [
        'names from outside are looked up in objects',
        'not JsStringLiteralExpression()',
        'JsStringLiteralExpression()',
      ],
    ],
  },
  {
    file: 'test/no-warnings.ts',
    caughtBy: 'test/ci/ci.test.ts > fails the test during which',
    faults: [['a warning is no failure', 'said.length > 0', 'said.length > 100']],
  },
  {
    file: 'test/ci/licences.ts',
    caughtBy: 'test/ci/ci.test.ts > licences are accepted',
    faults: [['a licence that nobody has looked at', "  '0BSD',\n", "  '0BSD',\n  'AGPL-3.0-only',\n"]],
  },
  {
    file: 'functions/core/administration/two-people.ts',
    caughtBy: 'test/store/judge-approval.test.ts > two people of every authority',
    faults: [
      ['anybody says what is nobody’s', 'speakers.length > 0 && speakers.every', 'speakers.every'],
      ['one of two authorities is enough', 'speakers.every(isSaid)', 'speakers.some(isSaid)'],
      [
        'anybody takes away an authority that never was',
        'return speakers.length > 0 && speakers.every(isSaid);',
        'return speakers.length === 0 || speakers.every(isSaid);',
        'test/store/judge-approval.test.ts > that takes away what was never there',
      ],
    ],
  },
  {
    file: 'functions/store/purge-word.ts',
    caughtBy: 'test/store/purge.test.ts > a word',
    faults: [
      [
        'a word for a purge that nobody signed',
        'homes.has(each.statement.registry) && isSignedByItsKey(each),',
        'homes.has(each.statement.registry),',
        'test/store/purge.test.ts > signature is',
      ],
      [
        'a word for one object is one for all',
        'of.asked.objects.includes(object) && isSaidBy(',
        'isSaidBy(',
        'test/store/purge.test.ts > for another object',
      ],
      [
        'a word for another registry',
        'homes.has(each.statement.registry) && isSigned',
        'isSigned',
        'test/store/purge.test.ts > for another registry',
      ],
      [
        'part of a word is read as all of it',
        'return said.length === given.length ?',
        'return said.length > 0 ?',
        'test/store/purge.test.ts > is read whole',
      ],
    ],
  },
  {
    file: 'functions/store/floored-head.ts',
    caughtBy: 'test/store/floor.test.ts > one look at the floor',
    faults: [
      [
        'a look is as old as its end',
        'digest: head.digest, at: floor.at };',
        'digest: head.digest, at: clock() };',
      ],
      [
        'a HEAD that was refused was looked at',
        'head !== undefined && problem === null)',
        'head !== undefined)',
      ],
      [
        'a row of another table asks for no table',
        'id: row === null ? last : await id.now(context, row.table), at',
        'id: last, at',
      ],
    ],
  },
  {
    file: 'functions/core/administration/flip-groups.ts',
    caughtBy: 'test/core/administration/flip-groups.test.ts > groups',
    faults: [
      [
        'the largest group alone is counted',
        'sum + group.flips.length, 0',
        'Math.max(sum, group.flips.length), 0',
        'test/core/administration/flip-groups.test.ts > one answer more in several groups',
      ],
      ['standards are one cause', '...(standard !== undefined && { standard }),', ''],
      ['rules are one cause', '...(rule !== undefined && { rule }),', ''],
      ['whoever states it, it is one cause', '...(statedIn !== undefined && { statedIn }),', ''],
      [
        'a group rests on what its first flip does',
        '[...new Set(members.flatMap(({ flip }) => flip.restsOn))].sort()',
        '[...first.flip.restsOn].sort()',
      ],
      [
        'a group is as high as its first flip',
        'highestOf(members.flatMap(({ heights }) => heights))',
        'highestOf(first.heights)',
      ],
    ],
  },
  {
    file: 'functions/core/administration/wide-stops.ts',
    caughtBy: 'test/core/administration/wide-stops.test.ts',
    faults: [
      [
        'who speaks for two stops everything for ever',
        "if ('everything' in scope) return true;",
        "if ('everything' in scope) return (soundOf('authority', authority, facts)?.speaksFor.length ?? 0) < 2;",
        'test/core/administration/wide-stops.test.ts > everything, by who speaks for two',
      ],
      [
        'one owner is stopped again and again',
        "'owner' in b && a.owner !== b.owner",
        "'owner' in b",
        'test/core/administration/wide-stops.test.ts > one owner again',
      ],
      [
        'one network is stopped again and again',
        'return a.network !== b.network;',
        'return true;',
        'test/core/administration/wide-stops.test.ts > one network again',
      ],
    ],
  },
  {
    file: 'functions/core/administration/questions.ts',
    caughtBy: 'test/core/administration/asked.test.ts > a part of a flow',
    faults: [
      [
        'the whole of a flow is asked as another flow',
        'String(anyMeans(FLOWS, [flow], scope))',
        'String(scope.includes(flow))',
      ],
    ],
  },
  {
    file: 'functions/core/administration/undo.ts',
    caughtBy: 'test/core/administration/undo.test.ts > in which order authorities stand',
    faults: [
      ['a part is named after the order of a registry', "[...anyOf].sort().join('|')", "anyOf.join('|')"],
    ],
  },
  {
    file: 'functions/core/administration/flip-causes.ts',
    caughtBy: 'test/core/administration/flip-causes.test.ts > causes',
    faults: [
      [
        'several networks are told as the first',
        'network !== undefined && more.length === 0',
        'network !== undefined',
        'test/core/administration/flip-causes.test.ts > a place where several networks stand',
      ],
      [
        'where several networks stand is not told',
        'hop !== undefined && { hop };',
        'undefined;',
        'test/core/administration/flip-causes.test.ts > a place where several networks stand',
      ],
      [
        'what another standard states is as if its own',
        '...(statedIn !== undefined && { statedIn }),',
        '',
        'test/core/administration/flip-causes.test.ts > a rule of a standard that another builds on',
      ],
    ],
  },
  {
    file: 'functions/core/administration/figures.ts',
    caughtBy: 'test/core/administration/figures.test.ts',
    faults: [
      ['a level is read in a longer one', '(a, b) => b.length - a.length,', '(a, b) => a.length - b.length,'],
      ['what expires on a day has no end', 'expires?(?: on)?)', 'expires?)'],
      ['an end that begins a sentence is none', "'giu',", "'gu',"],
      ['a time of day is another day', '[to.slice(0, 10)]', '[to]'],
    ],
  },
  {
    file: 'functions/core/administration/renewals.ts',
    caughtBy: 'test/core/administration/figures.test.ts > to find',
    faults: [
      ['what is prolonged is not renewed', 'renew|extend|prolong', 'renew|extend'],
      [
        'an id that renews is not looked at',
        "return operation.op === 'add' && RENEWING.test(keyOf(operation) ?? '') ? 'id' : undefined;",
        'return undefined;',
      ],
      ['what is about no network is never found again', "?? '')) ?? named[0];", "?? ''));"],
    ],
  },
  {
    file: 'functions/store/floor.ts',
    caughtBy: 'test/store/floor.test.ts > is looked at five times more',
    faults: [
      ['whoever publishes has half the time', '40, 80, 160];', '40, 80];'],
      [
        'looks while waiting are not counted',
        '    context.meter.batches += 1;\n    problem = await look();',
        '    problem = await look();',
      ],
    ],
  },
]);
