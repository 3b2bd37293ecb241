/** A function without one of its settings must not start: it would not know whom to ask, or where to send. */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}
