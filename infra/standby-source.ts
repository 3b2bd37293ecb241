/** What a standby is told of the guard in the first Region: where its registry is, and what it takes to read it. */
import { KEY_ARN } from './keys.ts';
import { TABLE_NAME } from './table-name.ts';

export interface StandbySource {
  /** The first Region's name. */
  readonly region: string;
  /** Names of its tables, as its outputs say: `ObjectsTableName`, `StateTableName`, `FloorTableName`. */
  readonly objects: string;
  readonly state: string;
  readonly floor: string;
  /** The ARN of the key that encrypts them: `DataKeyArn`. */
  readonly encryptionKeyArn: string;
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** What is wrong with it, as the rest of a sentence that names it; null where nothing is. */
export function standbyProblem({ region, encryptionKeyArn, ...tables }: StandbySource): string | null {
  if (!REGION.test(region)) return '.region must be the name of a Region, as eu-west-2';
  for (const [member, name] of Object.entries(tables))
    if (!TABLE_NAME.test(name)) return `.${member} must be the name of a table of that Region, not its ARN`;
  if (new Set(Object.values(tables)).size < 3) return 'must name a table of its own for each';
  if (!KEY_ARN.test(encryptionKeyArn) || encryptionKeyArn.split(':')[3] !== region)
    return '.encryptionKeyArn must be the ARN of a key of that Region, arn:…:kms:REGION:ACCOUNT:key/ID';
  return null;
}

/** `-c standbyOf=REGION,OBJECTS,STATE,FLOOR,KEY`. @throws Error for anything but five values */
export function standbyFrom(said: string): StandbySource {
  const [region, objects, state, floor, encryptionKeyArn, ...rest] = said
    .split(',')
    .map((each) => each.trim());
  if (!region || !objects || !state || !floor || !encryptionKeyArn || rest.length > 0)
    throw new Error(
      'context "standbyOf" must be REGION,OBJECTS,STATE,FLOOR,KEY: the first Region, and ObjectsTableName, StateTableName, FloorTableName and DataKeyArn of its outputs',
    );
  return { region, objects, state, floor, encryptionKeyArn };
}
