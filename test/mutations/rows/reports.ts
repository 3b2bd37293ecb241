/** Faults in the change record, in clients and in scenarios. */
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: faults in code that has templates
import { mutationsOf } from '../mutation.ts';

const WORDS = 'test/core/facts/words.test.ts';
const CHANGE_WORDS = 'test/core/administration/change-words.test.ts';
const LOOSENING = 'test/core/administration/loosening.test.ts';
const CONTRADICTIONS = 'test/core/administration/contradictions.test.ts';

export const REPORTS = mutationsOf('reports', [
  {
    file: 'functions/core/facts/words/plain-words.ts',
    caughtBy: WORDS,
    faults: [
      [
        'words: a member is left out',
        'value === undefined ? [] :',
        "value === undefined || name === 'judged' || name === 'product' ? [] :",
      ],
      ['words: the last day is not said', '`until ${to}`', "'until its end'"],
      ['words: a zone is not said', ' (${zone})', ''],
    ],
  },
  {
    file: 'functions/core/facts/words/assessment-words.ts',
    caughtBy: WORDS,
    faults: [['words: a refusal reads as trust', "'not-trusted': 'NOT TRUSTED'", "'not-trusted': 'TRUSTED'"]],
  },
  {
    file: 'functions/core/facts/words/fact-words.ts',
    caughtBy: WORDS,
    faults: [['words: whose word it is, unsaid', '`, on the word of ${by}`', "''"]],
  },
  {
    file: 'functions/core/administration/change-words.ts',
    caughtBy: CHANGE_WORDS,
    faults: [
      ['words: what rises falls', 'is > was ?', 'is < was ?'],
      [
        'words: what grows loses',
        'return was === undefined ? `${what} grows',
        'return was !== undefined ? `${what} grows',
      ],
      ['words: later is sooner', 'return after > before ?', 'return after < before ?'],
      ['words: for ever is sooner', "if (is === null) return 'later';", "if (is === null) return 'sooner';"],
    ],
  },
  {
    file: 'functions/core/administration/operation-words.ts',
    caughtBy: CHANGE_WORDS,
    faults: [
      [
        'words: what ends says nothing',
        '`it said: ${gist}`, ...details],\n  };\n}\n\nfunction unknown',
        "'it ends'],\n  };\n}\n\nfunction unknown",
      ],
    ],
  },
  {
    file: 'functions/core/administration/contradictions.ts',
    caughtBy: CONTRADICTIONS,
    faults: [
      ['contradictions: an id may lie', '...idContradicts(each, words),', ''],
      ['contradictions: a name may lie', '...nameContradicts(each, words),', ''],
      ['contradictions: a nation in an id may lie', '...ownerContradicts(each),', ''],
      ['contradictions: a fact may be moved', '...moved(each, words),', ''],
      ['contradictions: a vendor may be renamed', '...renamed(each),', ''],
      ['contradictions: a name may read like another', '...misread(each, words),', ''],
    ],
  },
  {
    file: 'functions/core/administration/told.ts',
    caughtBy: CONTRADICTIONS,
    faults: [
      [
        'contradictions: what a fact was about it is about',
        '[...new Set([key, ...named(fact)])]',
        '[...new Set([key, ...named(fact), ...named(current)])]',
      ],
      ['contradictions: what a fact was about is not touched', '...about, ...named(current)', '...about'],
      [
        'contradictions: names are held against names as they are',
        '[key, skeletonOf(name)] as const',
        '[key, name] as const',
      ],
    ],
  },
  {
    file: 'functions/core/administration/moves.ts',
    caughtBy: CONTRADICTIONS,
    faults: [
      ['moves: of a subject', '|standard|subject)', '|standard)'],
      ['moves: of a network', '|hold|network|', '|hold|'],
      ['moves: of whose word', '(authority|', '('],
      ['moves: of an owner', "['owner', member(fact, 'owner')],", ''],
      ['moves: of a stop of everything', "member(scope, 'everything') === true ? 'everything' : ", ''],
      [
        'moves: another of a list is one',
        '(?:network|protection|vendor))?$/',
        '(?:network|protection|vendor))?/',
        CONTRADICTIONS,
      ],
      [
        'moves: what became of it is not told',
        'away.length === 0',
        'away.length >= 0',
        'test/cli/first-screen.test.ts',
      ],
    ],
  },
  {
    file: 'functions/core/administration/look-alikes.ts',
    caughtBy: CONTRADICTIONS,
    faults: [
      [
        'look-alikes: wide letters are others',
        ".normalize('NFKC'));\n}\n\nfunction inLatin",
        ');\n}\n\nfunction inLatin',
      ],
      ['look-alikes: Greek ones', 'N\\u039d O', 'O'],
      ['look-alikes: Cyrillic ones', 'T\\u03a4\\u0422', 'T\\u03a4'],
      ['look-alikes: alphabets are mixed', '.length > 1)', '.length > 2)'],
      ['look-alikes: a word of one alphabet', '.length > 1)', '.length > 0)'],
    ],
  },
  {
    file: 'functions/core/administration/name-contradictions.ts',
    caughtBy: CONTRADICTIONS,
    faults: [
      ['look-alikes: a name reads like itself', 'factKey(each) !== own', 'true'],
      [
        'look-alikes: what is spelled out is misread',
        'strangers.some((each) => plain.has(factKey(each)))',
        'false',
      ],
      ['names: the same is another', 'was === is || ', ''],
      [
        'names: of a network alone',
        "'network', 'vendor']);\n\nexport function renamed",
        "'network']);\n\nexport function renamed",
      ],
    ],
  },
  {
    file: 'functions/core/administration/renewals.ts',
    caughtBy: CONTRADICTIONS,
    faults: [
      [
        'renewals: by a correction',
        "operation.op === 'replace' ? [current ?? {}]",
        "operation.op === 'replace' ? [fact]",
      ],
      ['renewals: assessed again', 'again\\b', 'agains\\b'],
      [
        'renewals: what nobody looked for is found',
        'before?.some((each) => isRenewal(each, fact))',
        'before?.some((each) => isRenewal(each, fact)) !== false',
      ],
    ],
  },
  {
    file: 'functions/core/administration/reason-contradictions.ts',
    caughtBy: CONTRADICTIONS,
    faults: [
      [
        'contradictions: a reason may be misread',
        '...misreadIn(reason, words).map',
        '...misreadIn(reason, words).slice(0, 0).map',
      ],
      ['contradictions: a reason may speak of others', '...unfounded.map', '...unfounded.slice(0, 0).map'],
      ['contradictions: a reason need not name the vendor', '...unnamedByReason(each, vendors, words),', ''],
      ['contradictions: anything is renewed', '...renewsNothing(reason, each, earlier, words),', ''],
      ['contradictions: what loosens may be called tightening', '...loosensThough(reason, each),', ''],
    ],
  },
  {
    file: 'functions/core/administration/loosening.ts',
    caughtBy: LOOSENING,
    faults: [
      ['loosening: a later end', 'isLater) return undefined', '!isLater) return undefined'],
      ['loosening: of a beginning as of an end', "const isEnd = path === 'valid/to';", 'const isEnd = true;'],
      ['loosening: of what refuses as of what permits', "bearing === 'less' || (", '('],
      ['loosening: of a judgement against as of one for', "polarityOf(after) === 'adverse');", 'false);'],
      [
        'loosening: what moves either way is said of one only',
        "if (bearing === 'either') return mayLoosen(moved);",
        '',
      ],
      ['loosening: backwards', 'direction === bearing ?', 'direction !== bearing ?'],
      [
        'loosening: what cannot be measured is none',
        'return mayLoosen(changed(change));\n  const moved',
        'return undefined;\n  const moved',
      ],
      ['loosening: an order is none', '&& !ORDERED.has(path)', ''],
      ['loosening: any order is', "direction === 'order' && !ORDERED.has(path)", 'false'],
      ['loosening: what cannot be read is compared', ' || !readingOf(before).sound', ''],
      ['loosening: a refusal turned', "return alike('turns a refusal into a grant')", 'return undefined'],
      ['loosening: an unread citation dropped', '!isBest(was)', 'false'],
      ['loosening: a citation said to be read', '&& is === true)', '&& is === false)'],
      [
        'loosening: what may stands before what does',
        '[...found.filter(({ isKnown }) => isKnown), ...',
        '[...found, ...',
      ],
      ['loosening: from what to what', ' from ${was} to ${is}', ''],
      ['loosening: from one digest to another', 'each.length <= SHORT', 'each.length > 0'],
      [
        'loosening: who it is makes another way',
        'way: `changes ${path}` };',
        'way: `changes ${name} from ${was} to ${is}` };',
        'test/cli/in-short.test.ts',
      ],
      ['loosening: one way hides another', "way: ways.join('; ')", "way: ways[0] ?? ''"],
      ['loosening: more is not told, unsaid', 'phrases.length > MOST_PHRASES ?', 'phrases.length > 1e6 ?'],
      ['loosening: a level of another frame', 'levelRank(frame, String(is))', "levelRank('UK', String(is))"],
      [
        'loosening: the end of a stop',
        "polarityOf(current) === 'adverse'",
        "polarityOf(current) === 'favourable'",
        CONTRADICTIONS,
      ],
    ],
  },
  {
    file: 'functions/core/administration/bearings.ts',
    caughtBy: LOOSENING,
    faults: [
      ['bearings: a wider audience only restricts', "audience: 'either'", "audience: 'less'"],
      ['bearings: a narrower audience only restricts', "audience: 'either'", "audience: 'more'"],
      ['bearings: fewer standards', "standards: 'less'", "standards: 'more'"],
      ['bearings: more accreditors', "accreditors: 'more'", "accreditors: 'less'"],
      ['bearings: what is not read is accepted', "acceptUnverified: 'more'", "acceptUnverified: 'less'"],
      ['bearings: a lower level is judged', "'from/level': 'less'", "'from/level': 'more'"],
      ['bearings: less equipment', "'inventory/deployments': 'less'", "'inventory/deployments': 'more'"],
      [
        'bearings: an inventory said to be whole',
        "'inventory/complete': 'more'",
        "'inventory/complete': 'nothing'",
      ],
      [
        'bearings: another subject',
        "accreditation: {\n    authority: 'either',\n    subject: 'either'",
        "accreditation: {\n    authority: 'either',\n    subject: 'nothing'",
      ],
      ['bearings: another path', "hops: 'either'", "hops: 'nothing'"],
      ['bearings: another assurance', "assurance: 'either'", "assurance: 'nothing'"],
      ['bearings: fewer rules', "rules: 'less'", "rules: 'more'"],
      ['bearings: a lower threshold', "passAt: 'less'", "passAt: 'more'"],
      ['bearings: fewer owners', "ownedBy: 'less'", "ownedBy: 'more'"],
      ['bearings: controls', "'carries/controls': 'more'", "'carries/controls': 'less'"],
      ['bearings: another jurisdiction', "jurisdiction: 'either'", "jurisdiction: 'nothing'"],
      [
        'bearings: a narrower scope of what refuses',
        "reach: 'either',\n    scope: 'either'",
        "reach: 'either',\n    scope: 'nothing'",
      ],
      [
        'bearings: what nobody listed is none',
        "=== 'nothing' ? 'nothing' : 'either'",
        "=== 'nothing' ? 'nothing' : 'nothing'",
      ],
    ],
  },
  {
    file: 'functions/core/facts/citation-words.ts',
    caughtBy: 'test/core/administration/change-report.test.ts',
    faults: [
      ['change-report: unverified unsaid', "unverified: ' (not verified)'", "unverified: ''"],
      ['change-report: report unsaid', "secondary: ' (by report)'", "secondary: ''"],
      [
        'change-report: what is not plainly said is better',
        'member(source, name) === true',
        'member(source, name) !== false',
      ],
    ],
  },
  {
    file: 'functions/core/administration/change-report.ts',
    caughtBy: 'test/core/administration/change-report.test.ts',
    faults: [
      [
        'change-report: effect turned',
        "isRestrictOnly(operation, current) ? 'only restricts' : 'could permit'",
        "isRestrictOnly(operation, current) ? 'could permit' : 'only restricts'",
      ],
      [
        'change-report: state before',
        'differences(current, operation.fact)',
        'differences(operation.fact, operation.fact)',
      ],
      ['change-report: sources of the ending', 'sourcesText({ sources: operation.ending })', "''"],
      [
        'change-report: unreadable unsaid',
        "sim.unreadable.length === 0 ? ''",
        "sim.unreadable.length >= 0 ? ''",
      ],
      [
        'change-report: base',
        "base === null ? 'none: the first version'",
        "base !== null ? 'none: the first version'",
      ],
      [
        'change-report: digest of flips',
        '<dt>Flips</dt><dd><code>${sim.flipsDigest}</code></dd>',
        '<dt>Flips</dt><dd><code>${record.proposal}</code></dd>',
      ],
      ['change-report: author', '<dt>Author</dt><dd>${record.author}', '<dt>Author</dt><dd>'],
      ['change-report: the page has tables and no sentences', '${record.said.map(saidSection)}', ''],
      ['change-report: a contradiction is a line as any', '/^ *! /.test(line)', 'line === ""'],
      ['change-report: approver', "${signature('Approver')}", ''],
      ['change-report: markings', '${sim.markings.map((m) => html`<li>${m}</li>`)}', ''],
      ['change-report: forecast until', 'goes dark by ${forecast.until}', 'goes dark by ${forecast.at}'],
    ],
  },
  {
    file: 'functions/core/administration/flip-tables.ts',
    caughtBy: 'test/core/administration/change-report.test.ts',
    faults: [
      ['flip-tables: before and after', '${f.before} → ${f.after}', '${f.after} → ${f.before}'],
      ['flip-tables: when', '${timeInWords(f)}', ''],
      ['flip-tables: rests on nothing', "${f.restsOn.join(' ')}", ''],
      ['flip-tables: obligations unsaid', 'f.obliges.length === 0', 'f.obliges.length >= 0'],
      ['flip-tables: conditions unsaid', "asked === ''", "asked !== ''"],
      ['flip-tables: because', '${because}', ''],
      ['flip-tables: number', '<tr><td class="n">${f.number}</td>', '<tr><td class="n"></td>'],
      ['flip-tables: counts', 'sum + flips.length, 0', 'sum, 0'],
      ['flip-tables: names', '<code>${name}</code>', ''],
    ],
  },
  {
    file: 'functions/core/administration/record-page.ts',
    caughtBy: 'test/core/administration/change-report.test.ts',
    faults: [
      ['record-page: scripts', "default-src 'none'; style-src", "default-src 'self'; style-src"],
      ['record-page: forms', "; form-action 'none'", ''],
      ['record-page: title', '${escapeHtml(title)}', '${title.slice(1)}'],
    ],
  },
  {
    file: 'functions/core/facts/taxonomy.ts',
    caughtBy: 'test/core/rules/',
    faults: [
      ['taxonomy: antenna', '  ANTENNA: RADIO,\n', '  ANTENNA: FIXED,\n'],
      [
        'taxonomy: uk critical transport',
        "['transport', true, 'high', true, 'no', 'transmission']",
        "['transport', false, 'high', true, 'no', 'transmission']",
      ],
      [
        'taxonomy: eu radio',
        "const RADIO: Row = ['access-mobile', false, 'high', true",
        "const RADIO: Row = ['access-mobile', false, 'moderate', true",
      ],
      [
        'taxonomy: se fixed',
        "['access-fixed', false, 'high', false, 'no', 'transmission']",
        "['access-fixed', false, 'high', true, 'no', 'transmission']",
      ],
      [
        'taxonomy: de management',
        "['management', true, 'high', true, 'management', 'control']",
        "['management', true, 'high', true, 'no', 'control']",
      ],
      ['taxonomy: voice', "VOICE: Row = ['voice', true", "VOICE: Row = ['voice', false"],
      ['taxonomy: probe', "PROBE: ['security', true", "PROBE: ['security', false"],
      ['taxonomy: sms', "MESSAGING: Row = ['messaging', true", "MESSAGING: Row = ['messaging', false"],
      ['taxonomy: hub', "'A2P-HUB': MESSAGING", "'A2P-HUB': INTERCONNECT"],
      ['taxonomy: mano', 'MANO: VIRTUAL', 'MANO: MANAGEMENT'],
    ],
  },
  {
    file: 'client/route-guard.ts',
    caughtBy: 'test/client/route-guard.test.ts',
    faults: [
      [
        'route-guard: earns per attempt',
        '    retryBudget.earn();\n    for (let attempt = 1; ; attempt += 1) {',
        '    for (let attempt = 1; ; attempt += 1) {\n      retryBudget.earn();',
      ],
      [
        'route-guard: wait beyond',
        'surroundings.monotonic() + wait >= deadline',
        'surroundings.monotonic() >= deadline',
      ],
      [
        'route-guard: wait equal',
        'surroundings.monotonic() + wait >= deadline',
        'surroundings.monotonic() + wait > deadline',
      ],
      ['route-guard: no wait', 'await surroundings.sleep(wait);', ''],
      [
        'route-guard: wall only',
        'surroundings.now() < useBy && surroundings.monotonic() - started < lasts',
        'surroundings.now() < useBy',
      ],
      [
        'route-guard: monotonic only',
        'surroundings.now() < useBy && surroundings.monotonic() - started < lasts',
        'surroundings.monotonic() - started < lasts',
      ],
      [
        'route-guard: inclusive',
        'surroundings.now() < useBy && surroundings',
        'surroundings.now() <= useBy && surroundings',
      ],
      [
        'route-guard: lease not looked at',
        "      if (!current()) return refusal('lease-expired', { evaluationId });\n",
        '',
      ],
      [
        'route-guard: retries any after',
        "result.kind === 'unavailable' || result.cause === 'denied'",
        "result.kind === 'unavailable' || result.retry === 'after'",
      ],
      [
        'route-guard: denied never again',
        "result.kind === 'unavailable' || result.cause === 'denied'",
        "result.kind === 'unavailable'",
      ],
      ['route-guard: aborted signal', "if (signal.aborted) return { kind: 'timed-out' };\n    // A", '// A'],
      ['route-guard: handlers sorted', 'Object.keys(obligations).sort()', 'Object.keys(obligations)'],
      [
        'route-guard: evaluated at',
        'const lasts = useBy - evaluatedAt;',
        'const lasts = useBy - surroundings.now();',
      ],
      [
        'route-guard: useBy lie',
        'useBy: new Date(useBy).toISOString()',
        'useBy: new Date(evaluatedAt).toISOString()',
      ],
    ],
  },
  {
    file: 'client/answer.ts',
    caughtBy: 'test/client/answer.test.ts',
    faults: [
      ['answer: 400 permits', '(h.status === 400 && h.decision === false)', 'h.status === 400'],
      [
        'answer: own members',
        'read.ok && Object.hasOwn(read.members, name) ? read.members[name] : undefined',
        'read.ok ? read.members[name] : undefined',
      ],
      [
        'answer: reasons of anything',
        "reasons: denied ? readReasonCodes(member('reasons')) : []",
        "reasons: readReasonCodes(member('reasons'))",
      ],
      ['answer: 4xx', "status >= 400 && status < 500 ? 'never' : 'after'", "'after'"],
      ['answer: id', '/^[A-Za-z0-9._:-]{1,128}$/', '/^[A-Za-z0-9._:-]{1,128}/'],
      ['answer: codes', '.slice(0, 64).flatMap', '.flatMap'],
      ['answer: code regex', '/^[A-Z][A-Z0-9_]{0,63}$/', '/^[A-Z][A-Z0-9_]{0,63}/'],
      ['answer: version', 'Number.isSafeInteger(version) ? version : null', 'version'],
    ],
  },
  {
    file: 'client/http.ts',
    caughtBy: 'test/client/transports.test.ts',
    faults: [
      [
        'http: http anywhere',
        "base.protocol === 'http:' && LOOPBACK.has(base.hostname)",
        "base.protocol === 'http:'",
      ],
      ['http: size', 'if (length > MAX_REPLY_LENGTH) return null;', ''],
      ['http: fatal', '{ fatal: true, ignoreBOM: true }', '{ ignoreBOM: true }'],
      ['http: bom', '{ fatal: true, ignoreBOM: true }', '{ fatal: true }'],
      ['http: slashes', "replace(/\\/+$/, '')", "replace(/\\/$/, '')"],
      ['http: token', '...(sessionToken ? { sessionToken } : {})', ''],
      ['http: region', 'service, region, accessKeyId', "service, region: 'us-east-1', accessKeyId"],
      ['http: signal', "redirect: 'error', signal }", "redirect: 'error' }"],
      ['http: service', 'body: text, service,', "body: text, service: 'execute-api',"],
      ['http: 400 text', 'response.status !== 200 && response.status !== 400', 'response.status !== 200'],
      ['http: credentials', 'if (!accessKeyId || !secretAccessKey) {', 'if (!accessKeyId) {'],
    ],
  },
  {
    file: 'client/lambda.ts',
    caughtBy: 'test/client/transports.test.ts',
    faults: [
      ['lambda: no name', "|| functionName === '')", ')'],
      ['lambda: status', 'status: StatusCode ?? 0', 'status: StatusCode ?? 200'],
      ['lambda: size', "if (bytes.byteLength > MAX_REPLY_LENGTH) return { kind: 'unreachable' };", ''],
      ['lambda: bom', '{ fatal: true, ignoreBOM: true }', '{ fatal: true }'],
    ],
  },
  {
    file: 'functions/core/facts/taxonomy.ts',
    caughtBy: 'test/scenarios/add-a-standard.test.ts',
    faults: [
      [
        'taxonomy: clean path storage',
        "const CORE_STORE: Row = ['core', true, 'critical', true, 'core', 'storage']",
        "const CORE_STORE: Row = ['core', true, 'critical', true, 'core', 'control']",
      ],
      [
        'taxonomy: hosting',
        "STORAGE: ['hosting', false, 'high', false, 'no', 'storage']",
        "STORAGE: ['hosting', false, 'high', false, 'no', 'computing']",
      ],
    ],
  },
  {
    file: 'client/route-guard.ts',
    caughtBy: 'test/client/',
    faults: [
      ['route-guard: received by other clock', 'receivedAt: surroundings.now(),', 'receivedAt: sentAt,'],
      ['route-guard: elapsed zero', 'elapsed: surroundings.monotonic() - started,', 'elapsed: 0,'],
    ],
  },
  {
    file: 'client/answer.ts',
    caughtBy: 'test/client/',
    faults: [
      [
        'answer: skew one side',
        'evaluatedAt >= r.sentAt - r.skew &&',
        'evaluatedAt >= r.sentAt - 10 * r.skew &&',
      ],
      [
        'answer: skew other side',
        'evaluatedAt <= r.receivedAt + r.skew',
        'evaluatedAt <= r.receivedAt + 10 * r.skew',
      ],
      [
        'answer: unknown kind',
        "Object.hasOwn(SENTENCES, reply.kind) ? reply.kind : 'unreachable'",
        'reply.kind',
      ],
    ],
  },
  {
    file: 'client/middy.ts',
    caughtBy: 'test/client/middy.test.ts',
    faults: [
      ['middy: stale', "result.kind === 'permit' && result.current()", "result.kind === 'permit'"],
      [
        'middy: event mutated',
        'await options.onDenied?.(refused, request.event)',
        'options.onDenied?.(refused, request.event)',
      ],
      [
        'middy: undefined goes on',
        'if (response === undefined) throw new RouteDeniedError(refused);',
        'if (response === undefined && options.onDenied === undefined) throw new RouteDeniedError(refused);',
      ],
      ['middy: permit in context', 'request.context.routeguard = result;', ''],
      [
        'middy: cause',
        "refusal('lease-expired', { evaluationId: result.evaluationId })",
        "refusal('lease-expired')",
      ],
    ],
  },
  {
    file: 'client/json-text.ts',
    caughtBy: 'test/client/answer.test.ts',
    faults: [
      [
        'json-text: nested lists',
        'if (!Array.isArray(next)) count += values.length;',
        'count += values.length;',
      ],
      ['json-text: top only', "if (typeof value === 'object' && value !== null) open.push(value);", ''],
    ],
  },
  {
    file: 'client/instant.ts',
    caughtBy: 'test/client/answer.test.ts',
    faults: [
      [
        'instant: calendar',
        'new Date(milliseconds).toISOString().slice(0, 10) === value.slice(0, 10) ? milliseconds : null',
        'milliseconds',
      ],
      ['instant: start', '/^\\d{4}', '/\\d{4}'],
    ],
  },
  {
    file: 'client/surroundings.ts',
    caughtBy: 'test/client/route-guard.test.ts',
    faults: [
      [
        'surroundings: long timers',
        'Math.min(LONGEST_TIMER, Math.max(0, Math.ceil(milliseconds)))',
        'Math.max(0, Math.ceil(milliseconds))',
      ],
      ['surroundings: negative', 'Math.max(0, Math.ceil(milliseconds))', 'Math.ceil(milliseconds)'],
      ['surroundings: wall clock', 'monotonic: () => performance.now()', 'monotonic: () => Date.now()'],
    ],
  },
  {
    file: 'client/options.ts',
    caughtBy: 'test/client/route-guard.test.ts',
    faults: [
      ['options: default deadline', 'options.deadlineMs ?? 4_000', 'options.deadlineMs ?? 40_000'],
      ['options: attempts', 'options.attempts ?? 3', 'options.attempts ?? 9'],
      ['options: attemptMs', 'options.attemptMs ?? 2_000', 'options.attemptMs ?? 20_000'],
    ],
  },
  {
    file: 'client/result.ts',
    caughtBy: 'test/client/answer.test.ts',
    faults: [
      ['result: refused', "refused: 'never',\n};", "refused: 'after',\n};"],
      ['result: repeated', "  'repeated-answer',\n  'lease-expired',", "  'lease-expired',"],
      ['result: unavailable', 'if (UNAVAILABLE[cause] !== undefined)', "if (UNAVAILABLE[cause] === 'after')"],
    ],
  },
  {
    file: 'client/seen-evaluations.ts',
    caughtBy: 'test/client/',
    faults: [
      [
        'seen-evaluations: newest goes',
        'if (this.#ids.size <= this.#capacity) return;',
        'if (this.#ids.size < this.#capacity) return;',
      ],
    ],
  },
  {
    file: 'cli/scenario/facts.ts',
    caughtBy: 'test/scenarios/scenarios.test.ts',
    faults: [
      ['facts: hops of network', '.filter(isRegistered)', ''],
      ['facts: silent', 'said.assessment === null || said.assessed === false', 'said.assessment === null'],
      [
        'facts: trusted',
        "said.trusted === false ? ('not-trusted' as const) : ('trusted' as const)",
        "('trusted' as const)",
      ],
      [
        'facts: silenced',
        "!(kindOf(raw) === 'assessment' && about !== undefined && silenced.has(about))",
        'true',
      ],
      [
        'facts: order of layers',
        'withoutRepeats(own, [...told, ...ownedVendors].map(asRaw), samples, world.standards)',
        'withoutRepeats(samples, own, [...told, ...ownedVendors].map(asRaw), world.standards)',
      ],
      [
        'facts: unsound',
        '  if (!reading.sound) {\n    const [first]',
        '  if (!reading.sound && false) {\n    const [first]',
      ],
      ['facts: no standard', "throw new ScenarioError('/standard'", "void new ScenarioError('/standard'"],
      ['facts: unregistered missing', '!known.has(id) && !unregistered(s, id)', '!known.has(id)'],
    ],
  },
  {
    file: 'cli/scenario/networks.ts',
    caughtBy: 'test/scenarios/scenarios.test.ts',
    faults: [
      ['networks: inventory complete', 'n.inventoryComplete ?? true', 'true'],
      ['networks: uses unknown', 'uses !== null && { uses }', '{ uses: uses ?? [] }'],
      ['networks: remote', '(s.remoteAccessFrom ?? []).map', '([] as string[]).map'],
      ['networks: providers', 'n.designatedProvider === false ? [] : ', ''],
      ['networks: roaming', "if (n.role === 'roaming-partner') return ['roaming'];", ''],
      ['networks: registered', 'if (n.trusted === null) return false;', ''],
      ['networks: zero', 'if (Object.values(shares ?? {}).every((h) => h === 0)) return [];', ''],
      ['networks: band', 's.band === undefined ? band : s.band', 'band'],
      ['networks: site', "siteClassOf(s) ?? siteClassOf(n) ?? 'ordinary'", "siteClassOf(s) ?? 'ordinary'"],
      ['networks: purchased', '...(s.purchasedOn !== undefined && { purchased: s.purchasedOn }),', ''],
      ['networks: operator', 'n.operator ?? `operator-${id}`', '`operator-${id}`'],
    ],
  },
  {
    file: 'cli/scenario/percent.ts',
    caughtBy: 'test/scenarios/scenarios.test.ts',
    faults: [
      ['percent: pad', "decimals.padEnd(2, '0')", "decimals.padStart(2, '0')"],
      ['percent: most', 'value <= 10_000', 'value <= 99_999'],
      ['percent: end', '(\\d{1,2}))?$/', '(\\d{1,2}))?/'],
    ],
  },
  {
    file: 'cli/scenario/vendors.ts',
    caughtBy: 'test/scenarios/scenarios.test.ts',
    faults: [
      ['vendors: assessor', '(a.assessor ?? asked.authority)', '(asked.authority)'],
      ['vendors: criteria', 'a.criteriaSet ?? asked.criteriaSet', 'asked.criteriaSet'],
      ['vendors: from', 'a.validFrom ?? LONG_AGO', 'LONG_AGO'],
      ['vendors: asset', '.filter((o) => o.asset === id)', ''],
    ],
  },
  {
    file: 'cli/scenario/run.ts',
    caughtBy: 'test/scenarios/scenarios.test.ts',
    faults: [
      ['run: noon', '`${at}T12:00:00Z`', '`${at}T00:00:00Z`'],
      ['run: technology', 'FLOW_WORDS.find((word) => word === narrower) ?? flow', 'flow'],
      ['run: zone', "standard?.valid.zone ?? 'UTC'", "'UTC'"],
      ['run: expectation', 'mismatches: mismatches(s.expect, judgement, zone, at)', 'mismatches: []'],
      [
        'run: protection',
        '{ scheme: protection.scheme, registration: protection.registration }',
        "{ scheme: protection.scheme, registration: 'none' }",
      ],
    ],
  },
  {
    file: 'cli/scenario/message.ts',
    caughtBy: 'test/scenarios/scenarios.test.ts',
    faults: [['message: exactly one', 'if (forms.length !== 1)', 'if (forms.length === 0)']],
  },
  {
    file: 'cli/scenario/load.ts',
    caughtBy: 'test/scenarios/scenarios.test.ts',
    faults: [
      [
        'load: lines',
        "check(parseText(line, file, i + 1), '', file, () => i + 1)",
        "check(parseText(line, file, i), '', file, () => i)",
      ],
    ],
  },
  {
    file: 'cli/scenario/expectation.ts',
    caughtBy: 'test/scenarios/scenarios.test.ts',
    faults: [
      [
        'expectation: absent',
        'if (said.some((r) => r.code === code)) found.push',
        'if (j.reasons.some((r) => r.code === code)) found.push',
      ],
      [
        'expectation: designation',
        'if (matched !== e.designationMatch)',
        'if (matched && !e.designationMatch)',
      ],
      ['expectation: day', 'dayOf(actual - 1, zone) === expected', 'dayOf(actual, zone) === expected'],
    ],
  },
  {
    file: 'functions/metrics/embedded.ts',
    caughtBy: 'test/watch/watch.test.ts',
    faults: [
      ['embedded: units', 'Unit: METRICS[Name]', "Unit: 'Count' as const"],
      ['embedded: namespace', 'Namespace: NAMESPACE', "Namespace: 'Routeguard2'"],
    ],
  },
  {
    file: 'functions/metrics/service-name.ts',
    caughtBy: 'test/decide/settings.test.ts',
    faults: [['service-name: default', ": 'routeguard'", ": 'guard'"]],
  },
  {
    file: 'functions/probe/known-answers.ts',
    caughtBy: 'test/probe/probe.test.ts',
    faults: [
      ['known-answers: most', 'z.maxLength(32)', 'z.maxLength(320)'],
      ['known-answers: codes', 'k.request.explain === undefined || k.expect.codes === undefined', 'true'],
    ],
  },
  {
    file: 'functions/probe/check.ts',
    caughtBy: 'test/probe/probe.test.ts',
    faults: [
      ['check: outcome', "decision !== (outcome === 'permit')", "decision && outcome !== 'permit'"],
      [
        'check: empty permit',
        "if (!decision && codes.includes('REGISTRY_EMPTY'))",
        "if (codes.includes('REGISTRY_EMPTY'))",
      ],
      ['check: some codes', 'expected.every(', '[undefined, ...expected].some('],
    ],
  },
  {
    file: 'functions/probe/flips.ts',
    caughtBy: 'test/probe/release-hook.test.ts',
    faults: [['flips: networks', '    ...networkIds(registry).map((network) => ({ network })),\n', '']],
  },
  {
    file: 'functions/probe/settings.ts',
    caughtBy: 'test/probe/probe.test.ts',
    faults: [
      ['settings: own first', '[...UNIVERSAL_ANSWERS, ...known]', '[...known]'],
      ['settings: empty', "own === undefined || own === ''", 'own === undefined'],
    ],
  },
  {
    file: 'functions/probe/settings.ts',
    caughtBy: 'test/probe/release-hook.test.ts',
    faults: [['settings: same', 'if (live === probeTarget) throw', "if (live === '') throw"]],
  },
  {
    file: 'functions/watch/watch.ts',
    caughtBy: 'test/watch/watch.test.ts',
    faults: [
      ['watch: moved', 'MOVED_WITHIN_MS = 130_000', 'MOVED_WITHIN_MS = 60_000'],
      ['watch: order', '[UNCONFIRMED, ...placed]', 'placed'],
      [
        'watch: zero',
        'const NO_DECISIONS = { Decisions: 0, Permits: 0, Faults: 0 }',
        'const NO_DECISIONS = { Decisions: 0, Permits: 0 }',
      ],
      ['watch: looked', '      hasLooked = true;\n', ''],
    ],
  },
  {
    file: 'functions/watch/readings.ts',
    caughtBy: 'test/watch/watch.test.ts',
    faults: [
      [
        'readings: unsound waivers',
        'reading.sound && holdsAt(reading.interval, at) ? [reading.key] : []',
        'reading.sound ? [reading.key] : []',
      ],
    ],
  },
  {
    file: 'functions/watch/proposals.ts',
    caughtBy: 'test/watch/watch.test.ts',
    faults: [
      ['proposals: unreadable', '    return true;\n  }\n}', '    return false;\n  }\n}'],
      ['proposals: few', 'LOOKED_AT = 100', 'LOOKED_AT = 5'],
    ],
  },
  {
    file: 'client/message-digest.ts',
    caughtBy: 'test/client/route-guard.test.ts',
    faults: [['a longer digest', "createHash('sha384')", "createHash('sha512')"]],
  },
  {
    file: 'client/route-guard.ts',
    caughtBy: 'test/client/route-guard.test.ts',
    faults: [
      ['nobody waits', 'await surroundings.sleep(wait);', 'void surroundings.sleep(wait);'],
      [
        'some of what a transport throws is thrown on',
        "    } catch {\n      return { kind: 'unreachable' };",
        "    } catch (error) {\n      if (error instanceof TypeError) throw error;\n      return { kind: 'unreachable' };",
      ],
      [
        'what the sender throws is sent',
        'return { sent: true, value: await send(result), permit: result };',
        'return { sent: true, value: await send(result).catch(() => undefined as never), permit: result };',
      ],
    ],
  },
  {
    file: 'cli/scenario/countries.ts',
    caughtBy: 'test/scenarios/scenarios.test.ts > two letters',
    faults: [
      ['one of the islands', "GB: 'GBR'", "GB: 'GGY'"],
      ['any longer word is a country', 'code.length === 3 ? code', 'code.length >= 3 ? code'],
    ],
  },
]);
