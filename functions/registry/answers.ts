/**
 * What the registry answers, and what comes out of its jobs: the commands read with these shapes, the handlers are typed
 * against them, and the OpenAPI document publishes them. Loose for whoever reads: what is not named here may come too.
 *
 * An answer without a member named here says nothing: a hold that nobody acknowledged is not in force, whatever status
 * came with it. No function bundles this file; only its types are the handlers'.
 */
import * as z from 'zod/mini';
import { cause } from '../core/facts/hold.ts';
import type { PurgeRouteName } from './purge-routes.ts';
import type { RouteName } from './routes.ts';

/** A member that every answer has, and that no command relies on: whoever reads does without it. */
const told = z.optional;
/** Whether a member is one that every answer has, though it reads as if it need not. */
export const isTold = (member: unknown): boolean => member instanceof z.ZodMiniOptional;
/** A member that an answer has where there is something to say. */
const sometimes = z.exactOptional;

const text = z.string();
const digest = z.templateLiteral(['sha256:', z.string()]);
const texts = z.array(text);
export const anObject = z.record(z.string(), z.unknown());
const instant = text;
const person = z.looseObject({ role: text, session: text });
const signatory = z.extend(person, { key: text });
/** A version, and the digest that names it; null before the first. */
const base = z.nullable(z.looseObject({ version: z.int(), digest }));
const held = z.nullable(text);

export const wireError = z.looseObject({
  code: text,
  message: text,
  path: sometimes(text),
  problems: sometimes(z.array(z.looseObject({ path: text, message: text, key: sometimes(text) }))),
  details: sometimes(anObject),
});

/** The body of every refusal. */
export const refusalBody = z.looseObject({ error: wireError });

export const acknowledgement = z.looseObject({
  version: z.int(),
  digest,
  acknowledgedAt: instant,
  noPermitAfter: instant,
});

const lost = z.looseObject({ permitted: z.int(), lost: texts });
/** What is not permitted any more, of what would be asked; not all of it was asked where it is not complete. */
export const stopCounts = z.looseObject({
  stops: z.looseObject({ networks: lost, markings: lost, complete: z.boolean() }),
});

/** Says of itself that nothing was done: an answer that does not is no preview. */
export const dryRun = z.extend(stopCounts, { dryRun: z.literal(true), version: told(z.int()) });

/** Whether a stop reaches beyond its authority's own, and when it ends by itself. */
const reach = { wide: told(z.boolean()), until: told(z.nullable(instant)) };

const doneAlone = z.extend(acknowledgement, { already: sometimes(z.boolean()) });

/** Of a hold that cannot be read there is nothing but its id. */
const holdInForce = z.union([
  z.looseObject({ id: text, readable: z.literal(false) }),
  z.looseObject({
    id: text,
    readable: z.literal(true),
    authority: text,
    scope: z.union([
      z.looseObject({ everything: z.literal(true) }),
      z.looseObject({ owner: text }),
      z.looseObject({ network: text }),
    ]),
    cause: z.nullable(cause),
    since: instant,
    until: z.nullable(instant),
    wide: z.boolean(),
    exempt: z.array(z.looseObject({ owner: text, exemption: text })),
  }),
]);

export const holds = z.looseObject({
  version: z.int(),
  at: instant,
  holds: z.array(holdInForce),
  held: told(held),
});

/** What a rehearsal of a stop came to: `empty` and `held` have nothing to stop, because nothing is permitted. */
const rehearsal = z.looseObject({
  standing: z.enum(['published', 'empty', 'held']),
  /** In the order in which a hold takes them, and how long each took, in milliseconds. */
  steps: z.array(z.looseObject({ step: text, ms: z.int() })),
});

const approved = z.extend(acknowledgement, { proposal: text, recordedAt: sometimes(instant) });

/** Of `RefusalCause`: another release may know more codes. */
const causes = z.array(z.looseObject({ code: text }));

/** What a simulation found, in figures. */
const found = z.looseObject({
  job: text,
  base,
  root: digest,
  people: digest,
  flips: digest,
  permits: z.int(),
  total: z.int(),
  at: told(instant),
  by: sometimes(person),
  voices: sometimes(z.array(z.looseObject({ anyOf: texts, people: texts, operations: z.int() }))),
});

export const proposal = z.looseObject({
  id: text,
  status: text,
  kind: text,
  operations: z.int(),
  base,
  author: person,
  createdAt: instant,
  expiresAt: told(instant),
  reason: text,
  digest: z.nullable(digest),
  authorKey: sometimes(text),
  asked: told(z.nullable(anObject)),
  /** Null where they are too many for one answer, or there are none; `bytes` tells which. */
  changes: sometimes(z.nullable(z.array(anObject))),
  bytes: sometimes(z.nullable(z.int())),
  upload: sometimes(z.looseObject({ chunks: told(z.int()), missing: z.array(z.int()), expiresAt: instant })),
  simulation: sometimes(found),
  agreed: sometimes(anObject),
  confirmed: sometimes(z.array(signatory)),
  approval: sometimes(z.looseObject({ by: person, at: instant, key: told(text) })),
  published: sometimes(z.looseObject({ version: z.int(), digest: told(digest) })),
  rejection: sometimes(z.looseObject({ by: person, at: told(instant), reason: text })),
  purged: sometimes(z.literal(true)),
});

const confirming = z.extend(proposal, { missing: text });

export const signing = z.looseObject({
  registry: text,
  base,
  root: z.nullable(digest),
  people: z.nullable(digest),
  epoch: z.nullable(z.int()),
  floor: z.nullable(z.looseObject({ epoch: z.int(), version: z.int(), digest })),
});

/** Where the registry stands; null while it is empty. */
export const standShape = z.pick(signing, { base: true });

export const proposals = z.looseObject({ proposals: z.array(proposal), next: told(z.nullable(text)) });

export const validation = z.looseObject({
  valid: z.boolean(),
  problems: z.array(z.looseObject({ path: text, message: text, key: sometimes(text) })),
});

const jobState = z.looseObject({
  id: text,
  kind: text,
  status: z.enum(['waiting', 'done', 'failed']),
  createdAt: told(instant),
  by: told(person),
  progress: z.looseObject({ done: z.number(), total: z.nullable(z.number()) }),
  /** Of a simulation: the proposal, and the version it was simulated on; null for the first of all. */
  proposal: sometimes(text),
  base: sometimes(base),
  result: sometimes(digest),
  failure: sometimes(z.looseObject({ code: text, message: text })),
});

export const job = z.looseObject({ job: jobState });

/** A job as everybody sees it. */
export type JobView = z.infer<typeof jobState>;

const simulating = z.extend(job, {
  simulation: sometimes(found),
  proposal: z.looseObject({ id: text, digest: z.nullable(digest) }),
});

/** A piece of JSON text that is too large for one answer. */
export const part = z.looseObject({
  digest: told(z.nullable(digest)),
  part: told(z.int()),
  parts: z.int().check(z.gte(1)),
  text,
});

export const simulation = z.looseObject({
  complete: z.literal(true),
  at: instant,
  questions: z.int(),
  evaluations: z.int(),
  flips: z.array(
    z.looseObject({
      number: z.int(),
      direction: z.enum(['to-permit', 'to-deny']),
      subject: anObject,
      cases: z.array(z.looseObject({ marking: text })),
      why: causes,
      restsOn: texts,
      obliges: texts,
    }),
  ),
  toPermit: told(z.int()),
  toDeny: told(z.int()),
  changedSinceJudged: texts,
  stops: texts,
  flipsDigest: digest,
});

export const forecast = z.looseObject({
  complete: z.boolean(),
  lookedUntil: z.nullable(instant),
  at: instant,
  until: told(instant),
  days: z.int(),
  questions: z.int(),
  stopped: texts,
  outages: z.array(
    z.looseObject({
      from: instant,
      until: told(z.nullable(instant)),
      subject: anObject,
      because: z.array(z.looseObject({ key: text, what: text })),
      why: causes,
    }),
  ),
});

export const verification = z.looseObject({
  sound: z.boolean(),
  held: told(z.boolean()),
  commits: z.int(),
  objects: z.int(),
  problems: z.array(anObject),
  purged: z.array(anObject),
});

const entry = z.looseObject({
  version: z.int(),
  recordedAt: instant,
  kind: text,
  author: text,
  approvers: texts,
  signedBy: z.array(
    z.looseObject({ key: text, name: z.nullable(text), founder: z.boolean(), authorities: texts }),
  ),
  digest,
});

export const logShape = z.looseObject({
  entries: z.array(entry),
  next: told(z.nullable(z.int())),
  held: sometimes(held),
});

export const versionShape = z.extend(entry, { facts: z.record(z.string(), z.int()), held: told(held) });

export const factShape = z.looseObject({
  version: told(z.int()),
  key: told(text),
  digest: told(digest),
  fact: anObject,
  held: told(held),
});

export const keys = z.looseObject({
  version: told(z.int()),
  keys: texts,
  next: told(z.nullable(text)),
  held: told(held),
});

export const names = z.looseObject({
  version: told(z.int()),
  names: z.record(text, text),
  next: z.nullable(text),
  held: told(held),
});

export const differences = z.looseObject({
  from: told(z.int()),
  to: told(z.int()),
  total: told(z.int()),
  differences: z.array(
    z.looseObject({
      change: text,
      key: text,
      /** Null where there was, or is, none. */
      before: z.optional(z.unknown()),
      after: z.optional(z.unknown()),
    }),
  ),
  next: z.nullable(text),
  held: told(held),
});

const source = z.looseObject({ citation: text, verified: z.boolean() });

export const blame = z.extend(entry, {
  key: told(text),
  /** `unknown` where what stood before was purged: then it is as old as this version, or older. */
  change: text,
  sources: told(z.array(source)),
  ending: sometimes(z.array(source)),
  /** Null where it left. */
  fact: z.nullable(anObject),
  held: told(held),
});

export const purge = z.looseObject({
  id: text,
  status: text,
  authority: text,
  consents: z.array(z.extend(person, { key: told(text) })),
  createdAt: instant,
  approvedAt: sometimes(instant),
  reason: text,
  salt: text,
  notes: z.array(z.int()),
  proposals: texts,
  objects: texts,
  jobs: texts,
  missing: sometimes(texts),
  /** Of each that is missing: how many more people of it have to sign. */
  needed: sometimes(z.record(z.string(), z.int())),
  digest,
  outcomes: sometimes(z.record(z.string(), text)),
  /** Of each object that is there still: entries of which facts it holds, or of a law, in which versions it stands. */
  contents: sometimes(
    z.record(
      z.string(),
      z.object({
        what: z.enum(['law', 'leaf', 'note']),
        entries: texts,
        count: z.int(),
        versions: z.array(z.int()),
      }),
    ),
  ),
});

const undoPart = z.looseObject({
  by: text,
  operations: z.int(),
  changes: z.array(z.looseObject({ op: z.enum(['add', 'replace', 'end']), key: text })),
  /** Null where nothing that others do makes it sound. */
  after: z.nullable(texts),
  problems: z.array(z.looseObject({ key: sometimes(text), path: told(text), message: text })),
});

export const undo = z.looseObject({
  to: z.int(),
  head: z.looseObject({ version: z.int(), digest }),
  also: texts,
  absent: texts,
  parts: z.array(undoPart),
  stays: texts,
  staying: z.int(),
});

const place = z.looseObject({
  table: z.enum(['objects', 'state', 'floor']),
  what: text,
  name: text,
  versions: sometimes(z.array(z.int())),
  /** Of a leaf: the facts in it that have it. */
  facts: sometimes(texts),
});

export type FoundPlace = z.infer<typeof place>;

export const places = z.looseObject({ places: z.array(place), next: z.nullable(anObject) });

const atWork = { 200: job, 202: job } as const;

/** What each method answers where it does not refuse, by HTTP status. */
export const ANSWERS = {
  propose: { 201: proposal },
  'list-proposals': { 200: proposals },
  'show-proposal': { 200: z.union([part, proposal]) },
  'put-chunk': { 200: proposal },
  validate: { 200: validation },
  simulate: { 200: simulating, 202: simulating },
  sign: { 200: proposal },
  approve: { 200: approved, 202: z.union([simulating, confirming]) },
  reject: { 200: proposal },
  revoke: { 200: z.union([doneAlone, dryRun]) },
  hold: { 200: z.union([z.extend(doneAlone, reach), z.extend(dryRun, reach)]) },
  rehearse: { 200: rehearsal },
  lift: { 201: proposal },
  rollback: { 201: proposal },
  undo: { 200: undo },
  confirm: { 201: proposal },
  signing: { 200: signing },
  log: { 200: logShape },
  version: { 200: versionShape },
  stops: { 200: z.extend(stopCounts, { version: z.int(), held: told(held) }) },
  holds: { 200: holds },
  facts: { 200: keys },
  names: { 200: names },
  fact: { 200: factShape },
  diff: { 200: differences },
  blame: { 200: blame },
  verify: atWork,
  forecast: atWork,
  'show-job': atWork,
  'run-job': atWork,
  'job-result': { 200: part },
  'request-purge': { 201: purge },
  'search-tables': { 200: places },
  'show-purge': { 200: purge },
  'approve-purge': { 200: purge, 202: purge },
} as const satisfies Record<
  RouteName | PurgeRouteName,
  Partial<Record<200 | 201 | 202, z.ZodMiniType<object>>>
>;

/** What comes out of a job, by its kind: JSON text, in parts. */
export const RESULTS = { simulate: simulation, forecast, verify: verification } as const;

type Sometimes<M extends z.core.$ZodShape> = {
  [K in keyof M]: M[K] extends z.ZodMiniExactOptional ? (undefined extends z.infer<M[K]> ? never : K) : never;
}[keyof M];

/** What whoever answers must give: every member that is told, and nothing mutable asked for. */
export type WrittenAs<S> =
  S extends z.ZodMiniOptional<infer T>
    ? WrittenAs<T>
    : S extends z.ZodMiniObject<infer M extends z.core.$ZodShape>
      ? { readonly [K in Exclude<keyof M, Sometimes<M>>]: WrittenAs<M[K]> } & {
          readonly [K in Sometimes<M>]?: M[K] extends z.ZodMiniExactOptional<infer T> ? WrittenAs<T> : never;
        }
      : S extends z.ZodMiniArray<infer E>
        ? readonly WrittenAs<E>[]
        : S extends z.ZodMiniNullable<infer T>
          ? WrittenAs<T> | null
          : S extends z.ZodMiniUnion<infer Options>
            ? WrittenAs<Options[number]>
            : S extends z.ZodMiniRecord<infer _K, infer V>
              ? unknown extends z.infer<V>
                ? object
                : Readonly<Record<string, z.infer<V>>>
              : S extends z.core.SomeType
                ? z.infer<S>
                : never;

type Answers = typeof ANSWERS;

/** What the handler of a method replies with: a status it may have, and the body that goes with it. */
export type ReplyTo<N extends keyof Answers> = {
  [S in keyof Answers[N]]: {
    readonly status: S;
    readonly body: WrittenAs<Answers[N][S]>;
  };
}[keyof Answers[N]];

/** What comes out of a job of this kind, as whoever writes it must give it. */
export type ResultOf<K extends keyof typeof RESULTS> = WrittenAs<(typeof RESULTS)[K]>;
