/** What the function needs beside the settings of every function that decides. */

import { type DecideSettings, readSettings } from '../decide/settings.ts';
import type { Environment } from '../environment.ts';

/**
 * Whose word says who is asking: API Gateway's IAM authentication, or the authoriser a deployment brought because its
 * callers cannot sign.
 */
export type CallerFrom = 'iam' | 'authorizer';

export interface AccessSettings extends DecideSettings {
  readonly callerFrom: CallerFrom;
  /** The URL callers know this decision point by; where it is not set, it is made from the request's own context. */
  readonly identifier: string | undefined;
}

/** True for an https URL without query, fragment and trailing slash. */
export function isIdentifierUrl(text: string): boolean {
  return /^https:\/\/[^\s?#]+[^\s?#/]$/.test(text);
}

/** @throws Error that names the variable at fault */
export function readAccessSettings(env: Environment): AccessSettings {
  const callerFrom = env['CALLER_FROM'] ?? 'iam';
  if (callerFrom !== 'iam' && callerFrom !== 'authorizer')
    throw new Error('environment variable CALLER_FROM is neither iam nor authorizer');
  const identifier = env['PDP_IDENTIFIER'];
  if (identifier !== undefined && !isIdentifierUrl(identifier))
    throw new Error(
      'environment variable PDP_IDENTIFIER is not an https URL without query and trailing slash',
    );
  return { ...readSettings(env), callerFrom, identifier };
}
