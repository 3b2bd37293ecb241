/** `routeguard decide`: one question, one answer. */
import { Command, Option } from 'commander';
import { type AcceptanceOptions, answerIn, withLeaseOption } from './answer-shape.ts';
import { EXIT } from './exit.ts';
import { askGuard } from './guard-connection.ts';
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
import { say, sayJson } from './terminal.ts';
import { type WhichGuard, withWhichGuard } from './which-guard.ts';

interface DecideOptions extends WhichGuard, QuestionOptions, AcceptanceOptions {
  readonly json?: true;
}

async function run(options: DecideOptions): Promise<void> {
  try {
    const asked = newQuestion(requestOf(options));
    const answer = answerIn(asked, await askGuard(options, asked), options);
    if (options.json === true) sayJson(answer);
    else {
      say(answerInWords(answer));
      noteUnread(options, answer.reasons);
    }
    process.exitCode = answer.decision ? 0 : EXIT.refused;
  } catch (error) {
    // An enforcement point that gets no answer denies, and so does this command.
    const { retry } = endWithoutAnswer(error);
    if (options.json) sayJson({ decision: false, outcome: 'indeterminate', retry });
  }
}

export function decideCommand(): Command {
  const command = new Command('decide').description(
    'May this message be routed over this path? Exit code 0 permit, 3 anything else, a hypothetical permit included, 4 nobody decided, 2 usage.',
  );
  withLeaseOption(withTimeOptions(withPathOptions(withMessageOptions(command))))
    .addOption(new Option('--explain <how>', 'how much to explain').choices(['none', 'codes', 'full']))
    .option('--json', 'print the answer as one line of JSON')
    .addHelpText(
      'after',
      '\nExample:\n  routeguard decide --marking "SECRET//REL TO USA, GBR" --route sms-gb-secondary --at 2020-02-15',
    )
    .action(run);
  return withWhichGuard(command);
}
