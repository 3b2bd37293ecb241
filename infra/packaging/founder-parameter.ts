import { CfnParameter, type Stack } from 'aws-cdk-lib';

/** Base64 of Ed25519 and P-384 as DER (SPKI); two to eight of them, separated by commas. */
const KEY =
  '(MCowBQYDK2VwAyEA[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=|MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE[A-Za-z0-9+/]{128})';

/** A release is the same for everybody: who the founders are is said where its template is deployed. */
export function founderParameter(stack: Stack): string {
  return new CfnParameter(stack, 'FounderKeys', {
    description: 'Public keys of the two to eight people who sign the first version of the registry',
    allowedPattern: `^${KEY}(,${KEY}){1,7}$`,
  }).valueAsString;
}
