/** What the lock file says of licences: nothing is installed under one that nobody has looked at. */

/** SPDX expressions accepted for what is installed, whether it ships or only builds. */
export const ACCEPTED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
  'MIT OR Apache-2.0',
  '(MIT OR Apache-2.0)',
  '(MIT OR GPL-3.0-or-later)',
]);

/** Accepted for tools that build and are in no release: copyleft by file, and none of our files is theirs. */
export const ACCEPTED_FOR_BUILDING: ReadonlySet<string> = new Set(['MPL-2.0']);

export interface LockFile {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly license?: string;
        readonly dev?: boolean;
        readonly devOptional?: boolean;
        /** To a package of this project, which stands there itself. */
        readonly link?: boolean;
      }
    >
  >;
}

/** A sentence for every installed package whose licence is not accepted for what it is used for. */
export function unacceptedLicences({ packages }: LockFile): readonly string[] {
  return Object.entries(packages).flatMap(([path, { license = 'none', dev, devOptional, link }]) => {
    if (path === '' || link === true || ACCEPTED.has(license)) return [];
    if (ACCEPTED_FOR_BUILDING.has(license) && (dev === true || devOptional === true)) return [];
    return [`${path}: licence ${license} is not on the list of accepted ones`];
  });
}
