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
import { ReleaseError } from './release-error.ts';

/** A tarball of somebody else's, as it lies in the release. */
interface ReleasedTarball extends LockedPackage {
  /** Its name in the release. */
  readonly file: string;
  readonly sha256: string;
  readonly carries: readonly CarriedPackage[];
}

export interface ReleaseContents {
  /** The packages of this project, each with its name in the release; the first is the product. */
  readonly packages: readonly (BundledPackage & { readonly file: string; readonly sha256: string })[];
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

export function sbomText({ packages: own, bundles, tarballs, ...contents }: ReleaseContents): string {
  const [main, ...others] = own;
  if (main === undefined) throw new ReleaseError('a release holds a package');
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
      ...{ bomRef: `bundle:${name}`, version: main.version, licenses: licences(main.licence) },
      hashes: new HashDictionary([[HashAlgorithm['SHA-256'], sha256]]),
      properties: placed(places),
    });
    for (const each of packages) component.dependencies.add(bundledComponent(each).bomRef);
    return component;
  });
  const peers = tarballs.map(tarballComponent);
  const beside = others.map((each) =>
    library(each, packageId(each), {
      hashes: new HashDictionary([[HashAlgorithm['SHA-256'], each.sha256]]),
      properties: placed([each.file]),
    }),
  );
  const product = new Component(ComponentType.Application, main.name, {
    ...{
      bomRef: packageId(main),
      version: main.version,
      purl: packageUrl(main),
      licenses: licences(main.licence),
    },
    hashes: new HashDictionary([[HashAlgorithm['SHA-256'], main.sha256]]),
    properties: placed([main.file]),
  });
  for (const each of [...built, ...peers, ...beside]) product.dependencies.add(each.bomRef);
  const bom = new Bom({
    metadata: new Metadata({
      component: product,
      lifecycles: new LifecycleRepository([LifecyclePhase.Build]),
      ...(contents.date !== undefined && { timestamp: contents.date }),
    }),
    components: new ComponentRepository([...built, ...peers, ...beside, ...bundled.values()]),
  });
  const serializer = new JsonSerializer(new Json.Normalize.Factory(Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
}
