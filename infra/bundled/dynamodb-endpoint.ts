/** Where DynamoDB answers in a Region: the SDK's rules, for what our functions can be set to. */

/** How a Region's name begins, and the names under which its partition's services answer: the usual, and those over IPv6 too. */
const PARTITIONS: readonly [regions: RegExp, suffix: string, dualStack: string][] = [
  [/^us-gov-\w+-\d+$/, 'amazonaws.com', 'api.aws'],
  [/^cn-\w+-\d+$/, 'amazonaws.com.cn', 'api.amazonwebservices.com.cn'],
  [/^eusc-de-\w+-\d+$/, 'amazonaws.eu', 'api.amazonwebservices.eu'],
  [/^us-iso-\w+-\d+$/, 'c2s.ic.gov', 'api.aws.ic.gov'],
  [/^us-isob-\w+-\d+$/, 'sc2s.sgov.gov', 'api.aws.scloud'],
  [/^eu-isoe-\w+-\d+$/, 'cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'],
  [/^us-isof-\w+-\d+$/, 'csp.hci.ic.gov', 'api.aws.hci.ic.gov'],
  // What no other partition has is in the first, where new Regions come up.
  [/^[a-z\d-]{1,63}$/, 'amazonaws.com', 'api.aws'],
];

/** As a function is set: by the construct, or by its owner. */
export type EndpointEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * `https://dynamodb.eu-west-2.amazonaws.com`, or that of a FIPS or dual-stack endpoint where the environment says so. The
 * rules are those of `@aws-sdk/client-dynamodb/dist-es/endpoint/bdd.js`, without what nobody here can ask for: a name per
 * account, and a Region called `local`.
 *
 * @throws Error for what is no Region
 */
export function dynamodbEndpoint(region: string, env: EndpointEnvironment): URL {
  const found = PARTITIONS.find(([regions]) => regions.test(region));
  if (found === undefined) throw new Error('AWS_REGION is no Region');
  const [, suffix, dualStack] = found;
  const fips = env['AWS_USE_FIPS_ENDPOINT'] === 'true';
  const both = env['AWS_USE_DUALSTACK_ENDPOINT'] === 'true';
  // In GovCloud the ordinary endpoint is the validated one, and has no other name but over IPv6.
  const named = fips && (both || !region.startsWith('us-gov-')) ? 'dynamodb-fips' : 'dynamodb';
  return new URL(`https://${named}.${region}.${both ? dualStack : suffix}`);
}
