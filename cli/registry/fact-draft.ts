/** A fact as a person edits it: YAML under a first line that names its schema, and what is to be said above it. */
import { parseDocument, visit } from 'yaml';
import { readFact } from '../../functions/core/facts/fact.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { isVisible, visible } from '../../functions/core/visible-text.ts';
import { problemsWritten } from '../fact-problems.ts';
import { keyWritten } from '../placed-fact.ts';
import { UsageError } from '../usage-error.ts';
import { YamlPositions } from '../yaml-position.ts';
import { readDocument } from './read-document.ts';

/** What is wrong, on which line of what was written; 0 where it is about all of it. */
export interface DraftProblem {
  readonly line: number;
  readonly message: string;
}

export type DraftReading =
  | { readonly is: 'empty' }
  | { readonly is: 'sound'; readonly fact: RawFact }
  | { readonly is: 'wrong'; readonly problems: readonly DraftProblem[] };

const SCHEMA_LINE = '# yaml-language-server: $schema=';
/** Begins the lines that are ours, and no person's comments. */
const SAID = '#! ';

/** The text to edit. */
export function draftText(body: string, schema: string, problems: readonly DraftProblem[]): string {
  const said =
    problems.length === 0
      ? [
          'What you change here is proposed when you close the file. Comments are no part of the fact.',
          'Left as it is, or emptied, nothing is proposed.',
        ]
      : ['NOTHING IS PROPOSED YET. Close the file as it is to leave it at that.'];
  const above = 1 + said.length + problems.length;
  const wrong = problems.map(({ line, message }) =>
    line === 0 ? message : `line ${line + above}: ${message}`,
  );
  const lines = [...said, ...wrong].map((line) => `${SAID}${visible(line)}`);
  return [`${SCHEMA_LINE}${schema}`, ...lines, body].join('\n');
}

/** What a person wrote, without the lines that are ours above it. */
export function bodyOf(text: string): string {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => !line.startsWith(SCHEMA_LINE) && !line.startsWith(SAID.trimEnd()));
  return first < 0 ? '' : lines.slice(first).join('\n');
}

/** A fact as YAML, its members in the order of their kind. What would not be seen in an editor is written out. */
export function factBody(fact: RawFact): string {
  const reading = readFact(fact);
  const document = parseDocument('');
  document.contents = document.createNode(reading.sound ? reading.fact : fact, {
    aliasDuplicateObjects: false,
  }) as never;
  visit(document, {
    Scalar(_key, node) {
      if (typeof node.value === 'string' && !isVisible(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document
    .toString({ lineWidth: 0 })
    .replace(/(?![ \n])[\p{C}\p{Z}\p{M}\u2800]/gu, (character) =>
      [...Array(character.length).keys()]
        .map((unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`)
        .join(''),
    );
}

/** Reads a file that was saved. @param key what the fact is called: that is not edited */
export function readDraft(file: string, text: string, key: string): DraftReading {
  if (text.split('\n').every((line) => /^\s*(?:#.*)?$/.test(line))) return { is: 'empty' };
  const above = text.split('\n').length - bodyOf(text).split('\n').length;
  let document: unknown;
  try {
    document = readDocument(file);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const [, line, what] = /^:(\d+):\d+: (.*)$/s.exec(error.message.slice(file.length)) ?? [];
    return wrong(line === undefined ? 0 : Number(line) - above, what ?? error.message);
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    return wrong(0, 'write one fact: its members, kind and id first');
  const fact = document as RawFact;
  const lines = new YamlPositions(text);
  if (keyWritten(fact) !== key)
    return wrong(
      lines.lineOf('/id') - above,
      `this is ${key}: another kind or id is another fact, and begins with --new`,
    );
  const problems = problemsWritten(fact).map(({ path, message }) => ({
    line: lines.lineOf(path) - above,
    message: path === '' ? message : `${path}: ${message}`,
  }));
  return problems.length === 0 ? { is: 'sound', fact } : { is: 'wrong', problems };
}

function wrong(line: number, message: string): DraftReading {
  return { is: 'wrong', problems: [{ line: Math.max(line, 0), message }] };
}
