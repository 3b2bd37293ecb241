import { type BundledPackage, packageId } from './bundled-packages.ts';

export const LICENCE_PAGE = 'LICENSES.txt';

const RULE = `\n\n${'-'.repeat(78)}\n\n`;

/** Every licence and notice once, under the packages that come under it; this project's own first. */
export function licencePage(own: BundledPackage, bundled: readonly BundledPackage[]): string {
  const under = new Map<string, string[]>();
  for (const each of [own, ...bundled])
    for (const text of each.texts)
      under.set(text, [...(under.get(text) ?? []), `${packageId(each)} (${each.licence})`]);
  const sections = [...under].map(([text, packages]) => `${packages.join('\n')}\n\n${text}`);
  return `What is in here, and under which licences.${RULE}${sections.join(RULE)}\n`;
}
