/** What the functions of a template are told: their variables, as the template has them, composed values too. */
import { object, type Properties, resourcesOfType } from '../../infra/local/template.ts';
import type { PlannedTemplate } from './planned-stack.ts';

/** @throws TemplateError for variables of another form */
export function toldVariables(
  template: PlannedTemplate,
): readonly (readonly [logicalId: string, variables: Properties])[] {
  return resourcesOfType(template, 'AWS::Lambda::Function').map(([id, { Properties: properties = {} }]) => {
    const environment = object(properties['Environment'] ?? {}, `${id} Environment`);
    return [id, object(environment['Variables'] ?? {}, `${id} Variables`)] as const;
  });
}
