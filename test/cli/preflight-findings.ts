/** What `routeguard preflight` finds of a template, whoever is in the account. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MutableTemplate } from '../infra/synthesised-guard.ts';
import { routeguard } from './command.ts';

export interface TemplateFinding {
  readonly check: string;
  readonly outcome: string;
  readonly says: string;
  readonly todo: string | null;
}

/** @param directory where the template is written to */
export async function preflightFindings(
  directory: string,
  template: MutableTemplate,
): Promise<readonly TemplateFinding[]> {
  const file = join(directory, 'Routeguard-prod.template.json');
  writeFileSync(file, JSON.stringify(template));
  const { out, err } = await routeguard('preflight', file, '--json');
  if (out === '') throw new Error(err);
  return (JSON.parse(out) as { readonly findings: readonly TemplateFinding[] }).findings;
}
