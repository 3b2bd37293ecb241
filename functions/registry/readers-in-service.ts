/** Which formats the functions in service read: what every alias of theirs points at. */
import {
  type AliasConfiguration,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  paginateListAliases,
} from '@aws-sdk/client-lambda';
import { FIRST_FORMAT, type RegistryFormat } from '../core/facts/format.ts';
import { READS_FORMAT } from './reads-format.ts';
import { Refusal } from './refusal.ts';

/** A version in service. */
export interface ReaderInService {
  readonly function: string;
  readonly version: string;
  /** Null where it does not say: a build from before there were formats, or one in a canary. */
  readonly reads: number | null;
}

/** Everybody who reads the registry, as Lambda says at this moment. Throws what the call throws. */
export type ReadersInService = (signal: AbortSignal) => Promise<readonly ReaderInService[]>;

/**
 * @param names of the functions that read the registry; each has an alias at least. What a canary sends a part of the traffic
 *   to is nobody's to ask before it has ended: it may be taken back.
 */
export function readersInService(client: LambdaClient, names: readonly string[]): ReadersInService {
  async function at(name: string, alias: AliasConfiguration, abortSignal: AbortSignal) {
    const canary = Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {});
    const asked = new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: alias.Name });
    const { Environment } = await client.send(asked, { abortSignal });
    const said = Environment?.Variables?.[READS_FORMAT] ?? '';
    const reads = /^[1-9]\d{0,4}$/.test(said) ? Number(said) : null;
    return [
      { function: name, version: alias.FunctionVersion ?? 'none', reads },
      ...canary.map((version) => ({ function: name, version, reads: null })),
    ];
  }
  return async (signal) => {
    const found: ReaderInService[] = [];
    for (const name of names) {
      const before = found.length;
      const pages = paginateListAliases({ client }, { FunctionName: name }, { abortSignal: signal });
      for await (const { Aliases = [] } of pages)
        for (const alias of Aliases) found.push(...(await at(name, alias, signal)));
      if (found.length === before) found.push({ function: name, version: 'none', reads: null });
    }
    return found;
  };
}

/**
 * Lets a change through that asks for more than the version before it only where everybody in service can read and build on
 * it: whoever cannot would deny everything, and could stop nothing.
 *
 * @param before what the base asks for; null before the first version
 * @throws Refusal READERS_TOO_OLD, STORE_UNAVAILABLE where nobody could say
 */
export async function demandReaders(
  readers: ReadersInService,
  before: RegistryFormat | null,
  after: RegistryFormat,
  signal: AbortSignal,
): Promise<void> {
  const format = neededFor(before ?? FIRST_FORMAT, after);
  if (format === null) return;
  let found: readonly ReaderInService[];
  try {
    found = await readers(signal);
  } catch (cause) {
    throw new Refusal(
      'STORE_UNAVAILABLE',
      'this change asks for newer functions than the last, and which are in service could not be found out; the same request may be sent again',
      { cause, details: { format } },
    );
  }
  const late = found.filter(({ reads }) => !(reads !== null && reads >= format));
  if (found.length > 0 && late.length === 0) return;
  throw new Refusal(
    'READERS_TOO_OLD',
    found.length === 0
      ? `this change is of format ${format}, and nothing says which functions read the registry`
      : `this change is of format ${format}, which ${late.length} of ${found.length} versions in service cannot read`,
    { details: { format, readers: late } },
  );
}

/** What everybody in service has to read: to build on a newer format, or to decide on what shuts older builds out; null for no more. */
function neededFor(before: RegistryFormat, { format, oldestReader }: RegistryFormat): number | null {
  if (format > before.format) return format;
  return oldestReader > before.oldestReader ? oldestReader : null;
}
