/**
 * What the commands rely on in what the registry answers, and no more. An answer without it says nothing: a hold that
 * nobody acknowledged is not in force, whatever status came with it.
 */
import * as z from 'zod/mini';
import { RegistryUnavailableError } from './errors.ts';

const text = z.string();
const texts = z.array(text);
export const anObject = z.record(z.string(), z.unknown());
const person = z.looseObject({ role: text, session: text });

export const wireError = z.looseObject({
  code: text,
  message: text,
  path: z.optional(text),
  problems: z.optional(z.array(z.looseObject({ path: text, message: text }))),
  details: z.optional(anObject),
});

export const acknowledgement = z.looseObject({
  version: z.int(),
  digest: text,
  acknowledgedAt: text,
  noPermitAfter: text,
});

export const proposal = z.looseObject({
  id: text,
  status: text,
  kind: text,
  operations: z.int(),
  base: z.nullable(z.looseObject({ version: z.int(), digest: text })),
  author: person,
  createdAt: text,
  reason: text,
  digest: z.nullable(text),
  authorKey: z.optional(text),
  /** Null where they are too many for one answer, or there are none; `bytes` tells which. */
  changes: z.optional(z.nullable(z.array(anObject))),
  bytes: z.optional(z.nullable(z.int())),
  upload: z.optional(z.looseObject({ missing: z.array(z.int()), expiresAt: text })),
  simulation: z.optional(
    z.looseObject({
      job: text,
      base: z.nullable(z.looseObject({ version: z.int(), digest: text })),
      root: text,
      people: text,
      flips: text,
      permits: z.int(),
      total: z.int(),
    }),
  ),
  approval: z.optional(z.looseObject({ by: person, at: text })),
  published: z.optional(z.looseObject({ version: z.int() })),
  rejection: z.optional(z.looseObject({ by: person, reason: text })),
});

export const signing = z.looseObject({
  registry: text,
  base: z.nullable(z.looseObject({ version: z.int(), digest: text })),
  root: z.nullable(text),
  people: z.nullable(text),
  epoch: z.nullable(z.int()),
  floor: z.nullable(z.looseObject({ epoch: z.int(), version: z.int(), digest: text })),
});

export const proposals = z.looseObject({ proposals: z.array(proposal) });

export const validation = z.looseObject({
  valid: z.boolean(),
  problems: z.array(z.looseObject({ path: text, message: text })),
});

export const job = z.looseObject({
  job: z.looseObject({
    id: text,
    kind: text,
    status: z.enum(['waiting', 'done', 'failed']),
    progress: z.looseObject({ done: z.number(), total: z.nullable(z.number()) }),
  }),
});

export const part = z.looseObject({ text, parts: z.int().check(z.gte(1)) });

export const simulation = z.looseObject({
  complete: z.literal(true),
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
  changedSinceJudged: texts,
  flipsDigest: text,
});

export const forecast = z.looseObject({
  complete: z.boolean(),
  lookedUntil: z.nullable(text),
  at: text,
  days: z.int(),
  questions: z.int(),
  outages: z.array(
    z.looseObject({
      from: text,
      subject: anObject,
      because: z.array(z.looseObject({ key: text, what: text })),
      why: texts,
    }),
  ),
});

export const verification = z.looseObject({
  sound: z.boolean(),
  commits: z.int(),
  objects: z.int(),
  problems: z.array(anObject),
  purged: z.array(anObject),
});

const entry = z.looseObject({
  version: z.int(),
  recordedAt: text,
  kind: text,
  author: text,
  approvers: texts,
  signedBy: z.array(
    z.looseObject({ key: text, name: z.nullable(text), founder: z.boolean(), authorities: texts }),
  ),
  digest: text,
});

export const logShape = z.looseObject({ entries: z.array(entry) });

export const versionShape = z.extend(entry, { facts: z.record(z.string(), z.int()) });

export const factShape = z.looseObject({ fact: anObject });

export const keys = z.looseObject({ keys: texts });

export const differences = z.looseObject({
  differences: z.array(z.looseObject({ change: text, key: text })),
  next: z.nullable(text),
});

export const blame = z.extend(entry, {
  change: text,
  sources: z.array(z.looseObject({ citation: text, verified: z.boolean() })),
  ending: z.optional(z.array(z.looseObject({ citation: text, verified: z.boolean() }))),
});

export const purge = z.looseObject({
  id: text,
  status: text,
  authority: text,
  consents: z.array(person),
  createdAt: text,
  reason: text,
  salt: text,
  notes: z.array(z.int()),
  proposals: texts,
  missing: z.optional(texts),
  digest: text,
  outcomes: z.optional(z.record(z.string(), text)),
});

/** The answer as this shape. @throws RegistryUnavailableError where it has another */
export function readAs<T>(shape: z.ZodMiniType<T>, answer: unknown): T {
  const read = shape.safeParse(answer);
  if (read.success) return read.data;
  throw new RegistryUnavailableError('the registry did not answer what was asked');
}
