import { aws_logs as logs } from 'aws-cdk-lib';

/**
 * What CloudWatch masks in the guard's logs. The lines' schema has no member for any of it: this is the second net,
 * for the day the first one tears.
 */
export function dataProtection(): logs.DataProtectionPolicy {
  return new logs.DataProtectionPolicy({
    name: 'routeguard',
    description: 'Masks what must never be in a line',
    identifiers: [
      logs.DataIdentifier.AWSSECRETKEY,
      logs.DataIdentifier.EMAILADDRESS,
      logs.DataIdentifier.OPENSSHPRIVATEKEY,
      logs.DataIdentifier.PKCSPRIVATEKEY,
      // A marking of classified information, as the US and UK write it in a banner.
      new logs.CustomDataIdentifier('Marking', '(TOP SECRET|SECRET|CONFIDENTIAL)//[A-Z]'),
    ],
  });
}
