/** Our own rules for what the public packs do not look at, in CloudFormation Guard's language. */
import { readFileSync } from 'node:fs';

const FILES = ['global-table', 'tables', 'functions', 'logs', 'api'] as const;

/** As `CloudFormationValidatePlugin` takes them. */
export function guardRules(): { readonly name: string; readonly content: string }[] {
  return FILES.map((name) => ({
    name: `routeguard-${name}`,
    content: readFileSync(new URL(`./${name}.guard`, import.meta.url), 'utf8'),
  }));
}
