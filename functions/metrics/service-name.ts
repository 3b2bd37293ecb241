/** The guard's name in its metrics: what tells two guards of one account apart. Set by the construct. */
export function serviceName(env: Readonly<Record<string, string | undefined>>): string {
  const name = env['SERVICE_NAME'];
  return name !== undefined && /^[A-Za-z0-9._-]{1,128}$/.test(name) ? name : 'routeguard';
}
