/** What is said of an operation for its place in the document. */
import type * as z from 'zod/mini';
import type { OwnGatewayStatus } from './gateway.ts';
import type { NamedSchema } from './named-schema.ts';
import type { MemberWords } from './words.ts';

export interface ApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description: string;
  readonly schema: z.core.$ZodType;
  readonly example: string | number;
}

/** Beside the schema, something that it describes. */
export type Shown = NamedSchema & { readonly example: unknown };

/** By status. */
export type ApiErrors = { readonly [status: string]: Shown & { readonly means: string } };

/** A door, for whoever reads about it before its operations. */
export interface ApiTag {
  readonly name: string;
  readonly description: string;
}

/** One operation: the schemas the code itself reads with, and what they are called in the document. */
export interface ApiOperation {
  readonly method: 'get' | 'post' | 'put';
  readonly path: string;
  readonly operationId: string;
  /** The door it belongs to. */
  readonly tag: string;
  readonly summary: string;
  /** What else to know before calling it: a sentence or two. */
  readonly description: string;
  readonly parameters?: readonly ApiParameter[];
  /** Absent for a request without a body. */
  readonly request?: Shown;
  /** The bodies of answers, by status. */
  readonly responses: { readonly [status: string]: Shown };
  /** What other statuses mean that the function answers. */
  readonly errors: ApiErrors;
  /** What API Gateway answers here, beside what it answers everywhere. */
  readonly gateway: readonly OwnGatewayStatus[];
  /** Says what members are. */
  readonly words: MemberWords;
  /** What the texts of its answers are when they are put together. */
  readonly assembled?: readonly NamedSchema[];
  /** Headers of the request that come back. */
  readonly echoes?: readonly string[];
}

/** Where a schema stands among the components; it is put there, with these words. */
export type ComponentReference = (named: NamedSchema, words: MemberWords) => object;
