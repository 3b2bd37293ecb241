/** Whether what a standby copies is where its template says: the first Region's tables, and the key that they are read with. */
import { resourcesOfType, textIn } from '../../infra/local/template.ts';
import { type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { type CheckedAnswer, couldNotAsk, mustFix, ok } from './finding.ts';
import type { PlannedTemplate } from './planned-stack.ts';
import { described, type ReaderWords, tableFlaws } from './table-there.ts';
import { toldVariables } from './told-variables.ts';

const OUTPUTS =
  'look into the outputs of the first stack (`ObjectsTableName`, `StateTableName`, `FloorTableName`, `DataKeyArn`): -c standbyOf=REGION,OBJECTS,STATE,FLOOR,KEY';
const WORDS: ReaderWords = {
  reader: 'the standby',
  purpose: 'which the standby would copy',
  names: OUTPUTS,
};
const NOT_ASKED =
  'not asked, because no call tells it: whether the policies of those tables and of the key let the standby’s role in, and whether the first Region’s public key for commits is among `commitPublicKeys`';

const TABLES = ['FIRST_OBJECTS_TABLE', 'FIRST_STATE_TABLE', 'FIRST_FLOOR_TABLE'] as const;

interface StandbyOrigin {
  readonly region: string;
  readonly tables: readonly string[];
  /** ARNs of keys of that Region that the template lets somebody decrypt with. */
  readonly keys: readonly string[];
}

/** Undefined for a guard that copies nobody. @throws TemplateError for names that are composed */
function originOf(template: PlannedTemplate): StandbyOrigin | undefined {
  for (const [id, variables] of toldVariables(template)) {
    if (variables['FIRST_REGION'] === undefined) continue;
    const region = textIn(variables['FIRST_REGION'], `${id} FIRST_REGION`);
    const policies = ['AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::IAM::ManagedPolicy'].flatMap((type) =>
      resourcesOfType(template, type),
    );
    const keys = JSON.stringify(policies).matchAll(/"(arn:[\w-]+:kms:([\w-]+):\d{12}:key\/[\w-]+)"/g);
    return {
      region,
      tables: TABLES.map((name) => textIn(variables[name], `${id} ${name}`)),
      keys: [...new Set([...keys].flatMap(([, arn = '', of]) => (of === region ? [arn] : [])))],
    };
  }
  return undefined;
}

/** @param elsewhere asks the same account in another Region */
export async function firstRegionCheck(
  caller: AwsCaller,
  account: string,
  template: PlannedTemplate,
  elsewhere: (region: string) => Promise<AwsCaller>,
): Promise<readonly CheckedAnswer[]> {
  const origin = originOf(template);
  if (origin === undefined) return [ok('the guard is no standby of another')];
  const { region, tables, keys } = origin;
  if (region === caller.region)
    return [
      mustFix(`the standby would be in the Region that it copies, ${region}`, 'deploy it to another one'),
    ];
  const [key] = keys;
  if (key === undefined || keys.length > 1)
    return [
      couldNotAsk(
        `the template does not say one key of ${region} that the standby reads with`,
        'synthesise it again, with this build',
      ),
    ];
  const first = await elsewhere(region);
  const flaws: CheckedAnswer[] = [];
  for (const table of tables)
    flaws.push(...(await tableFlaws(first, { name: table, account, key, keys: undefined }, WORDS)));
  flaws.push(...(await keyFlaws(first, key)));
  if (flaws.length > 0) return flaws;
  return [
    ok(`the three tables that it copies are in ${region}, under the key that it reads with; ${NOT_ASKED}`),
  ];
}

async function keyFlaws(first: AwsCaller, key: string): Promise<readonly CheckedAnswer[]> {
  const call = ['DescribeKey', 'KeyMetadata', 'NotFoundException'] as const;
  const found = await described(first, 'kms', call, { KeyId: key });
  if (found === undefined) return [mustFix(`there is no ${key}`, OUTPUTS)];
  const state = found['KeyState'];
  if (typeof state !== 'string') throw unreadableAnswer('kms DescribeKey');
  return state === 'Enabled'
    ? []
    : [mustFix(`${key} cannot be used (${state})`, 'docs/recovery.md, “The key of the data”')];
}
