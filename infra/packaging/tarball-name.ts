/** As npm names it. */
export function tarballName({ name, version }: { readonly name: string; readonly version: string }): string {
  return `${name.replace(/^@/, '').replaceAll('/', '-')}-${version}.tgz`;
}
