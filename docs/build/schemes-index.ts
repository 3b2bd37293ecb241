import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkScheme } from '../../functions/core/marking/scheme-format.ts';

/** Writes the index of the scheme files (`npm run schemes:index`): every file is checked, none is listed by hand. */
const FOLDER = new URL('../../functions/core/marking/schemes/', import.meta.url);
export const INDEX_FILE = new URL('index.ts', FOLDER);

export function schemesIndex(): string {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort();
  const entries = files.map((file) => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8');
    const scheme = checkScheme(parse(text, file), file);
    return { file, format: scheme.format, name: file.slice(0, -'.json'.length).replaceAll('-', '_') };
  });
  return [
    '// Generated from the files beside it by `npm run schemes:index`, which checks each of them.',
    "import type { Scheme } from '../scheme-format.ts';",
    ...entries.map(({ file, name }) => `import ${name} from './${file}' with { type: 'json' };`),
    '',
    'export const SCHEME_FORMATS = [',
    ...entries.map(({ format }) => `  '${format}',`),
    '] as const;',
    '',
    '/** The id of a format that a scheme file describes. */',
    'export type SchemeFormat = (typeof SCHEME_FORMATS)[number];',
    '',
    '/** Checked against the shape of a scheme when this file was generated. */',
    'export const SCHEMES = {',
    ...entries.map(({ format, name }) => `  '${format}': ${name},`),
    '} as unknown as Readonly<Record<SchemeFormat, Scheme>>;',
    '',
  ].join('\n');
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file}: not JSON; see the position in the cause`, { cause });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(INDEX_FILE, schemesIndex());
