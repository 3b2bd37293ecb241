import { createHmac } from 'node:crypto';
import type { AccessSettings } from './settings.ts';

/**
 * The key page tokens are sealed with: the same in every process of one deployment, another in every other. It is
 * derived from what is not secret, and need not be: a token carries an id after which to go on, and whoever forges one
 * gets a page of the very search it is allowed to make. The seal only turns mistakes into errors.
 */
export function pageKeyOf(settings: Pick<AccessSettings, 'tables' | 'founders'>): Uint8Array {
  const { objects, state } = settings.tables;
  return createHmac('sha256', 'routeguard page tokens, version 1')
    .update(JSON.stringify([settings.founders, objects, state]))
    .digest();
}
