/**
 * What a person signs. Each statement is for one registry, one operation and one state of it, so that a signature says
 * nothing anywhere else; `content` is computed by the person's own machine from what it showed.
 *
 * Author and second person both sign what a change comes to (`approve`): if the author signed only what was asked for,
 * one dishonest approver and a dishonest publisher could give it any result.
 */
import * as z from 'zod/mini';
import { canonicalBytes, canonicalText, type Digest, digestOf, type Json } from '../facts/canonical.ts';
import { instantOf } from '../facts/moment.ts';
import { digest, publicKey } from '../facts/primitives.ts';

const base = z.strictObject({ version: z.int().check(z.positive()), digest });

const common = {
  /** The home of the registry it is for: see `homeOf`. */
  registry: z.string().check(z.regex(/^[0-9a-f]{32}$/)),
  /** When it was signed, by the person's clock. */
  at: z.string().check(
    z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
    z.refine((text) => instantOf(text) !== undefined, 'an instant that there is'),
  ),
  /** {@link contentOf} what is asked for. */
  content: digest,
};

/** What a registry comes to: everything decisions rest on, and who may speak from then on. */
const result = {
  root: digest,
  /** {@link peopleDigest} of the authorities that result. */
  people: digest,
};

const statement = z.discriminatedUnion('operation', [
  /** This may be filed for others to look at. */
  z.strictObject({ operation: z.literal('propose'), ...common }),
  /** This, on that version, with these answers flipping, comes to that registry: signed by both people. */
  z.strictObject({
    operation: z.literal('approve'),
    ...common,
    base: z.nullable(base),
    /** The set of answers that flip, as the simulation named it. */
    review: digest,
    ...result,
  }),
  /** The version of a registry that came back from a backup is the right one, once. */
  z.strictObject({
    operation: z.literal('confirm'),
    ...common,
    base,
    /** The epoch that this makes: the same words confirm no later one. */
    epoch: z.int().check(z.positive()),
    /**
     * The newest version that was acknowledged in an epoch before it, null where nothing says: words that nobody used die
     * with the next publication.
     */
    floor: z.nullable(z.strictObject({ epoch: z.int().check(z.positive()), ...base.shape })),
    ...result,
  }),
  /** What the request names may go, as it stands in this epoch: a restore gives the numbers of versions to others. */
  z.strictObject({ operation: z.literal('purge'), ...common, epoch: z.int().check(z.positive()) }),
]);

/** What a person signs: for one registry, one operation and one state of it. */
export type Statement = z.infer<typeof statement>;
/** What a signed statement is for. */
export type OperationName = Statement['operation'];
/** The statement of one operation. */
export type StatementOf<O extends OperationName> = Extract<Statement, { readonly operation: O }>;

/** What makes what is asked for unguessable once it is purged. */
export const salt = z.string().check(z.regex(/^[0-9a-f]{32}$/, '32 hexadecimal digits, random'));

/** A statement, and the signature over it by the key named. */
export const signed = z.strictObject(
  {
    statement,
    key: publicKey,
    signature: z.string().check(z.regex(/^[A-Za-z0-9+/]{86,128}={0,2}$/, 'a signature in base64')),
  },
  'a signed statement: { statement, key, signature }, as a person’s own machine makes it',
);

/** A statement, the key that signed it and the signature. */
export type SignedStatement = z.infer<typeof signed>;
/** A signed statement of one operation. */
export type SignedAs<O extends OperationName> = Omit<SignedStatement, 'statement'> & {
  readonly statement: StatementOf<O>;
};

/** A signed statement, where it is of this operation. */
export function isSignedAs<O extends OperationName>(of: SignedStatement, operation: O): of is SignedAs<O> {
  return of.statement.operation === operation;
}

/** What a statement says, whenever it was signed: what people agree on. */
export function whatIsSaid(of: Statement): string {
  return canonicalText({ ...of, at: null });
}

/**
 * What each kind of request asks for, as its `content` is taken over it. The salt is random: what is purged must not be
 * guessed from a digest that stays.
 */
export type SignedContent = { readonly reason: string; readonly salt: string } & (
  | { readonly kind: 'change' /** Of the operations' canonical bytes. */; readonly changes: Digest }
  | { readonly kind: 'lift'; readonly hold: string; readonly sources?: readonly object[] }
  | {
      readonly kind: 'rollback';
      readonly version: number;
      /** Whose part of the way back. */
      readonly by: string;
      /** Keys of what goes although it stands against somebody. */
      readonly also: readonly string[];
    }
  | { readonly kind: 'confirm'; readonly version: number; readonly digest: Digest }
  | {
      readonly kind: 'purge';
      /** Whose people ask, and sign beside everybody it is about. */
      readonly authority: string;
      /** Versions whose reasons go. */
      readonly notes: readonly number[];
      readonly proposals: readonly string[];
      /** Documents of facts, as versions that are not in force hold them. */
      readonly objects: readonly Digest[];
      /** Long work, with what it left; what is of a proposal goes with that. */
      readonly jobs: readonly string[];
    }
);

export function contentOf(asked: SignedContent): Digest {
  return digestOf(canonicalBytes(asked));
}

/** What a proposal as it is stored or shown, and so may be anybody's, says of itself. */
export interface SaidOfProposal {
  readonly asked: SignedContent | null | undefined;
  readonly kind: unknown;
  readonly reason: unknown;
  readonly digest: unknown;
}

/** What was asked for, where the proposal's kind, reason and digest are those of it; else undefined. */
export function askedIn({ asked, kind, reason, digest }: SaidOfProposal): SignedContent | undefined {
  const isWhole =
    asked != null && asked.kind === kind && asked.reason === reason && contentOf(asked) === digest;
  return isWhole ? asked : undefined;
}

/** Names who may speak: the authorities of a registry, by key. */
export function peopleDigest(authorities: ReadonlyMap<string, Json>): Digest {
  return digestOf(canonicalBytes(Object.fromEntries(authorities)));
}

/** How long a proposal may wait for its second person, in milliseconds. */
export const PROPOSAL_MS = 30 * 24 * 60 * 60 * 1000;

/** A person's clock may differ from the registry's, and from another person's, by this much. Milliseconds. */
export const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;
