/** `routeguard explain`: one question, explained in full to an auditor. */
import { Command } from 'commander';
import type { HighestLabel } from '../functions/core/decision/highest.ts';
import type { Change, ExplainedRepair, Explanation } from '../functions/explain/explanation.ts';
import { type AcceptanceOptions, answerIn, withLeaseOption } from './answer-shape.ts';
import { EXIT } from './exit.ts';
import { noteUnread } from './marking-hint.ts';
import { endWithoutAnswer } from './no-answer.ts';
import { answerInWords } from './print-answer.ts';
import {
  newQuestion,
  type QuestionOptions,
  requestOf,
  withMessageOptions,
  withPathOptions,
  withTimeOptions,
} from './question.ts';
import { postQuestion } from './signed-http.ts';
import { say, sayJson } from './terminal.ts';
import { guardDoor, type WhichGuard, withWhichGuard } from './which-guard.ts';

interface ExplainOptions extends QuestionOptions, WhichGuard, AcceptanceOptions {
  readonly json?: true;
}

function subjectOf(r: ExplainedRepair): string {
  const parts = [r.network, r.protection, r.vendor, r.owner, r.standard, r.fact].filter(
    (x) => x !== undefined,
  );
  const hops = r.hops.length === 0 ? [] : [`hop ${r.hops.join(', ')}`];
  const all = [...parts, ...hops];
  return all.length === 0 ? '' : ` (${all.join(', ')})`;
}

function highestInWords(h: HighestLabel): string {
  if (h.level === null) return `    ${h.owner}, frame ${h.frame}: nothing`;
  const lists = [...h.compartments, ...h.controls].join(', ');
  const release = h.audience === null ? 'whoever it is released to' : `released to ${h.audience.join(', ')}`;
  return `    ${h.owner}, frame ${h.frame}: ${h.level}${lists === '' ? '' : ` with ${lists}`}, ${release}`;
}

function changeInWords(what: string, change: Change | null): string {
  return change === null
    ? `  ${what}: by no date that is known`
    : `  ${what}: ${change.at}, then ${change.outcome}`;
}

function explanationInWords(e: Explanation): readonly string[] {
  // A guard of an older build says nothing of it.
  const { missing = [], missingMore } = e;
  const more = e.repairsComplete ? '' : ' (there may be more behind them)';
  return [
    ...(e.repairs.length === 0 ? [] : [`  to permit it${more}:`]),
    ...e.repairs.map((r) => `    ${r.repair}: ${r.text}${subjectOf(r)} [${r.codes.join(', ')}]`),
    '  the most this path may carry:',
    ...e.highest.map(highestInWords),
    changeInWords('the answer next changes', e.nextChange),
    changeInWords('permit and refusal next change places', e.nextFlip),
    ...(e.lookedUntil === undefined ? [] : [`  looked until ${e.lookedUntil}`]),
    ...e.unverified.map((key) => `  unverified citation: ${key}`),
    ...missing.map(
      ({ standard, paragraph, says, missing }) =>
        `  not asked by ${standard}: ${[paragraph, says, missing].filter((x) => x !== undefined).join('; ')}`,
    ),
    ...(missingMore === undefined ? [] : [`  and ${missingMore} more that is not asked`]),
  ];
}

async function run(options: ExplainOptions): Promise<void> {
  try {
    const asked = newQuestion(requestOf(options));
    const heard = await postQuestion(options, guardDoor(options), 'auditor', '/v1/audit/explain', asked);
    const answer = answerIn(asked, heard, options);
    if (options.json === true) sayJson(answer);
    else {
      const more = answer.explanation === undefined ? [] : explanationInWords(answer.explanation);
      say([...answerInWords(answer), ...more]);
      noteUnread(options, answer.reasons);
    }
    process.exitCode = answer.decision ? 0 : EXIT.refused;
  } catch (error) {
    endWithoutAnswer(error);
  }
}

export function explainCommand(): Command {
  const command = new Command('explain').description(
    "One decision explained in full, through the auditor's door. Exit code 0 permit, 3 anything else, a hypothetical permit included, 4 nobody decided, 2 usage.",
  );
  withLeaseOption(withTimeOptions(withPathOptions(withMessageOptions(command))))
    .option('--json', 'print the answer as one line of JSON')
    .addHelpText(
      'after',
      '\nExample:\n  routeguard explain --marking "SECRET//NOFORN" --route us-domestic-failover',
    )
    .action(run);
  return withWhichGuard(command);
}
