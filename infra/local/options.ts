import { parseArgs } from 'node:util';
import { suggesting } from '../../functions/core/nearest.ts';
import { type Stage, stages } from '../stage.ts';

export interface Options {
  /** Whose template is run. */
  readonly stage: Stage;
  /** Stop after the demonstration. */
  readonly once: boolean;
  /** Directory that keeps the registry and the signing key; `undefined` for a run that leaves nothing. */
  readonly data: string | undefined;
  readonly port: number;
  /** Print every property that is not simulated, and what the functions log. */
  readonly verbose: boolean;
  /** Start without a registry, as on the first day: nothing is published and nothing demonstrated. */
  readonly empty: boolean;
}

const DEFAULT_PORT = 8787;

export const HELP = `Usage: npm start [-- OPTIONS]

Builds the functions and the CDK app, starts the guard on this machine with a sample registry, shows a
demonstration, and keeps serving on http://127.0.0.1:${DEFAULT_PORT}.

Options
  --stage NAME  run the template of ${stages.join(', ')} (default: dev): its functions with their memory, time,
                concurrency and network, its schedules, its custom resource
  --once        show the demonstration, run each schedule once, and stop; exit code 1 where one of them did not go well
  --data DIR    keep the registry and the signing key in DIR (default: nothing is kept)
  --port N      serve on port N (default: PORT, else ${DEFAULT_PORT})
  --empty       publish no sample registry and show no demonstration
  --verbose     list what is not simulated, and print what the functions log
  --help        this text

Environment
  PORT                         as --port
  AWS_ENDPOINT_URL_DYNAMODB    use this DynamoDB-compatible endpoint instead of the embedded engine
`;

export class LocalUsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws {UsageError} for an unknown option, a stage that there is not, or a port that is none */
export function readOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Options | 'help' {
  const { values } = parse(args);
  if (values.help) return 'help';
  const port = values.port ?? (environment['PORT'] || String(DEFAULT_PORT));
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535)
    throw new LocalUsageError('the port must be a number from 1 to 65535');
  if (values.data === '') throw new LocalUsageError('--data needs a directory');
  const stage = stages.find((each) => each === values.stage);
  if (stage === undefined) {
    const sentence = `the stage must be one of ${stages.join(', ')}`;
    throw new LocalUsageError(suggesting(sentence, values.stage, stages));
  }
  return {
    stage,
    once: values.once,
    data: values.data,
    port: Number(port),
    verbose: values.verbose,
    empty: values.empty,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        stage: { type: 'string', default: 'dev' },
        once: { type: 'boolean', default: false },
        data: { type: 'string' },
        port: { type: 'string' },
        verbose: { type: 'boolean', default: false },
        empty: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (error) {
    throw new LocalUsageError(error instanceof Error ? error.message : 'unknown option');
  }
}
