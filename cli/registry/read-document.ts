import { readFileSync, statSync } from 'node:fs';
import { isAlias, parseDocument, visit, type YAMLError } from 'yaml';
import { parseStrictJson } from '../../functions/core/strict-json.ts';
import { MAX_DEPTH, MAX_PROPOSAL_BYTES } from '../../functions/registry/limits.ts';
import { JSON_MISTAKES } from '../read-json-file.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Reads a YAML or JSON file, or standard input for `-`. JSON is read strictly; YAML 1.2 without aliases (a few hundred
 * bytes of them can unfold to gigabytes), custom tags or repeated keys.
 *
 * @throws UsageError that says where
 */
export function readDocument(file: string): unknown {
  const text = readText(file);
  const name = fileName(file);
  if (text.trim() === '') throw new UsageError(`${name} is empty`);
  return file.endsWith('.json') ? readJson(name, text) : readYaml(name, text);
}

/** What a person calls what is read. */
export function fileName(file: string): string {
  return file === '-' ? 'standard input' : file;
}

function readText(file: string): string {
  let bytes: Buffer;
  try {
    // Asked first, so that a file of gigabytes is not read.
    if (file !== '-' && statSync(file).size > MAX_PROPOSAL_BYTES) throw tooLarge(file);
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${fileName(file)} cannot be read${whyOf(error)}`);
  }
  if (bytes.length > MAX_PROPOSAL_BYTES) throw tooLarge(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${fileName(file)} is not UTF-8`);
  }
}

/** A folder is what people give most often that is no file. */
function whyOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EISDIR' ? ': it is a folder, name the files in it' : '';
}

function tooLarge(file: string): UsageError {
  return new UsageError(
    `${fileName(file)} is larger than ${MAX_PROPOSAL_BYTES} bytes: split it into several proposals`,
  );
}

function readJson(file: string, text: string): unknown {
  const parsed = parseStrictJson(text, { maxBytes: MAX_PROPOSAL_BYTES, maxDepth: MAX_DEPTH });
  if (parsed.ok) return parsed.value;
  throw new UsageError(`${file}${placeOf(text, parsed.at)}: ${JSON_MISTAKES[parsed.code]}`);
}

function readYaml(file: string, text: string): unknown {
  const deep = tooDeepAt(text);
  if (deep !== undefined) throw new UsageError(`${file}${placeOf(text, deep)}: nested too deeply`);
  const document = parseDocument(text, {
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
    merge: false,
    // With them, a message ends in a place and a drawing of its own.
    prettyErrors: false,
  });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined)
    throw new UsageError(`${file}${placeOf(text, problem.pos[0])}: ${sentenceOf(problem)}`);
  let alias: number | undefined;
  visit(document, {
    Alias(_key, node) {
      alias ??= node.range?.[0] ?? 0;
      return visit.BREAK;
    },
    Node(_key, node) {
      if (!isAlias(node) && 'anchor' in node && node.anchor !== undefined) alias ??= node.range?.[0] ?? 0;
    },
  });
  if (alias !== undefined)
    throw new UsageError(`${file}${placeOf(text, alias)}: anchors and aliases are not taken; write it out`);
  return document.toJS({ maxAliasCount: 0 });
}

/** The parser's own words, but for the one sentence that speaks to a programmer. */
function sentenceOf({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'another document begins (---): write one, or several files';
  return message.split('\n')[0] ?? '';
}

/** YAML nests by brackets or by indentation; both are bounded before the parser recurses. */
function tooDeepAt(text: string): number | undefined {
  let brackets = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '[' || character === '{') brackets += 1;
    else if ((character === ']' || character === '}') && brackets > 0) brackets -= 1;
    else if (character === '\n') {
      const indentation =
        /^[ -]*/.exec(text.slice(index + 1, index + 1 + 4 * MAX_INDENTATION))?.[0].length ?? 0;
      if (indentation > MAX_INDENTATION) return index + 1;
    }
    if (brackets > MAX_BRACKETS) return index;
  }
  return undefined;
}

/** Brackets may stand in plain text too, so the bound is above what any fact needs. */
const MAX_BRACKETS = 200;
const MAX_INDENTATION = 200;

function placeOf(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  return `:${line}:${at - before.lastIndexOf('\n')}`;
}
