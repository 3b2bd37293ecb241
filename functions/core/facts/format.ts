/**
 * What it takes to read a registry: a function of its facts alone, so that whoever signs, publishes or audits a version
 * comes to the same numbers. A version carries them in its root, which people sign.
 */
import type { RawFact } from './view.ts';

/** What a version asks of builds: whole numbers from 1. */
export interface RegistryFormat {
  /** The newest format that something in it is of: whoever builds on it must know that one. */
  readonly format: number;
  /** The oldest format whose builds may decide on it: an older one would read less than it says. */
  readonly oldestReader: number;
}

/** What a version asks that says nothing of it. */
export const FIRST_FORMAT: RegistryFormat = { format: 1, oldestReader: 1 };

/** The newest format that this build reads and writes. */
export const FORMAT = 1;

/** A format, and which facts are of it. */
export interface FormatRow extends RegistryFormat {
  /** In one sentence, for CHANGELOG.md and docs/upgrade.md. */
  readonly brings: string;
  readonly isOf: (fact: RawFact) => boolean;
}

/**
 * Every format there has been. A kind or member of a fact, or a list of the view, that a build in service would overlook or
 * misread is a new row, and a new {@link FORMAT}; a stop by one person is of the first for ever, because it must be published
 * whatever builds are in service.
 */
export const FORMATS: readonly FormatRow[] = [
  { ...FIRST_FORMAT, brings: 'all that facts can say so far', isOf: () => true },
];

/** What these facts ask of builds. */
export function formatOf(facts: Iterable<RawFact>, rows: readonly FormatRow[] = FORMATS): RegistryFormat {
  const later = rows.filter(({ format }) => format > FIRST_FORMAT.format);
  const needed = new Set<FormatRow>();
  for (const fact of facts) for (const row of later) if (row.isOf(fact)) needed.add(row);
  return {
    format: Math.max(1, ...[...needed].map(({ format }) => format)),
    oldestReader: Math.max(1, ...[...needed].map(({ oldestReader }) => oldestReader)),
  };
}
