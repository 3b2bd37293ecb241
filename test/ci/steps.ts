/** What continuous integration runs. Every step fails the run; none is optional. */

export interface Step {
  readonly name: string;
  /** A command of the project's own, run by the Node that the project brings. */
  readonly command: readonly [string, ...string[]];
}

/** Scripts that write pages and modules from the code, and the file or folder they write. */
export const GENERATED: Readonly<Record<string, string>> = {
  'docs:bruno': 'examples/bruno',
  'docs:glossary': 'docs/types.md',
  'docs:markings': 'docs/markings.md',
  'docs:openapi': 'docs/openapi.json',
  'docs:parts': 'docs/parts.md',
  'docs:rules': 'docs/rules.md',
  'docs:runbook': 'docs/runbook.md',
  'docs:schemas': 'docs/schemas',
  'docs:scenario-schema': 'docs/scenario.schema.json',
  'docs:standards': 'docs/standards.md',
  'schemes:index': 'functions/core/marking/schemes/index.ts',
};

/** Rows of changed files that are tried before the time for them ends; `npm run mutations` tries them all. */
const MUTATIONS_FOR_SECONDS = '15';

/**
 * Lists that may run at once.
 *
 * @param since the revision before what is checked
 */
export function stepsAfterTests(release: string, since: string): readonly (readonly Step[])[] {
  const built: readonly Step[] = [
    { name: 'data', command: ['npm', 'run', '--silent', 'check:data'] },
    { name: 'release', command: ['npm', 'run', '--silent', 'release', '--', release] },
    { name: 'release:check', command: ['npm', 'run', '--silent', 'release:check', '--', release] },
  ];
  const campaigns: readonly Step[] = [
    {
      name: 'campaign:revocation',
      command: ['npm', 'run', '--silent', 'campaign:revocation', '--', '--decisions', '300'],
    },
    { name: 'campaign:search', command: ['npm', 'run', '--silent', 'campaign:search', '--', '300'] },
    {
      name: 'campaign:theorems',
      command: ['npm', 'run', '--silent', 'campaign:theorems', '--', '31', '1', 't02'],
    },
    {
      name: 'mutations',
      command: [
        'npm',
        'run',
        '--silent',
        'mutations',
        '--',
        '--since',
        since,
        '--seconds',
        MUTATIONS_FOR_SECONDS,
      ],
    },
  ];
  return [built, campaigns];
}

/** Lists that may run at once. */
export const STEPS_BEFORE_TESTS: readonly (readonly Step[])[] = [
  [{ name: 'typecheck', command: ['npm', 'run', '--silent', 'typecheck'] }],
  [
    { name: 'lint', command: ['npm', 'run', '--silent', 'lint', '--', '--error-on-warnings'] },
    { name: 'unused', command: ['npm', 'run', '--silent', 'unused'] },
  ],
];
