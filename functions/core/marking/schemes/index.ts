// Generated from the files beside it by `npm run schemes:index`, which checks each of them.
import type { Scheme } from '../scheme-format.ts';
import aus from './aus.json' with { type: 'json' };
import can from './can.json' with { type: 'json' };
import deu from './deu.json' with { type: 'json' };
import eu from './eu.json' with { type: 'json' };
import fra from './fra.json' with { type: 'json' };
import nzl from './nzl.json' with { type: 'json' };

export const SCHEME_FORMATS = [
  'aus-pspf',
  'can-text',
  'deu-text',
  'eu-text',
  'fra-text',
  'nzl-text',
] as const;

/** The id of a format that a scheme file describes. */
export type SchemeFormat = (typeof SCHEME_FORMATS)[number];

/** Checked against the shape of a scheme when this file was generated. */
export const SCHEMES = {
  'aus-pspf': aus,
  'can-text': can,
  'deu-text': deu,
  'eu-text': eu,
  'fra-text': fra,
  'nzl-text': nzl,
} as unknown as Readonly<Record<SchemeFormat, Scheme>>;
