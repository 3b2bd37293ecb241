/** Faults between a caller's bytes and the answer, and in the line that records it. */
import { mutationsOf } from '../mutation.ts';

const DECIDING = 'test/doors/decision-doors.test.ts';
const ACCESS = 'test/doors/access-door.test.ts';
const TIME = 'test/doors/time.test.ts';
const LINE = 'test/decide/decision-line.test.ts';
const REFUSALS = 'test/decide/refusals.test.ts';
const SETTINGS = 'test/decide/settings.test.ts';
const SEARCHES = 'test/access/door.test.ts';
const PAGES = 'test/authzen/search-pages.test.ts';
const BINDING = 'test/authzen/binding.test.ts';
const CONFORMANCE = 'test/authzen/conformance.test.ts';
const GATEWAY = 'test/authzen/api-gateway.test.ts';
const BEST = 'test/access/best-path.test.ts';
const EXPLAIN = 'test/explain/explain.test.ts';

export const DOORS = mutationsOf('doors', [
  {
    file: 'functions/service/in-time.ts',
    caughtBy: TIME,
    faults: [
      ['no early answer', 'timeoutEarlyInMillis: KEPT_BACK_MS', 'timeoutEarlyInMillis: 0'],
      ['the early answer with Lambda’s last breath', 'KEPT_BACK_MS = 500', 'KEPT_BACK_MS = 5'],
      ['the early answer at once', 'KEPT_BACK_MS = 500', 'KEPT_BACK_MS = 900'],
      [
        'late findings are written',
        'isSent || console.log(line)',
        'console.log(line)',
        'test/service/http-door.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/decision/question-binding.ts',
    caughtBy: DECIDING,
    faults: [
      ['no answer names what was asked', '    ...(digest !== undefined && { digest }),\n', ''],
      [
        'an answer repeats any nonce',
        "matching(member(request, 'nonce'), NONCE)",
        "member(request, 'nonce') as string",
      ],
      [
        'an answer repeats any digest',
        "matching(member(member(request, 'message'), 'digest'), MESSAGE_DIGEST)",
        "member(member(request, 'message'), 'digest') as string",
      ],
      ['the digest of something like the text', 'Buffer.from(text)', 'Buffer.from(text.trim())'],
      [
        'what was no text has a digest',
        'return text === undefined ? {} : {',
        'return {',
        'test/doors/decision-doors.test.ts > text that says it is base64',
      ],
    ],
  },
  {
    file: 'functions/decide/guard.ts',
    caughtBy: DECIDING,
    faults: [['nonces do not come back', '      trace.question = boundTo(trace.question, value);\n', '']],
  },
  {
    file: 'functions/decide/direct.ts',
    caughtBy: DECIDING,
    faults: [['an invocation names no text', '    question: bindingOfText(text),\n', '']],
  },
  {
    file: 'functions/decide/http-door.ts',
    caughtBy: DECIDING,
    faults: [['an HTTP answer names no text', '      question: bindingOfText(text),\n', '']],
  },
  {
    file: 'functions/access/door.ts',
    caughtBy: ACCESS,
    faults: [
      [
        'an evaluation names no body',
        'recordingOf(options, arrival, question)',
        'recordingOf(options, arrival)',
      ],
    ],
  },
  {
    file: 'functions/access/pdp.ts',
    caughtBy: ACCESS,
    faults: [['what is no question of ours names none', 'boundTo(recording.trace.question, said)', '{}']],
  },
  {
    file: 'functions/decide/direct.ts',
    caughtBy: DECIDING,
    faults: [
      [
        'the early answer of an invocation permits',
        'tooLate: () => done(guard.outOfTime(trace))',
        'tooLate: () => done({ ...guard.outOfTime(trace), decision: true })',
        TIME,
      ],
      [
        'the early answer of an invocation is not written',
        'tooLate: () => done(guard.outOfTime(trace))',
        'tooLate: () => guard.outOfTime(trace)',
        TIME,
      ],
      [
        'a text is parsed by the runtime’s rules',
        'guard.decideText(text, trace)',
        'guard.decideValue(JSON.parse(text), trace)',
      ],
      ['the probe’s alias is not looked at', '    invokedFunctionArn: context.invokedFunctionArn,\n', ''],
      ['the request’s id is lost', '    requestId: context.awsRequestId,\n', ''],
      ['an invocation is not recorded', 'return done(text ===', 'return (text ==='],
      ['auditors’ explanations by invocation', "assembleGuard('codes')", "assembleGuard('full')"],
    ],
  },
  {
    file: 'functions/decide/http-door.ts',
    caughtBy: DECIDING,
    faults: [
      ['the status is always 200', 'jsonResult(statusOf(answer, reasons),', 'jsonResult(200,'],
      [
        'a refusal is a server error',
        'jsonResult(statusOf(answer, reasons),',
        'jsonResult(answer.decision ? 200 : 500,',
      ],
      [
        'the caller is what a header says',
        'event.requestContext?.identity?.userArn ?? undefined',
        "event.headers?.['x-caller']",
      ],
      [
        'the early answer is not written',
        'respond(done(outOfTime(trace)), trace)',
        'respond(outOfTime(trace), trace)',
        TIME,
      ],
    ],
  },
  {
    file: 'functions/decide/http.ts',
    caughtBy: DECIDING,
    faults: [
      ['every caller over HTTP is an auditor', "assembleGuard('codes')", "assembleGuard('full')"],
      [
        'a request over HTTP may name a member twice',
        'guard.decideText(text, trace)',
        "guard.decideValue(JSON.parse(text === '' ? 'null' : text), trace)",
      ],
    ],
  },
  {
    file: 'functions/service/http.ts',
    caughtBy: 'test/service/http-door.test.ts',
    faults: [
      ['base64 is not undone', 'isBase64Encoded === true ?', 'isBase64Encoded === undefined ?'],
      ['a body is undone that says it is text', 'isBase64Encoded === true ?', 'true ?'],
      [
        'an object is taken for a body',
        "if (typeof body !== 'string') return '';",
        "if (typeof body !== 'string') return JSON.stringify(body);",
      ],
      [
        'bytes that are not UTF-8 are replaced',
        "utf8(Buffer.from(body, 'base64'))",
        "Buffer.from(body, 'base64').toString('utf8')",
        'test/adversary/direct.test.ts',
      ],
      ['any text is an id', '/^[0-9A-Za-z-]{1,64}$/.test(id)', 'id.length > 0'],
    ],
  },
  {
    file: 'functions/registry/door.ts',
    caughtBy: 'test/service/http-door.test.ts',
    faults: [
      ['the request’s id is lost in the record', '...(requestId !== undefined && { requestId })', ''],
      ['what was done too late is written', '      write(JSON', '      console.log(JSON'],
      ['the answer is logged', '{ ...record, ...(requestId', '{ ...record, body, ...(requestId'],
      [
        'what ran out of time is called done',
        'return { status, body, record };',
        'return { status: 200, body, record };',
      ],
    ],
  },
  {
    file: 'functions/registry/http-request.ts',
    caughtBy: 'test/service/http-door.test.ts',
    faults: [
      [
        'bytes that are not UTF-8 are no body',
        "if (text === undefined) throw new Refusal('REQUEST_UNPARSABLE', 'the body is not UTF-8');",
        "if (text === undefined) return '';",
      ],
    ],
  },
  {
    file: 'functions/decide/status-of.ts',
    caughtBy: REFUSALS,
    faults: [
      ['an outage is the caller’s error', "=== 'invalid'", "!== 'policy'"],
      ['a decided answer can be the caller’s error', ' && answer.registry === undefined', ''],
      ['every reason has to be invalid', 'reasons.some(', 'reasons.every('],
    ],
  },
  {
    file: 'functions/decide/guard.ts',
    caughtBy: DECIDING,
    faults: [
      [
        'the lease starts after the read',
        'leaseEnds: registry.readStartedAt + options.leaseMs',
        'leaseEnds: clock() + options.leaseMs',
        TIME,
      ],
      [
        'the lease is given twice',
        'leaseEnds: registry.readStartedAt + options.leaseMs',
        'leaseEnds: registry.readStartedAt + 2 * options.leaseMs',
        TIME,
      ],
      [
        'the lease starts at the asked instant',
        'leaseEnds: registry.readStartedAt + options.leaseMs',
        'leaseEnds: registry.readStartedAt + 60_000',
        TIME,
      ],
      [
        'an answer is for the instant after the read',
        '      label,\n      at,\n',
        '      label,\n      at: clock(),\n',
        TIME,
      ],
      [
        'a hypothetical refusal is enforceable',
        'refuseWith(trace, code, { ...UNREAD, hypothetical })',
        'refuseWith(trace, code)',
      ],
      [
        'everybody may have full explanations',
        "explain === 'full' && options.mostExplained !== 'full'",
        "explain === 'full' && options.mostExplained === 'full'",
      ],
      [
        'everything is explained',
        "const explain = request.explain ?? 'codes';",
        "const explain = request.explain === 'full' ? 'full' : 'codes';",
      ],
      ['nothing is explained unless asked', "request.explain ?? 'codes'", "request.explain ?? 'none'"],
      ['a fault is read as an outage', ": 'INTERNAL_FAULT';", ": 'REGISTRY_UNAVAILABLE';", REFUSALS],
      [
        'running out of time is no reason',
        "refuseWith(trace, 'BUDGET_EXHAUSTED')",
        'refuse(trace, [])',
        TIME,
      ],
      [
        'no budget for the reading',
        'options.reader.open(wanted, AbortSignal.timeout(options.budgetMs))',
        'options.reader.open(wanted)',
        REFUSALS,
      ],
      ['refused reasons are not recorded', '    trace.reasons = reasons;\n', ''],
      ['decided reasons are not recorded', ' : decision.reasons;', ' : [];'],
      [
        'a permit that is over is recorded as one',
        'over ? [OUT_OF_TIME] : decision.reasons',
        'decision.reasons',
        TIME,
      ],
      ['what was read is not recorded', '    Object.assign(trace, registry.consumed());\n', ''],
      [
        'waivers are not recorded',
        '    trace.waivers = decision.waivers;\n',
        '',
        'test/decide/guard.test.ts > rests on a waiver',
      ],
      [
        'more than a door explains of another time is enforceable',
        "refuseWith(trace, 'EXPLAIN_NOT_GRANTED', { ...UNREAD, hypothetical })",
        "refuseWith(trace, 'EXPLAIN_NOT_GRANTED', UNREAD)",
        'test/decide/guard.test.ts > more than this door explains',
      ],
      [
        'a batch opens whatever it likes',
        'open(request.registry ?? {})',
        'open({})',
        'test/access/door.test.ts > one read of HEAD',
      ],
    ],
  },
  {
    file: 'functions/decide/one-head.ts',
    caughtBy: REFUSALS,
    faults: [
      ['a version not reached is good enough', '!(snapshot.version >= least)', '!(snapshot.version >= 0)'],
      ['the version asked for is not enough', 'snapshot.version >= least', 'snapshot.version > least'],
      ['every question reads HEAD', 'head ??= reader.open();', 'head = reader.open();'],
      ['exact versions are opened again', 'exact.set(wanted.exact, opened);', ''],
      [
        'an exact version becomes HEAD',
        'exact.get(wanted.exact) ?? reader.open(wanted)',
        'exact.get(wanted.exact) ?? reader.open()',
      ],
    ],
  },
  {
    file: 'functions/decide/store-reasons.ts',
    caughtBy: REFUSALS,
    faults: [
      [
        'a wrong signature is an outage',
        "SIGNATURE_INVALID: 'REGISTRY_INTEGRITY'",
        "SIGNATURE_INVALID: 'REGISTRY_UNAVAILABLE'",
      ],
      [
        'a missing object is an outage',
        "OBJECT_MISSING: 'REGISTRY_INTEGRITY'",
        "OBJECT_MISSING: 'REGISTRY_UNAVAILABLE'",
      ],
      [
        'an older HEAD is one behind',
        "VERSION_REGRESSION: 'REGISTRY_INTEGRITY'",
        "VERSION_REGRESSION: 'REGISTRY_BEHIND'",
      ],
      [
        'a restored registry is an outage',
        "LINEAGE_CHANGED: 'REGISTRY_HELD'",
        "LINEAGE_CHANGED: 'REGISTRY_UNAVAILABLE'",
      ],
      [
        'an empty registry is an outage',
        "HEAD_MISSING: 'REGISTRY_EMPTY'",
        "HEAD_MISSING: 'REGISTRY_UNAVAILABLE'",
      ],
      [
        'a refusing database is a fault',
        "STORE_REFUSED: 'REGISTRY_UNAVAILABLE'",
        "STORE_REFUSED: 'REGISTRY_INTEGRITY'",
      ],
    ],
  },
  {
    file: 'functions/decide/decision-class.ts',
    caughtBy: REFUSALS,
    faults: [
      ['a refusal without a reason is policy', "return worst ?? 'integrity';", "return worst ?? 'policy';"],
      ['an outage hides a fault', "  'integrity',\n  'unavailable',\n", "  'unavailable',\n  'integrity',\n"],
      [
        'policy hides a hold',
        "  'hold',\n  'invalid',\n  'policy',\n",
        "  'policy',\n  'hold',\n  'invalid',\n",
      ],
      [
        'a hypothetical fault is only hypothetical',
        "worst === 'integrity' || worst === 'unavailable'",
        "worst === 'unavailable'",
      ],
      ['what is not about now is counted as now', "if (!answer.enforceable) return 'hypothetical';", ''],
    ],
  },
  {
    file: 'functions/decide/decision-line.ts',
    caughtBy: LINE,
    faults: [
      [
        'the label in the line',
        '    dominance: answer.dominance,\n',
        '    dominance: answer.dominance,\n    ...(answer.label !== undefined && { seen: answer.label }),\n',
        DECIDING,
      ],
      [
        'the whole reasons in the line',
        '.map((r) => deciding(r, hidden))',
        '.map((r) => ({ ...r }))',
        DECIDING,
      ],
      [
        'a vendor in the reasons of the line',
        '    ...(rule !== undefined && { rule }),\n',
        '    ...(rule !== undefined && { rule }),\n    ...(reason.vendor !== undefined && { vendor: reason.vendor }),\n',
        DECIDING,
      ],
      ['a caller’s invented standard', '!hidden.has(s.id)', "!hidden.has('')"],
      ['a caller’s invented standard among the reasons', ' && !hidden.has(standard) && {', ' && {'],
      ['a mandate’s lost standard is hidden', "s.by === 'request' && unknown.has(s.id)", 'unknown.has(s.id)'],
      ['any caller’s text', "PRINCIPAL.test(caller) ? caller : 'unrecognised'", 'caller'],
      ['a caller that only ends like a principal', '/^arn:aws', '/arn:aws'],
      ['a request id of any form', 'gatewayIdOf(context.requestId)', 'context.requestId'],
      [
        'a hypothetical permit is counted',
        "const permit = cls === 'permit';",
        "const permit = cls === 'permit' || cls === 'hypothetical';",
      ],
      [
        'outages are counted as faults',
        "Faults: cls === 'integrity' ? 1 : 0",
        "Faults: cls === 'unavailable' ? 1 : 0",
      ],
      ['no fault is counted', "Faults: cls === 'integrity' ? 1 : 0", 'Faults: 0'],
      ['waived permits are not counted', 'trace.waivers.length > 0', 'trace.waivers.length > 1'],
      ['waived refusals are counted', 'WaivedPermits: permit && ', 'WaivedPermits: '],
      ['probes are counted as decisions', 'if (context.probe) return { ProbeDecisions: 1 };', '', DECIDING],
      ['probes are counted by class', 'return probe ? [all] :', 'return false ? [all] :', DECIDING],
      ['lists without an end', 'const MAX_LISTED = 32;', 'const MAX_LISTED = 33;'],
      [
        'reasons are counted after they are cut',
        'reasonCount: trace.reasons.length',
        'reasonCount: Math.min(MAX_LISTED, trace.reasons.length)',
      ],
      [
        'the codes are those of the answer',
        '[...new Set(trace.reasons.map((r) => r.code))]',
        '[...new Set(answer.reasons.map((r) => r.code))]',
        DECIDING,
      ],
      [
        'the lease is not recorded',
        '    ...(answer.useBy !== undefined && { useBy: answer.useBy }),\n',
        '',
        DECIDING,
      ],
    ],
  },
  {
    file: 'functions/decide/record.ts',
    caughtBy: REFUSALS,
    faults: [
      ['every answer of an invocation is written', '      if (isWritten) return answer;\n', ''],
      ['the time is that of the arrival', 'totalMs: now() - arrivedAt', 'totalMs: now()'],
      ['every alias is the probe’s', '=== PROBE_ALIAS', '!== undefined', DECIDING],
      [
        'the probe’s alias anywhere in the ARN',
        "arrival.invokedFunctionArn?.split(':')[7] === PROBE_ALIAS",
        '(arrival.invokedFunctionArn?.includes(PROBE_ALIAS) ?? false)',
        DECIDING,
      ],
    ],
  },
  {
    file: 'functions/decide/settings.ts',
    caughtBy: SETTINGS,
    faults: [
      ['a budget beyond the function’s', "'DECIDE_BUDGET_MS', 1, 28_000", "'DECIDE_BUDGET_MS', 1, 300_000"],
      ['a budget of nothing', "'DECIDE_BUDGET_MS', 1, 28_000", "'DECIDE_BUDGET_MS', 0, 28_000"],
      ['a build by any name', '/^sha256:[0-9a-f]{64}$/', '/^sha256:/'],
      [
        'the time to connect is that to read',
        "connectMs: whole(env, 'DYNAMODB_CONNECT_MS'",
        "connectMs: whole(env, 'DYNAMODB_READ_MS'",
      ],
    ],
  },
  {
    file: 'functions/environment.ts',
    caughtBy: SETTINGS,
    faults: [
      ['a lease of nothing', "'LEASE_SECONDS', 1, 300", "'LEASE_SECONDS', 0, 300"],
      ['a lease of an hour', "'LEASE_SECONDS', 1, 300", "'LEASE_SECONDS', 1, 3600"],
      ['a lease in milliseconds', "'LEASE_SECONDS', 1, 300) * 1000", "'LEASE_SECONDS', 1, 300)"],
      ['a bound that is not in', 'number <= most', 'number < most'],
      ['numbers by JavaScript’s rules', '/^\\d{1,6}$/.test(value) ?', "value !== '' ?"],
      ['an empty setting is one', "value === undefined || value === ''", 'value === undefined'],
    ],
  },
  {
    file: 'functions/store/store-settings.ts',
    caughtBy: SETTINGS,
    faults: [
      [
        'the two tables exchanged',
        "objects: required(env, 'OBJECTS_TABLE')",
        "objects: required(env, 'STATE_TABLE')",
      ],
      [
        'the floor is the state',
        "floor: required(env, 'FLOOR_TABLE')",
        "floor: required(env, 'STATE_TABLE')",
      ],
    ],
  },
  {
    file: 'functions/decide/parse-text.ts',
    caughtBy: DECIDING,
    faults: [
      ['a request of any size', 'maxBytes: MAX_REQUEST_BYTES', 'maxBytes: 16 * MAX_REQUEST_BYTES'],
      ['a request of any depth', 'maxDepth: MAX_REQUEST_DEPTH', 'maxDepth: MAX_REQUEST_DEPTH + 1'],
      [
        'a member named twice is only unparsable',
        "return 'REQUEST_DUPLICATE_KEY';",
        "return 'REQUEST_UNPARSABLE';",
      ],
    ],
  },
  {
    file: 'functions/metrics/names.ts',
    caughtBy: LINE,
    faults: [
      ['another namespace', "'Routeguard'", "'RouteGuard'"],
      ['the age of the registry in milliseconds', "RegistryAge: 'Seconds'", "RegistryAge: 'Milliseconds'"],
    ],
  },
  {
    file: 'functions/metrics/embedded.ts',
    caughtBy: LINE,
    faults: [
      ['values that are no numbers', 'Number.isFinite(values[name])', 'values[name] !== undefined'],
      ['dimensions without metrics', '        .filter(({ names }) => names.length > 0)\n', ''],
    ],
  },
  {
    file: 'functions/metrics/service-name.ts',
    caughtBy: SETTINGS,
    faults: [['a name of any form', '/^[A-Za-z0-9._-]{1,128}$/', '/^[^]{1,128}$/']],
  },
  {
    file: 'functions/explain/explain.ts',
    caughtBy: EXPLAIN,
    faults: [
      [
        'an explanation nobody asked for',
        "made?.input.request.explain !== 'full'",
        "made === undefined || made.input.request.explain === 'none'",
      ],
      [
        'a fault while explaining is a failure',
        '} catch {\n        return answer;',
        '} catch (error) {\n        throw error;',
      ],
      [
        'a member twice for auditors',
        'const parsed = parseRequestText(text);',
        'const parsed = { ok: true as const, value: JSON.parse(text) };',
      ],
      ['codes unless auditors ask for more', "explain: 'full' } : value", "explain: 'codes' } : value"],
    ],
  },
  {
    file: 'functions/explain/http.ts',
    caughtBy: DECIDING,
    faults: [
      ['auditors recorded as callers', "httpDoor('audit'", "httpDoor('http'"],
      ['auditors see what callers see', "assemble('full'", "assemble('codes'"],
    ],
  },
  {
    file: 'functions/access/authzen-decision.ts',
    caughtBy: ACCESS,
    faults: [
      [
        'a hypothetical permit is true',
        'decision: answer.decision,',
        'decision: (answer.hypothetical ?? answer).decision,',
      ],
      ['what would be decided is lost', 'hypothetical: hypotheticalOf(answer)', 'hypothetical: undefined'],
      ['the obligations are lost', 'return obligations.map(', 'return obligations.slice(0, 0).map('],
      ['the tunnel is not named', 'ref: o.ref, ', ''],
      ['the hours are lost', ', within_hours: o.withinHours', ''],
      ['the lease is lost', 'use_by: answer.useBy', 'use_by: undefined'],
      ['an evaluation names no question', '      question: answer.question,\n', ''],
      [
        'a misfit is permitted',
        'return { decision: false, context: { question, reason: { code: misfit',
        'return { decision: true, context: { question, reason: { code: misfit',
        SEARCHES,
      ],
      ['the waivers are not shown', '      waivers: answer.waivers,\n', ''],
    ],
  },
  {
    file: 'functions/access/authzen-request.ts',
    caughtBy: SEARCHES,
    faults: [
      ['any subject is a message', "request.subject.type !== 'message'", "request.subject.type === ''"],
      ['any action is to route', 'request.action.name !== ACTION', "request.action.name === ''"],
      ['a context with other members', "!hasOnly('context', request.context)", 'false'],
      [
        'what the caller can discharge is all there is',
        '...(supported_obligations !== undefined && { supportedObligations: supported_obligations })',
        '',
        ACCESS,
      ],
      ['the action’s protection is ignored', '...action.properties,', '', ACCESS],
    ],
  },
  {
    file: 'functions/access/search-question.ts',
    caughtBy: SEARCHES,
    faults: [
      ['a search about another time or version', 'if (isHypothetical(read.request))', 'if (false)'],
      [
        'a wrong question finds nothing',
        'throw new HttpProblem(400, sentenceOfMisfit(understood.misfit));',
        'return undefined;',
      ],
    ],
  },
  {
    file: 'functions/access/search.ts',
    caughtBy: SEARCHES,
    faults: [
      ['what is not denied is found', "outcome === 'permit')", "outcome !== 'deny')"],
      ['a page starts with the last of the page before', 'id > after', 'id >= after'],
      [
        'a page cut by time is all',
        '(hits.length >= window.limit || window.outOfTime())',
        'hits.length >= window.limit',
      ],
      ['the last network is left out', 'index < ids.length; index', 'index < ids.length - 1; index'],
      ['a hit lasts for ever', 'until = Math.min(until, validUntil ?? until);', '', TIME],
      ['routes for networks', 'catalogue.ids[type]', "catalogue.ids[type === 'route' ? 'network' : 'route']"],
    ],
  },
  {
    file: 'functions/access/listed.ts',
    caughtBy: SEARCHES,
    faults: [
      [
        'what may not is listed',
        'if (await may(candidate)) results.push(candidate);',
        'await may(candidate);\n    results.push(candidate);',
      ],
      ['a list cut by time is all', '(offset > 0 && outOfTime())', 'false'],
      [
        'a list goes on one too far',
        'next: String(start + offset)',
        'next: String(start + offset + 1)',
        'test/access/arrival.test.ts',
      ],
    ],
  },
  {
    file: 'functions/access/pdp.ts',
    caughtBy: SEARCHES,
    faults: [
      [
        'an unreadable registry is an empty list',
        "if (answer.registry === undefined && isUnanswered) throw new HttpProblem(500, 'the search failed');",
        '',
        ACCESS,
      ],
      [
        'candidates are found whatever is decided',
        'return decisionOf(answer).decision;',
        "return answer.outcome !== 'deny';",
      ],
      [
        'a failed search is not recorded',
        '      options.searched({',
        '      if (found !== undefined) options.searched({',
        ACCESS,
      ],
      [
        'a search cut short is recorded as complete',
        'found !== undefined && found.next === undefined',
        'found !== undefined',
      ],
      ['an evaluation is not recorded', '    recording.done(answer);\n', '', ACCESS],
      ['a batch reads HEAD for each item', 'recording.trace, open)', 'recording.trace)'],
    ],
  },
  {
    file: 'functions/access/door.ts',
    caughtBy: ACCESS,
    faults: [
      ['a caller nobody authenticated may ask', 'caller === undefined\n', 'caller === null\n'],
      ['anybody may compare paths', 'if (arrival.caller === undefined) {', 'if (arrival.caller === null) {'],
      ['paths may be compared by any method', "if (method !== 'POST')", "if (method === 'PATCH')"],
      ['pages belong to everybody', 'caller: { id: caller } }', "caller: { id: '' } }", SEARCHES],
      ['an outage is a wrong question', 'found.invalid ? 400 : 503', '400'],
      ['the early answer of a search is not written', 'else options.write(', 'else void (', TIME],
      [
        'the early answer is an empty page',
        "jsonResponse(500, 'the request took too long')",
        'jsonResponse(200, { results: [] })',
        TIME,
      ],
      ['an incomplete comparison is complete', 'complete: found.ok }', 'complete: true }'],
    ],
  },
  {
    file: 'functions/access/arrival.ts',
    caughtBy: 'test/access/arrival.test.ts',
    faults: [
      ['an empty identity is somebody', " && value !== '' ? value", ' ? value'],
      [
        'the authoriser is asked behind IAM',
        "case 'iam':\n      return textOf(context?.identity?.userArn);",
        "case 'iam':\n      return textOf(context?.identity?.userArn) ?? textOf(context?.authorizer?.principalId);",
      ],
      [
        'the signer is asked behind an authoriser',
        'return textOf(said?.principalId) ?? textOf(said?.claims?.sub);',
        'return textOf(said?.principalId) ?? textOf(context?.identity?.userArn);',
      ],
      ['the path is what was typed', 'path: event.resource,', 'path: event.path,'],
      [
        'the identifier is what the request says',
        'settings.identifier ?? addressOf(event)',
        'addressOf(event)',
      ],
    ],
  },
  {
    file: 'functions/access/settings.ts',
    caughtBy: SETTINGS,
    faults: [
      ['an identifier without TLS', '/^https:', '/^https?:'],
      [
        'any word says who asks',
        "callerFrom !== 'iam' && callerFrom !== 'authorizer'",
        "callerFrom === 'none'",
      ],
      ['the authoriser unless said', "?? 'iam'", "?? 'authorizer'"],
    ],
  },
  {
    file: 'functions/access/page-key.ts',
    caughtBy: SETTINGS,
    faults: [
      [
        'deployments share their pages',
        '[settings.founders, objects, state]',
        '[settings.founders, objects]',
      ],
    ],
  },
  {
    file: 'functions/access/best-path.ts',
    caughtBy: BEST,
    faults: [
      [
        'not denied is permitted',
        "const permitted = outcome === 'permit';",
        "const permitted = outcome !== 'deny';",
      ],
      [
        'a comparison cut short by time',
        "stopAt) return refusal(false, [{ code: 'BUDGET_EXHAUSTED' }]);",
        'stopAt) break;',
      ],
      ['a path that is over is permitted', '!(options.clock() < until)', 'false', TIME],
      ['another time is now', 'current: !isHypothetical(rest)', 'current: true'],
      ['a hypothetical path is permitted', 'isHypothetical(input.request),', 'false,'],
      [
        'the most to repair first',
        'a.repairs.length - b.repairs.length',
        'b.repairs.length - a.repairs.length',
      ],
      [
        'what may not be all of it first',
        'Number(b.repairsComplete) - Number(a.repairsComplete)',
        'Number(a.repairsComplete) - Number(b.repairsComplete)',
      ],
      [
        'a fault is thrown',
        "refusal(classOfReason(code) === 'invalid', [{ code }])",
        'refusal(true, [{ code }])',
        ACCESS,
      ],
    ],
  },
  {
    file: 'functions/authzen/page-token.ts',
    caughtBy: PAGES,
    faults: [
      ['a seal of the right length is enough', ' || !timingSafeEqual(given, expected)', ''],
      [
        'a seal that binds no request',
        'bound: string): Buffer {',
        "_bound: string): Buffer {\n    const bound = '';",
      ],
      ['a token with more in it', ' || rest.length > 0', ''],
      ['a key of any length', 'key.byteLength < 32', 'key.byteLength < 1'],
    ],
  },
  {
    file: 'functions/authzen/search.ts',
    caughtBy: PAGES,
    faults: [
      ['pages of another caller', 'stableText([api, caller, rest])', 'stableText([api, rest])'],
      ['pages of another search', 'stableText([api, caller, rest])', 'stableText([caller, rest])'],
      ['pages of another question', 'stableText([api, caller, rest])', 'stableText([api, caller])'],
      [
        'a foreign token asks for the first page',
        "if (position === null) throw new HttpProblem(400, 'page.token is not for this request');",
        'if (position === null) return { limit: limit ?? defaultLimit };',
      ],
      ['pages as large as one likes', 'Math.min(asked.limit, maxLimit)', 'asked.limit'],
      [
        'a partial answer without a page',
        'if (asked === undefined && next === null)',
        'if (asked === undefined)',
      ],
      [
        'results of another type',
        "if (!read.success) throw new HttpProblem(500, 'the search failed');\n  return read.data;",
        'return read.success ? read.data : [];',
        BINDING,
      ],
    ],
  },
  {
    file: 'functions/authzen/evaluations.ts',
    caughtBy: CONFORMANCE,
    faults: [
      ['a deny does not stop a batch', 'deny_on_first_deny: false', 'deny_on_first_deny: null'],
      ['a permit does not stop a batch', 'permit_on_first_permit: true', 'permit_on_first_permit: null'],
      ['the first deny stops every batch', 'execute_all: null', 'execute_all: false'],
      ['the semantic is not looked at', 'STOPS_AFTER[semantic]', "STOPS_AFTER['execute_all']"],
      [
        'an item that fails is left out',
        '    decisions.push(one);\n',
        "    if (one.context?.['error'] === undefined) decisions.push(one);\n",
      ],
      [
        'an item that fails is permitted',
        'return { decision: false, context: { error',
        'return { decision: true, context: { error',
      ],
      ['defaults over items', '{ ...defaults, ...item }', '{ ...item, ...defaults }'],
    ],
  },
  {
    file: 'functions/authzen/evaluation.ts',
    caughtBy: BINDING,
    faults: [
      [
        'an answer that is none',
        "if (!read.success) throw new HttpProblem(500, 'the evaluation failed');\n  return read.data;",
        'return read.success ? read.data : { decision: true };',
      ],
    ],
  },
  {
    file: 'functions/authzen/binding.ts',
    caughtBy: BINDING,
    faults: [
      [
        'nobody is turned away',
        "throw new HttpProblem(403, 'this caller may not ask');",
        "return { id: '' };",
      ],
      ['a challenge nobody sees', ", { 'www-authenticate': admission.challenge }", ''],
      [
        'the body before the caller',
        'const caller = await admitted(request, options);\n',
        'readProtocolBody(request, settings.limits);\n  const caller = await admitted(request, options);\n',
      ],
      ['bodies of any size', 'options.maxBytes ?? 1_048_576', 'options.maxBytes ?? 1e9', CONFORMANCE],
      [
        'batches of any size',
        'options.maxEvaluations ?? 1_000',
        'options.maxEvaluations ?? 1_001',
        CONFORMANCE,
      ],
      [
        'a failure tells its message',
        "new HttpProblem(500, 'the request could not be processed')",
        'new HttpProblem(500, String(error))',
      ],
    ],
  },
  {
    file: 'functions/authzen/read-body.ts',
    caughtBy: CONFORMANCE,
    faults: [
      ['any content type', "if (type !== 'application/json') return false;", ''],
      ['any charset', '/^"?utf-?8"?$/', '/./'],
      [
        'a list is an object',
        " || Array.isArray(value)) {\n    throw new HttpProblem(400, 'the body must",
        ") {\n    throw new HttpProblem(400, 'the body must",
        'test/authzen/hostile-bodies.test.ts',
      ],
      [
        'the caller’s names in errors',
        'foreign === -1 ? path.length : foreign',
        'path.length',
        'test/authzen/hostile-bodies.test.ts',
      ],
    ],
  },
  {
    file: 'functions/authzen/exchange.ts',
    caughtBy: GATEWAY,
    faults: [
      ['answers may be kept', ", 'cache-control': 'no-store'", ''],
      ['answers may be kept for a second', "'no-store'", "'max-age=1'", DECIDING],
      ['the answer is another content type', "'application/json'", "'text/json'", DECIDING],
    ],
  },
  {
    file: 'functions/authzen/api-gateway.ts',
    caughtBy: GATEWAY,
    faults: [
      [
        'bytes that are no text are replaced',
        'fatal: true',
        'fatal: false',
        'test/authzen/hostile-bodies.test.ts',
      ],
      ['base64 is not undone before AuthZEN', 'isBase64Encoded\n', 'isBase64Encoded === undefined\n'],
    ],
  },
  {
    file: 'functions/authzen/request-id.ts',
    caughtBy: BINDING,
    faults: [
      ['a request id that ends a header', '/^[\\x20-\\x7e]{0,256}$/', '/^[^]{0,256}$/'],
      ['a request id of any length', '{0,256}$/', '*$/'],
    ],
  },
  {
    file: 'functions/authzen/discovery.ts',
    caughtBy: BINDING,
    faults: [
      [
        'what is not offered is announced',
        'apis.map((api) => [',
        '(Object.keys(APIS) as Api[]).map((api) => [',
      ],
      [
        'announced for every tenant',
        'return path === WELL_KNOWN ||',
        'return path.startsWith(WELL_KNOWN) ||',
      ],
    ],
  },
  {
    file: 'functions/authzen/page-token.ts',
    caughtBy: PAGES,
    faults: [
      ['half a seal is a failure', 'given.byteLength !== expected.byteLength', 'given.byteLength === 0'],
    ],
  },
  {
    file: 'functions/authzen/search.ts',
    caughtBy: PAGES,
    faults: [
      ['an empty token is a foreign one', " || asked.token === ''", ''],
      ['what is not shown is counted', 'count: results.length', 'count: sound.length'],
      ['every page is the first', ', ...(cursor === undefined ? {} : { cursor })', ''],
    ],
  },
  {
    file: 'functions/authzen/calls.ts',
    caughtBy: PAGES,
    faults: [
      ['pages of subjects for resources', "api: 'subject-search'", "api: 'resource-search'"],
      ['pages of actions for resources', "api: 'action-search'", "api: 'resource-search'"],
    ],
  },
  {
    file: 'functions/authzen/binding.ts',
    caughtBy: BINDING,
    faults: [
      ['bodies a level deeper', 'options.maxDepth ?? 32', 'options.maxDepth ?? 33', CONFORMANCE],
      ['larger pages', 'options.maxLimit ?? 1_000', 'options.maxLimit ?? 1_001'],
      ['no evaluation unless offered', "['evaluation', ...(options", '[...(options'],
    ],
  },
  {
    file: 'functions/authzen/evaluations.ts',
    caughtBy: BINDING,
    faults: [['the default context is lost', '...(context === undefined ? {} : { context }),', '']],
  },
  {
    file: 'functions/authzen/read-body.ts',
    caughtBy: CONFORMANCE,
    faults: [
      ['a charset like UTF-8', '/^"?utf-?8"?$/', '/utf-?8/'],
      ['some parameter is acceptable', 'parameters.every(', 'parameters.length === 0 || parameters.some('],
    ],
  },
  {
    file: 'functions/authzen/exchange.ts',
    caughtBy: GATEWAY,
    faults: [['a header without a value', 'value !== undefined && key', 'key']],
  },
  {
    file: 'functions/authzen/api-gateway.ts',
    caughtBy: GATEWAY,
    faults: [['a mark before the text is dropped', 'ignoreBOM: true', 'ignoreBOM: false']],
  },
  {
    file: 'functions/authzen/node-http.ts',
    caughtBy: BINDING,
    faults: [
      [
        'a body is cut short',
        "length <= maxBytes ? Buffer.concat(chunks) : 'too-large'",
        'Buffer.concat(chunks)',
        'test/authzen/hostile-bodies.test.ts',
      ],
      ['a body of the most is cut', 'if (length <= maxBytes) chunks', 'if (length < maxBytes) chunks'],
      ['the query is part of the path', "(incoming.url ?? '').split('?', 1)[0] ?? ''", "incoming.url ?? ''"],
    ],
  },
  {
    file: 'functions/authzen/discovery.ts',
    caughtBy: BINDING,
    faults: [
      ['an identifier with a slash', " || identifier.endsWith('/')", ''],
      ['an identifier with a fragment', " || url.hash !== ''", ''],
    ],
  },
  {
    file: 'functions/access/listed.ts',
    caughtBy: 'test/access/arrival.test.ts',
    faults: [
      [
        'a position anywhere in a cursor',
        '/^\\d{1,6}$/.test(cursor) ? Number(cursor)',
        '/\\d{1,6}/.test(cursor) ? Number.parseInt(cursor, 10)',
      ],
    ],
  },
  {
    file: 'functions/access/catalogue.ts',
    caughtBy: 'test/access/freshness.test.ts',
    faults: [['the catalogue of any version', '({ digest }) => digest', "() => ''"]],
  },
  {
    file: 'functions/access/pdp.ts',
    caughtBy: SEARCHES,
    faults: [
      [
        'carriers of a version not reached',
        'const read = readableLabel(request, at);\n    const catalogue = await catalogueOf(await open(request.registry ?? {}));',
        'const read = readableLabel(request, at);\n    const catalogue = await catalogueOf(await open({}));',
      ],
      [
        'pages that take longer',
        'options.clock() + options.searchMs',
        'options.clock() + 100 * options.searchMs',
      ],
      ['subjects noted as actions', "noted('subject'", "noted('action'"],
      [
        'a published marking without its nation',
        '({ id, ...properties })',
        '({ id, originator: _, ...properties })',
      ],
    ],
  },
  {
    file: 'functions/access/door.ts',
    caughtBy: SEARCHES,
    faults: [['paths that take longer', 'budgetMs: options.searchMs', 'budgetMs: 100 * options.searchMs']],
  },
  {
    file: 'functions/access/pdp.ts',
    caughtBy: 'test/access/door.test.ts',
    faults: [
      [
        'a search over a damaged registry is an empty list',
        "classOfReason(code) !== 'invalid'",
        "classOfReason(code) === 'unavailable'",
      ],
    ],
  },
  {
    file: 'functions/access/arrival.ts',
    caughtBy: 'test/access/arrival.test.ts',
    faults: [['any path is the resource’s', 'path.endsWith(event.resource)', 'true']],
  },
]);
