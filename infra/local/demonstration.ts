/** Asks the running guard real questions, through the real door, and prints what it answers. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Answer } from '../../functions/core/decision/answer.ts';
import type { LocalContext } from './context.ts';
import { type DemonstrationQuestion, QUESTIONS } from './demonstration-questions.ts';

/** What a person reads of one answer. */
interface Row {
  readonly question: DemonstrationQuestion;
  readonly answer: Answer;
}

const WIDTHS = { message: 33, path: 31, when: 11 } as const;

function clientFor(context: LocalContext): LambdaClient {
  const caller = context.identities.find((each) => each.name === 'caller');
  if (caller === undefined) throw new Error('the local identities have no caller');
  return new LambdaClient({
    region: context.region,
    endpoint: context.baseUrl,
    credentials: caller,
    maxAttempts: 1,
  });
}

async function ask(client: LambdaClient, question: DemonstrationQuestion): Promise<Answer> {
  const reply = await client.send(
    new InvokeCommand({
      FunctionName: 'decide',
      Payload: JSON.stringify({ request: JSON.stringify(question.request) }),
    }),
  );
  if (reply.FunctionError !== undefined) throw new Error('decide failed (FunctionError)');
  return JSON.parse(reply.Payload?.transformToString() ?? '') as Answer;
}

const ORDER = { deny: 0, indeterminate: 1, 'not-applicable': 2, permit: 3 } as const;

/** The decisive reason in words; for a permit, what satisfied it. */
function why({ answer: a, question }: Row): string {
  const [first] = a.reasons;
  if (first !== undefined) {
    const place = [first.standard, first.owner, first.segment, first.marking]
      .filter((x) => x !== undefined)
      .join(', ');
    return place === '' ? first.text : `${first.text} (${place})`;
  }
  const standards = a.standards.map((s) => s.id).join(' and ');
  // That the law itself lacks something satisfies nothing.
  const note = a.notes?.find((n) => n.code !== 'STANDARD_INCOMPLETE');
  return note === undefined ? `${standards} satisfied${question.aside ?? ''}` : `${note.text} (${standards})`;
}

/** Of a question about a day in the past the table shows what would have been: the column before says which day. */
function verdict(a: Answer): string {
  return (a.hypothetical ?? a).decision ? 'PERMIT' : 'DENY';
}

function standardsLine(a: Answer): string | undefined {
  const outcomes = new Set(a.standards.map((s) => s.outcome));
  if (outcomes.size < 2) return undefined;
  return a.standards
    .toSorted((x, y) => ORDER[x.outcome] - ORDER[y.outcome])
    .map((s) => `${s.id}: ${s.outcome}`)
    .join(', ');
}

function print(rows: readonly Row[]): void {
  const indent = ' '.repeat(WIDTHS.message + WIDTHS.path + WIDTHS.when + 8);
  for (const row of rows) {
    const { question: q, answer: a } = row;
    const cells = [
      q.message.padEnd(WIDTHS.message),
      q.path.padEnd(WIDTHS.path),
      q.when.padEnd(WIDTHS.when),
      verdict(a).padEnd(7),
    ];
    console.log(`${cells.join('')} ${why(row)}`.trimEnd());
    const standards = standardsLine(a);
    if (standards !== undefined) console.log(`${indent.slice(0, -1)} ${standards}`);
  }
}

export async function demonstrate(context: LocalContext): Promise<void> {
  const client = clientFor(context);
  try {
    console.log();
    console.log(
      `${'message'.padEnd(WIDTHS.message)}${'path'.padEnd(WIDTHS.path)}${'when'.padEnd(WIDTHS.when)}answer  why`,
    );
    for (const { title, questions } of QUESTIONS) {
      console.log(`\n${title}`);
      const rows: Row[] = [];
      for (const question of questions) rows.push({ question, answer: await ask(client, question) });
      print(rows);
    }
    await demonstrateOutage(context, client);
    console.log();
  } finally {
    client.destroy();
  }
}

/** The database stops answering, and then comes back. */
async function demonstrateOutage(context: LocalContext, client: LambdaClient): Promise<void> {
  const [question] = QUESTIONS[0]?.questions.filter((q) => q.aside !== undefined) ?? [];
  if (context.duringOutage === null || question === undefined) return;
  console.log('\nThe same message while the registry cannot be reached, and after');
  const during = await context.duringOutage(() => ask(client, question));
  print([{ question, answer: during }]);
  print([{ question, answer: await ask(client, question) }]);
}
