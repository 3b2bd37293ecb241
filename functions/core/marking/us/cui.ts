import { expand } from '../codes/codes.ts';
import { readCodes, readReleaseList } from '../codes/lists.ts';
import type { Report } from '../errors.ts';
import type { MarkingParts, ReadMarking } from '../result.ts';
import { after, checkSpaces, checkText, firstOutOfOrder, type Slice, split } from '../text.ts';
import { CUI_CATEGORIES, CUI_CONTROLS, cuiAudience } from './cui-register.ts';
import type { Form } from './register.ts';

/**
 * CUI banners and portions (32 CFR 2002; CUI Registry, archives.gov/cui; own wording):
 *
 * ```
 * banner  = ("CUI" | "CONTROLLED") ["//" cat {"/" cat}] ["//" ldc {"/" ldc}] ;
 * portion = "(CUI" ["//" cat {"/" cat}] ["//" ldc {"/" ldc}] ")" ;
 * cat     = ["SP-"] marking ;                       (* SP- ones first, each group alphabetical *)
 * ldc     = "NOFORN" | "FED ONLY" | "FEDCON" | "NOCON" | "DL ONLY" | "AC" | "AWP"
 *         | "REL TO USA, " codes | "DISPLAY ONLY " codes ;                (* alphabetical *)
 * ```
 *
 * CUI is unclassified: frame US, level UNCLASSIFIED, its categories among the compartments.
 */
interface Control {
  readonly name: string;
  readonly at: number;
  readonly codes?: readonly string[];
}

export function readCuiBanner(text: string, on: string, report: Report): ReadMarking | undefined {
  if (!checkText(text, report) || !checkSpaces(text, report)) return undefined;
  return readCui({ text, at: 0 }, 'banner', on, report);
}

export function readCuiPortion(text: string, on: string, report: Report): ReadMarking | undefined {
  if (!checkText(text, report, '()') || !checkSpaces(text, report)) return undefined;
  const inner = text.slice(1, -1);
  const bracketed = text.startsWith('(') && text.endsWith(')') && text.length > 2;
  if (!bracketed || inner.includes('(') || inner.includes(')')) return report('MALFORMED_PORTION', 0);
  return readCui({ text: inner, at: 1 }, 'portion', on, report);
}

function readCui(line: Slice, form: Form, on: string, report: Report): ReadMarking | undefined {
  const [head, ...segments] = split(line, '//');
  const indicator = head?.text ?? '';
  if (indicator !== 'CUI' && !(form === 'banner' && indicator === 'CONTROLLED')) {
    return report('UNKNOWN_LEVEL', line.at);
  }
  const empty = segments.find((segment) => segment.text === '');
  if (empty !== undefined) return report('EMPTY_CATEGORY', empty.at);
  const first = segments[0]?.text.split('/', 1)[0] ?? '';
  const categorySegment = segments.length > 0 && !isControl(first, form) ? segments.shift() : undefined;
  const categories = categorySegment === undefined ? [] : readCategories(categorySegment, report);
  const controlSegment = segments.shift();
  const controls = controlSegment === undefined ? [] : readControls(controlSegment, form, on, report);
  const extra = segments.shift();
  if (extra !== undefined) return report('CATEGORY_ORDER', extra.at);
  if (categories === undefined || controls === undefined || !checkControls(controls, report))
    return undefined;
  return compile(categories, controls, form, on);
}

function readCategories(segment: Slice, report: Report): readonly string[] | undefined {
  const items = split(segment, '/');
  for (const item of items) {
    const name = item.text.startsWith('SP-') ? item.text.slice(3) : item.text;
    if (!CUI_CATEGORIES.has(name))
      return report(item.text === '' ? 'EMPTY_CATEGORY' : 'UNKNOWN_MARKING', item.at);
  }
  // Specified categories come first; within each group the order is alphabetical.
  const keys = items.map(({ text }) => (text.startsWith('SP-') ? `0${text}` : `1${text}`));
  const wrong = firstOutOfOrder(keys);
  if (wrong !== undefined)
    return report(wrong.duplicate ? 'DUPLICATE' : 'ITEM_ORDER', items[wrong.index]?.at ?? 0);
  const bare = items.map(({ text }) => text.replace('SP-', ''));
  const repeated = bare.findIndex((name, index) => bare.indexOf(name) < index);
  if (repeated >= 0) return report('DUPLICATE', items[repeated]?.at ?? 0);
  return items.map((item) => item.text);
}

const LISTED = ['REL TO ', 'DISPLAY ONLY '] as const;

function isControl(item: string, form: Form): boolean {
  return (
    CUI_CONTROLS.some((control) => control[form] === item) || LISTED.some((prefix) => item.startsWith(prefix))
  );
}

function readControls(
  segment: Slice,
  form: Form,
  on: string,
  report: Report,
): readonly Control[] | undefined {
  const controls: Control[] = [];
  for (const item of split(segment, '/')) {
    const control = readControl(item, form, on, report);
    if (control === undefined) return undefined;
    const previous = controls.at(-1);
    if (previous !== undefined && previous.name >= control.name) {
      return report(previous.name === control.name ? 'DUPLICATE' : 'ITEM_ORDER', item.at);
    }
    controls.push(control);
  }
  return controls;
}

function readControl(item: Slice, form: Form, on: string, report: Report): Control | undefined {
  const release = after(item, 'REL TO ');
  if (release !== undefined) {
    const codes = readReleaseList(release, on, report);
    return codes && { name: 'REL TO', at: item.at, codes };
  }
  const display = after(item, 'DISPLAY ONLY ');
  if (display !== undefined) {
    const codes = readCodes(display, ', ', on, report);
    return codes && { name: 'DISPLAY ONLY', at: item.at, codes };
  }
  const control = CUI_CONTROLS.find((candidate) => candidate[form] === item.text);
  if (control === undefined) return report(item.text === '' ? 'EMPTY_CATEGORY' : 'UNKNOWN_MARKING', item.at);
  return { name: control.banner, at: item.at };
}

/** NOFORN excludes every release; the federal restrictions narrow one another and stand alone. */
function checkControls(controls: readonly Control[], report: Report): boolean {
  const names = controls.map((control) => control.name);
  const noforn = names.includes('NOFORN');
  const federal = names.filter((name) => name === 'FED ONLY' || name === 'FEDCON' || name === 'NOCON');
  for (const { name, at } of controls) {
    if (noforn && (name === 'REL TO' || name === 'DISPLAY ONLY')) {
      report('NOFORN_WITH_RELEASE', at);
      return false;
    }
  }
  if (federal.length > 1) {
    report('CAVEAT_EXCLUDED', controls[0]?.at ?? 0);
    return false;
  }
  return true;
}

function compile(
  categories: readonly string[],
  controls: readonly Control[],
  form: Form,
  on: string,
): ReadMarking {
  const codesOf = (name: string) => controls.find((control) => control.name === name)?.codes;
  const rel = codesOf('REL TO');
  const displayOnly = codesOf('DISPLAY ONLY');
  const names = controls.map((control) => control.name);
  const binding = names.filter((name) => name !== 'NOFORN' && name !== 'REL TO' && name !== 'DISPLAY ONLY');
  const written = controls.map(({ name, codes }) =>
    codes === undefined ? spell(name, form) : `${name} ${codes.join(', ')}`,
  );
  const line = ['CUI', categories.join('/'), written.join('/')]
    .filter((segment) => segment !== '')
    .join('//');
  const parts: MarkingParts = {
    ...(categories.length === 0 ? {} : { cui: categories }),
    ...(names.length === 0 ? {} : { dissem: names.filter((name) => codesOf(name) === undefined) }),
    ...(rel === undefined ? {} : { rel }),
    ...(displayOnly === undefined ? {} : { displayOnly }),
  };
  // DISPLAY ONLY releases nothing.
  const national = names.includes('NOFORN') || displayOnly !== undefined;
  return {
    label: {
      frame: 'US',
      level: 'UNCLASSIFIED',
      compartments: ['CUI', ...categories.map((category) => `CUI:${category}`)].sort(),
      controls: [...binding].sort(),
      owners: ['USA'],
      markedBy: 'USA',
      fgi: [],
      audience: cuiAudience(binding, rel !== undefined ? expand(rel, on) : national ? ['USA'] : null),
      displayOnly: [...(displayOnly ?? [])].sort(),
    },
    canonical: form === 'portion' ? `(${line})` : line,
    parts,
  };
}

function spell(name: string, form: Form): string {
  return CUI_CONTROLS.find((control) => control.banner === name)?.[form] ?? name;
}
