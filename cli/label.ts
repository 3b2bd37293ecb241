/** `routeguard label`: reads markings and says what each means, or why it is refused. */
import { Command } from 'commander';
import { isCalendarDate, isCode } from '../functions/core/marking/codes/codes.ts';
import {
  isJsonFormat,
  isMarkingFormat,
  isXmlFormat,
  MARKING_FORMATS,
} from '../functions/core/marking/formats.ts';
import { type MarkingContext, type ReadResult, readMarking } from '../functions/core/marking/read.ts';
import { parseStrictJson } from '../functions/core/strict-json.ts';
import { EXIT } from './exit.ts';
import { noteHint } from './marking-hint.ts';
import { UsageError } from './usage-error.ts';

interface LabelOptions {
  readonly format?: string;
  readonly owner?: string;
  readonly on?: string;
  readonly json?: true;
}

/** Where the command reads and writes; the defaults are the process's own. */
export interface LabelStreams {
  readonly input: () => Promise<string>;
  readonly write: (text: string) => void;
  /** YYYY-MM-DD */
  readonly today: () => string;
}

const PROCESS_STREAMS: LabelStreams = {
  input: readStandardInput,
  write: (text) => {
    process.stdout.write(text);
  },
  today: () => new Date().toISOString().slice(0, 10),
};

/** One marking as an argument, or one per line on standard input. Exit code 0 all valid, 3 any not, 2 usage. */
export function labelCommand(streams: LabelStreams = PROCESS_STREAMS): Command {
  return new Command('label')
    .description(
      'Reads classification markings strictly and shows the normalised label, or every reason to refuse.',
    )
    .argument('[marking]', 'one marking; without it, one per line on standard input')
    .option(
      '--format <format>',
      `one of ${MARKING_FORMATS.join(', ')}; detected where only one grammar accepts`,
    )
    .option(
      '--owner <code>',
      'the marking nation (ISO 3166-1 alpha-3) or organisation, where the format does not say',
    )
    .option('--on <date>', 'effective date of the code tables, YYYY-MM-DD (today)')
    .option('--json', 'one JSON object per line')
    .addHelpText(
      'after',
      '\nFormats, grammars and codes are in docs/markings.md. Structured formats take one JSON value per line.',
    )
    .action(async (marking: string | undefined, options: LabelOptions) => {
      const context = contextOf(options, streams);
      const lines = marking === undefined ? linesOf(await streams.input()) : [marking];
      let refused = false;
      for (const line of lines) {
        const input = inputOf(line, context.format);
        const result = readMarking(input, context);
        if (!result.ok) refused = true;
        streams.write(
          `${options.json ? JSON.stringify(answerOf(input, context, result)) : inWords(result)}\n`,
        );
        // What comes in by the line may be many people's: of that nothing is repeated in words.
        if (!result.ok && marking !== undefined && !options.json) noteHint(input, context);
      }
      if (refused) process.exitCode = EXIT.refused;
    });
}

function contextOf({ format, owner, on }: LabelOptions, streams: LabelStreams): MarkingContext {
  const date = on ?? streams.today();
  if (!isCalendarDate(date)) throw new UsageError('--on takes a calendar date, YYYY-MM-DD');
  if (format !== undefined && !isMarkingFormat(format)) {
    throw new UsageError(`--format takes one of ${MARKING_FORMATS.join(', ')}`);
  }
  if (owner !== undefined && !isCode(owner, date)) {
    throw new UsageError(
      '--owner takes an ISO 3166-1 alpha-3 code or a registered organisation, such as USA or NATO',
    );
  }
  return {
    on: date,
    ...(format === undefined ? {} : { format }),
    ...(owner === undefined ? {} : { originator: owner }),
  };
}

/** Lines end with LF alone: a carriage return belongs to the marking, and is refused with it. */
function linesOf(text: string): readonly string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

/** A structured marking may come as a JSON string, so that XML with line breaks fits on one line. */
function inputOf(line: string, format: string | undefined): string {
  if (format === undefined || !isMarkingFormat(format) || !line.startsWith('"')) return line;
  if (!isJsonFormat(format) && !isXmlFormat(format)) return line;
  const parsed = parseStrictJson(line);
  return parsed.ok && typeof parsed.value === 'string' ? parsed.value : line;
}

function answerOf(input: string, context: MarkingContext, result: ReadResult): unknown {
  const format = result.format ?? context.format ?? null;
  if (!result.ok) return { input, format, valid: false, errors: result.errors };
  return { input, format, valid: true, label: labelOf(result), canonical: result.canonical };
}

/** The normalised label with the marking's own parts beside it; `relExpanded` lists the release audience, USA first. */
function labelOf({ label, parts }: Extract<ReadResult, { ok: true }>): unknown {
  const audience = label.audience ?? [];
  const relExpanded = [
    ...audience.filter((code) => code === 'USA'),
    ...audience.filter((code) => code !== 'USA'),
  ];
  const { displayOnly, fgi, ...others } = parts;
  return {
    ...label,
    owner: label.owners,
    ...others,
    ...(fgi === undefined ? {} : { fgi }),
    ...(displayOnly === undefined ? {} : { displayOnly }),
    ...(parts.rel === undefined ? {} : { relExpanded }),
  };
}

/** No caller text: the canonical spelling for what was read, codes and fixed sentences for what was not. */
function inWords(result: ReadResult): string {
  if (!result.ok) {
    const reasons = result.errors.map(({ code, at, message }) => `  at ${at}: ${code}: ${message}`);
    return ['refused', ...reasons].join('\n');
  }
  const { label, format, canonical } = result;
  const audience = label.audience === null ? 'no restriction' : label.audience.join(' ') || 'nobody';
  const lists = [...label.compartments, ...label.controls].join(', ');
  return [
    `${canonical}`,
    `  ${format}: ${label.frame} ${label.level}, marked by ${label.markedBy}`,
    ...(lists === '' ? [] : [`  ${lists}`]),
    `  release: ${audience}`,
  ].join('\n');
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
