/** The AWS Region that a command names, or as the SDK's own tools take it from the environment. */
export function regionNamed(given: string | undefined, env = process.env): string | undefined {
  return given ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
}
