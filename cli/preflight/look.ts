/** Every question that is asked of an account before a deployment, in the order in which they are told. */
import { adoptedRegistryCheck } from './adopted-registry.ts';
import { apiLoggingCheck } from './api-logging.ts';
import type { AwsCaller } from './aws-caller.ts';
import { bootstrapCheck } from './bootstrap.ts';
import { concurrencyCheck } from './concurrency.ts';
import { endpointServicesCheck } from './endpoint-services.ts';
import { callerIdentity, leftoverCheck, namesCheck, stackStatus } from './existing.ts';
import { type CheckedAnswer, checked, couldNotAsk, ok, type PreflightFinding } from './finding.ts';
import { firstRegionCheck } from './first-region.ts';
import { foundersCheck } from './founders.ts';
import { inServiceCheck } from './in-service.ts';
import { askFunctions, type LiveFunctions } from './live-functions.ts';
import { networkQuotasCheck } from './network-quotas.ts';
import { type PlannedStack, type PlannedTemplate, plannedNames } from './planned-stack.ts';
import { askTypes, regionTypesCheck } from './region-types.ts';
import { adoptedTablesCheck, plannedTables } from './registry-tables.ts';
import { namesNow, resourcesOfStack } from './stack-resources.ts';
import { standingOf } from './stack-standing.ts';
import { templateSizeCheck } from './template-size.ts';

export interface PreflightOptions {
  readonly founderKeys: string | undefined;
  readonly leftOnPurpose: boolean;
  /** Asks in another Region, as the same caller. */
  readonly elsewhere: (region: string) => Promise<AwsCaller>;
  readonly tell: (line: string) => void;
}

/** What only somebody who is told the account, or the stack's state, or the types can ask. */
interface Known<T> {
  readonly findings: readonly PreflightFinding[];
  readonly value: T | undefined;
}

const WITHOUT_THAT = 'see what could not be asked before it';

/** Asks for something that others need. */
async function known<T>(
  check: string,
  ask: () => Promise<T>,
  say: (value: T) => readonly CheckedAnswer[],
): Promise<Known<T>> {
  let value: T | undefined;
  const findings = await checked(check, async () => {
    value = await ask();
    return say(value);
  });
  return { findings, value };
}

export async function lookBefore(
  caller: AwsCaller,
  stack: PlannedStack,
  { founderKeys, leftOnPurpose, elsewhere, tell }: PreflightOptions,
): Promise<readonly PreflightFinding[]> {
  const { name, template } = stack;
  const local = [
    ...(await checked('founders', () => foundersCheck(template, founderKeys))),
    ...(await checked('template', () => templateSizeCheck(stack))),
  ];
  const who = await known(
    'account',
    () => callerIdentity(caller),
    ({ account, arn }) => [ok(`${account} in ${caller.region}, as ${arn}`)],
  );
  const standing = await known(
    'stack',
    async () => standingOf(name, await stackStatus(caller, name)),
    ({ answer }) => [answer],
  );
  const own = await known(
    'stack',
    async () => (standing.value?.isThere ? await resourcesOfStack(caller, name) : standing.value && []),
    () => [],
  );
  const live = await known(
    'functions',
    async () => own.value && (await askFunctions(caller, own.value)),
    () => [],
  );
  /** A question that needs what another found. */
  const after = <T>(
    value: T | undefined,
    look: (value: T) => Promise<readonly CheckedAnswer[]> | readonly CheckedAnswer[],
  ) =>
    value === undefined ? [couldNotAsk('what it depends on could not be asked', WITHOUT_THAT)] : look(value);
  const names =
    who.value && plannedNames(stack, { ...who.value, region: caller.region, suffix: caller.suffix });
  const now = names && own.value && { own: own.value, names: namesNow(names, own.value) };
  tell('asking for quotas, endpoints and what is there');
  const asked = [
    ...(await checked('bootstrap', () =>
      after(who.value, ({ account }) => bootstrapCheck(caller, account, template)),
    )),
    ...(await checked('concurrency', () =>
      after(own.value, (theirs) => concurrencyCheck(caller, template, theirs)),
    )),
    ...(await checked('api-logging', () => apiLoggingCheck(caller, stack))),
    ...(await checked('endpoints', () =>
      after(names, (given) => endpointServicesCheck(caller, template, given)),
    )),
    ...(await checked('network', () =>
      after(own.value, (theirs) => networkQuotasCheck(caller, template, theirs)),
    )),
    ...(await checked('first-region', () =>
      after(who.value, ({ account }) => firstRegionCheck(caller, account, template, elsewhere)),
    )),
    ...(await checked('left-over', () =>
      after(
        standing.value && own.value && live.value && { is: standing.value, own: own.value, live: live.value },
        (all) =>
          leftoverCheck(
            caller,
            name,
            all.is,
            { own: all.own, tables: tablesInUse(template, all.live) },
            leftOnPurpose,
          ),
      ),
    )),
    ...(await checked('adopted-tables', () =>
      after(who.value && now && { account: who.value.account, ...now }, (all) =>
        adoptedTablesCheck(caller, all.account, stack, all.own, all.names),
      ),
    )),
    ...(await checked('adopted-registry', () =>
      adoptsAny(template)
        ? after(now && live.value && { ...now, live: live.value }, (all) =>
            adoptedRegistryCheck(caller, { template, own: all.own, names: all.names, founderKeys }, all.live),
          )
        : [],
    )),
    ...(await checked('in-service', () =>
      after(now && live.value && { ...now, live: live.value }, (all) =>
        inServiceCheck(caller, { template, own: all.own, names: all.names, founderKeys }, all.live),
      ),
    )),
  ];
  const types = await known(
    'region',
    () => askTypes(caller, template, tell),
    (found) =>
      names === undefined
        ? [couldNotAsk('what it depends on could not be asked', WITHOUT_THAT)]
        : regionTypesCheck(found, template, names, caller.region),
  );
  const free = await checked('names', () =>
    after(types.value && names && own.value && { types: types.value, names, own: own.value }, (all) =>
      namesCheck(caller, stack, all.types, all.names, all.own),
    ),
  );
  return [
    ...local,
    ...who.findings,
    ...standing.findings,
    ...own.findings,
    ...live.findings,
    ...asked,
    ...types.findings,
    ...free,
  ];
}

function adoptsAny(template: PlannedTemplate): boolean {
  return [...plannedTables(template).values()].some((where) => 'adopted' in where);
}

/** Whatever the template adopts, and whatever functions that are there have. */
function tablesInUse(template: PlannedTemplate, { served }: LiveFunctions): ReadonlySet<string> {
  const adopted = [...plannedTables(template).values()].flatMap((where) =>
    'adopted' in where ? [where.adopted] : [],
  );
  return new Set([...adopted, ...[...served.values()].flatMap((each) => Object.values(each))]);
}
