/** What a bundle has in the place of a package that a function imports, and why. */

export interface Replacement {
  /** As it is imported. Every name of it that our code imports must be in the file, or there is no bundle. */
  readonly module: string;
  /** A file of the project, from its root. */
  readonly by: string;
  readonly why: string;
}

export const REPLACEMENTS: readonly Replacement[] = [
  {
    module: '@aws-sdk/client-dynamodb',
    by: 'infra/bundled/dynamodb-client.ts',
    why: 'One JSON protocol and nine commands of it, without rules, schemas and middleware for all the others: 182 KB of `decide`.',
  },
  {
    module: '@aws-sdk/credential-provider-node',
    by: 'infra/bundled/environment-credentials.ts',
    why: 'Lambda gives credentials in the environment; for the clients of KMS and Lambda.',
  },
];
