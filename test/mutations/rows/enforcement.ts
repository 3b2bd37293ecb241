/** Faults in what obeys the answer: the client and the command line. */
import { mutationsOf } from '../mutation.ts';

const VECTORS = 'test/client/vectors.test.ts';
const ANSWER = 'test/client/answer.test.ts';
const AROUND = 'test/client/route-guard.test.ts';
const TRANSPORTS = 'test/client/transports.test.ts';
const CONTRACT = 'test/cli/contract.test.ts';
const DECIDING = 'test/cli/decide-vectors.test.ts';
const REGISTRY = 'test/cli/registry.test.ts';
const DATA = 'test/cli/data-commands.test.ts';
const SCENARIOS = 'test/scenarios/scenarios.test.ts';

const RECORD = 'test/registry/change-record.test.ts';

export const ENFORCEMENT = mutationsOf('enforcement', [
  {
    file: 'client/answer.ts',
    caughtBy: VECTORS,
    faults: [
      ['a crashed function is believed', 'h.functionError === null', "h.functionError !== 'Unhandled'"],
      ['any success carries a permit', 'h.status === 200 ||', '(h.status >= 200 && h.status < 300) ||'],
      ['a 400 carries a permit', 'h.status === 400 && h.decision === false', 'h.status === 400'],
      ['any refusal carries a deny', 'h.status === 400 && h', 'h.status >= 400 && h', ANSWER],
      ['a permit of any question', 'isAbout(question, asked)', 'true'],
      ['a permit is bound as loosely as a refusal', 'isAbout(question, asked)', 'mayRefuse(question, asked)'],
      ['a denial of any question', 'mayRefuse(question, asked)', 'true'],
      [
        'a refusal of what could not be read is another one',
        'mayRefuse(question, asked)',
        'isAbout(question, asked)',
      ],
      ['a member named twice is no matter', '!h.repeats', '!h.repeats || h.decision === true'],
      [
        'a decision is whatever is true',
        'h.decision === true || h.decision === false',
        'h.decision !== undefined',
      ],
      [
        'a denied decision goes on',
        "cause: 'denied', passes: (h) => h.decision === true",
        "cause: 'denied', passes: (h) => h.decision !== undefined",
      ],
      ['any outcome but deny', "h.outcome === 'permit'", "h.outcome !== 'deny'"],
      ['hypothetical unless said to be', 'h.enforceable === true', 'h.enforceable !== false'],
      ['a hypothetical result beside a permit', ' && h.hypothetical === undefined', ''],
      ['a permit to be asked again', "h.retry === 'never' || h.retry === undefined", "h.retry !== 'later'"],
      ['a permit without an id', "h.evaluationId !== ''", 'h.evaluationId !== null'],
      [
        'an answer acted on twice',
        '!h.reception.seen(h.evaluationId)',
        "h.evaluationId !== '' || h.reception.seen('')",
      ],
      [
        'old answers are young',
        'evaluatedAt >= r.sentAt - r.skew &&',
        'evaluatedAt >= r.sentAt - 60 * r.skew &&',
      ],
      [
        'the skew is exclusive',
        'evaluatedAt <= r.receivedAt + r.skew',
        'evaluatedAt < r.receivedAt + r.skew',
      ],
      ['answers from the future', ' && evaluatedAt <= r.receivedAt + r.skew', ''],
      [
        'a lease to its last instant',
        'h.reception.receivedAt < h.useBy',
        'h.reception.receivedAt <= h.useBy',
      ],
      [
        'a lease of any length',
        '      useBy - evaluatedAt <= r.maxLease + r.skew &&',
        '      useBy > evaluatedAt &&',
      ],
      ['the longest lease is exclusive', 'useBy - evaluatedAt <= r', 'useBy - evaluatedAt < r'],
      ['a lease by a clock that was set', ' && useBy - r.sentAt <= r.elapsed + r.maxLease + r.skew', ''],
      ['a slow answer shortens its lease', '<= r.elapsed + r.maxLease', '<= r.maxLease'],
      ['a lease by the time of sending', 'h.reception.receivedAt < h.useBy', 'h.reception.sentAt < h.useBy'],
      [
        'a lease that outlives itself',
        'h.reception.elapsed < h.useBy - h.evaluatedAt',
        'h.reception.elapsed <= h.useBy - h.evaluatedAt',
      ],
      [
        'a lease as long as one likes',
        'h.reception.elapsed < h.useBy - h.evaluatedAt',
        'h.reception.elapsed >= 0',
      ],
      ['some obligation is known', 'obligations?.every(', 'obligations?.some('],
      ['obligations nobody can read are none', ' ?? false,', ' ?? true,'],
      ['an id of any length', '{1,128}$/.test(value)', '{1,}$/.test(value)'],
      [
        'a deny is asked again',
        "retry === 'after' ? 'after' : 'never'",
        "retry === 'never' ? 'never' : 'after'",
      ],
      [
        'a wrong request is asked again',
        'status >= 400 && status < 500',
        'status > 400 && status < 500',
        ANSWER,
      ],
      ['reasons without end', '.slice(0, 64)', '', ANSWER],
      [
        'a version that is a text',
        "typeof version === 'number' && Number.isSafeInteger(version)",
        "typeof version === 'number'",
        ANSWER,
      ],
      ['an unknown kind is a deny', "? reply.kind : 'unreachable'", "? reply.kind : 'denied'", AROUND],
    ],
  },
  {
    file: 'client/instant.ts',
    caughtBy: ANSWER,
    faults: [
      ['an instant without a zone', '(\\.\\d{1,9})?Z$/', '(\\.\\d{1,9})?Z?$/'],
      [
        'the 31st of April',
        '=== value.slice(0, 10) ? milliseconds : null',
        '=== value.slice(0, 10) ? milliseconds : milliseconds',
      ],
    ],
  },
  {
    file: 'client/json-text.ts',
    caughtBy: ANSWER,
    faults: [
      [
        'a list is an object',
        ' || Array.isArray(value)) return { ok: false }',
        ') return { ok: false }',
        VECTORS,
      ],
      [
        'lists are not looked into',
        "if (typeof value === 'object' && value !== null) open",
        "if (typeof value === 'object' && value !== null && !Array.isArray(value)) open",
      ],
      ['fewer names than members', 'named !== countMembers(value)', 'named < countMembers(value)'],
    ],
  },
  {
    file: 'client/obligations.ts',
    caughtBy: VECTORS,
    faults: [
      ['obligations without end', ' || value.length > 64', ''],
      ['one obligation fewer', 'value.length > 64', 'value.length > 63'],
      [
        'an obligation that is none is skipped',
        'item === null || Array.isArray(item)) return null',
        'item === null || Array.isArray(item)) continue',
      ],
      ['an obligation of any spelling', ' || !KEBAB.test(obligation.type)', ''],
      [
        'a handler by inheritance',
        'Object.hasOwn(handlers, type) ? handlers[type] : undefined',
        'handlers[type]',
      ],
      ['an obligation that says nothing', 'performed !== true', 'performed === false', AROUND],
      ['an obligation that throws', '} catch {\n      return false;', '} catch {\n      continue;'],
      [
        'the first obligation is enough',
        'return false;\n    } catch',
        'return false;\n      return true;\n    } catch',
        AROUND,
      ],
      [
        'a handler that never ends',
        'await Promise.race([handler(obligation, signal), whenAborted(signal)])',
        'await Promise.race([handler(obligation, signal), whenAborted(signal).then(() => true)])',
      ],
    ],
  },
  {
    file: 'client/route-guard.ts',
    caughtBy: AROUND,
    faults: [
      ['one nonce for every attempt', 'surroundings.nonce()', "'A'.repeat(24)"],
      ['an answer that may be used again', 'this.#seen.add(judged.evaluationId);', '', VECTORS],
      [
        'the lease is not looked at again',
        "if (!current()) return refusal('lease-expired', { evaluationId });",
        '',
        VECTORS,
      ],
      ['a permit current by the wall clock alone', ' && surroundings.monotonic() - started < lasts', ''],
      ['a permit current by the other clock alone', 'surroundings.now() < useBy && ', ''],
      ['a permit current at its end', 'surroundings.now() < useBy', 'surroundings.now() <= useBy'],
      [
        'obligations with all the time there is',
        'Math.min(useBy - surroundings.now(), lasts - (surroundings.monotonic() - started))',
        'useBy - surroundings.now()',
      ],
      [
        'an attempt beyond the deadline',
        'Math.min(this.#settings.attemptMs, deadline - started)',
        'this.#settings.attemptMs',
      ],
      ['an attempt more', 'attempt >= attempts', 'attempt > attempts'],
      ['a wait to the deadline', '+ wait >= deadline', '+ wait > deadline'],
      ['retries without a budget', ' || !retryBudget.spend()', ''],
      [
        'a refused caller asks again',
        "result.kind === 'permit' || result.retry === 'never'",
        "result.kind === 'permit'",
      ],
      [
        'an expired lease is asked for again',
        "result.kind === 'unavailable' || result.cause === 'denied'",
        'true',
      ],
      ['a transport out of time is asked', "if (signal.aborted) return { kind: 'timed-out' };", ''],
      [
        'a sender under any answer',
        "if (result.kind !== 'permit') return { sent",
        "if (result.kind === 'unavailable') return { sent",
      ],
      [
        'the time of the answer is the time of the question',
        'receivedAt: surroundings.now()',
        'receivedAt: sentAt',
        VECTORS,
      ],
      ['no time has passed', 'elapsed: surroundings.monotonic() - started', 'elapsed: 0', VECTORS],
    ],
  },
  {
    file: 'client/options.ts',
    caughtBy: AROUND,
    faults: [
      ['a deadline of nothing', '? value > 0 :', '? value >= 0 :'],
      ['anything without end', 'enough && value <= most', 'enough && value < Number.POSITIVE_INFINITY'],
      ['a number as text', 'Number.isFinite(value) && enough', 'enough'],
      ['less than one attempt', 'options.attempts ?? 3, 10, 1)', 'options.attempts ?? 3, 10)'],
      ['attempts without end', 'options.attempts ?? 3, 10, 1)', 'options.attempts ?? 3, 1e10, 1)'],
      ['a generous skew', 'options.skewMs ?? DEFAULT_SKEW', 'options.skewMs ?? 60_000'],
      ['any skew', 'options.skewMs ?? DEFAULT_SKEW, 60_000, 0)', 'options.skewMs ?? DEFAULT_SKEW, 1e12, 0)'],
      ['a lease over five minutes', 'LONGEST_LEASE = 300;', 'LONGEST_LEASE = 301;'],
      ['a lease of minutes unasked', 'DEFAULT_LEASE = 30;', 'DEFAULT_LEASE = 300;', VECTORS],
      ['a lease longer than asked for', 'options.maxLeaseSeconds ?? DEFAULT_LEASE', 'LONGEST_LEASE', VECTORS],
      ['a wait of hours', 'LONGEST_WAIT = 900_000', 'LONGEST_WAIT = 900_001'],
      ['handlers that come later', '  return { ...handlers };', '  return handlers;'],
      ['a handler that is none', "typeof handler === 'function'", 'handler !== undefined'],
      ['handlers in a list', ' && handlers !== null && !Array.isArray(handlers)', ' && handlers !== null'],
      ['a budget that never ends', " && typeof retryBudget.spend === 'function'", ''],
      ['a misspelt clock', "knownMembers('RouteGuard: surroundings', given, PROCESS_SURROUNDINGS)", 'given'],
    ],
  },
  {
    file: 'client/known-members.ts',
    caughtBy: AROUND,
    faults: [
      [
        'misspelt options',
        'if (!Object.hasOwn(known, name))',
        "if (!Object.hasOwn(known, name) && name === '')",
      ],
      ['an option every object has', '!Object.hasOwn(known, name)', '!(name in known)', TRANSPORTS],
      ['a list of options', ' || Array.isArray(options)', ''],
      ['an option by inheritance', 'Object.assign(Object.create(null), options)', 'options', ANSWER],
    ],
  },
  {
    file: 'client/request.ts',
    caughtBy: AROUND,
    faults: [
      [
        'any version at least',
        'if (registry !== undefined && !Number.isSafeInteger(Object(registry).atLeast))',
        'if (registry === null)',
      ],
      [
        'obligations are not announced',
        '{ ...said, message, supportedObligations }',
        '{ ...said, message, supportedObligations: [] }',
      ],
      [
        'what was looked at is not what is sent',
        '{ ...said, message, supportedObligations }',
        '{ ...request, supportedObligations }',
      ],
      ['a message that is a list', ' && !Array.isArray(value)', ''],
      ['members nobody knows are dropped', 'known !== undefined && !Object.hasOwn(known, key)', 'false'],
      ['members every object has', '!Object.hasOwn(known, key)', '!(key in known)'],
      ['members below the first are not looked at', "  ['message', MESSAGE],\n", ''],
      [
        'a protection of any members',
        "  ['message.protection', { scheme: true, registration: true }],\n",
        '',
      ],
      ['a path of any members', "  ['path', { route: true, hops: true }],\n", ''],
      ['an exact version travels', "  ['registry', { atLeast: true }],\n", ''],
      [
        'a symbol is nothing',
        "if (typeof key === 'symbol') throw",
        "if (typeof key === 'symbol') continue;\n    if (typeof key === 'bigint') throw",
      ],
      [
        'what JSON drops is dropped',
        '    default:\n      throw',
        '    default:\n      if (at.length < 1e9) return undefined;\n      throw',
      ],
      ['a number without end is nothing', 'if (Number.isFinite(value)) return', 'if (value !== null) return'],
      [
        'lists of a request are not looked into',
        '    return copied(memberOf(list, String(index), place), place);',
        '    return list[index] ?? place;',
      ],
      ['lists of a class', 'if (!Array.isArray(prototype)) throw', 'if (prototype === 0) throw'],
      ['members of a list are dropped', 'if (more !== undefined) throw', 'if (more === 0) throw'],
      [
        'objects of a class',
        '    Object.getPrototypeOf(prototype) === null &&\n',
        "    typeof prototype === 'object' &&\n",
      ],
      [
        'what an object inherits is dropped',
        'Reflect.ownKeys(prototype).every((key) => Object.hasOwn(Object.prototype, key))',
        'Reflect.ownKeys(prototype).length >= 0',
      ],
      [
        'objects of another realm are none',
        'if (prototype === null) return true;',
        'if (prototype === null || prototype === Object.prototype) return true;\n  if (prototype !== null) return false;',
      ],
      ['members nobody sees', 'member?.enumerable === true && ', 'member !== undefined && '],
      [
        'members that are worked out',
        "'value' in member) return member.value;",
        '(member.value !== undefined || member.get)) return Reflect.get(holder, key);',
      ],
      ['a strange name is said', '/^[A-Za-z][A-Za-z0-9_]{0,31}$/.test(key)', 'key.length > 0'],
    ],
  },
  {
    file: 'client/retry-budget.ts',
    caughtBy: AROUND,
    faults: [
      [
        'a budget over its brim',
        'Math.min(this.#capacity, this.#tokens + this.#share)',
        'this.#tokens + this.#share',
      ],
      ['half a token is one', 'this.#tokens >= 1', 'this.#tokens > 0'],
      ['a share of more than all', 'share >= 0 && share <= 1', 'share >= 0'],
      [
        'waits that grow without end',
        'Math.min(ceilingMs, baseMs * 2 ** (attempt - 1))',
        'baseMs * 2 ** (attempt - 1)',
      ],
    ],
  },
  {
    file: 'client/seen-evaluations.ts',
    caughtBy: AROUND,
    faults: [
      ['few evaluations are remembered', 'capacity = 4_096', 'capacity = 1_024'],
      ['all is forgotten at once', 'this.#ids.delete(oldest);', 'this.#ids.clear();'],
    ],
  },
  {
    file: 'client/result.ts',
    caughtBy: ANSWER,
    faults: [
      ['a refused caller asks for ever', "refused: 'never'", "refused: 'after'"],
      [
        'an expired lease is final',
        "  'lease-expired',\n  'lease-outlived',\n]);",
        "  'lease-outlived',\n]);",
      ],
    ],
  },
  {
    file: 'client/question.ts',
    caughtBy: VECTORS,
    faults: [
      ['whose question it was is not asked', "    own(question, 'nonce') === nonce &&\n", ''],
      [
        'what was asked is not asked',
        "own(question, 'nonce') === nonce &&\n    own(question, 'digest') === digest &&\n",
        "own(question, 'nonce') === nonce &&\n",
      ],
      ['what was refused is not asked', "    own(question, 'digest') === digest &&\n    [", '    ['],
      ['any nonce may refuse', '[undefined, nonce]', "[undefined, nonce, 'q'.repeat(24)]"],
      ['any message may refuse', "    [undefined, message].includes(own(question, 'message'))", '    true'],
      ['which message it was is not asked', " &&\n    own(question, 'message') === message", ''],
      [
        'no message is any message',
        "own(question, 'message') === message",
        "(message === undefined || own(question, 'message') === message)",
      ],
    ],
  },
  {
    file: 'client/surroundings.ts',
    caughtBy: AROUND,
    faults: [['a nonce that everybody knows', "randomBytes(18).toString('base64url')", "'A'.repeat(24)"]],
  },
  {
    file: 'client/reply.ts',
    caughtBy: ANSWER,
    faults: [
      ['a throttle is a refusal', "if (status === 429) return { kind: 'throttled' };", ''],
      ['a gateway out of time', ' || status === 504', ''],
      ['a server error is a refusal', 'status >= 400 && status < 500', 'status >= 400'],
      ['a reply a byte longer', 'MAX_REPLY_LENGTH = 1_000_000', 'MAX_REPLY_LENGTH = 1_000_001', TRANSPORTS],
    ],
  },
  {
    file: 'client/http.ts',
    caughtBy: TRANSPORTS,
    faults: [
      ['the type of the content is not signed', 'allHeaders: true', 'allHeaders: false'],
      ['plain HTTP to anybody', ' && LOOPBACK.has(base.hostname)', ''],
      ['a query in the base', '/[?#]/.test(baseUrl) || ', ''],
      ['a fragment in the base', '/[?#]/', '/[?]/'],
      ['a name in the base', "base.username !== '' || ", ''],
      ['a word in the base', " || base.password !== '')", ')'],
      ['no region', "typeof region !== 'string' || region === ''", "region === ''"],
      ['what is sent is not what is signed', 'body: text, service', "body: '', service"],
      ['a redirect is followed', "redirect: 'error'", "redirect: 'follow'"],
      [
        'created is answered',
        'response.status !== 200 && response.status !== 400',
        'response.status >= 300 && response.status !== 400',
      ],
      ['a mark before the answer is dropped over HTTP', 'ignoreBOM: true', 'ignoreBOM: false'],
      ['broken text is mended over HTTP', 'fatal: true', 'fatal: false'],
      [
        'an empty key signs',
        '!accessKeyId || !secretAccessKey',
        'accessKeyId === undefined || secretAccessKey === undefined',
      ],
      [
        'out of time is out of reach over HTTP',
        "if (signal.aborted) return { kind: 'timed-out' };\n        return { kind: isUnconfigured(error) ? 'unconfigured'",
        "return { kind: isUnconfigured(error) ? 'unconfigured'",
      ],
    ],
  },
  {
    file: 'client/lambda.ts',
    caughtBy: TRANSPORTS,
    faults: [
      ['a client that is none', " && typeof client?.send !== 'function')", ' && client === null)'],
      ['a crash is not passed on', 'functionError: FunctionError ?? null', 'functionError: null'],
      ['a status is assumed', 'status: StatusCode ?? 0', 'status: 200'],
      ['the client retries by itself', 'new LambdaClient({ maxAttempts: 1 })', 'new LambdaClient({})'],
      ['an invocation nobody waits for', "InvocationType: 'RequestResponse'", "InvocationType: 'Event'"],
      ['the request travels as an object', 'JSON.stringify({ request: text })', 'text'],
      ['broken text is mended', 'fatal: true', 'fatal: false'],
    ],
  },
  {
    file: 'client/middy.ts',
    caughtBy: 'test/client/middy.test.ts',
    faults: [
      ['a permit that ran out runs the handler', ' && result.current()', ''],
      [
        'onDenied that answers nothing runs the handler',
        'if (response === undefined) throw new RouteDeniedError(refused);',
        '',
      ],
      ['a falsy response is none', 'response === undefined) throw', '!response) throw'],
      [
        'a broken callback asks about nothing',
        "return refusal('unusable-request');",
        "return options.guard.decide(JSON.parse('{}'));",
      ],
      [
        'onDenied that is none',
        "onDenied !== undefined && typeof onDenied !== 'function'",
        'onDenied === null',
      ],
      ['misspelt options of the middleware', "knownMembers('requireRoute', options, KNOWN)", 'options'],
    ],
  },
  {
    file: 'client/described-route.ts',
    caughtBy: 'test/client/middy.test.ts',
    faults: [
      ['further standards are dropped', '...(standards === undefined ? {} : { standards }),', ''],
      [
        'standards that are none',
        '!(Array.isArray(standards) && standards.every(',
        '!([standards].flat().every(',
      ],
      ['a message that is no function', "if (typeof message !== 'function')", 'if (message === undefined)'],
      ['a path that is not waited for', 'await path(...given)', 'path(...given) as PathDescription'],
    ],
  },
  {
    file: 'client/queue.ts',
    caughtBy: 'test/client/queue.test.ts',
    faults: [
      ['what may pass is parked', "reason.retry === 'never' && ", ''],
      ['what nobody can believe is parked', ' && FINAL.has(reason.cause)', ''],
      [
        'a record whose parking failed is done',
        'await park({ id, record, reason });',
        'await park({ id, record, reason }).catch(() => {});',
      ],
      [
        'a record that is parked later is done now',
        'await park({ id, record, reason });',
        'void park({ id, record, reason });',
      ],
      [
        'a record whose sending failed is done',
        "return { id, outcome: 'again', because: 'failed', reason: null };",
        "return { id, outcome: 'sent', evaluationId: '' };",
      ],
      [
        'what is unreadable comes for ever',
        'return await parked(UNREADABLE)',
        "return { id, outcome: 'again', because: 'failed', reason: null }",
      ],
      [
        'an item is not waited for',
        'value: await this.#options.read(text)',
        'value: this.#options.read(text) as TItem',
      ],
      ['a group goes on past what comes again', '          break;\n', ''],
      [
        'what waits behind it is done',
        'for (const later of chain.slice(n)) again.add(later)',
        'again.add(each)',
      ],
      ['a stream comes again from its last', 'const [first] = await', 'const [, first] = await'],
      ['a topic never delivers again', 'if (again.length > 0)', 'if (again.length > 1)'],
      ['a function begins what it cannot end', 'left >= enoughMs && ', ''],
      ['a function begins what it cannot answer for', ' && left > ANSWERS_WITHIN_MS', ''],
      [
        'one record that hangs is waited for',
        'await Promise.race([this.#attempt(delivery, time.signal), whenAborted(time.signal)])',
        'await this.#attempt(delivery, time.signal)',
      ],
      [
        'what is given up is sent besides',
        '        over.throwIfAborted();\n        await send',
        '        await send',
      ],
      [
        'what is given up is parked besides',
        '      over.throwIfAborted();\n      await park',
        '      await park',
      ],
      ['misspelt options of a dispatcher', "knownMembers('Dispatcher', given, KNOWN)", 'given'],
    ],
  },
  {
    file: 'client/listener.ts',
    caughtBy: 'test/client/listener.test.ts',
    faults: [
      ['a listener that rejects ends the process', '.catch(() => {})', ''],
      ['a listener that throws is heard', '} catch {', '} finally {'],
    ],
  },
  {
    file: 'client/frozen.ts',
    caughtBy: 'test/client/listener.test.ts',
    faults: [
      ['whoever listens changes what is decided', 'return Object.freeze(value)', 'return value'],
      ['what stands deeper is changed', '  Object.values(value).forEach(frozen);\n', ''],
    ],
  },
  {
    file: 'client/queue-records.ts',
    caughtBy: 'test/client/queue.test.ts',
    faults: [
      [
        'a batch of another source is done',
        'if (!Array.isArray(batch?.Records))',
        'if (batch === undefined)',
      ],
      ['a record without an id is done', "typeof id !== 'string' || id === ''", "typeof id !== 'string'"],
      ['a FIFO queue has no order', "eventSourceARN.endsWith('.fifo')", "eventSourceARN.endsWith('.lifo')"],
      [
        'every queue has an order',
        "const ordered = eventSourceARN.endsWith('.fifo')",
        'const ordered = true',
      ],
      ['a stream has no order', "text: utf8(data), group: ''", 'text: utf8(data), group: null'],
      ['bytes that are no text are mended', 'fatal: true', 'fatal: false'],
    ],
  },
  {
    file: 'client/opentelemetry.ts',
    caughtBy: 'test/client/opentelemetry.test.ts',
    faults: [
      ['a trace has no cause', "...(kind === 'permit' ? {} : { 'routeguard.cause': result.cause }),", ''],
      [
        'a denial is an error',
        "if (kind === 'unavailable') span.setStatus",
        "if (kind !== 'permit') span.setStatus",
      ],
      ['a span that never ends', '      span.end();\n', ''],
      ['what is measured before the SDK is there is lost', '    duration ??= metrics', '    metrics'],
    ],
  },
  {
    file: 'client/route-guard.ts',
    caughtBy: 'test/client/listener.test.ts',
    faults: [['a result is whoever hears it first', '.then(frozen)', '']],
  },
  {
    file: 'client/message-digest.ts',
    caughtBy: 'test/examples/sms-service.test.ts',
    faults: [['a digest of nothing', '.update(content)', ".update('')"]],
  },
  {
    file: 'examples/sms-service/gateway.ts',
    caughtBy: 'test/examples/sms-service.test.ts',
    faults: [
      [
        'a carrier that refused has taken it',
        "if (!response.ok) throw new Error('the carrier did not take the message');",
        '',
      ],
      ['a carrier elsewhere', "redirect: 'error'", "redirect: 'follow'"],
    ],
  },
  {
    file: 'examples/sms-service/settings.ts',
    caughtBy: 'test/examples/sms-service.test.ts',
    faults: [
      [
        'a function that does not know where to send',
        "value === undefined || value === ''",
        'value === undefined',
      ],
    ],
  },
  {
    file: 'examples/sms-service/asking-function.ts',
    caughtBy: 'test/examples/sms-service.test.ts',
    faults: [['a service that may invoke anything', 'resources: [guardArn]', "resources: ['*']"]],
  },
  {
    file: 'cli/answer-shape.ts',
    caughtBy: CONTRACT,
    faults: [
      [
        'decide has an idea of its own of a permit',
        "if (!judged.ok && judged.cause !== 'denied')",
        'if (judged.ok && false)',
        DECIDING,
      ],
      [
        'a lease that ended, on the command line',
        "judged.cause !== 'denied')",
        "judged.cause !== 'denied' && !judged.cause.startsWith('lease-'))",
      ],
      ['a command accepts any lease', 'maxLease: maxLease * 1_000', 'maxLease: LONGEST_LEASE * 1_000'],
      ['a lease of no seconds', 'seconds >= 1 && ', 'seconds >= 0 && '],
      [
        'a command discharges everything',
        'Object.fromEntries(supports.map((type)',
        "Object.fromEntries([...supports, 'log-hops'].map((type)",
      ],
      [
        'a result beside a denial',
        ' || read.data.enforceable !== (read.data.hypothetical === undefined))',
        ')',
      ],
    ],
  },
  {
    file: 'cli/heard.ts',
    caughtBy: DECIDING,
    faults: [
      ['no time passes on the command line', 'PROCESS_SURROUNDINGS.monotonic() - started', '0 * started'],
      ['received when it was sent', 'receivedAt: PROCESS_SURROUNDINGS.now()', 'receivedAt: sentAt'],
    ],
  },
  {
    file: 'cli/no-answer.ts',
    caughtBy: CONTRACT,
    faults: [
      ['a command ends well where nobody answers', '  process.exitCode = error.exit;\n', ''],
      ['who says no is not there', '    this.exit = exit;', '    this.exit = EXIT.unavailable;'],
      [
        'who is not there says no',
        "exit = EXIT.unavailable, retry = 'after'",
        "exit = EXIT.refused, retry = 'after'",
      ],
      [
        'a throttle says no',
        "return replyForStatus(status).kind === 'refused';",
        'return status >= 400 && status < 500;',
      ],
      [
        'an answer to another question says no',
        "'another-question': NOBODY_SAID",
        "'another-question': SAID_NO",
      ],
      ['a lease that ended was no answer', "'lease-expired': SAID_NO", "'lease-expired': NOBODY_SAID"],
      ['a guard that fails says no', "'function-error': NOBODY_SAID", "'function-error': SAID_NO"],
      [
        'whatever was judged is asked for again',
        '{ retry: retryFor(cause), ...detail,',
        "{ ...detail, retry: 'after',",
        DECIDING,
      ],
    ],
  },
  {
    file: 'cli/decide.ts',
    caughtBy: CONTRACT,
    faults: [
      ['decide ends well for a refusal', 'process.exitCode = answer.decision ? 0 : EXIT.refused;', ''],
      ['decide says nothing to a program', 'if (options.json) sayJson', 'if (false) sayJson'],
    ],
  },
  {
    file: 'cli/explain.ts',
    caughtBy: CONTRACT,
    faults: [
      ['explain ends well for a refusal', 'process.exitCode = answer.decision ? 0 : EXIT.refused;', ''],
    ],
  },
  {
    file: 'cli/search.ts',
    caughtBy: CONTRACT,
    faults: [
      ['search ends well for nothing', 'ids.length > 0 ? 0 : EXIT.refused', '0'],
      [
        'search gives half of what there is',
        'if (answer.status !== 200) throw httpRefusal(answer);',
        'if (answer.status !== 200) return ids;',
      ],
      ['search takes the first page for all', "found.data.page?.next_token ?? ''", "''"],
      [
        'search lists what it did not look for',
        ' || found.data.results.some((r) => r.type !== options.type)',
        '',
      ],
    ],
  },
  {
    file: 'cli/best-path.ts',
    caughtBy: CONTRACT,
    faults: [
      ['best-path ends well for none', 'read.data.paths.some((p) => p.permitted) ? 0 : EXIT.refused', '0'],
      ['best-path wants all of them', 'paths.some((p) => p.permitted)', 'paths.every((p) => p.permitted)'],
      ['best-path believes any status', 'if (answer.status !== 200)', 'if (answer.status >= 500)'],
    ],
  },
  {
    file: 'cli/timeline.ts',
    caughtBy: CONTRACT,
    faults: [
      ['timeline of an answer without a registry', 'if (answer.registry === undefined)', 'if (false)'],
      ['timeline backwards', 'if (!(from < to))', 'if (from > to)'],
      [
        'timeline goes round in circles',
        'validUntil !== null && !(validUntil > at)',
        'validUntil !== null && !(validUntil >= at)',
      ],
      ['timeline of a day that is none', 'if (at === undefined)', 'if (at === null)'],
    ],
  },
  {
    file: 'cli/guard-connection.ts',
    caughtBy: CONTRACT,
    faults: [['a command asks again by itself', 'maxAttempts: 1', 'maxAttempts: 2']],
  },
  {
    file: 'cli/terminal.ts',
    caughtBy: 'test/cli/marking-hint.test.ts',
    faults: [
      ['a caret under what is not seen', 'visible(text.slice(0, at)).length', 'at'],
      ['a marking is shown as it came', '`  ${visible(text)}\\n', '`  ${text}\\n'],
    ],
  },
  {
    file: 'cli/marking-hint.ts',
    caughtBy: 'test/cli/marking-hint.test.ts',
    faults: [
      [
        'what no grammar reads is suggested',
        'if (format !== undefined) return { format, error: firstError(text, context, format), meant };',
        "return { format: format ?? 'us-banner', error: firstError(text, context, format ?? 'us-banner'), meant };",
      ],
      [
        'a hint about a marking that is read',
        'if (formatThatReads(text, context, formats) !== undefined) return undefined;',
        '',
      ],
      ['abbreviations are misspelt words', 'part.length >= SHORTEST && ', ''],
      [
        'another grammar than the one that is named',
        'named === undefined ? MARKING_FORMATS',
        'named === null ? [] : true ? MARKING_FORMATS',
      ],
    ],
  },
  {
    file: 'cli/label.ts',
    caughtBy: 'test/cli/marking-hint.test.ts',
    faults: [['a hint in the middle of JSON', ' && !options.json) noteHint', ') noteHint']],
  },
  {
    file: 'cli/which-guard.ts',
    caughtBy: 'test/cli/which-guard.test.ts',
    faults: [
      [
        'a file says otherwise than an option',
        'return [inOptions(options), inEnvironment(env), inFile(options.config, env)];',
        'return [inFile(options.config, env), inOptions(options), inEnvironment(env)];',
      ],
      ['what is empty is not said', "if (value === '') throw", "if (value === '' && by === '') throw"],
      [
        'an empty variable asks the guard on this machine',
        'own ? env[name] !== undefined : env[name]',
        'env[name]',
      ],
      [
        'a function is named and the guard on this machine asked',
        '(url === undefined || options.function !== undefined)',
        'options.function !== undefined',
      ],
      [
        'of a URL and a function one counts',
        'if (options.url !== undefined && options.function !== undefined)',
        'if (options.url === options.function && options.url)',
      ],
      [
        'a misspelt member is nobody’s',
        'if (!(SETTINGS as readonly string[]).includes(name))',
        "if (name === '')",
      ],
      ['a file that is named may lack', 'membersOf(file, named === undefined)', 'membersOf(file, true)'],
      [
        'a folder that others write to says where markings go',
        "isAbsolute(own) ? own : join(homedir(), '.config')",
        "own || join(homedir(), '.config')",
      ],
      [
        'a profile in a file before keys in the environment',
        "(env['AWS_ACCESS_KEY_ID'] ? undefined : file?.profile)",
        'file?.profile',
      ],
    ],
  },
  {
    file: 'cli/http-signing.ts',
    caughtBy: CONTRACT,
    faults: [
      ['signed requests in the clear', "base.protocol === 'http:' && isLocal", "base.protocol === 'http:'"],
      ['signed requests are redirected', "redirect: 'error'", "redirect: 'follow'"],
      ['a door that hangs', 'TIMEOUT_MS = 35_000', 'TIMEOUT_MS = 350_000'],
    ],
  },
  {
    file: 'cli/signed-http.ts',
    caughtBy: CONTRACT,
    faults: [
      ['any 400 is an answer', " &&\n    member(reply.body, 'registry') === undefined;", ';'],
      ['everybody signs as the auditor', 'localIdentity(who)', "localIdentity('auditor')"],
      ['broken text is mended for a command', 'fatal: true', 'fatal: false'],
      [
        'a door may say a member twice',
        'parseStrictJson(heard.reply.text, { maxBytes: MAX_BODY, maxDepth: 64 })',
        "({ ok: true, value: JSON.parse(heard.reply.text) as unknown, code: '' }) as ReturnType<typeof parseStrictJson> & { code: '' }",
      ],
    ],
  },
  {
    file: 'cli/question.ts',
    caughtBy: 'test/cli/question.test.ts',
    faults: [
      [
        'an entry that is empty is left out',
        "const entries = text.split(',');",
        "const entries = text.split(',').filter((entry) => entry.trim() !== '');",
      ],
      [
        'an option that is empty is left out',
        "if (text.trim() === '') throw",
        "if (text.trim() === '') return before;\n    if (text === '') throw",
      ],
      [
        'a member written twice is asked about as the last',
        'const label = parseStrictJson(text);',
        'const label = { ok: true as const, value: JSON.parse(text) as unknown, code: 0, at: 0 };',
      ],
    ],
  },
  {
    file: 'cli/timeline.ts',
    caughtBy: 'test/cli/question.test.ts',
    faults: [
      [
        'facts that are left out are asked of a guard',
        "listed('--facts')",
        "(text: string, before: readonly string[]) => [...before, ...text.split(',').filter((x) => x !== '')]",
      ],
    ],
  },
  {
    file: 'cli/best-path.ts',
    caughtBy: 'test/cli/question.test.ts',
    faults: [
      [
        'a hop that is empty is left out of a path',
        "listEntries('--path', hops)",
        "hops.split(',').filter((x) => x !== '')",
      ],
    ],
  },
  {
    file: 'cli/terminal.ts',
    caughtBy: 'test/cli/terminal.test.ts',
    faults: [
      ['an answer is printed as it came', 'console.log(lines.map(visible)', 'console.log(lines'],
      ['a broken line is printed as it came', 'lines.map(visible).flatMap(', 'lines.flatMap('],
      ['a line is not broken', 'current.length + word.trimEnd().length > width', 'false'],
      ['a long word paints over the edge', 'start += room', 'start += word.length'],
      ['a cell is printed as it came', 'row.map(visible)', '[...row]'],
      [
        'a complaint is printed as it came',
        '`routeguard: ${visible(sentence)}`',
        '`routeguard: ${sentence}`',
      ],
    ],
  },
  {
    file: 'cli/question.ts',
    caughtBy: CONTRACT,
    faults: [
      [
        'neither route nor network',
        '(o.route === undefined) === (o.network.length === 0)',
        'o.route !== undefined && o.network.length > 0',
      ],
      ['a version of nought is one', '/^[1-9]\\d{0,8}$/', '/^\\d{1,9}$/'],
      [
        'both versions',
        'if (o.registryAtLeast !== undefined && o.registryExact !== undefined) {',
        'if (false) {',
      ],
      ['further standards are not sent', '...(o.standard.length > 0 && { standards: o.standard }),', ''],
      [
        'the protection is not sent',
        '...(o.protection !== undefined && { protection: protection(o.protection) }),',
        '',
      ],
      ['a protection by half its name', 'colon < 1', 'colon < 0'],
    ],
  },
  {
    file: 'cli/command-line.ts',
    caughtBy: CONTRACT,
    faults: [
      ['usage ends well', 'error.exitCode === 0 ? 0 : EXIT.usage', '0'],
      ['usage is a crash', 'error.exitCode === 0 ? 0 : EXIT.usage', 'error.exitCode'],
      [
        'what cannot be used ends well',
        'complain(error.message);\n      process.exitCode = EXIT.usage;',
        'complain(error.message);',
      ],
      ['the program answers for the registry', '    .enablePositionalOptions()\n', '', REGISTRY],
    ],
  },
  {
    file: 'cli/check.ts',
    caughtBy: DATA,
    faults: [
      [
        'check ends well for unsound facts',
        'if (report.problems.length > 0) process.exitCode = EXIT.failed;',
        '',
      ],
      [
        'check passes a file it cannot read',
        'report = { problems: [error.message],',
        'report = { problems: [],',
      ],
      [
        'check does not look for repeats',
        '...shape, ...repeats(placed), ...fit',
        '...shape, ...fit',
        'test/scenarios/add-a-standard.test.ts',
      ],
      [
        'check does not see what fits',
        '...shape, ...repeats(placed), ...fit',
        '...shape, ...repeats(placed)',
        'test/scenarios/add-a-standard.test.ts',
      ],
    ],
  },
  {
    file: 'cli/fact-files.ts',
    caughtBy: DATA,
    faults: [
      ['a folder of YAML is empty', '/\\.json$/i.test(name) || isYaml(name)', '/\\.json$/i.test(name)'],
      ['what is not read is left out unsaid', 'if (other !== undefined)', 'if (other === null)'],
      ['capitals are another ending', '/\\.json$/i.test(name)', '/\\.json$/.test(name)'],
      ['pages about facts are facts', '/\\.md$/i.test(name) || ', ''],
      ['nothing at all is sound', 'if (list.length === 0)', 'if (list.length < 0)'],
      ['any word is an operation', 'if (!OPERATIONS.includes(String(op)))', 'if (op === undefined)'],
      ['a slip of the pen is no fact', 'if (unknown !== undefined)', 'if (unknown === null)'],
      [
        'an addition of nothing is none',
        "if (fact === undefined && op === 'end') return [];",
        'if (fact === undefined) return [];',
      ],
      ['an operation is a fact', "if (!Object.hasOwn(item, 'op'))", "if (!Object.hasOwn(item, 'opp'))"],
      [
        'what YAML says wrong is usage',
        'if (error instanceof UsageError)',
        'if (error instanceof RangeError)',
      ],
      [
        'facts of a proposal stand at its top',
        "factsInList(changes, file, '/changes')",
        "factsInList(changes, file, '')",
      ],
      ['an operation of no fact is one', "if (fact === undefined && op === 'end') return [];", ''],
    ],
  },
  {
    file: 'cli/yaml-position.ts',
    caughtBy: DATA,
    faults: [
      ['lists are not walked', 'else if (isSeq(node))', 'else if (node === part)'],
      ['the line of the whole', '.linePos(at).line', '.linePos(0).line'],
    ],
  },
  {
    file: 'cli/scenarios.ts',
    caughtBy: DATA,
    faults: [
      ['scenarios end well for a failure', 'if (failed > 0) process.exitCode = EXIT.failed;', ''],
      ['scenarios end well where any passes', 'if (failed > 0)', 'if (failed === results.length)'],
      ['a scenario that failed passes in JSON', 'pass: r.mismatches.length === 0', 'pass: true'],
    ],
  },
  {
    file: 'cli/label.ts',
    caughtBy: DATA,
    faults: [
      ['label ends well for a marking refused', 'if (refused) process.exitCode = EXIT.refused;', ''],
      ['label reads by any date', '!isCalendarDate(date)', "date === ''"],
    ],
  },
  {
    file: 'cli/simulate.ts',
    caughtBy: 'test/cli/simulate.test.ts',
    faults: [
      ['simulate ends well for new permits', 'found.alike && found.unasked === 0 ? 0 : EXIT.refused', '0'],
      [
        'simulate ends well for a build that says nothing now and then',
        'found.alike && found.unasked === 0 ?',
        'found.alike ?',
      ],
      ['simulate compares silence', 'if (asked.answers() === 0)', 'if (asked.answers() < 0)'],
      ['simulate compares with silence', 'if (against.answers() === 0)', 'if (against.answers() < 0)'],
      ['simulate does not say why a build is none', 'end(error instanceof Error ? error.message : ', 'end('],
      ['simulate does not say why a build is silent', 'silence = said.why ?? silence;', ''],
      ['simulate has a build say what it needs', 'env: settingsOf(file)', 'env: process.env'],
      [
        'simulate asks one build twice',
        'compareBuilds(against.ask, asked.ask, questions, ',
        'compareBuilds(asked.ask, asked.ask, questions, ',
      ],
      [
        'simulate ends well without a registry',
        'error.message}`);\n        process.exitCode = EXIT.unavailable;',
        'error.message}`);',
      ],
    ],
  },
  {
    file: 'cli/registry/run.ts',
    caughtBy: REGISTRY,
    faults: [
      ['a refused change ends well', 'process.exitCode = EXIT.refused;', ''],
      ['an unanswered change ends well', 'process.exitCode = EXIT.unavailable;', ''],
      ['a refusal on standard output', 'about.proposal)) complain(line);', 'about.proposal)) say([line]);'],
      ['what is held looks like any other', "if (typeof held === 'string' && !said)", 'if (said)'],
    ],
  },
  {
    file: 'cli/exit.ts',
    caughtBy: REGISTRY,
    faults: [['refused is unavailable', 'refused: 3, unavailable: 4', 'refused: 4, unavailable: 4']],
  },
  {
    file: 'cli/registry/connection.ts',
    caughtBy: REGISTRY,
    faults: [
      [
        'a server error is a refusal of the registry',
        'if (!saysNo(response.status)) {',
        'if (response.status > 500) {',
      ],
      ['a refusal is done', 'if (response.ok) return', 'if (response.status < 500) return'],
      [
        'a local identity signs far away',
        "if (!isLocal) throw new UsageError('--as",
        "if (isLocal && false) throw new UsageError('--as",
      ],
    ],
  },
  {
    file: 'functions/registry/answers.ts',
    caughtBy: REGISTRY,
    faults: [
      [
        'an acknowledgement of nothing',
        '  version: z.int(),\n  digest,\n  acknowledgedAt: instant,',
        '  digest,\n  acknowledgedAt: instant,',
      ],
      [
        'an acknowledgement without an end of permits',
        '  noPermitAfter: instant,',
        '  noPermitAfter: z.optional(instant),',
      ],
      ['a job of any status', "z.enum(['waiting', 'done', 'failed'])", 'text'],
      ['a soundness that is a text', '  sound: z.boolean(),', '  sound: z.any(),'],
    ],
  },
  {
    file: 'cli/registry/read-answer.ts',
    caughtBy: REGISTRY,
    faults: [['any shape will do', 'if (read.success) return read.data;', 'return answer as T;']],
  },
  {
    file: 'functions/registry/answers.ts',
    caughtBy: 'test/registry/openapi.test.ts',
    faults: [
      [
        'a log that is said to have other members',
        '  entries: z.array(entry),',
        '  commits: z.array(entry),',
      ],
      [
        'a start of a job that is said to be done at once',
        'const atWork = { 200: job, 202: job }',
        'const atWork = { 200: part, 202: job }',
      ],
    ],
  },
  {
    file: 'functions/registry/router.ts',
    caughtBy: 'test/registry/openapi.test.ts',
    faults: [['a parameter that nobody knows', 'onlyParameters(request.query, matched.query);', '']],
  },
  {
    file: 'functions/registry/simulate-slice.ts',
    caughtBy: 'test/registry/planned.test.ts',
    faults: [
      [
        'a job of another build is nobody’s fault',
        'if (error instanceof SimulationStateError)',
        'if (error instanceof SimulationStateError && false)',
      ],
    ],
  },
  {
    file: 'functions/registry/query.ts',
    caughtBy: 'test/registry/openapi.test.ts',
    faults: [['any parameter will do', 'if (!names.includes(name))', 'if (names.includes(name))']],
  },
  {
    file: 'openapi/registry-operations.ts',
    caughtBy: 'test/registry/openapi.test.ts',
    faults: [
      [
        'a lift that is said to take the body of a hold',
        "['Proposes to end a hold.', liftBody]",
        "['Proposes to end a hold.', holdBody]",
      ],
    ],
  },
  {
    file: 'openapi/words.ts',
    caughtBy: 'test/openapi/document.test.ts',
    faults: [['a member of a member has the word of any', 'whole.slice(index)', 'whole.slice(index + 1)']],
  },
  {
    file: 'openapi/named-schema.ts',
    caughtBy: 'test/openapi/document.test.ts',
    faults: [['members have no words', 'description: wordsOf(there), ', '']],
  },
  {
    file: 'openapi/shared-responses.ts',
    caughtBy: 'test/openapi/document.test.ts',
    faults: [
      [
        'what API Gateway answers is left out',
        '...Object.keys(errors), ...Object.keys(byGateway)',
        '...Object.keys(errors)',
      ],
    ],
  },
  {
    file: 'openapi/native-operations.ts',
    caughtBy: 'test/doors/access-door.test.ts',
    faults: [
      [
        'an error whose body is said to be another',
        "'401': NOT_AUTHENTICATED,",
        "'401': { ...NOT_AUTHENTICATED, ...REASONS },",
      ],
      [
        'a status that a door answers and the document lacks',
        "      '503': { ...REASONS,",
        "      '501': { ...REASONS,",
      ],
    ],
  },
  {
    file: 'openapi/decision-examples.ts',
    caughtBy: 'test/openapi/examples.test.ts',
    faults: [['an example that is answered otherwise', "id: 'sms-gb-primary'", "id: 'sms-gb-secondary'"]],
  },
  {
    file: 'openapi/bruno.ts',
    caughtBy: 'test/openapi/bruno.test.ts',
    faults: [['the purge is asked for by somebody who may not', "Purge: 'usa-proposer'", "Purge: 'auditor'"]],
  },
  {
    file: 'docs/build/glossary.ts',
    caughtBy: 'test/ci/glossary.test.ts',
    faults: [
      ['a comment anywhere will do for a type', "if (!text.trimEnd().endsWith('*/')) return undefined;", ''],
    ],
  },
  {
    file: 'cli/registry/jobs.ts',
    caughtBy: REGISTRY,
    faults: [
      ['a failed job is done', "job.status === 'failed'", "job.status === 'waiting'"],
      ['the first part is the whole', 'part < parts', 'part < 1'],
      ['a job is not run', "while (job.status === 'waiting')", "while (job.status === 'failed')"],
    ],
  },
  {
    file: 'cli/registry/change-commands.ts',
    caughtBy: REGISTRY,
    faults: [
      [
        'validate ends well for a problem',
        'if (!valid || problems.length > 0) process.exitCode = EXIT.refused;',
        '',
      ],
      ['validate believes the word alone', '!valid || problems.length > 0', '!valid'],
      [
        'an approval of every permit',
        'given ?? (await askedToAcknowledge(review.groups))',
        "given ?? acknowledged('1')",
      ],
      ['a change without a reason', "given === undefined || given === ''", 'given === undefined && false'],
      ['every proposal is the first', 'options.genesis === true && { base: null }', '{ base: null }'],
    ],
  },
  {
    file: 'cli/registry/review.ts',
    caughtBy: REGISTRY,
    faults: [
      [
        'a digest of what was not shown',
        'all || (changes.length <= MOST_OPERATIONS && ',
        'all || (changes.length > 0 && ',
      ],
      ['a review of the operations alone', '{ statement, operations, reader }', '{ operations, reader }'],
      ['a review without its operations', '{ statement, operations, reader }', '{ statement, reader }'],
      ['a review is anybody’s', '{ statement, operations, reader }', '{ statement, operations }'],
      [
        'nobody’s review is one',
        'isWhole && reader !== undefined ? readBy(reader) : null',
        "isWhole ? readBy(reader ?? '') : null",
        'test/cli/first-screen.test.ts',
      ],
    ],
  },
  {
    file: 'cli/registry/whose-review.ts',
    caughtBy: REGISTRY,
    faults: [
      ['everybody has read it', 'readBy(each) === digest', 'readBy(each) !== digest'],
      ['not telling whose it is is another end', 'return undefined;\n    throw error;', 'throw error;'],
    ],
  },
  {
    file: 'cli/registry/acknowledge.ts',
    caughtBy: REGISTRY,
    faults: [
      ['a group twice', 'groups.indexOf(name) !== i', 'false'],
      ['any group', '!byName.has(name)', 'false'],
      ['an answer twice', 'permits.size < given.numbers.length + inGroups.length', 'false'],
      ['any number', '!there.has(number)', 'false'],
      [
        'what is left out',
        'flips.some(({ number }) => !permits.has(number))',
        'flips.length === 0',
        'test/cli/acknowledge.test.ts',
      ],
      [
        'so many by number alone',
        'mustBeNamed(asked) && given.groups.length < asked.length',
        'false',
        'test/cli/acknowledge.test.ts',
      ],
    ],
  },
  {
    file: 'cli/registry/flip-lines.ts',
    caughtBy: REGISTRY,
    faults: [
      ['flip-lines: obligations unsaid', 'flip.obliges.length === 0 ? []', 'flip.obliges.length >= 0 ? []'],
      ['flip-lines: stops unsaid', 'report.stops.length === 0 ? []', 'report.stops.length >= 0 ? []'],
      ['flip-lines: places unsaid', 'places.length === 0 ? []', 'places.length >= 0 ? []'],
      ['flip-lines: conditions unsaid', "asked.length === 0 ? ''", "asked.length >= 0 ? ''"],
      [
        'flip-lines: markings cut unsaid',
        "const cut = more.length === 0 ? ''",
        "const cut = more.length >= 0 ? ''",
      ],
      ['flip-lines: what is gained is lost', "isGain ? 'no longer' : 'now'", "isGain ? 'now' : 'no longer'"],
      [
        'flip-lines: groups cut unsaid',
        'hidden.length === 0',
        'hidden.length >= 0',
        'test/cli/first-screen.test.ts',
      ],
      [
        'flip-lines: answers cut unsaid',
        '    ...(more.length === 0\n      ? []\n      : [\n          `          … and',
        '    ...(more.length >= 0\n      ? []\n      : [\n          `          … and',
        'test/cli/first-screen.test.ts',
      ],
      [
        'flip-lines: all groups are shown',
        'return all || groups.length <= MOST_GROUPS;',
        'return true;',
        'test/cli/first-screen.test.ts',
      ],
    ],
  },
  {
    file: 'cli/registry/approval-words.ts',
    caughtBy: REGISTRY,
    faults: [
      [
        'the author’s simulation is anybody’s',
        'by === undefined || (by.role',
        'by === undefined && (by.role',
      ],
      ['nobody is said to be missing', '(simulation?.voices ?? []).map', '[].map'],
    ],
  },
  {
    file: 'cli/registry/found-simulation.ts',
    caughtBy: REGISTRY,
    faults: [
      ['flips are whatever is said of them', 'digestOfFlips(flips) !== digest || ', ''],
      ['figures of answers are not counted', 'flips.length !== total || ', ''],
      ['figures of permits are not counted', ' || toPermit !== permits', ''],
    ],
  },
  {
    file: 'cli/registry/seen.ts',
    caughtBy: REGISTRY,
    faults: [
      ['any digest is of what was seen', 'if (reviewed === digest) {', 'if (reviewed.length > 0) {'],
      ['nobody is asked and it is signed', 'if (!asker.isThere)', 'if (!asker.isThere && digest === null)'],
      ['whatever is said is yes', "if (said !== 'sign')", "if (said === '')"],
    ],
  },
  {
    file: 'functions/core/administration/statement.ts',
    caughtBy: REGISTRY,
    faults: [
      ['another reason is shown', ' && asked.reason === reason', ''],
      ['another kind is shown', ' && asked.kind === kind', ''],
      ['another digest is shown', ' && contentOf(asked) === digest;', ';'],
      [
        'another reason than was signed is kept',
        'asked.reason === reason &&',
        'typeof reason === typeof asked.reason &&',
        'test/registry/approval.test.ts',
      ],
    ],
  },
  {
    file: 'cli/registry/signing.ts',
    caughtBy: REGISTRY,
    faults: [
      ['other operations are shown', 'changesDigest(changes) === asked.changes;', 'changes.length > 0;'],
      ['a lift of any hold is shown', ' && only.key === `hold/${asked.hold}`', ''],
      ['a lift that does more is shown', ' && more.length === 0', ''],
      [
        'a confirmation of another version',
        "asked?.kind !== 'confirm' || asked.version !== base.version || ",
        "asked?.kind !== 'confirm' || ",
      ],
      ['a confirmation of another commit', ' || asked.digest !== base.digest)', ')'],
      [
        'a signature without a key',
        'return local === undefined ? undefined : heldKey(local.key);',
        'return heldKey((local ?? identities[0])?.key as KeyObject);',
        'test/cli/keys.test.ts',
      ],
      [
        'the local key counts before the file',
        'if (name) return',
        'if (name && as === undefined) return',
        'test/cli/keys.test.ts',
      ],
      [
        'a salt that can be guessed',
        'randomBytes(16)',
        "Buffer.from('0'.repeat(16))",
        'test/cli/keys.test.ts',
      ],
    ],
  },
  {
    file: 'cli/registry/key-files.ts',
    caughtBy: 'test/cli/keys.test.ts',
    faults: [
      ['a key everybody may read', 'mode: 0o600', 'mode: 0o644'],
      ['a key in place of another', "flag: 'wx'", "flag: 'w'"],
      ['a key that others may read is used', '& 0o077) !== 0', '& 0o077) === 0o777'],
      ['a key that others may write is used', '& 0o077) !== 0', '& 0o044) !== 0'],
      [
        'a key is not encrypted',
        "passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase }",
        '{}',
      ],
      ['any kind of key signs', '    publicKeyOf(key);\n    return key;', '    return key;'],
    ],
  },
  {
    file: 'cli/registry/key-commands.ts',
    caughtBy: 'test/cli/keys.test.ts',
    faults: [
      [
        'a passphrase of nothing',
        'if (passphrase === true && !secret) throw',
        'if (passphrase === undefined && secret === null) throw',
      ],
      ['a passphrase is asked for and not used', 'passphrase === true ? secret : undefined', 'undefined'],
    ],
  },
  {
    file: 'cli/registry/whole-proposal.ts',
    caughtBy: REGISTRY,
    faults: [
      ['what is large is not there', "shown.changes === null && typeof shown.bytes === 'number'", 'false'],
    ],
  },
  {
    file: 'cli/registry/operation-words.ts',
    caughtBy: REGISTRY,
    faults: [
      [
        'what only restricts comes first',
        '(restricts ? 5 : 3) +',
        '(restricts ? 0 : 3) +',
        'test/cli/operation-order.test.ts',
      ],
      [
        'what contradicts itself comes where it stands',
        'flags.length > 0 ? 0 : 1',
        '0',
        'test/cli/operation-order.test.ts',
      ],
      [
        'who may speak comes where it stands',
        "if (!restricts && kind === 'authority') return 1;",
        '',
        'test/cli/operation-order.test.ts',
      ],
      [
        'what plainly loosens comes where it stands',
        ' || loosens !== undefined)) return 2;',
        ')) return 2;',
        'test/cli/operation-order.test.ts',
      ],
      [
        'by what everything is judged comes where it stands',
        'JUDGING.has(kind) || ',
        '',
        'test/cli/operation-order.test.ts',
      ],
      [
        'what is done once comes where it stands',
        'alike(a) - alike(b) || ',
        '',
        'test/cli/operation-order.test.ts',
      ],
      [
        'in short: how it loosens is not under its operation',
        "[effectOf(restricts), ...(loosens === undefined ? [] : [loosens.phrase])].join(': ')",
        'effectOf(restricts)',
        'test/cli/operation-order.test.ts',
      ],
      [
        'a contradiction is not under its operation',
        '...flags.map(({ sentence }) => `        ! ${sentence}`),',
        '',
      ],
      [
        'more are not shown, unsaid',
        '...(more > 0 ? [`  … and ${more} more operations',
        '...(more > 1e6 ? [`  … and ${more} more operations',
      ],
      ['what an operation says is not shown', '...details.map((line) => `          ${line}`),', ''],
    ],
  },
  {
    file: 'cli/registry/history-words.ts',
    caughtBy: REGISTRY,
    faults: [
      ['one who revoked merely changed', "kind === 'revoke' ? 'REVOKED'", "kind === 'revoked' ? 'REVOKED'"],
      ['nobody can have revoked', 'end(before) !== end(after)', 'end(before) === undefined'],
    ],
  },
  {
    file: 'cli/registry/differences.ts',
    caughtBy: REGISTRY,
    faults: [
      ['diff shows the first page', 'after = page.next;', 'after = null;'],
      [
        'two people revoke',
        "last.kind === 'revoke' && last.change !== 'unknown'",
        "last.change !== 'unknown'",
      ],
      ['a revocation that nobody can tell is told', " && last.change !== 'unknown'", ''],
    ],
  },
  {
    file: 'cli/registry/show-command.ts',
    caughtBy: REGISTRY,
    faults: [
      ['a kind that is none', 'sound(what, kindFault(what))', 'sound(what, undefined)'],
      ['a proposal is a kind of fact', 'if (/^p-\\d/.test(what))', 'if (/^x-\\d/.test(what))'],
    ],
  },
  {
    file: 'cli/registry/at-version.ts',
    caughtBy: REGISTRY,
    faults: [['a fact by any path', 'sound(key, factKeyFault(key))', 'sound(key, undefined)']],
  },
  {
    file: 'cli/registry/contradiction-lines.ts',
    caughtBy: 'test/cli/in-short.test.ts',
    faults: [
      ['a contradiction is not on top', 'i < MOST_KINDS || ', '', REGISTRY],
      ['what is said of the reason is cut', 'i < MOST_KINDS || first?.operation === null', 'i < 0'],
      ['a lie among many careless words comes last', 'a.length - b.length', 'b.length - a.length'],
      [
        'contradictions of one kind are a line each',
        'Map.groupBy(contradictions, ({ all }) => all)',
        'Map.groupBy(contradictions, (each) => each)',
      ],
      ['what a gain rests on stands among the others', 'decides ? contradictions.length : 0', '0'],
      ['about whom more is said stands among the others', '(flags.get(operation)?.length ?? 0)', '0'],
      [
        'one name is told as often as it is meant',
        '[...new Set(alike.map(({ one }) => one))]',
        'alike.map(({ one }) => one)',
      ],
      ['names are cut, unsaid', 'names.length > most ?', 'names.length > 1e6 ?'],
      ['kinds are cut, unsaid', 'left.length > 0', 'left.length > 1e6'],
    ],
  },
  {
    file: 'cli/registry/in-short.ts',
    caughtBy: 'test/cli/in-short.test.ts',
    faults: [
      ['in short: one cause for each rule', '[...new Set(because)].join', 'because.join'],
      [
        'in short: the first cause only',
        'causes.map(({ code, vendor }) =>',
        'causes.slice(1).map(({ code, vendor }) =>',
        'test/cli/first-screen.test.ts',
      ],
      [
        'in short: what became of a fact is not told',
        'const away = moved.has(first) ?',
        "const away = first === '' ?",
        'test/cli/first-screen.test.ts',
      ],
      ['in short: what is lost counts as gained', 'if (!GAINS.has(effect)) continue;', ''],
      [
        'in short: what is new stands before what is corrected',
        'rankOf(a) - rankOf(b) ||',
        'rankOf(b) - rankOf(a) ||',
      ],
      [
        'in short: what many do stands first',
        'a.operations.length - b.operations.length ||',
        'b.operations.length - a.operations.length ||',
      ],
      [
        'in short: the first fact of each group only',
        'for (const key of restsOn) {',
        'for (const key of restsOn.slice(0, 1)) {',
      ],
      ['in short: what differs is another way', '${placed?.loosens?.way}', '${placed?.loosens?.phrase}'],
      [
        'in short: one speaks for all of its way',
        "(phrases.length === 1 ? phrases : said('way'))",
        'phrases',
      ],
      [
        'in short: whom they are about is not told',
        'if (shown.length === 0) return',
        'if (shown.length >= 0) return',
        'test/cli/operation-order.test.ts',
      ],
      [
        'in short: facts are cut, unsaid',
        "more > 0 ? ` and ${more} more` : ''}${about",
        "more > 1e6 ? ` and ${more} more` : ''}${about",
      ],
      [
        'in short: ways of gains are cut, unsaid',
        '...(left.length > 0\n      ? [`      …',
        '...(left.length > 1e6\n      ? [`      …',
      ],
      [
        'in short: what is done often comes first',
        '.toSorted((a, b) => a.operations.length - b.operations.length)',
        '.toSorted((a, b) => b.operations.length - a.operations.length)',
        'test/cli/operation-order.test.ts',
      ],
      [
        'in short: more ways are not told, unsaid',
        '...(left.length > 0\n      ? [\n',
        '...(left.length > 1e6\n      ? [\n',
        'test/cli/operation-order.test.ts',
      ],
    ],
  },
  {
    file: 'cli/registry/earlier-facts.ts',
    caughtBy: 'test/cli/earlier-facts.test.ts',
    faults: [
      ['renewals: the first twenty are looked for', 'subjects: 1_000', 'subjects: 20'],
      ['renewals: the first page of them', 'after = page.next ?? null;', 'after = null;'],
      [
        'renewals: what was not read is not there',
        'found?.length === about?.length ? found : undefined',
        'found',
      ],
      [
        'renewals: whom nobody looked for renews nothing',
        'const about = listed.get(nameOf(each));',
        'const about = listed.get(nameOf(each)) ?? [];',
      ],
    ],
  },
  {
    file: 'cli/registry/few-at-once.ts',
    caughtBy: 'test/cli/earlier-facts.test.ts',
    faults: [['the first few alone', 'start < items.length', 'start < AT_ONCE']],
  },
  {
    file: 'cli/registry/flip-lines.ts',
    caughtBy: 'test/cli/first-screen.test.ts',
    faults: [
      [
        'flip-lines: the fact that ended is not named',
        'causeInWords(withFact(cause, group))',
        'causeInWords(cause)',
      ],
      [
        'flip-lines: what became of a fact is not told',
        '.filter((key) => moved.has(key))',
        '.filter((key) => key === undefined)',
      ],
      [
        'flip-lines: what is in force is acknowledged',
        'decided ? [] : acknowledgingInWords(groups)',
        'acknowledgingInWords(groups)',
      ],
    ],
  },
  {
    file: 'cli/registry/approval-words.ts',
    caughtBy: 'test/cli/first-screen.test.ts > a review > of what is',
    faults: [
      ['what is in force awaits its second person', "if (status === 'published')", 'if (false)'],
      ['what was rejected does', "if (status === 'rejected')", 'if (false)'],
      ['what has expired does', "status === 'expired'", 'false'],
    ],
  },
  {
    file: 'cli/registry/shown-change.ts',
    caughtBy: REGISTRY,
    faults: [['the first page of names', 'after = page.next;', 'after = null;']],
  },
  {
    file: 'cli/registry/facts-touched.ts',
    caughtBy: REGISTRY,
    faults: [['any fact stands there', 'if (factDigest(fact as RawFact) !== was)', 'if (was.length === 0)']],
  },
  {
    file: 'cli/registry/change-record.ts',
    caughtBy: REGISTRY,
    faults: [
      ['a record of two proposals', ' || job.proposal !== id', '', RECORD],
      ['a record of another proposal', ' || proposal.id !== id', '', RECORD],
      ['a record of another simulation', ' || found.job !== job.id', '', RECORD],
      ['a record with other answers', '  demandFlips({ flips }, found);\n', '', RECORD],
      ['a record that names other answers', 'flipsDigest !== found.flips || ', '', RECORD],
      ['a record that counts otherwise', '!isCounted || ', '', RECORD],
      ['a record on another base', ' || found.base?.digest !== job.base?.digest', '', RECORD],
      [
        'a record under another digest',
        'approvalStatement(proposal);',
        '{ ...proposal.simulation, content: proposal.digest } as never;',
        RECORD,
      ],
    ],
  },
  {
    file: 'cli/signed-http.ts',
    caughtBy: 'test/cli/unconfigured.test.ts',
    faults: [
      ['a command without credentials has no answer', 'if (isUnconfigured(cause))', 'if (cause === null)'],
    ],
  },
  {
    file: 'cli/registry/connection.ts',
    caughtBy: 'test/cli/unconfigured.test.ts',
    faults: [['a change without credentials crashes', 'if (isUnconfigured(cause))', 'if (cause === null)']],
  },
  {
    file: 'cli/guard-connection.ts',
    caughtBy: 'test/cli/unconfigured.test.ts',
    faults: [['what the SDK calls it is said, too', "kind === 'unconfigured' ? '' : failure", 'failure']],
  },
  {
    file: 'client/unconfigured.ts',
    caughtBy: 'test/client/transports.test.ts',
    faults: [
      ['without credentials a guard is unreachable', "'CredentialsProviderError', ", ''],
      ['without a Region a guard is unreachable', " || error.message === 'Region is missing'", ''],
    ],
  },
  {
    file: 'client/http.ts',
    caughtBy: 'test/client/transports.test.ts',
    faults: [
      [
        'over HTTP a guard is unreachable without credentials',
        "isUnconfigured(error) ? 'unconfigured' : ",
        '',
      ],
    ],
  },
  {
    file: 'cli/option-mistake.ts',
    caughtBy: 'test/cli/options.test.ts',
    faults: [
      ['what a command needs is asked for first', 'if (option === undefined) {', 'if (flag === undefined) {'],
      ['the value of an option is one', 'if (takesNext(', 'if (!takesNext('],
      [
        'the last of two options counts',
        'if (seen.has(option) && !isList(option)) return writtenTwice(option);',
        '',
      ],
      ['no option may be repeated', ' && !isList(option)', ''],
      ['options of several keys are run again', 'SEVERAL_IN_ONE.has(value)', 'false'],
      ['an option is of the whole program', 'else command = sub;', 'else isSettled = true;'],
      ['help is not given', "arg === '--' || HELP.has(arg)", "arg === '--'"],
      ['what follows -- is an option', "arg === '--' || HELP.has(arg)", 'HELP.has(arg)'],
    ],
  },
  {
    file: 'cli/registry/history-commands.ts',
    caughtBy: REGISTRY,
    faults: [
      [
        'verify ends well for a bad history',
        'if (!sound || problems.length > 0) process.exitCode = EXIT.refused;',
        '',
      ],
      ['verify believes the word alone', '!sound || problems.length > 0', '!sound'],
      ['a forecast is of a version', 'daysOf(options.days)', 'versionOf(options.days)'],
      ['a forecast of any length', ' || Number(text) > MOST_FORECAST_DAYS', ''],
    ],
  },
  {
    file: 'cli/registry/stop-commands.ts',
    caughtBy: REGISTRY,
    faults: [['version nought', '/^[1-9]\\d{0,8}$/', '/^\\d{1,9}$/']],
  },
  {
    file: 'cli/registry/hold-commands.ts',
    caughtBy: REGISTRY,
    faults: [
      [
        'a hold of two things is one of the first',
        'only === undefined || scopes.length > 1',
        'only === undefined',
      ],
      [
        'a cause nobody knows is sent',
        'given !== undefined && Object.hasOwn(CAUSES, given)',
        'given !== undefined',
      ],
    ],
  },
  {
    file: 'cli/registry/acting.ts',
    caughtBy: REGISTRY,
    faults: [
      ['a dry run stops', 'body: { ...body, dryRun: true }', 'body'],
      [
        'a stop fails where nothing can be counted',
        '  } catch {\n    return undefined;\n  }',
        '  } finally {\n  }',
      ],
      ['what was not looked at is not said', 'return complete ?', 'return complete !== undefined ?'],
    ],
  },
  {
    file: 'cli/registry/purge-commands.ts',
    caughtBy: REGISTRY,
    faults: [
      [
        'a purge that left something ends well',
        'if (Object.values(outcomes).some((each) => !GONE.has(each))) process.exitCode = EXIT.refused;',
        '',
      ],
      ['a purge of nothing', 'if (given.length === 0)', 'if (given.length < 0)'],
    ],
  },
  {
    file: 'cli/registry/numbers.ts',
    caughtBy: REGISTRY,
    faults: [
      ['a range backwards', '!(from <= to) || ', 'Number.isNaN(from) || '],
      ['a range without end', ' || found.size + to - from > MOST', ''],
      ['a range without its last', 'number <= to', 'number < to'],
      ['a number twice', 'if (found.has(number))', 'if (number < 0)', 'test/registry/read-document.test.ts'],
    ],
  },
  {
    file: 'cli/registry/operations.ts',
    caughtBy: REGISTRY,
    faults: [
      ['an operation that is none', 'if (!OPS.some(', 'if (OPS.every('],
      ['the first of several files', 'value } of documents) {', 'value } of documents.slice(0, 1)) {'],
      ['an end of no kind', 'factKeyFault(key) :', 'undefined :'],
      ['a proposal with members nobody reads', 'if (unknown !== undefined && !', "if (unknown === '' && !"],
      [
        'a digest of another fact',
        'was: factDigest(fact as RawFact)',
        "was: factDigest({ ...fact, id: 'x' } as RawFact)",
      ],
    ],
  },
  {
    file: 'cli/scenario/expectation.ts',
    caughtBy: SCENARIOS,
    faults: [
      [
        'a wrong outcome passes',
        'if (e.outcome !== j.outcome)',
        "if (e.outcome !== j.outcome && e.outcome === 'permit')",
      ],
      [
        'a missing reason passes',
        'if (!said.some((r) => matchesReason(expected, r)))',
        'if (said.length === 0)',
      ],
      [
        'a reason by its code alone',
        'return Object.entries(wanted).every(([name, value]) => actual[name as keyof Reason] === value);',
        'return expected.code === actual.code;',
      ],
      ['some member of a reason', 'Object.entries(wanted).every(', 'Object.entries(wanted).some('],
      [
        'a reason that should be absent',
        'if (said.some((r) => r.code === code)) found',
        'if (said.every((r) => r.code === code)) found',
      ],
      [
        'an obligation of another tunnel',
        'if (expected.ref !== undefined && expected.ref !== actual.ref) return false;',
        '',
      ],
      ['a missing obligation passes', 'if (!j.obligations.some((o)', 'if (!j.obligations.every((o)'],
      ['valid for ever is valid until', 'return expected === null && actual === null;', 'return true;'],
      [
        'an end by the day',
        ' : instantOf(expected) === actual;',
        ' : Math.abs((instantOf(expected) ?? 0) - actual) < 60_000;',
      ],
      ['an end a day later', 'dayOf(actual - 1, zone)', 'dayOf(actual, zone)'],
      ['a designation nobody matched', 'matched !== e.designationMatch', 'matched && !e.designationMatch'],
    ],
  },
  {
    file: 'cli/scenario/load.ts',
    caughtBy: SCENARIOS,
    faults: [
      [
        'an id twice',
        'if (before !== undefined) {',
        'if (before !== undefined && before.file === l.file && false) {',
      ],
      ['no scenario is none wrong', 'if (loaded.length === 0) throw', 'if (loaded.length < 0) throw'],
      ['only the first line is read', 'parseText(line, file, i + 1)', 'parseText(line, file)'],
    ],
  },
  {
    file: 'cli/scenario/message.ts',
    caughtBy: SCENARIOS,
    faults: [
      [
        'a marking has no end',
        'if (read.ok || originator !== undefined) return read;',
        'if (read.ok || originator !== undefined) return { ...read, until: null };',
      ],
      ['a classification has no end', '  return read;\n}', '  return { ...read, until: null };\n}'],
      ['a marking said twice', 'forms.length !== 1', 'forms.length === 0'],
      [
        'a level nobody has is one',
        '  if (!read.ok)\n    throw',
        '  if (!read.ok) return bare(labelFrom({ frame: markedBy, level: classification, markedBy, audience: null }));\n  if (!read.ok)\n    throw',
      ],
    ],
  },
  {
    file: 'cli/scenario/run.ts',
    caughtBy: SCENARIOS,
    faults: [
      [
        'a marking that cannot be read permits',
        "  outcome: 'indeterminate',\n  reasons",
        "  outcome: 'permit',\n  reasons",
      ],
      [
        'every scenario passes',
        'mismatches: mismatches(s.expect, judgement, zone, at)',
        'mismatches: mismatches(s.expect, judgement, zone, at).slice(0, 0)',
      ],
    ],
  },
  {
    file: 'cli/scenario/percent.ts',
    caughtBy: SCENARIOS,
    faults: [['a hundredth over all', 'value <= 10_000', 'value <= 10_001']],
  },
  {
    file: 'cli/read-json-file.ts',
    caughtBy: DATA,
    faults: [['a line of another file', 'firstLine - 1 + lineAt', 'firstLine + lineAt']],
  },
  {
    file: 'client/answer.ts',
    caughtBy: ANSWER,
    faults: [['a member by inheritance', 'Object.hasOwn(read.members, name) ?', 'name in read.members ?']],
  },
  {
    file: 'client/instant.ts',
    caughtBy: ANSWER,
    faults: [['a year of six digits', '/^\\d{4}-(0', '/\\d{4}-(0']],
  },
  {
    file: 'client/json-text.ts',
    caughtBy: ANSWER,
    faults: [['a quote that is escaped ends a text', '(?:[^"\\\\]|\\\\.)*', '[^"]*']],
  },
  {
    file: 'client/obligations.ts',
    caughtBy: ANSWER,
    faults: [
      ['an obligation that ends in kebab', '/^[a-z0-9]+(-', '/[a-z0-9]+(-'],
      ['an obligation’s type by inheritance', "    if (!Object.hasOwn(item, 'type')) return null;\n", ''],
      ['an obligation begun without time', 'handler === null || signal.aborted', 'handler === null', AROUND],
    ],
  },
  {
    file: 'client/route-guard.ts',
    caughtBy: AROUND,
    faults: [
      ['an attempt at the deadline', '!(milliseconds > 0)', '!(milliseconds >= 0)'],
      [
        'a lease that ran out names no evaluation',
        "refusal('lease-expired', { evaluationId })",
        "refusal('lease-expired')",
      ],
    ],
  },
  {
    file: 'client/surroundings.ts',
    caughtBy: AROUND,
    faults: [
      ['a lease by a clock that can be set', 'performance.now()', 'Date.now()'],
      ['no wait between attempts', 'setTimeout(resolve, milliseconds)', 'setTimeout(resolve, 0)'],
    ],
  },
  {
    file: 'client/lambda.ts',
    caughtBy: TRANSPORTS,
    faults: [['an error without a status is final', 'httpStatusCode : 0', 'httpStatusCode : 403']],
  },
]);
