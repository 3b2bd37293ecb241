// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults in code that has templates
/** Faults in the probe, the release hook, the watch, the board, the commit key and the local run. */
import { mutationsOf } from '../mutation.ts';

export const RELEASE = mutationsOf('release', [
  {
    file: 'functions/probe/check.ts',
    caughtBy: 'test/probe/probe.test.ts',
    faults: [
      ['what failed is not wrong', "return wrong('failed')", "return { id, verdict: 'right' }"],
      ['the outcome may contradict the boolean', "|| decision !== (outcome === 'permit')", ''],
      ['the decision is not compared', 'decision !== expect.decision', 'false'],
      ['only an unexpected permit is wrong', 'decision !== expect.decision', 'decision && !expect.decision'],
      ['a hypothetical answer will do', "member(answer, 'enforceable') !== true", 'false'],
      [
        'an absent enforceable will do',
        "member(answer, 'enforceable') !== true",
        "member(answer, 'enforceable') === false",
      ],
      ['one expected code is enough', '.every((code)', '.some((code)'],
      [
        'a permit may claim an empty registry',
        "!decision && codes.includes('REGISTRY_EMPTY')",
        "codes.includes('REGISTRY_EMPTY')",
      ],
      ['an empty registry is right', "verdict: 'no-registry' };", "verdict: 'right' };"],
    ],
  },
  {
    file: 'functions/probe/ask.ts',
    caughtBy: 'test/probe/probe.test.ts',
    faults: [
      [
        'a function error is an answer',
        'answer.FunctionError !== undefined',
        'false',
        'test/probe/release-hook.test.ts',
      ],
      [
        'the request goes as an object',
        'JSON.stringify({ request: JSON.stringify(request) })',
        'JSON.stringify({ request })',
      ],
      ['no answer in time is awaited', 'requestTimeout: timeoutMs,', ''],
    ],
  },
  {
    file: 'functions/probe/known-answers.ts',
    caughtBy: 'test/probe/probe.test.ts',
    faults: [
      ['denials need not be known', 'list.some((k) => !k.expect.decision)', 'list.length > 0'],
      ['an id may occur twice', 'new Set(list.map((k) => k.id)).size === list.length', 'true'],
      ['a question about the past or an old version', '!isHypothetical(k.request)', 'true'],
      ['unknown members pass', 'expect: z.strictObject({', 'expect: z.object({'],
      ['any text is a code', 'z.enum(REASON_CODES as [string, ...string[]])', 'z.string()'],
      [
        'the unread marking is not asked',
        "expect: { decision: false, codes: ['MARKING_INVALID'] }",
        'expect: { decision: false }',
      ],
      [
        'the unknown hop may be refused for anything',
        "expect: { decision: false, codes: ['HOP_UNKNOWN'] }",
        'expect: { decision: false }',
      ],
    ],
  },
  {
    file: 'functions/probe/settings.ts',
    caughtBy: 'test/probe/probe.test.ts',
    faults: [
      [
        'the owner’s answers replace the universal',
        '[...UNIVERSAL_ANSWERS, ...known]',
        '(known.length > 0 ? known : [...UNIVERSAL_ANSWERS])',
      ],
      ['the owner’s answers are not asked', '[...UNIVERSAL_ANSWERS, ...known]', '[...UNIVERSAL_ANSWERS]'],
      [
        'a build may be its own yardstick',
        'if (live === probeTarget)',
        'if (live === undefined)',
        'test/probe/release-hook.test.ts',
      ],
    ],
  },
  {
    file: 'functions/probe/probe.ts',
    caughtBy: 'test/probe/probe.test.ts',
    faults: [
      ['nothing is counted as wrong', 'ProbeWrong: wrong }', 'ProbeWrong: 0 }'],
      [
        'only right ones are questions',
        'ProbeQuestions: checked.length',
        'ProbeQuestions: checked.length - wrong',
      ],
      ['no registry is wrong', "c.verdict === 'wrong'", "c.verdict !== 'right'"],
      [
        'metrics have no dimension',
        "dimensions: ['Service'] as const",
        "dimensions: ['Service', 'Class'] as const",
      ],
    ],
  },
  {
    file: 'functions/probe/release-verdict.ts',
    caughtBy: 'test/probe/release-hook.test.ts',
    faults: [
      [
        'known answers are not part of the verdict',
        'const fit = answered && acknowledged',
        'const fit = acknowledged',
      ],
      ['flips are not part of the verdict', 'const fit = answered && acknowledged', 'const fit = answered'],
      ['either will do', 'const fit = answered && acknowledged', 'const fit = answered || acknowledged'],
      ['the live build is asked what is known', 'ask: terms.after', 'ask: terms.before'],
      ['the new build is compared with itself', 'compareBuilds(terms.before,', 'compareBuilds(terms.after,'],
      [
        'the builds are exchanged',
        'compareBuilds(terms.before, terms.after,',
        'compareBuilds(terms.after, terms.before,',
      ],
      [
        'any acknowledgement will do',
        'flips.digest === terms.acknowledged',
        "(terms.acknowledged ?? '') !== ''",
      ],
      [
        'an acknowledgement is never accepted',
        'flips.digest === terms.acknowledged',
        'flips.digest === undefined',
      ],
      ['no known answer is enough', 'checked.length > 0 &&', ''],
      ['a registry it does not find is none', '&& flips === undefined)', ')'],
      ['what was not asked flips nothing', '&& flips.unasked === 0', ''],
      [
        'any store fault is a first day',
        "error instanceof StoreError && error.code === 'HEAD_MISSING'",
        'error instanceof StoreError',
      ],
      ['what was not asked is not counted', 'unasked: all.length - asked.length', 'unasked: 0'],
    ],
  },
  {
    file: 'functions/probe/flips.ts',
    caughtBy: 'test/probe/release-hook.test.ts',
    faults: [
      [
        'from no answer to permit is no flip',
        'if (old !== now) flips',
        "if (old !== now && old !== 'no-answer') flips",
      ],
      [
        'only permits of both are compared',
        'if (old !== now) flips',
        "if (old !== now && now !== 'permit') flips",
      ],
      [
        'permits that end are not counted',
        'if (old !== now) flips',
        "if (old !== now && now === 'permit') flips",
      ],
      ['before and after are exchanged', 'before: old, after: now }', 'before: now, after: old }'],
      ['the digest is of what is refused', 'canonicalBytes(toPermit as', 'canonicalBytes(sorted as'],
      [
        'the digest is of how many',
        'canonicalBytes(toPermit as unknown as Json)',
        'canonicalBytes(toPermit.length)',
      ],
      ['routes are not asked about', '...routeIds(registry).map((route) => ({ route })),', ''],
      ['networks are not asked about', '...networkIds(registry).map((network) => ({ network })),', ''],
      [
        'a fault is a refusal',
        "if ('failed' in reply) return 'no-answer'",
        "if ('failed' in reply) return 'refused'",
      ],
      [
        'flips come in any order',
        'flips.sort((a, b) => (key(a) < key(b) ? -1 : 1))',
        'flips.sort((a, b) => (key(a) < key(b) ? 1 : -1))',
      ],
    ],
  },
  {
    file: 'functions/probe/release-hook.ts',
    caughtBy: 'test/probe/release-hook.test.ts',
    faults: [
      ['open until shown otherwise', "= 'Failed';", "= 'Succeeded';"],
      [
        'the verdict is not looked at',
        'if (await Promise.race([verdict, untilReport(context)])) status',
        'await Promise.race([verdict, untilReport(context)]); status',
      ],
      ['the verdict is turned', 'if (await Promise.race', 'if (!await Promise.race'],
      ['acknowledgements do not arrive', "process.env['ACKNOWLEDGED_FLIPS']", 'undefined'],
      ['it waits for ever', 'Promise.race([verdict, untilReport(context)])', 'verdict'],
      [
        'CodeDeploy is told of successes alone',
        'await reportToCodeDeploy(event, status)',
        "if (status === 'Succeeded') await reportToCodeDeploy(event, status)",
      ],
      [
        'the probe asks the live build',
        'after: askThrough(target)',
        "after: askThrough(process.env['LIVE_TARGET'] ?? '')",
      ],
    ],
  },
  {
    file: 'functions/probe/codedeploy.ts',
    caughtBy: 'test/probe/release-hook.test.ts',
    faults: [
      ['a refusal is taken for done', 'if (!answer.ok)', 'if (false as boolean)'],
      ['the session is not sent', 'sessionToken: env', 'session: env'],
      [
        'another region',
        "service: 'codedeploy',\n    region,",
        "service: 'codedeploy',\n    region: 'us-east-1',",
      ],
      ['another partition', "env['URL_SUFFIX'] ?? 'amazonaws.com'", "'amazonaws.com'"],
      ['no FIPS endpoint', "=== 'true' ? 'codedeploy-fips'", "=== 'yes' ? 'codedeploy-fips'"],
      ['the status is always good', '    status,\n  });', "    status: 'Succeeded',\n  });"],
      [
        'the execution is not named',
        'lifecycleEventHookExecutionId: execution.LifecycleEventHookExecutionId',
        'lifecycleEventHookExecutionId: execution.DeploymentId',
      ],
    ],
  },
  {
    file: 'functions/watch/watch.ts',
    caughtBy: 'test/watch/watch.test.ts',
    faults: [
      [
        'a restored registry is no hold',
        "snapshot.held === null ? placed : ['registry/unconfirmed', ...placed]",
        'placed',
      ],
      [
        'a HEAD that went away is a first day',
        "code === 'HEAD_MISSING' && !hasLooked",
        "code === 'HEAD_MISSING'",
      ],
      ['a first day is a failure', "ok = code === 'HEAD_MISSING' && !hasLooked", 'ok = false'],
      ['a failure counts nothing', ': { WatchFailures: 1,', ': { WatchFailures: 0,'],
      ['a failure is said with decisions', ': { WatchFailures: 1,', ': { ...NO_DECISIONS, WatchFailures: 1,'],
      ['the age is in milliseconds', '(at - recordedAt) / 1000', 'at - recordedAt'],
      [
        'HEAD moved a little longer',
        'at - recordedAt < MOVED_WITHIN_MS',
        'at - recordedAt <= MOVED_WITHIN_MS',
      ],
      ['HEAD moved within the minute', 'const MOVED_WITHIN_MS = 130_000', 'const MOVED_WITHIN_MS = 60_000'],
      [
        'the outlook is kept by version alone',
        '`${registry.digest} ${Math.floor(at / HOUR_MS)}`',
        'registry.digest',
      ],
      [
        'the outlook is kept by the hour alone',
        '`${registry.digest} ${Math.floor(at / HOUR_MS)}`',
        '`${Math.floor(at / HOUR_MS)}`',
      ],
      [
        'dark within a week for a day',
        'RoutesDarkIn1Day: dark[1].length',
        'RoutesDarkIn1Day: dark[7].length',
      ],
      [
        'dark within a day for a week',
        'RoutesDarkIn7Days: dark[7].length',
        'RoutesDarkIn7Days: dark[1].length',
      ],
      ['holds are not counted', 'HoldsInForce: holds.length', 'HoldsInForce: placed.length'],
      ['waiting is what is wrong', 'ProposalsWaiting: waiting,', 'ProposalsWaiting: 0,'],
      [
        'proposals that cannot be read are none',
        'await options.proposalsWaiting();',
        'await options.proposalsWaiting().catch(() => 0);',
      ],
      [
        'the error’s text goes into the line',
        "error instanceof StoreError ? error.code : 'FAULT'",
        'error instanceof StoreError ? error.code : (String(error) as never)',
      ],
    ],
  },
  {
    file: 'functions/watch/readings.ts',
    caughtBy: 'test/watch/watch.test.ts',
    faults: [
      ['a waiver that ended is in force', 'reading.sound && holdsAt(reading.interval, at)', 'reading.sound'],
      ['dark on the last instant is not within', 'd.from <= end(days)', 'd.from < end(days)'],
      ['what ends on the last instant does not', 'e.at <= end(days)', 'e.at < end(days)'],
      ['a day has twelve hours', 'const DAY_MS = 86_400_000;', 'const DAY_MS = 43_200_000;'],
    ],
  },
  {
    file: 'functions/board/outlook.ts',
    caughtBy: 'test/watch/watch.test.ts',
    faults: [
      ['every hold is in force', '.filter((h) => holdsAt(h.interval, at))', ''],
      ['unsound holds are none', '[...holds, ...unsound].sort()', 'holds.sort()', 'test/board/board.test.ts'],
    ],
  },
  {
    file: 'functions/watch/proposals.ts',
    caughtBy: 'test/watch/watch.test.ts',
    faults: [
      ['expired ones wait', ' && !isExpired(record, now)', ''],
      ['approving ones do not wait', "new Set(['open', 'approving'])", "new Set(['open'])"],
      [
        'uploading ones wait',
        "new Set(['open', 'approving'])",
        "new Set(['open', 'approving', 'uploading'])",
      ],
      ['unreadable ones do not wait', '    return true;\n', '    return false;\n'],
    ],
  },
  {
    file: 'functions/watch/handler.ts',
    caughtBy: 'test/watch/watch.test.ts',
    faults: [['a restored registry is not opened', 'acceptUnconfirmed: true', 'acceptUnconfirmed: false']],
  },
  {
    file: 'functions/commit-key/handler.ts',
    caughtBy: 'test/commit-key/handler.test.ts',
    faults: [
      ['any curve', "!PublicKey || KeySpec !== 'ECC_NIST_P384'", '!PublicKey'],
      ['no key', "!PublicKey || KeySpec !== 'ECC_NIST_P384'", "KeySpec !== 'ECC_NIST_P384'"],
      [
        'a refusal succeeds',
        "return { Status: 'FAILED', Reason: error instanceof",
        "return { Status: 'SUCCESS', Data: {} } as never; return { Status: 'FAILED', Reason: error instanceof",
      ],
      [
        'a content type breaks the signature',
        "{ 'content-type': '' }",
        "{ 'content-type': 'application/json' }",
      ],
      ['a refused answer is done', 'if (!response.ok)', 'if (false as boolean)'],
      ['deletion asks KMS', "if (event.RequestType === 'Delete')", 'if (false as boolean)'],
      ['the id changes on each update', 'event.PhysicalResourceId ?? ', ''],
    ],
  },
  {
    file: 'functions/board/draw-cliff.ts',
    caughtBy: 'test/board/drawing.test.ts',
    faults: [
      ['most lines', 'const MOST_LINES = 14', 'const MOST_LINES = 4'],
      ['endings first', '[...dark.slice(0, MOST_LINES), ...ends', '[...dark.slice(0, 3), ...ends'],
      ['hidden', 'hidden > 0', 'hidden > 1'],
      ['rest ignores endings', 'dark.length + endings.length - shown', 'dark.length - shown'],
      ['chips cut unsaid', 'dark.length > 18 ?', 'dark.length > 180 ?'],
      ['order', 'a.at - b.at).map', 'b.at - a.at).map'],
      ['nothing ends', 'cliff.dark.length + cliff.endings.length === 0', 'cliff.endings.length === 0'],
      ['least endings', 'Math.max(4, MOST_LINES - darkCount)', 'Math.max(0, MOST_LINES - darkCount)'],
      [
        'routes as networks',
        "dark.filter((d) => 'route' in d.subject)",
        "dark.filter((d) => 'network' in d.subject)",
      ],
      ['x unit', '(DAYS * DAY_MS)', '(DAYS * DAY_MS * 2)'],
      ['bars', "${bars.join('')}", ''],
      ['marks', "${marks.join('')}", ''],
    ],
  },
  {
    file: 'functions/board/draw-matrix.ts',
    caughtBy: 'test/board/drawing.test.ts',
    faults: [
      ['rows cut unsaid', 'left > 0', 'left > 9999'],
      ['rows cut by groups', '.flatMap((group) => group.rows).length', '.length'],
      ['most rows', 'rows.length <= MOST_ROWS', 'rows.length <= MOST_ROWS * 100'],
      ['soon lost', "endsSoon(cell, at) ? ' soon' : '';\n  const", "endsSoon(cell, at) ? '' : '';\n  const"],
      ['chips cut unsaid, drawn', 'may.length > CHIPS ?', 'may.length < CHIPS ?'],
      [
        'chips show denied',
        "const may = rows.filter((row) => row.cells[column]?.outcome === 'permit')",
        "const may = rows.filter((row) => row.cells[column]?.outcome !== 'permit')",
      ],
      [
        'count',
        "return rows.filter((row) => row.cells[column]?.outcome === 'permit').length",
        "return rows.filter((row) => row.cells[column]?.outcome !== 'deny').length",
      ],
      [
        'shared of another owner',
        'p.shared && p.label.markedBy === markedBy && p.label.frame === frame',
        'p.shared',
      ],
      ['none unsaid', 'may.length === 0 ?', 'may.length === 1 ?'],
      ['more names in group unsaid', "rows.length > named.length ? ' …' : ''", "''"],
      ['no profile', 'profiles.length === 0', 'profiles.length === 1'],
      ['link to next', 'link(row, i))];', 'link(row, i + 1))];'],
      ['legend', '!p.shared).map((p) => [p.short', 'p.shared).map((p) => [p.short'],
      ['shared column', 'carriers(networks, j, at)', 'carriers(networks, i, at)'],
      ['shared count', 'count(networks, j)', 'count(networks, i)'],
      [
        'routes as networks, drawn',
        'table(`${matrix.routes.length} routes`, matrix.routes)',
        'table(`${matrix.routes.length} routes`, matrix.networks)',
      ],
    ],
  },
  {
    file: 'functions/board/draw-question.ts',
    caughtBy: 'test/board/drawing.test.ts',
    faults: [
      ['changes cut unsaid', 'more > 0 ?', 'more > 99 ?'],
      ['bad', 'hop.reasons.length > 0', 'hop.reasons.length > 1'],
      ['alternates unsaid', 'hop.alternate ? html` <span', 'false ? html` <span'],
      ['general unsaid', 'general.length > 0', 'general.length > 1'],
      ['strip share', 'Math.min(s.to ?? end, end) - s.from', '(s.to ?? end) - s.from'],
      ['dark class', "s.outcome === 'permit' ? NOTHING", "s.outcome !== 'permit' ? NOTHING"],
      ['dominance', '${decision.dominance}', '${decision.outcome}'],
      ['end of strip', 'Math.max(YEAR_MS,', 'Math.min(YEAR_MS,'],
      ['from end', 's.from < end', 's.from <= end'],
    ],
  },
  {
    file: 'infra/local/identities.ts',
    caughtBy: 'test/local/identities.test.ts',
    faults: [
      ['caller reads registry', "http: ['/v1/decide', '/v1/best-path'", "http: ['/v1', '/v1/best-path'"],
      ['prefix', 'path.startsWith(`${prefix}/`)', 'path.startsWith(prefix)'],
      [
        'administrators decide',
        'const administers: Rights = { invoke: []',
        "const administers: Rights = { invoke: ['decide']",
      ],
      [
        'auditor purges',
        "'/v1/registry', '/v1/audit'] };",
        "'/v1/registry', '/v1/audit', '/v1/registry-purge'] };",
      ],
      ['one role', 'roleId: `AROALOCAL${key}`', "roleId: 'AROALOCAL'"],
      ['one session', "identity('approver', 'alex'", "identity('approver', 'pat'"],
      ['secret', 'secretAccessKey: `local-only-${name}`', "secretAccessKey: 'local-only'"],
      ['usa pair is one', "identity('usa-approver', 'ulysses'", "identity('usa-proposer', 'ulysses'"],
      ['any function', 'who.rights.invoke.includes(functionName)', 'who.rights.invoke.length > 0'],
    ],
  },
  {
    file: 'infra/local/proxy-event.ts',
    caughtBy: 'test/local/identities.test.ts',
    faults: [
      [
        'first header',
        'for (const [name, value] of entries) result[name] = value;',
        'for (const [name, value] of entries) result[name] ??= value;',
      ],
      ['all', 'values.push(value);', 'if (values.length === 0) values.push(value);'],
      ['no query', 'query.length > 0 ? lastOfEach(query) : null', 'lastOfEach(query)'],
      [
        'proto',
        'const result: Record<string, string> = Object.create(null)',
        'const result: Record<string, string> = {}',
      ],
      [
        'no body',
        "request.body.length > 0 ? request.body.toString('utf8') : null",
        "request.body.toString('utf8')",
      ],
      ['path parameters', '    pathParameters,\n', '    pathParameters: null,\n'],
      ['source', 'sourceIp: request.sourceIp', "sourceIp: '0.0.0.0'"],
    ],
  },
]);
