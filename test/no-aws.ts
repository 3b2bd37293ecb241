/** Nothing in which the AWS SDK could find credentials or a Region. */
import { vi } from 'vitest';

/** @param given the variables that are there after all */
export function inNoEnvironment(given: Readonly<Record<string, string>> = {}): void {
  const nowhere = { AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' };
  const none = [
    'AWS_REGION',
    'AWS_PROFILE',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
  ];
  for (const name of none) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries({ ...nowhere, AWS_EC2_METADATA_DISABLED: 'true', ...given }))
    vi.stubEnv(name, value);
}
