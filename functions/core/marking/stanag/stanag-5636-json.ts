import type { Report } from '../errors.ts';
import type { CategoryType } from '../nato/policy.ts';
import type { ReadMarking } from '../result.ts';
import { type ConfidentialityLabel, compileConfidentiality } from './policy.ts';

/**
 * STANAG 4774 in the JSON of STANAG 5636:
 * `{"ocl":{"pol":…,"cls":…,"catl":[{"type":"P","name":…,"vals":[…]}],"dcr":…},"context":{"@base":…}}`.
 */
const BASE = 'urn:nato:stanag:5636:A:1:elements:json';
const TYPES: ReadonlyMap<unknown, CategoryType> = new Map<unknown, CategoryType>([
  ['R', 'RESTRICTIVE'],
  ['P', 'PERMISSIVE'],
  ['I', 'INFORMATIVE'],
]);
const LETTERS = { RESTRICTIVE: 'R', PERMISSIVE: 'P', INFORMATIVE: 'I' } as const;
const MAX_ENTRIES = 64;

type Members = Readonly<Record<string, unknown>>;

export function readStanag5636(input: unknown, on: string, report: Report): ReadMarking | undefined {
  const root = members(input, ['ocl', 'context'], []);
  const ocl = members(root?.['ocl'], ['pol', 'cls'], ['catl', 'dcr']);
  const context = members(root?.['context'], ['@base'], []);
  if (ocl === undefined || context === undefined) return report('NOT_A_MARKING', 0);
  if (context['@base'] !== BASE) return report('UNKNOWN_POLICY', 0);
  const { pol, cls, catl = [], dcr } = ocl;
  const created = dcr === undefined || (typeof dcr === 'string' && isTimestamp(dcr));
  if (typeof pol !== 'string' || typeof cls !== 'string' || !created) return report('MALFORMED_ATTRIBUTE', 0);
  const categories = readCategories(catl);
  if (categories === undefined) return report('MALFORMED_ATTRIBUTE', 0);
  const label: ConfidentialityLabel = { policy: pol, classification: cls, categories };
  const compiled = compileConfidentiality(label, on, report);
  return compiled && { ...compiled, canonical: print(label) };
}

/** The members of an object that has all the required ones and none but the allowed; `undefined` otherwise. */
function members(
  value: unknown,
  required: readonly string[],
  optional: readonly string[],
): Members | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  if (!required.every((key) => keys.includes(key))) return undefined;
  return keys.every((key) => required.includes(key) || optional.includes(key))
    ? (value as Members)
    : undefined;
}

function readCategories(catl: unknown): ConfidentialityLabel['categories'] | undefined {
  if (!Array.isArray(catl) || catl.length > MAX_ENTRIES) return undefined;
  const categories: ConfidentialityLabel['categories'][number][] = [];
  for (const entry of catl as readonly unknown[]) {
    const category = members(entry, ['type', 'name', 'vals'], []);
    const type = TYPES.get(category?.['type']);
    const { name, vals } = category ?? {};
    if (type === undefined || typeof name !== 'string' || !Array.isArray(vals)) return undefined;
    if (vals.length > MAX_ENTRIES || vals.some((value) => typeof value !== 'string')) return undefined;
    categories.push({ name, type, values: vals as readonly string[] });
  }
  return categories;
}

/** `2024-10-21T20:47:36Z`: informs, decides nothing. */
function isTimestamp(text: string): boolean {
  const time = Date.parse(text);
  return (
    text.length === 20 &&
    Number.isFinite(time) &&
    new Date(time).toISOString().slice(0, 19) === text.slice(0, 19)
  );
}

function print(label: ConfidentialityLabel): string {
  const catl = label.categories.map(({ name, type, values }) => ({
    type: LETTERS[type],
    name,
    vals: values,
  }));
  return JSON.stringify({
    ocl: { pol: label.policy, cls: label.classification, ...(catl.length === 0 ? {} : { catl }) },
    context: { '@base': BASE },
  });
}
