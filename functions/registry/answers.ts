/**
 * What the registry answers, and what comes out of its jobs: the commands read with these shapes, the handlers are typed
 * against them, and the OpenAPI document publishes them. Loose for whoever reads: what is not named here may come too.
 *
 * An answer without a member named here says nothing: a hold that nobody acknowledged is not in force, whatever status
 * came with it. No function bundles this file; only its types are the handlers'.
 */
import * as z from 'zod/mini';
import { digest } from '../core/facts/primitives.ts';
import type { PurgeRouteName } from './purge-routes.ts';
import type { RouteName } from './routes.ts';

const text = z.string();
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
  path: z.exactOptional(text),
  problems: z.exactOptional(z.array(z.looseObject({ path: text, message: text }))),
  details: z.exactOptional(anObject),
});

/** The body of every refusal. */
export const refusalBody = z.looseObject({ error: wireError });

export const acknowledgement = z.looseObject({
  version: z.int(),
  digest,
  acknowledgedAt: instant,
  noPermitAfter: instant,
});

const doneAlone = z.extend(acknowledgement, { already: z.exactOptional(z.boolean()) });

const approved = z.extend(acknowledgement, { proposal: text, recordedAt: z.exactOptional(instant) });

/** What a simulation found, in figures. */
const found = z.looseObject({
  job: text,
  base,
  root: digest,
  people: digest,
  flips: digest,
  permits: z.int(),
  total: z.int(),
  at: instant,
});

export const proposal = z.looseObject({
  id: text,
  status: text,
  kind: text,
  operations: z.int(),
  base,
  author: person,
  createdAt: instant,
  expiresAt: instant,
  reason: text,
  digest: z.nullable(digest),
  authorKey: text,
  asked: z.nullable(anObject),
  /** Null where they are too many for one answer, or there are none; `bytes` tells which. */
  changes: z.exactOptional(z.nullable(z.array(anObject))),
  bytes: z.exactOptional(z.nullable(z.int())),
  upload: z.exactOptional(z.looseObject({ chunks: z.int(), missing: z.array(z.int()), expiresAt: instant })),
  simulation: z.exactOptional(found),
  agreed: z.exactOptional(anObject),
  confirmed: z.exactOptional(z.array(signatory)),
  approval: z.exactOptional(z.looseObject({ by: person, at: instant, key: text })),
  published: z.exactOptional(z.looseObject({ version: z.int(), digest })),
  rejection: z.exactOptional(z.looseObject({ by: person, at: instant, reason: text })),
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

export const proposals = z.looseObject({ proposals: z.array(proposal), next: z.nullable(text) });

export const validation = z.looseObject({
  valid: z.boolean(),
  problems: z.array(z.looseObject({ path: text, message: text, key: z.exactOptional(text) })),
});

const jobState = z.looseObject({
  id: text,
  kind: text,
  status: z.enum(['waiting', 'done', 'failed']),
  createdAt: instant,
  by: person,
  progress: z.looseObject({ done: z.number(), total: z.nullable(z.number()) }),
  /** Of a simulation: the proposal, and the version it was simulated on; null for the first of all. */
  proposal: z.exactOptional(text),
  base: z.exactOptional(base),
  result: z.exactOptional(digest),
  failure: z.exactOptional(z.looseObject({ code: text, message: text })),
});

export const job = z.looseObject({ job: jobState });

/** A job as everybody sees it. */
export type JobView = z.infer<typeof jobState>;

const simulating = z.extend(job, {
  simulation: z.exactOptional(found),
  proposal: z.looseObject({ id: text, digest: z.nullable(digest) }),
});

/** A piece of JSON text that is too large for one answer. */
export const part = z.looseObject({
  digest: z.nullable(digest),
  part: z.int(),
  parts: z.int(),
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
      why: texts,
    }),
  ),
  toPermit: z.int(),
  toDeny: z.int(),
  changedSinceJudged: texts,
  flipsDigest: digest,
});

export const forecast = z.looseObject({
  complete: z.boolean(),
  lookedUntil: z.nullable(instant),
  at: instant,
  until: instant,
  days: z.int(),
  questions: z.int(),
  outages: z.array(
    z.looseObject({
      from: instant,
      until: z.nullable(instant),
      subject: anObject,
      because: z.array(z.looseObject({ key: text, what: text })),
      why: texts,
    }),
  ),
});

export const verification = z.looseObject({
  sound: z.boolean(),
  held: z.boolean(),
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
  next: z.nullable(z.int()),
  held: z.exactOptional(held),
});

export const versionShape = z.extend(entry, { facts: z.record(z.string(), z.int()), held });

export const factShape = z.looseObject({ version: z.int(), key: text, digest, fact: anObject, held });

export const keys = z.looseObject({ version: z.int(), keys: texts, next: z.nullable(text), held });

export const differences = z.looseObject({
  from: z.int(),
  to: z.int(),
  total: z.int(),
  differences: z.array(z.looseObject({ change: text, key: text })),
  next: z.nullable(text),
  held,
});

const source = z.looseObject({ citation: text, verified: z.boolean() });

export const blame = z.extend(entry, {
  key: text,
  change: text,
  sources: z.array(source),
  ending: z.exactOptional(z.array(source)),
  fact: z.nullable(anObject),
  held,
});

export const purge = z.looseObject({
  id: text,
  status: text,
  authority: text,
  consents: z.array(signatory),
  createdAt: instant,
  approvedAt: z.exactOptional(instant),
  reason: text,
  salt: text,
  notes: z.array(z.int()),
  proposals: texts,
  missing: z.exactOptional(texts),
  digest,
  outcomes: z.exactOptional(z.record(z.string(), text)),
});

const atWork = { 200: job, 202: job } as const;
const alone = { 200: doneAlone } as const;

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
  revoke: alone,
  hold: alone,
  lift: { 201: proposal },
  rollback: { 201: proposal },
  confirm: { 201: proposal },
  signing: { 200: signing },
  log: { 200: logShape },
  version: { 200: versionShape },
  facts: { 200: keys },
  fact: { 200: factShape },
  diff: { 200: differences },
  blame: { 200: blame },
  verify: atWork,
  forecast: atWork,
  'show-job': atWork,
  'run-job': atWork,
  'job-result': { 200: part },
  'request-purge': { 201: purge },
  'show-purge': { 200: purge },
  'approve-purge': { 200: purge, 202: purge },
} as const satisfies Record<
  RouteName | PurgeRouteName,
  Partial<Record<200 | 201 | 202, z.ZodMiniType<object>>>
>;

/** What comes out of a job, by its kind: JSON text, in parts. */
export const RESULTS = { simulate: simulation, forecast, verify: verification } as const;

type Known<T> = { readonly [K in keyof T as string extends K ? never : K]: Written<T[K]> };

/** What a reader of this type takes, as whoever writes it must give it: every member named, and nothing mutable asked for. */
type Written<T> = unknown extends T
  ? unknown
  : T extends readonly (infer E)[]
    ? readonly Written<E>[]
    : T extends object
      ? keyof Known<T> extends never
        ? unknown extends T[keyof T]
          ? object
          : Readonly<Record<string, T[keyof T]>>
        : Known<T>
      : T;

export type WrittenAs<S extends z.ZodMiniType> = Written<z.infer<S>>;

type Answers = typeof ANSWERS;

/** What the handler of a method replies with: a status it may have, and the body that goes with it. */
export type ReplyTo<N extends keyof Answers> = {
  [S in keyof Answers[N]]: {
    readonly status: S;
    readonly body: Answers[N][S] extends z.ZodMiniType ? WrittenAs<Answers[N][S]> : never;
  };
}[keyof Answers[N]];

/** What comes out of a job of this kind, as whoever writes it must give it. */
export type ResultOf<K extends keyof typeof RESULTS> = WrittenAs<(typeof RESULTS)[K]>;
