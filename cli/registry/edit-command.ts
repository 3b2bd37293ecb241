/** `routeguard registry edit KEY`: a fact in a person's editor, and what they changed of it as a proposal. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { stringify } from 'yaml';
import type { Operation } from '../../functions/core/administration/change.ts';
import { factDigest } from '../../functions/core/facts/canonical.ts';
import { idOfKey, kindOfKey } from '../../functions/core/facts/fact.ts';
import { factKeyFault } from '../../functions/core/facts/fact-key.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import { factShape } from '../../functions/registry/answers.ts';
import { note } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { fileChange, reasonOf } from './change-commands.ts';
import { type RegistryClient, type RegistryOptions, withSigningOptions } from './connection.ts';
import { type EditorCommand, editorIn, openEditor } from './editor.ts';
import { RegistryRefusedError } from './errors.ts';
import { bodyOf, type DraftProblem, draftText, factBody, readDraft } from './fact-draft.ts';
import { schemaFile, templateOf } from './fact-template.ts';
import { readAs } from './read-answer.ts';
import { type CommandOutcome, run, runSigning } from './run.ts';

interface EditOptions extends RegistryOptions {
  readonly new?: true;
  readonly reason?: string;
  readonly dryRun?: true;
}

/** `edit KEY` */
export function editCommand(): Command {
  const command = new Command('edit')
    .description('open a fact in your editor (VISUAL or EDITOR), and propose what you changed of it')
    .argument('<key>', 'a fact, such as network/gb-a')
    .option('--new', 'a fact that is not registered yet, from a template of its kind')
    .option('--reason <text>', 'why; recorded for good')
    .option('--dry-run', 'print the change as `registry propose` takes it, and propose nothing')
    .action((key: string, options: EditOptions) => {
      const fault = factKeyFault(key);
      if (fault !== undefined) throw new UsageError(fault);
      // What lacks is said before anybody writes anything.
      const editor = editorIn();
      if (options.dryRun === true)
        return run(options, (registry) =>
          edited(registry, editor, key, options, async (change) => printed(change)),
        );
      const reason = reasonOf(options.reason);
      return runSigning(options, (registry, signer) =>
        edited(registry, editor, key, options, (change) =>
          fileChange(registry, signer, { reason, changes: [change] }),
        ),
      );
    })
    .addHelpText(
      'after',
      '\nExample:\n  EDITOR="code --wait" routeguard registry edit network/gb-a --reason "Its name was misspelt" --as proposer',
    );
  return withSigningOptions(command);
}

function printed(change: Operation): CommandOutcome {
  // Deeper indentation would be taken for an attempt to paint the screen.
  const text = stringify({ changes: [change] }, { lineWidth: 0, aliasDuplicateObjects: false, indent: 1 });
  return { words: text.trimEnd().split('\n'), json: change };
}

/** The fact as it stands; undefined where there is none. */
async function standing(registry: RegistryClient, key: string): Promise<RawFact | undefined> {
  try {
    return readAs(factShape, await registry({ method: 'GET', path: `facts/${key}` })).fact as RawFact;
  } catch (error) {
    if (error instanceof RegistryRefusedError && error.error.code === 'FACT_UNKNOWN') return undefined;
    throw error;
  }
}

async function edited(
  registry: RegistryClient,
  editor: EditorCommand,
  key: string,
  options: EditOptions,
  done: (change: Operation) => Promise<CommandOutcome>,
): Promise<CommandOutcome> {
  const before = await standing(registry, key);
  const start = startOf(key, before, options.new === true);
  return inDraft(editor, key, start, async (fact) => {
    const was = before === undefined ? undefined : factDigest(before);
    if (fact === undefined || factDigest(fact) === was)
      return { words: [`${key} is left as it is: nothing is proposed.`], json: null };
    const now = await standing(registry, key);
    if ((now === undefined ? undefined : factDigest(now)) !== was)
      throw new RegistryRefusedError({
        code: 'CONFLICT',
        message: `${key} was changed while you edited it: \`routeguard registry blame ${key}\` says by whom; edit it again as it is now`,
      });
    return done(was === undefined ? { op: 'add', fact } : { op: 'replace', fact, was });
  });
}

function startOf(key: string, before: RawFact | undefined, isNew: boolean): string {
  if (isNew && before !== undefined) throw new UsageError(`${key} is registered: edit it without --new`);
  if (before !== undefined) return factBody(before);
  const kind = kindOfKey(key);
  if (!isNew || kind === undefined)
    throw new RegistryRefusedError({
      code: 'FACT_UNKNOWN',
      message: `there is no ${key}: --new begins one, and \`routeguard registry show ${kind}\` lists those there are`,
    });
  return templateOf(kind, idOfKey(key));
}

/**
 * Has a person edit until what they wrote is sound, or they leave it; then does with it what is to be done. The file is its
 * owner's alone, and gone afterwards; where nothing came of what somebody wrote, it stays, and they are told where.
 */
async function inDraft(
  editor: EditorCommand,
  key: string,
  start: string,
  done: (fact: RawFact | undefined) => Promise<CommandOutcome>,
): Promise<CommandOutcome> {
  const folder = mkdtempSync(join(tmpdir(), 'routeguard-edit-'));
  const file = join(folder, 'fact.yaml');
  const schema = schemaFile(kindOfKey(key) ?? 'network');
  let body = start;
  try {
    const fact = await untilSound();
    const outcome = await done(fact);
    rmSync(folder, { recursive: true });
    return outcome;
  } catch (error) {
    if (body === start) rmSync(folder, { recursive: true });
    else note(`What you wrote is kept in ${file}`);
    throw error;
  }

  async function untilSound(): Promise<RawFact | undefined> {
    let problems: readonly DraftProblem[] = [];
    for (;;) {
      writeFileSync(file, draftText(body, schema, problems), { mode: 0o600 });
      await openEditor(editor, file);
      const text = readFileSync(file, 'utf8');
      const isLeft = problems.length > 0 && bodyOf(text) === body;
      body = bodyOf(text);
      const reading = readDraft(file, text, key);
      if (reading.is === 'empty') return undefined;
      if (reading.is === 'sound') return reading.fact;
      if (isLeft) throw new UsageError(leftUnsound(key, reading.problems));
      problems = reading.problems;
    }
  }
}

function leftUnsound(key: string, problems: readonly DraftProblem[]): string {
  const told = problems.map(({ message }) => message);
  return `${key} is not sound as you left it, and nothing is proposed: ${told.join('; ')}`;
}
