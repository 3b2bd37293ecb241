/** A synthesised CloudFormation template, as far as the local run reads it. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

/** Something in the template that the local run does not know how to do. It stops the run: guessing is no option. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}

export type Properties = Readonly<Record<string, unknown>>;

export function resourcesOfType(
  template: Template,
  type: string,
): readonly (readonly [logicalId: string, resource: TemplateResource])[] {
  return Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);
}

export function isObject(value: unknown): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string where the template must hold one. */
export function textIn(value: unknown, where: string): string {
  if (typeof value !== 'string') throw new TemplateError(`${where} is not a string`);
  return value;
}

export function wholeNumber(value: unknown, where: string): number {
  if (!Number.isSafeInteger(value)) throw new TemplateError(`${where} is not a whole number`);
  return value as number;
}

export function list(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TemplateError(`${where} is not a list`);
  return value;
}

export function object(value: unknown, where: string): Properties {
  if (!isObject(value)) throw new TemplateError(`${where} is not an object`);
  return value;
}
