import {
  AEA_MARKINGS,
  CONTROL_SYSTEMS,
  IC_CONTROLS,
  LEVELS,
  NATO_LEVELS,
  NATO_SAP,
  NON_IC_CONTROLS,
} from './register.ts';

/**
 * Words of the register that can never be the name of a programme, compartment or sub-compartment. Without this
 * list `SAR-BP/NOFORN` would read as two programmes, and the control would be lost.
 */
const RESERVED: ReadonlySet<string> = new Set(
  [
    ...[LEVELS, NATO_LEVELS, IC_CONTROLS, NON_IC_CONTROLS, AEA_MARKINGS, CONTROL_SYSTEMS].flatMap((entries) =>
      entries.flatMap((entry) => [...entry.banner, entry.portion]),
    ),
    ...NATO_SAP,
    'CNWDI',
    'SIGMA',
    'SG',
    'FGI',
    'JOINT',
    'REL',
    'NOFORN',
    'SAR',
    'SAP',
    'CUI',
    'RELTO',
    'EYES',
    'ONLY',
    'USA',
    'DISPLAY',
    'MULTIPLE',
    'USGOV',
    'SECRET',
    'COSMIC',
    'NATO',
    'REL TO',
    'NOFORM',
    'RD-N',
  ].filter((word) => word.length > 1),
);

/** True for a word of two or more characters that the register uses for something else. */
export function isReserved(word: string): boolean {
  return RESERVED.has(word);
}
