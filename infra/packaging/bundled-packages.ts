/** Which packages are inside a bundle, as the bundler itself says it, and the texts they come under. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { ReleaseError } from './release-error.ts';
import { suppliedLicence } from './supplied-licences.ts';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its manifest says it, in SPDX. */
  readonly licence: string;
  /** Its licences and notices, word for word. */
  readonly texts: readonly string[];
}

const FOLDER = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const LICENCE = /^(?:licen[cs]e|copying)/i;
/** `NOTICE`, `ThirdPartyNotices.txt`, `CopyrightNotice.txt`: words, and no code. */
const NOTICE = /^[\w-]*notice[\w-]*(?:\.(?:txt|md|html))?$/i;

/** Where the packages lie of which anything at all came into the bundle. */
function foldersIn({ outputs }: Metafile): readonly string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const bundled = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  return [...new Set(bundled.flatMap(([path]) => FOLDER.exec(path) ?? []))];
}

function packageIn(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof license !== 'string')
    throw new ReleaseError(`${name} ${version} is bundled, and its manifest names no licence`);
  const files = readdirSync(folder).sort();
  const textOf = (file: string) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
  const own = files.filter((file) => LICENCE.test(file)).map(textOf);
  const licences = own.length > 0 ? own : [suppliedLicence(`${name}@${version}`, license)];
  const texts = [...licences, ...files.filter((file) => NOTICE.test(file)).map(textOf)];
  if (!texts.every((text) => text !== undefined && text !== ''))
    throw new ReleaseError(
      `${name} ${version} is bundled and comes without the text of its licence (${license}): do without it, or find the text and name it in infra/packaging/supplied-licences.ts`,
    );
  return { name, version, licence: license, texts: texts.filter((text) => text !== undefined) };
}

/** What tells two packages apart, and sorts them. */
export function packageId({ name, version }: Pick<BundledPackage, 'name' | 'version'>): string {
  return `${name}@${version}`;
}

/**
 * The packages in a bundle, sorted.
 *
 * @param root the folder that the bundler's paths begin at
 * @throws ReleaseError for one that names no licence, or has no text of it
 */
export function packagesIn(metafile: Metafile, root: string): readonly BundledPackage[] {
  return mergedPackages(foldersIn(metafile).map((folder) => packageIn(join(root, folder))));
}

/** Each once, sorted. */
export function mergedPackages(packages: Iterable<BundledPackage>): readonly BundledPackage[] {
  const byId = new Map([...packages].map((each) => [packageId(each), each]));
  return [...byId.keys()].sort().flatMap((id) => byId.get(id) ?? []);
}
