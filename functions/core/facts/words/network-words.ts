import type { Deployment, Network } from '../network.ts';
import type { KindWords } from './kind-words.ts';
import { called, type FactNames, itself } from './names.ts';
import { quoted, unsaid } from './plain-words.ts';

function deploymentInWords(deployment: Deployment, names: FactNames): string {
  const { function: does, segment, vendor, role, generation, siteClass, ...more } = deployment;
  const { band, installed, removed, remoteAccessFrom, ...rest } = more;
  return [
    `${does} in ${segment}: ${called(names, 'vendor', vendor)} as ${role}, ${generation}, ${siteClass} sites`,
    `band ${band === null ? 'none' : quoted(band)}`,
    `installed ${installed ?? 'on a day not known'}`,
    removed === null ? 'in service' : `out of service from ${removed}`,
    remoteAccessFrom.length === 0
      ? 'not reached remotely'
      : `reached remotely from ${remoteAccessFrom.join(', ')}`,
    ...unsaid(rest),
  ].join('; ');
}

export const networkWords: KindWords<Network> = {
  topic: ({ name }, { id }) => `the registration of ${itself('network', id, name)}`,

  says({ name, operator, jurisdiction, physicalCountries, remoteAccessCountries, ...more }, { id, names }) {
    const { synthetic, hostedOn, identifiers, inventory, services, connectedBy, providerSets, ...rest } =
      more;
    const { complete, asOf, deployments, ...restOfInventory } = inventory;
    return {
      gist: `${itself('network', id, name)} is run by ${called(names, 'vendor', operator)} under the law of ${jurisdiction}`,
      details: [
        ...(synthetic ? ['it is invented'] : []),
        `it stands in ${physicalCountries.join(', ')}, and is reached remotely from ${remoteAccessCountries.join(', ') || 'nowhere else'}`,
        ...(hostedOn === null ? [] : [`its traffic is carried by ${called(names, 'network', hostedOn)}`]),
        ...identifiers.flatMap(({ scheme, value, ...of }) => [
          `it is known as ${scheme} ${value}`,
          ...unsaid(of),
        ]),
        ...unsaid({ services, connectedBy }),
        ...(providerSets.length === 0 ? [] : [`it belongs to ${providerSets.join(', ')}`]),
        `its inventory of ${asOf} is ${complete ? 'complete, as its operator says' : 'NOT COMPLETE'}, ${deployments.length} deployments:`,
        ...deployments.map((each) => `  ${deploymentInWords(each, names)}`),
        ...unsaid(restOfInventory),
        ...unsaid(rest),
      ],
    };
  },
};
