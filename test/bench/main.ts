/** `npm run bench`: see the usage below. Absolute times depend on the machine; ratios less. */
import { parseArgs } from 'node:util';
import { EXIT } from '../../cli/exit.ts';
import { type BenchLine, linesOf, runLine } from './lines.ts';
import { isRowName, ROW_NAMES, type RowName } from './rows.ts';
import { runRow } from './run-row.ts';
import { tableOf } from './table.ts';

const USAGE = `npm run bench -- [options]

Speed, row by row as docs/performance.md describes it: every figure beside a floor or a peer that was measured in the same
run, turn about. A table to standard output, progress to standard error.

  --only NAME   one row; may be given again: ${ROW_NAMES.join(', ')}
  --scale       100,000 networks too: minutes, and gigabytes
  --quick       a few rounds: shows that it runs, and its figures mean nothing
  --json        a line of JSON for the run, each row and each figure, as docs/performance.md says
  --check       a figure that is not what it should be is an error
  --help        this

Exits with 0 where it ran, ${EXIT.failed} where a row could not be measured or \`--check\` found something, ${EXIT.usage} for what it does not know.`;

interface Asked {
  readonly names: readonly RowName[];
  readonly quick: boolean;
  readonly scale: boolean;
  readonly json: boolean;
  readonly check: boolean;
}

function asked(): Asked | 'help' {
  const off = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    options: {
      ...{ help: off, quick: off, scale: off, json: off, check: off },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  if (values.help) return 'help';
  const unknown = values.only.find((name) => !isRowName(name));
  if (unknown !== undefined) throw new Error(`there is no row called ${unknown}`);
  const { only, help: _help, ...rest } = values;
  return { ...rest, names: ROW_NAMES.filter((name) => only.length === 0 || only.includes(name)) };
}

async function bench({ names, quick, scale, json, check }: Asked): Promise<number> {
  const lines: BenchLine[] = [runLine({ quick, scale })];
  const print = (some: readonly BenchLine[]) => {
    if (json) for (const line of some) console.log(JSON.stringify(line));
  };
  print(lines);
  let failed = 0;
  for (const name of names) {
    console.error(`${name} …`);
    const began = performance.now();
    const found = await runRow({ name, quick, scale }, (line) => console.error(`  ${line}`));
    if (found === undefined) {
      failed += 1;
      console.error(`${name} could not be measured`);
      continue;
    }
    const own = linesOf(found.row, found.figures, (performance.now() - began) / 1000);
    lines.push(...own);
    print(own);
  }
  if (!json) console.log(tableOf(lines));
  const missed = lines.filter((line) => line.kind === 'figure' && line.reached === false).length;
  return failed > 0 || (check && missed > 0) ? EXIT.failed : 0;
}

try {
  const wanted = asked();
  if (wanted === 'help') console.log(USAGE);
  else process.exitCode = await bench(wanted);
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = EXIT.usage;
}
