/** Writes a US marking in its canonical spelling. */
import { oncePerList } from './once.ts';
import {
  AEA_MARKINGS,
  canonicalSpelling,
  type Entry,
  type Form,
  IC_CONTROLS,
  LEVELS,
  NATO_LEVELS,
  NON_IC_CONTROLS,
} from './register.ts';
import type { AeaItem, IcItem, System, UsHead, UsMarking } from './syntax.ts';

const spaced = oncePerList((codes) => codes.join(' '));
const listed = oncePerList((codes) => codes.join(', '));

/** The canonical line: authorised abbreviations, register order. Reading it gives the same marking back. */
export function printUs(marking: UsMarking, form: Form): string {
  const segments = [
    printHead(marking.head, form),
    marking.sci.map(printSystem).join('/'),
    marking.sap.length === 0 ? '' : `SAR-${marking.sap.map(printSystem).join('/')}`,
    marking.natoSap.map((item) => item.id).join('/'),
    marking.aea.map((item) => printAea(item, form)).join('/'),
    marking.fgi === undefined ? '' : ['FGI', ...marking.fgi.codes].join(' '),
    marking.ic.map((item) => printIc(item, form)).join('/'),
    marking.nonIc.map((item) => spell(NON_IC_CONTROLS, item.id, form)).join('/'),
  ].filter((segment) => segment !== '');
  const line = segments.join('//');
  const whole = marking.head.kind === 'us' ? line : `//${line}`;
  return form === 'portion' ? `(${whole})` : whole;
}

function spell<Id extends string>(entries: readonly Entry<Id>[], id: Id, form: Form): string {
  const entry = entries.find((candidate) => candidate.id === id);
  return entry === undefined ? id : canonicalSpelling(entry, form);
}

function printHead(head: UsHead, form: Form): string {
  const level = spell(LEVELS, head.level, form);
  switch (head.kind) {
    case 'us':
      return level;
    case 'joint':
      return `JOINT ${level} ${spaced(head.owners)}`;
    case 'foreign':
      return [...(head.owners.length === 0 ? ['FGI'] : head.owners), level].join(' ');
    case 'nato':
      if (head.activity === undefined) return spell(NATO_LEVELS, head.level, form);
      return form === 'banner' ? `NATO ${head.activity} ${level}` : `N${head.activity.charAt(0)}${level}`;
    default:
      return head satisfies never;
  }
}

function printSystem(system: System): string {
  const compartments = system.compartments.map(({ name, subs }) => [name, ...subs].join(' '));
  return [system.name, ...compartments].join('-');
}

function printAea(item: AeaItem, form: Form): string {
  const sigma = form === 'banner' ? 'SIGMA' : 'SG';
  return [
    spell(AEA_MARKINGS, item.id, form),
    ...(item.cnwdi ? ['CNWDI'] : []),
    ...(item.sigmas.length === 0 ? [] : [[sigma, ...item.sigmas].join(' ')]),
  ].join('-');
}

function printIc(item: IcItem, form: Form): string {
  const spelling = spell(IC_CONTROLS, item.id, form);
  return item.codes === undefined ? spelling : `${spelling} ${listed(item.codes)}`;
}
