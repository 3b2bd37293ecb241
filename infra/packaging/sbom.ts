/** What a release consists of, in CycloneDX 1.6: a function of its arguments, without a number drawn or a clock read. */
import { ComponentType, HashAlgorithm, LifecyclePhase } from '@cyclonedx/cyclonedx-library/Enums';
import {
  Bom,
  Component,
  ComponentRepository,
  HashDictionary,
  LicenseExpression,
  LicenseRepository,
  LifecycleRepository,
  Metadata,
  type OptionalComponentProperties,
  Property,
  PropertyRepository,
} from '@cyclonedx/cyclonedx-library/Models';
import { JSON as Json, JsonSerializer } from '@cyclonedx/cyclonedx-library/Serialize';
import { Spec1dot6 } from '@cyclonedx/cyclonedx-library/Spec';
import { type BundledPackage, packageId } from './bundled-packages.ts';
import type { CarriedPackage, LockedPackage } from './lock-file.ts';
import type { PackagedBundle } from './package-files.ts';
import { packageUrl } from './package-url.ts';

/** A tarball of somebody else's, as it lies in the release. */
interface ReleasedTarball extends LockedPackage {
  /** Its name in the release. */
  readonly file: string;
  readonly sha256: string;
  readonly carries: readonly CarriedPackage[];
}

export interface ReleaseContents {
  readonly own: BundledPackage;
  /** The package of this project, by its name in the release. */
  readonly ownFile: string;
  readonly ownSha256: string;
  /** The built files, each with the names it has in the release and the sum of its bytes. */
  readonly bundles: readonly (PackagedBundle & {
    readonly sha256: string;
    readonly places: readonly string[];
  })[];
  readonly tarballs: readonly ReleasedTarball[];
  /** SHA-512 of the tarball that a bundled package came from, by its id. */
  readonly sha512: ReadonlyMap<string, string>;
  readonly date: Date | undefined;
}

const licences = (expression: string | undefined) =>
  new LicenseRepository(expression === undefined ? [] : [new LicenseExpression(expression)]);
const placed = (files: readonly string[]) =>
  new PropertyRepository(files.map((file) => new Property('routeguard:file', file)));

interface Named {
  readonly name: string;
  readonly version: string;
  readonly licence: string | undefined;
}

function library(each: Named, ref: string, more: OptionalComponentProperties = {}): Component {
  const [, group, name = each.name] = /^(@[^/]+)\/(.+)$/.exec(each.name) ?? [];
  return new Component(ComponentType.Library, name, {
    ...{ bomRef: ref, version: each.version, purl: packageUrl(each), licenses: licences(each.licence) },
    ...(group !== undefined && { group }),
    ...more,
  });
}

function tarballComponent({ file, sha256, sha512, carries, ...each }: ReleasedTarball): Component {
  return library(each, file, {
    hashes: new HashDictionary([
      [HashAlgorithm['SHA-256'], sha256],
      [HashAlgorithm['SHA-512'], sha512],
    ]),
    properties: placed([file]),
    components: new ComponentRepository(
      carries.map((inside) => library(inside, `${file}#${packageId(inside)}`)),
    ),
  });
}

export function sbomText({ own, bundles, tarballs, ...contents }: ReleaseContents): string {
  const bundled = new Map<string, Component>();
  function bundledComponent(each: BundledPackage): Component {
    const id = packageId(each);
    const sha512 = contents.sha512.get(id);
    const known =
      bundled.get(id) ??
      library(each, id, {
        ...(sha512 !== undefined && { hashes: new HashDictionary([[HashAlgorithm['SHA-512'], sha512]]) }),
      });
    bundled.set(id, known);
    return known;
  }
  const built = bundles.map(({ name, packages, sha256, places }) => {
    const component = new Component(ComponentType.File, name, {
      ...{ bomRef: `bundle:${name}`, version: own.version, licenses: licences(own.licence) },
      hashes: new HashDictionary([[HashAlgorithm['SHA-256'], sha256]]),
      properties: placed(places),
    });
    for (const each of packages) component.dependencies.add(bundledComponent(each).bomRef);
    return component;
  });
  const peers = tarballs.map(tarballComponent);
  const product = new Component(ComponentType.Application, own.name, {
    ...{
      bomRef: packageId(own),
      version: own.version,
      purl: packageUrl(own),
      licenses: licences(own.licence),
    },
    hashes: new HashDictionary([[HashAlgorithm['SHA-256'], contents.ownSha256]]),
    properties: placed([contents.ownFile]),
  });
  for (const each of [...built, ...peers]) product.dependencies.add(each.bomRef);
  const bom = new Bom({
    metadata: new Metadata({
      component: product,
      lifecycles: new LifecycleRepository([LifecyclePhase.Build]),
      ...(contents.date !== undefined && { timestamp: contents.date }),
    }),
    components: new ComponentRepository([...built, ...peers, ...bundled.values()]),
  });
  const serializer = new JsonSerializer(new Json.Normalize.Factory(Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}
