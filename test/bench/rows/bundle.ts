/** What the bundle of `decide` weighs, and what in it weighs most. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { directoryOf } from '../deployed.ts';
import { atMost, type Figure, type Row } from '../row.ts';

const SHOWN = 8;

interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

/** The package of an input, or the room of the project. */
export function ownerOf(input: string): string {
  const [, inPackages] = input.split(/.*node_modules\//);
  if (inPackages !== undefined) return /^(?:@[^/]+\/)?[^/]+/.exec(inPackages)?.[0] ?? inPackages;
  return input.split('/').slice(0, 2).join('/');
}

function heaviest({ outputs }: Metafile): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const { inputs } of Object.values(outputs))
    for (const [input, { bytesInOutput }] of Object.entries(inputs))
      sums.set(ownerOf(input), (sums.get(ownerOf(input)) ?? 0) + bytesInOutput);
  return [...sums].sort((a, b) => b[1] - a[1]);
}

async function measure(): Promise<readonly Figure[]> {
  const directory = await directoryOf('decide');
  const { length } = readFileSync(join(directory, 'index.mjs'));
  const map = join(dirname(dirname(directory)), 'maps', 'decide.meta.json');
  const inputs = heaviest(JSON.parse(readFileSync(map, 'utf8')) as Metafile);
  return [
    { what: 'bundle of decide', unit: 'KB', value: length / 1024, toReach: atMost(300) },
    ...inputs.slice(0, SHOWN).map(([what, bytes]): Figure => ({ what, unit: 'KB', value: bytes / 1024 })),
  ];
}

export const bundle: Row = {
  name: 'bundle',
  question: 'size of the bundle of decide, and its heaviest inputs',
  against: '–',
  toReach: '≤ 300 KB',
  measure,
};
