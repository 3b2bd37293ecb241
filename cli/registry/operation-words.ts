/** What a change says, in words for a terminal: from the facts' own content, never from an id or a reason. */
import { type Facts, keyOf, type Operation } from '../../functions/core/administration/change.ts';
import { memberChanges } from '../../functions/core/administration/member-changes.ts';
import { isRestrictOnly } from '../../functions/core/administration/polarity.ts';
import { citationInWords } from '../../functions/core/facts/citation-words.ts';
import type { RawFact } from '../../functions/core/facts/view.ts';

/** Operations shown at once: more are shown where somebody asks for all of them. */
export const MOST_OPERATIONS = 200;

/**
 * The operations with everything they say, what could permit first. Each keeps the number it has in the proposal.
 *
 * @param facts what they are made to, as it stands in their base
 */
export function operationsInWords(
  changes: readonly Operation[],
  facts: Facts,
  most = Number.POSITIVE_INFINITY,
): readonly string[] {
  const numbered = changes.map((operation, index) => {
    const current = facts.get(keyOf(operation) ?? '');
    return { operation, index, current, restricts: isRestrictOnly(operation, current) };
  });
  const loosening = numbered.filter(({ restricts }) => !restricts);
  const ordered = [...loosening, ...numbered.filter(({ restricts }) => restricts)];
  const more = ordered.length - most;
  return [
    `${changes.length} operations, of which ${loosening.length} could permit:`,
    ...ordered
      .slice(0, most)
      .flatMap(({ operation, index, current, restricts }) => [
        `  ${String(index).padStart(4)}  ${headOf(operation)}  (${restricts ? 'only restricts' : 'could permit'})`,
        ...linesOf(operation, current).map((line) => `          ${line}`),
      ]),
    ...(more > 0 ? [`  … and ${more} more operations, which are not shown: --all shows them`] : []),
  ];
}

/** The operations by what they do to which fact alone, for an overview. */
export function operationsInBrief(changes: readonly Operation[], id: string): readonly string[] {
  const more = changes.length - MOST_OPERATIONS;
  return [
    ...changes.slice(0, MOST_OPERATIONS).map((operation) => `  ${headOf(operation)}`),
    ...(more > 0 ? [`  … and ${more} more: \`routeguard registry review ${id} --all\` shows them`] : []),
  ];
}

function headOf(operation: Operation): string {
  const key = keyOf(operation) ?? 'a fact without a key';
  return operation.op === 'end' ? `end ${key} on ${operation.on}` : `${operation.op} ${key}`;
}

function linesOf(operation: Operation, current: RawFact | undefined): readonly string[] {
  switch (operation.op) {
    case 'add':
      return membersOf(operation.fact);
    case 'replace':
      return differences(current, operation.fact);
    case 'end':
      return [
        ...operation.ending.map((source) => `on the word of: ${citationInWords(source)}`),
        ...membersOf(current).map((line) => `was ${line}`),
      ];
    default:
      return unknownOperation(operation);
  }
}

const NAMED: ReadonlySet<string> = new Set(['kind', 'id']);

function membersOf(fact: RawFact | undefined): readonly string[] {
  return Object.entries(fact ?? {})
    .filter(([name]) => !NAMED.has(name))
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
}

function differences(before: RawFact | undefined, after: RawFact): readonly string[] {
  const shown = (value: unknown) => JSON.stringify(value) ?? 'nothing';
  return memberChanges(before, after).map(({ name, was, is }) => `${name}: ${shown(was)} → ${shown(is)}`);
}

function unknownOperation(operation: never): never {
  throw new Error(`no such operation: ${JSON.stringify(operation)}`);
}
