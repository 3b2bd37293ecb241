/** The administration of the registry and the purge: what each row of their route tables takes and answers. */
import * as z from 'zod/mini';
import { signed } from '../functions/core/administration/statement.ts';
import { FACT_KINDS } from '../functions/core/facts/fact.ts';
import {
  ANSWERS,
  acknowledgement,
  forecast,
  isTold,
  job,
  part,
  proposal,
  purge,
  RESULTS,
  refusalBody,
  simulation,
  verification,
} from '../functions/registry/answers.ts';
import {
  approveBody,
  chunkBody,
  confirmBody,
  emptyBody,
  forecastBody,
  holdBody,
  liftBody,
  proposeBody,
  rejectBody,
  revokeBody,
  rollbackBody,
  signBody,
  simulateBody,
} from '../functions/registry/bodies.ts';
import { purgeBody } from '../functions/registry/purge-request.ts';
import { PURGE_ROUTES } from '../functions/registry/purge-routes.ts';
import { searchBody } from '../functions/registry/purge-search.ts';
import { REFUSALS } from '../functions/registry/refusal-table.ts';
import { ROUTES, type RouteSpec, serverOf } from '../functions/registry/routes.ts';
import { ANSWER_EXAMPLES } from './answer-examples.ts';
import type { NamedSchema } from './named-schema.ts';
import type { ApiErrors, ApiOperation, ApiParameter } from './operation.ts';
import { TOO_LARGE } from './own-errors.ts';
import { EXAMPLES, ID_EXAMPLES, PATH_EXAMPLES, QUERY_EXAMPLES } from './registry-examples.ts';
import { registryWords } from './registry-words.ts';

const ALL = [...ROUTES, ...PURGE_ROUTES] as const;
type Method = (typeof ALL)[number]['name'];
type QueryName = Extract<(typeof ROUTES)[number], { readonly query: unknown }>['query'][number];
type VariableIn<P extends string> = P extends `${string}{${infer V}}${infer Rest}`
  ? V | VariableIn<Rest>
  : never;
type VariableName = VariableIn<(typeof ALL)[number]['path']>;

/** Schemas that others refer to. */
export const REGISTRY_SCHEMAS: readonly NamedSchema[] = [
  { name: 'SignedStatement', schema: signed },
  { name: 'Acknowledgement', schema: acknowledgement },
  { name: 'Proposal', schema: proposal },
  { name: 'JobAnswer', schema: job },
  { name: 'Part', schema: part },
  { name: 'Purge', schema: purge },
  { name: 'SimulationResult', schema: simulation },
  { name: 'ForecastResult', schema: forecast },
  { name: 'VerificationResult', schema: verification },
];

/** What each method is for, and the body it reads: null where it reads none. A method without its row does not compile. */
const TAKES: Readonly<Record<Method, readonly [summary: string, body: z.core.$ZodType | null]>> = {
  propose: ['Proposes a change of facts; a large one begins as an upload.', proposeBody],
  'list-proposals': ['The proposals there are, newest first.', null],
  'show-proposal': ['A proposal with its operations, or a piece of their text.', null],
  'put-chunk': ['One chunk of a large proposal; the last one to come completes it.', chunkBody],
  validate: ['Every problem of a proposal at once, on the registry as it stands.', null],
  simulate: ['Starts to find which answers a proposal would flip.', simulateBody],
  sign: ["The author's signature on what the proposal comes to.", signBody],
  approve: ["The second person's signature; it publishes.", approveBody],
  reject: ['Closes a proposal that was not approved.', rejectBody],
  revoke: ['Ends favourable facts now, on one person’s word.', revokeBody],
  hold: ['Stops everything, one owner’s information or one network now, on one person’s word.', holdBody],
  rehearse: [
    'Does what a hold takes but its last step; for the guard’s own probe, whose role alone is granted it.',
    emptyBody,
  ],
  lift: ['Proposes to end a hold.', liftBody],
  rollback: ['Proposes the facts of an earlier version again.', rollbackBody],
  undo: ['What is left of the way back to a version: for whom, in which order, and what stays.', null],
  confirm: ['Proposes to confirm the version of a registry that came back from a backup.', confirmBody],
  signing: ['What signatures are for here, and the registry as it stands.', null],
  log: ['The versions there were, newest first.', null],
  version: ['One version: who made it, why, and how many facts of each kind it has.', null],
  stops: [
    'What a version stops that the one before permitted, both asked about now: as much as there is time for.',
    null,
  ],
  holds: ['Every hold in force: what it stops, whose, since and until when, why, and who is exempt.', null],
  facts: [
    'The keys of one kind of fact, in order; of those alone that name a fact, where `about` does.',
    null,
  ],
  names: ['What everything registered is called, by key, in order.', null],
  fact: ['One fact, and the digest that a change to it is written against.', null],
  diff: ['The facts in which two versions differ.', null],
  blame: ['Who set this fact last, when, why, and from what source.', null],
  verify: ['Starts to verify the whole history.', emptyBody],
  forecast: ['Starts to find what goes dark in the days to come.', forecastBody],
  'show-job': ['How far a job has come.', null],
  'run-job': ['The next slice of a job. Safe to repeat.', emptyBody],
  'job-result': ['What came out of a job: JSON text, in parts.', null],
  'request-purge': ['Asks for texts to be removed for good.', purgeBody],
  'search-tables': ['Where words, or a fact, are: in every item of every table.', searchBody],
  'show-purge': ['What was asked for, and what there is of it now.', null],
  'approve-purge': ['One more signature; once everybody it is about has signed, it is done.', signBody],
};

const VARIABLES: Readonly<
  Record<VariableName, { readonly description: string; readonly schema: z.core.$ZodType }>
> = {
  id: {
    description: 'The id that the answer which filed it gave.',
    schema: z.string().check(z.regex(/^[pjx]-\d{8}T\d{6}Z-[0-9a-f]{10}$/)),
  },
  n: { description: 'The number of a chunk, from 0.', schema: z.int().check(z.nonnegative()) },
  v: { description: 'A version.', schema: z.int().check(z.positive()) },
  kind: { description: 'A kind of fact.', schema: z.enum(FACT_KINDS) },
  fact: {
    description: 'The id of a fact.',
    schema: z.string().check(z.regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/)),
  },
};

const aVersion = z.int().check(z.positive());
const QUERIES: Readonly<
  Record<QueryName, { readonly description: string; readonly schema: z.core.$ZodType }>
> = {
  before: {
    description: 'Only what is older: a version in the log, the id of a proposal in their list.',
    schema: z.string(),
  },
  also: {
    description: 'What stands against somebody and goes all the same: keys, with commas.',
    schema: z.string(),
  },
  about: { description: 'Only facts that name this one.', schema: z.string() },
  limit: { description: 'At most so many.', schema: aVersion },
  part: { description: 'Which piece of the text, from 0.', schema: z.int().check(z.nonnegative()) },
  version: { description: 'In this version; without it, in the newest.', schema: aVersion },
  after: { description: 'Only keys after this one, as `next` of the page before said.', schema: z.string() },
  from: { description: 'The earlier version.', schema: aVersion },
  to: { description: 'The later version; without it, the newest.', schema: aVersion },
};
/** Without these a method answers nothing. */
const NEEDED: Readonly<Partial<Record<Method, readonly QueryName[]>>> = { diff: ['from'] };

/** What a status of a refusal means; its codes stand behind it. */
const REFUSED: Readonly<Record<(typeof REFUSALS)[keyof typeof REFUSALS]['status'], string>> = {
  400: 'This is not such a request.',
  403: 'Whoever asks may not do this, or did not sign it as it takes.',
  404: 'There is no such thing.',
  409: 'Not on the registry, or on the proposal, as it stands: look at it and ask again.',
  413: 'Larger than one item or one answer may be.',
  422: 'Understood, and nothing that the registry takes.',
  503: 'Nothing is known to have happened: the same request may be sent again, unless the code says that what is stored is not sound.',
};

const REFUSAL = { name: 'Refusal', schema: refusalBody } as const;

const ERRORS: ApiErrors = {
  ...Object.fromEntries(
    Object.entries(REFUSED).map(([status, meaning]) => {
      const codes = Object.entries(REFUSALS).filter(([, each]) => String(each.status) === status);
      const [[code, { means: message }] = ['', { means: '' }]] = codes;
      const means = `${meaning} Codes: ${codes.map(([each]) => each).join(', ')}.`;
      return [status, { ...REFUSAL, means, example: { error: { code, message } } }];
    }),
  ),
  '500': TOO_LARGE,
};

const pascal = (name: string) => name.replace(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase());
const camel = (name: string) => name.replace(/-(\w)/g, (_, first: string) => first.toUpperCase());

/** What is named by ids there: a job, a request to purge, or a proposal. */
function idIn(path: string): string {
  if (path.includes('/jobs/')) return ID_EXAMPLES.job;
  return path.startsWith('/v1/registry-purge') ? ID_EXAMPLES.purge : ID_EXAMPLES.proposal;
}

function parametersOf({
  name,
  path,
  query = [],
}: RouteSpec & { readonly name: Method }): readonly ApiParameter[] {
  const variables = [...path.matchAll(/\{(\w+)\}/g)].map(([, variable]) => variable as VariableName);
  return [
    ...variables.map((variable) => ({
      ...{ name: variable, in: 'path' as const, required: true },
      ...VARIABLES[variable],
      example: variable === 'id' ? idIn(path) : PATH_EXAMPLES[variable],
    })),
    ...(query as readonly QueryName[]).map((parameter) => ({
      ...{ name: parameter, in: 'query' as const, required: NEEDED[name]?.includes(parameter) ?? false },
      ...QUERIES[parameter],
      example: QUERY_EXAMPLES[parameter],
    })),
  ];
}

/** Which function answers: nobody who stops something waits for anybody. */
function servedBy(route: RouteSpec & { readonly name: Method }): string {
  if (route.path.startsWith('/v1/registry-purge'))
    return 'Served by the function of the purge, which nothing else may ask to erase.';
  const server = serverOf(route);
  switch (server) {
    case 'registry':
      return 'Served by the function of proposals and of reading.';
    case 'stop':
      return 'Served by the function of stops, which nobody else keeps busy.';
    case 'jobs':
      return 'Served by the function of long work, a slice for each request.';
    default:
      return server satisfies never;
  }
}

function operationOf(route: RouteSpec & { readonly name: Method }): ApiOperation {
  const { name, method, path } = route;
  const [summary, body] = TAKES[name];
  const answers = Object.entries(ANSWERS[name]);
  const several = new Set(answers.map(([, schema]) => schema)).size > 1;
  return {
    method: method.toLowerCase() as Lowercase<typeof method>,
    path,
    operationId: camel(name),
    tag: path.startsWith('/v1/registry-purge') ? 'Purge' : 'Registry',
    words: registryWords,
    summary,
    description: servedBy(route),
    parameters: parametersOf(route),
    ...(body !== null && {
      request: { name: `${pascal(name)}Request`, schema: body, example: EXAMPLES[name] },
    }),
    responses: Object.fromEntries(
      answers.map(([status, schema]) => {
        const suffix = several && status === '202' ? 'Pending' : 'Answer';
        const shown = ANSWER_EXAMPLES[name] as Readonly<Record<string, unknown>>;
        return [status, { name: `${pascal(name)}${suffix}`, schema, isTold, example: shown[status] }];
      }),
    ),
    errors: ERRORS,
    gateway: [],
    ...(name === 'job-result' && {
      assembled: Object.values(RESULTS).map((schema) => ({ name: 'Result', schema, isTold })),
    }),
  };
}

export const REGISTRY_OPERATIONS: readonly ApiOperation[] = ALL.map(operationOf);
