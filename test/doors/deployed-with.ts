import { LOCAL_FOUNDERS } from '../../infra/local/identities.ts';

/** What its template tells a function that decides, but for where the registry is and whose word counts there. */
export const DEPLOYED_WITH = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
  FOUNDER_KEYS: LOCAL_FOUNDERS.join(','),
  SERVICE_NAME: 'contract',
  DYNAMODB_CONNECT_MS: '5000',
  DYNAMODB_READ_MS: '5000',
  DECIDE_BUDGET_MS: '20000',
  LEASE_SECONDS: '60',
  HEAD_COPIES: '1',
} as const;
