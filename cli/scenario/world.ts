/** The facts every scenario may lean on: the library of standards, and the sample registry's real-world facts. */
import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type FactKind, kindOf, member } from '../../functions/core/facts/fact.ts';
import { withoutSchemaName } from '../../functions/core/facts/schema-name.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';
import type { SAMPLE_KINDS } from './format.ts';

const ROOT = new URL('../../', import.meta.url);

export type SampleKind = (typeof SAMPLE_KINDS)[number];

const KIND_OF: Readonly<Record<SampleKind, FactKind>> = {
  accreditations: 'accreditation',
  assessments: 'assessment',
  authorities: 'authority',
  designations: 'designation',
  networks: 'network',
  protections: 'protection',
  routes: 'route',
  vendors: 'vendor',
};

/** What is used where a scenario does not say: who exists, what was designated, and which vendors were assessed. */
export const DEFAULT_USE: readonly SampleKind[] = ['authorities', 'designations', 'vendors', 'assessments'];

/** A folder that comes with the command, wherever it is called: as whoever works in the folder above it would write it. */
export function suppliedFolder(name: string): string {
  const path = fileURLToPath(new URL(name, ROOT));
  return relative(process.cwd(), path) === name ? name : path;
}

/** Every JSON file under a folder of the project, read in the order of names. */
function jsonFilesUnder(folder: string): readonly string[] {
  const at = fileURLToPath(new URL(`${folder}/`, ROOT));
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => `${at}${name}`);
}

function factsUnder(folder: string): readonly RawFact[] {
  return jsonFilesUnder(folder).flatMap((file) => {
    const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const value = withoutSchemaName(read) as RawFact | readonly RawFact[];
    return Array.isArray(value) ? value : [value as RawFact];
  });
}

export interface World {
  readonly standards: readonly RawFact[];
  readonly samples: readonly RawFact[];
}

let world: World | undefined;

/** Reads the library and the sample registry once. */
export function loadWorld(): World {
  world ??= {
    standards: factsUnder('standards'),
    samples: [...factsUnder('samples/registry'), ...factsUnder('samples/scenario-world')],
  };
  return world;
}

/** The sample facts of some kinds. Assessments of sample networks come only with the networks themselves. */
export function sampleFacts({ samples }: World, use: readonly SampleKind[]): readonly RawFact[] {
  const kinds = use.map((k) => KIND_OF[k]);
  return samples.filter((raw) => {
    const kind = kindOf(raw);
    if (kind === undefined || !kinds.includes(kind)) return false;
    const aboutNetwork = member(member(raw, 'subject'), 'network') !== undefined;
    return !aboutNetwork || use.includes('networks');
  });
}
