/**
 * Whether what is in the tables that a template adopts opens for the founders and the keys that it gives its functions: nothing else
 * says before a deployment that everything would be denied after it.
 */

import { FORMAT } from '../../functions/core/facts/format.ts';
import { parseCommitKeys } from '../../functions/store/commit-signature.ts';
import { createDynamoClient, type StoreTables } from '../../functions/store/dynamodb.ts';
import { parseFounderKeys } from '../../functions/store/person-signature.ts';
import type { StoreErrorCode } from '../../functions/store/store-error.ts';
import type { Tables } from '../registry/tables.ts';
import type { AwsCaller } from './aws-caller.ts';
import { type CheckedAnswer, couldNotAsk, mustFix, ok } from './finding.ts';
import type { LiveFunctions } from './live-functions.ts';
import { openingOf, type RegistryOpening } from './opening.ts';
import { commitKeysTold, foundersTold, type TheStack } from './planned-keys.ts';
import { movedFrom } from './registry-move.ts';
import { plannedTables, REGISTRY_TABLE_NAMES, type RegistryTableName } from './registry-tables.ts';

const LOOK =
  '`routeguard recover check --tables OBJECTS,STATE,FLOOR …` says what is wrong (docs/recovery.md)';

const NEWER = 'deploy the build that published it, or a newer one (docs/upgrade.md)';

export async function adoptedRegistryCheck(
  caller: AwsCaller,
  stack: TheStack,
  live: LiveFunctions,
): Promise<readonly CheckedAnswer[]> {
  const names = tablesAfter(stack);
  const lacking = REGISTRY_TABLE_NAMES.filter((name) => names[name] === undefined);
  const { objects, state, floor } = names;
  if (objects === undefined || state === undefined || floor === undefined)
    return [
      couldNotAsk(
        `what the adopted tables come to beside a table that is yet to be made (${lacking.join(', ')}): HEAD, its objects and its floor are one registry, and an empty table of any is none`,
        `adopt all three tables of one registry (docs/recovery.md, “A table”); ${LOOK}`,
      ),
    ];
  const registry = await registryOf(caller, { objects, state, floor }, stack);
  if ('outcome' in registry) return [registry];
  try {
    const opening = await openingOf(registry);
    const moved = await movedFrom(registry, opening, live);
    return [inWords(registry.tables, opening), ...moved];
  } finally {
    registry.client.destroy();
  }
}

/** Each table by its name; undefined for one that the stack is yet to make. */
function tablesAfter({ template, own }: TheStack): Partial<Record<RegistryTableName, string>> {
  return Object.fromEntries(
    [...plannedTables(template)].map(([name, where]) => [
      name,
      'adopted' in where
        ? where.adopted
        : own.find(({ logicalId }) => logicalId === where.own)?.physicalId || undefined,
    ]),
  );
}

async function registryOf(
  caller: AwsCaller,
  tables: StoreTables,
  stack: TheStack,
): Promise<Tables | CheckedAnswer> {
  const founders = foundersTold(stack)?.[0];
  const told = await commitKeysTold(caller, stack);
  if (founders === undefined || told === undefined)
    return couldNotAsk(
      'whether the registry in the adopted tables opens: the template does not say whom its functions will believe',
      'say what it will be given: --founder-keys; and compare the output CommitPublicKeys by hand',
    );
  // What one function does not believe does not open for it.
  const keys = (told[0] ?? []).filter((key) => told.every((list) => list.includes(key)));
  try {
    return {
      client: createDynamoClient({
        ...{ region: caller.region, credentials: caller.credentials },
        ...{ connectMs: 5000, readMs: 30_000, attempts: 5 },
      }),
      tables,
      founders: parseFounderKeys(founders.join()),
      publicKeys: keys.length === 0 ? [] : parseCommitKeys(keys.join()),
    };
  } catch (error) {
    return couldNotAsk(
      `whether the registry in the adopted tables opens: ${error instanceof Error ? error.message : 'keys cannot be read'}`,
      'mend the keys that the template gives its functions, and run it again',
    );
  }
}

function inWords({ objects, state, floor }: StoreTables, opening: RegistryOpening): CheckedAnswer {
  const tables = `${objects}, ${state}, ${floor}`;
  switch (opening.comes) {
    case 'opens':
      return ofThisBuild(
        opening,
        `version ${opening.at.version} in ${tables} opens for the founders and the keys of commits that the deployment is given; what is beneath it \`routeguard recover check\` audits`,
      );
    case 'held':
      return ofThisBuild(
        opening,
        `version ${opening.at.version} in ${tables} is held (${opening.code}): everything is denied there until people have confirmed it, as these founders let them (docs/recovery.md, “Confirm”)`,
      );
    case 'empty':
      return ok(
        `nothing is in ${tables} yet: no version was published there, and everything is denied until one is`,
      );
    case 'gone':
      return couldNotAsk(
        `what is in ${tables}: not all of these are there`,
        'see what is said of the adopted tables, and run it again',
      );
    case 'shut':
      return mustFix(
        `the registry in ${tables} does not open for what the deployment is given (${opening.code}), and everything would be denied: ${WHY[opening.code] ?? 'what HEAD consists of is not all there, or not what was published'}`,
        TODO[opening.code] ?? LOOK,
      );
    default:
      return unknownOpening(opening);
  }
}

/** What a newer build published, decisions can be made on; whoever publishes writes what is older, and refuses. */
function ofThisBuild(
  { at: { root } }: Extract<RegistryOpening, { readonly at: unknown }>,
  says: string,
): CheckedAnswer {
  if (root.format <= FORMAT) return ok(says);
  return mustFix(
    `${says}; but a newer build published it (format ${root.format}, and this one writes ${FORMAT}): nothing could be published on it, not even a stop`,
    NEWER,
  );
}

/** What else it may be, the audit says. */
const WHY: Partial<Record<StoreErrorCode, string>> = {
  SIGNATURE_INVALID: 'none of its keys of commits has signed HEAD',
  APPROVAL_INVALID: 'nobody whom its founders prove has signed what HEAD comes to',
  HEAD_BELOW_FLOOR: 'the floor says that something was acknowledged, and the state table has no HEAD',
  FORMAT_UNKNOWN: 'it takes a newer build',
};

const TODO: Partial<Record<StoreErrorCode, string>> = {
  SIGNATURE_INVALID:
    'give it every public half that ever signed there: -c commitPublicKeys=… (the output CommitPublicKeys of the stack that had these tables; docs/recovery.md, “The signing key”)',
  APPROVAL_INVALID: `give it the founders with whom this registry was begun: -c founderKeys=… (the output FounderPublicKeys of the stack that had these tables; docs/deploy.md, “The founders”). Where these are they, ${LOOK}`,
  HEAD_BELOW_FLOOR: 'restore the state table (docs/recovery.md, “A table”), and adopt that one',
  FORMAT_UNKNOWN: NEWER,
};

function unknownOpening(opening: never): never {
  throw new Error(`no words for ${JSON.stringify(opening)}`);
}
