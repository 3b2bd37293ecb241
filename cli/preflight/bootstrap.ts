/** Whether the account has CDK's bootstrap stack, as new as the template's own rule asks for. */
import { isObject, list, object, TemplateError, textIn } from '../../infra/local/template.ts';
import { AwsCallError, type AwsCaller, unreadableAnswer } from './aws-caller.ts';
import { type CheckedAnswer, mustFix, ok } from './finding.ts';
import type { PlannedTemplate } from './planned-stack.ts';

const VERSION = 'BootstrapVersion';
const RULE = 'CheckBootstrapVersion';

interface WantedBootstrap {
  /** Of the SSM parameter. */
  readonly parameter: string;
  /** Versions that the rule refuses. */
  readonly refused: readonly number[];
}

/** What the template demands; undefined where it demands nothing. @throws TemplateError for a rule of another form */
function wantedBy({ Parameters, Rules }: PlannedTemplate): WantedBootstrap | undefined {
  const parameter = Parameters?.[VERSION];
  if (parameter === undefined) return undefined;
  const assertions = list(object(Rules?.[RULE], RULE)['Assertions'], 'Assertions');
  const refused = assertions.flatMap((each) => {
    const not = object(object(each, 'assertion')['Assert'], 'Assert')['Fn::Not'];
    const contains = object(list(not, 'Fn::Not')[0], 'Fn::Not')['Fn::Contains'];
    const [versions, of] = list(contains, 'Fn::Contains');
    if (!isObject(of) || of['Ref'] !== VERSION) throw new TemplateError(`${RULE} is about something else`);
    return list(versions, 'versions').map(Number);
  });
  return { parameter: textIn(parameter['Default'], `${VERSION} Default`), refused };
}

export async function bootstrapCheck(
  { post, region }: AwsCaller,
  account: string,
  template: PlannedTemplate,
): Promise<readonly CheckedAnswer[]> {
  const wanted = wantedBy(template);
  if (wanted === undefined) return [ok('the template asks for no bootstrap stack')];
  const todo = `run \`npx cdk bootstrap aws://${account}/${region}\``;
  const least = Math.max(0, ...wanted.refused) + 1;
  let answer: unknown;
  try {
    answer = (await post('ssm', 'GetParameter', { Name: wanted.parameter }))['Parameter'];
  } catch (error) {
    if (error instanceof AwsCallError && error.code === 'ParameterNotFound')
      return [mustFix(`the account is not bootstrapped here: there is no ${wanted.parameter}`, todo)];
    throw error;
  }
  const said = isObject(answer) ? answer['Value'] : undefined;
  if (typeof said !== 'string' || !/^[1-9]\d{0,4}$/.test(said))
    throw unreadableAnswer(`ssm GetParameter ${wanted.parameter}`);
  if (Number(said) < least)
    return [mustFix(`the bootstrap stack is of version ${said}, and the template asks for ${least}`, todo)];
  return [ok(`the bootstrap stack is of version ${said}, and the template asks for ${least}`)];
}
