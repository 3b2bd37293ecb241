/** The files of a release by name, and their sums: the same names in the same order on every machine. */
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ReleaseError } from './release-error.ts';

/** As `sha256sum --check` takes it. */
export const SUMS = 'SHA256SUMS';
export const PROVENANCE = 'provenance.json';
/** What signing adds. The sums cannot name it: it is made from them. */
export const SUMS_SIGNATURE = 'SHA256SUMS.sig';
export const PROVENANCE_ENVELOPE = 'provenance.dsse.json';

/** By name, with `/` between folders; the sum in hexadecimal. */
export type Sums = ReadonlyMap<string, string>;

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Every file below a folder, by name, in the order of their code units: no locale has a say in it.
 *
 * @throws ReleaseError for what is neither a file nor a folder: a link leads to what no sum is of
 */
export function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const name = join(entry.parentPath, entry.name).slice(join(directory, sep).length).replaceAll(sep, '/');
      if (!entry.isFile()) throw new ReleaseError(`${name} is no file, and a release holds nothing else`);
      return name;
    })
    .sort();
}

export function sumsBelow(directory: string): Sums {
  return new Map(filesBelow(directory).map((name) => [name, sha256Of(readFileSync(join(directory, name)))]));
}

export function sumsText(sums: Sums): string {
  return [...sums].map(([name, sum]) => `${sum}  ${name}\n`).join('');
}

/** @throws ReleaseError for a line that is not a sum and a name below the folder, and for a name that comes twice */
export function sumsIn(text: string): Sums {
  const sums = new Map<string, string>();
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const [, sum, name] = /^([0-9a-f]{64}) {2}([^\\]+)$/.exec(line) ?? [];
    const steps = (name ?? '').split('/');
    if (sum === undefined || name === undefined || steps.some((each) => ['', '.', '..'].includes(each)))
      throw new ReleaseError(`${SUMS} has a line that is no sum of a file in the release`);
    if (sums.has(name)) throw new ReleaseError(`${SUMS} names ${name} twice`);
    sums.set(name, sum);
  }
  return sums;
}

/** Whoever unpacks or zips these files finds the same rights in them, whatever the mask of the user who built them. */
export function settleModes(directory: string, executable: ReadonlySet<string> = new Set()): void {
  for (const name of filesBelow(directory))
    chmodSync(join(directory, name), executable.has(name) ? 0o755 : 0o644);
}

/** Files that are packed are others' or have been looked at. */
const PACKED_FILE = /\.tgz$/;

/**
 * Where somebody built it is nobody's business, and different for everybody.
 *
 * @throws ReleaseError for a file that names a place below one of these folders
 */
export function demandNoPaths(directory: string, folders: readonly string[]): void {
  const escaped = folders.map((each) => each.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const place = new RegExp(`(?<![\\w./-])(?:file://)?(?:${escaped.join('|')})/`);
  for (const name of filesBelow(directory))
    if (!PACKED_FILE.test(name) && place.test(readFileSync(join(directory, name), 'utf8')))
      throw new ReleaseError(
        `${name} names a folder of the machine that builds: no two builds would be equal`,
      );
}

/** Files that only one of two builds has, or that are not the same to the byte in both. */
export function differingFiles(one: Sums, other: Sums): readonly string[] {
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((name) => one.get(name) !== other.get(name))
    .sort();
}
