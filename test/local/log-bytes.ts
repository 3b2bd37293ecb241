/**
 * What one invocation puts into the log, besides what the function writes: the lines of the platform, in the text format,
 * as https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html shows them.
 */

const ID = 'c793869b-ee49-115b-a5b6-4fd21e8dedac';

/** Bytes that PutLogEvents counts for each event besides its message (API reference of CloudWatch Logs). */
const EVERY_EVENT = 26;

const PREFIX = `2019-06-07T19:11:20.562Z\t${ID}\tINFO\t`;

const PLATFORM: readonly string[] = [
  `START RequestId: ${ID} Version: 12\n`,
  `END RequestId: ${ID}\n`,
  `REPORT RequestId: ${ID}\tDuration: 4.12 ms\tBilled Duration: 5 ms\tMemory Size: 512 MB\tMax Memory Used: 104 MB\t\n`,
];

export interface LogBytes {
  /** Of the function's own line, as it writes it. */
  readonly line: number;
  /** What the runtime puts before it. */
  readonly prefix: number;
  /** START, END and REPORT. */
  readonly platform: number;
  /** For the four events. */
  readonly events: number;
}

export function logBytesOf(line: string): LogBytes {
  return {
    line: Buffer.byteLength(line),
    prefix: PREFIX.length,
    platform: PLATFORM.join('').length,
    events: EVERY_EVENT * (PLATFORM.length + 1),
  };
}
