/** The services of AWS that functions call, by the names at which they call them. */

/** How a VPC reaches a service that no route leads to. */
type EndpointKind = 'Gateway' | 'Interface';

interface Service {
  readonly endpoint: EndpointKind;
  /** Host names in a Region; `*.` stands for anything before the rest. */
  readonly hosts: (region: string, suffix: string) => readonly string[];
}

/** A service at `<name>.<region>.<suffix>`, which is also the name that an interface endpoint answers for in its VPC. */
const regional = (name: string): Service['hosts'] => {
  return (region, suffix) => [`${name}.${region}.${suffix}`];
};

/** Closed: what is not here has no door on this machine, and is refused to every function. */
export const AWS_SERVICES = {
  codedeploy: { endpoint: 'Interface', hosts: regional('codedeploy') },
  dynamodb: { endpoint: 'Gateway', hosts: regional('dynamodb') },
  // An API's id stands before it.
  'execute-api': { endpoint: 'Interface', hosts: (region, suffix) => [`*.execute-api.${region}.${suffix}`] },
  kms: { endpoint: 'Interface', hosts: regional('kms') },
  lambda: { endpoint: 'Interface', hosts: regional('lambda') },
  // A bucket's name stands before it; the form without a Region is that of us-east-1.
  s3: {
    endpoint: 'Gateway',
    hosts: (region, suffix) => [`*.s3.${region}.${suffix}`, `*.s3.${suffix}`],
  },
} as const satisfies Readonly<Record<string, Service>>;

export type ServiceName = keyof typeof AWS_SERVICES;

export const serviceNames = Object.keys(AWS_SERVICES) as readonly ServiceName[];

/** Whether a host name is meant by a pattern as `hosts` writes them. */
export function isHost(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === host;
  return host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1;
}

/** The service that a host name belongs to. */
export function serviceAt(host: string, region: string, suffix: string): ServiceName | undefined {
  return serviceNames.find((name) =>
    AWS_SERVICES[name].hosts(region, suffix).some((pattern) => isHost(pattern, host)),
  );
}
