/** Where the `routeguard` command starts. */
import { commandLine } from './command-line.ts';

/** As a shell tells of a program that a closed pipe stopped: no success, whatever was to come. */
const NOBODY_READS = 141;

for (const output of [process.stdout, process.stderr])
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(NOBODY_READS);
  });

await commandLine(process.argv.slice(2));
