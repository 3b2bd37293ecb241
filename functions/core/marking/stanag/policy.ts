import { isNation } from '../codes/codes.ts';
import type { Report } from '../errors.ts';
import { NATO_LADDER } from '../nato/ladder.ts';
import {
  type CategoryType,
  isContext,
  isGroup,
  NATO_ADMINISTRATIVE,
  NATO_CATEGORIES,
  type NatoMarking,
  natoRule,
} from '../nato/policy.ts';
import { compileNato } from '../nato/text.ts';
import type { ReadMarking } from '../result.ts';
import { SAMPLE_FRAME, SAMPLE_LADDER, SAMPLE_POLICIES } from './sample.ts';

/** A confidentiality label of STANAG 4774 / ADatP-4774, from XML or JSON. */
export interface ConfidentialityLabel {
  readonly policy: string;
  readonly classification: string;
  readonly categories: readonly {
    readonly name: string;
    readonly type: CategoryType;
    readonly values: readonly string[];
  }[];
}

/** Judges a label by its pinned policy; an unknown policy, category or value is refused, never skipped. */
export function compileConfidentiality(
  label: ConfidentialityLabel,
  on: string,
  report: Report,
): Omit<ReadMarking, 'canonical'> | undefined {
  const names = label.categories.map((category) => category.name);
  if (new Set(names).size < names.length) return report('DUPLICATE', 0);
  for (const { name, type, values } of label.categories) {
    const pinned = NATO_CATEGORIES.get(name);
    if (pinned === undefined) return report('UNKNOWN_MARKING', 0);
    // A sender that flips the type flips the test.
    if (pinned !== type) return report('CATEGORY_TYPE', 0);
    if (values.length === 0) return report('EMPTY_CATEGORY', 0);
    if (new Set(values).size < values.length) return report('DUPLICATE', 0);
  }
  if (label.policy === 'NATO') return compileNatoLabel(label, on, report);
  return SAMPLE_POLICIES.has(label.policy) ? compileSample(label, report) : report('UNKNOWN_POLICY', 0);
}

function compileNatoLabel(
  label: ConfidentialityLabel,
  on: string,
  report: Report,
): Omit<ReadMarking, 'canonical'> | undefined {
  const level = NATO_LADDER.find((name) => name === label.classification);
  if (level === undefined) return report('UNKNOWN_LEVEL', 0);
  const values = (name: string) => label.categories.find((category) => category.name === name)?.values;
  const release = values('Releasable To');
  const only = values('Only');
  const known = (code: string) => isNation(code) || isGroup(code);
  if (![...(release ?? []), ...(only ?? [])].every(known)) return report('UNKNOWN_CODE', 0);
  const administrative = values('Administrative') ?? [];
  if (!administrative.every((value) => NATO_ADMINISTRATIVE.includes(value)))
    return report('UNKNOWN_MARKING', 0);
  // `Releasable` only says that a Releasable To category follows.
  const contexts = (values('Context') ?? []).filter((value) => value !== 'NATO' && value !== 'Releasable');
  if (!contexts.every(isContext) || contexts.length > 1) return report('UNKNOWN_MARKING', 0);
  const [context] = contexts;
  // Whom `Only` admits is nobody to add to, NATO neither.
  if (release !== undefined && only !== undefined) return report('CAVEAT_EXCLUDED', 0);
  const releasable = release?.filter((code) => code !== 'NATO');
  const marking: NatoMarking = {
    level,
    sensitivities: values('Additional Sensitivity') ?? [],
    administrative,
    ...(context === undefined ? {} : { context }),
    ...(releasable === undefined || releasable.length === 0 ? {} : { releasable }),
    ...(only === undefined ? {} : { only }),
  };
  const wrong = natoRule(marking);
  if (wrong !== undefined) return report(wrong, 0);
  const { label: compiled, parts } = compileNato(marking, on);
  return {
    label: compiled,
    parts: {
      ...parts,
      policy: label.policy,
      nativeLevel: label.classification,
      ...(release === undefined ? {} : { rel: release }),
    },
  };
}

function compileSample(
  label: ConfidentialityLabel,
  report: Report,
): Omit<ReadMarking, 'canonical'> | undefined {
  if (!SAMPLE_LADDER.includes(label.classification)) return report('UNKNOWN_LEVEL', 0);
  const others = label.categories.filter((category) => category.name !== 'Releasable To');
  if (others.length > 0) return report('UNKNOWN_MARKING', 0);
  const rel = label.categories[0]?.values;
  const codes = (rel ?? []).map((value) => value.toUpperCase());
  // The policy writes its codes in lower case; nothing else is folded.
  const lower = (rel ?? []).every((value) => [...value].every((letter) => letter >= 'a' && letter <= 'z'));
  if (!lower || !codes.every(isNation)) return report('UNKNOWN_CODE', 0);
  const frame = `${SAMPLE_FRAME}${label.policy}`;
  return {
    label: {
      frame,
      level: label.classification,
      compartments: [],
      controls: [],
      owners: [],
      markedBy: frame,
      fgi: [],
      audience: [...codes].sort(),
      displayOnly: [],
    },
    parts: { policy: label.policy, ...(rel === undefined ? {} : { rel }) },
  };
}
