/** The layers of a registered tunnel as equipment, so that what is asked of a network's deployments is asked of them. */
import type { Deployment } from '../facts/network.ts';
import type { Protection } from '../facts/protection.ts';
import { SHARE_BASES } from '../facts/taxonomy.ts';

/** Everything that travels in the tunnel passes through every layer, whatever it is counted by. */
const ALL = Object.fromEntries(SHARE_BASES.map((basis) => [basis, 10_000]));

/**
 * One deployment a layer. What a registration does not say (the day it was installed, the class of its site, its uses)
 * is not known, and a rule that asks for it of a designated vendor's layer refuses.
 */
export function layersOf({ layers, endpointCountries }: Protection): readonly Deployment[] {
  return layers.map(({ vendor }) => ({
    function: 'TUNNEL-ENCRYPTOR',
    segment: 'security',
    vendor,
    role: 'equipment',
    generation: 'shared',
    band: null,
    siteClass: 'unknown',
    installed: null,
    removed: null,
    remoteAccessFrom: endpointCountries,
    shares: ALL,
  }));
}
