import {
  type App,
  CloudFormationValidatePlugin,
  type IPolicyValidationPlugin,
  Validations,
} from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } from 'cdk-nag';
import { guardRules } from './guard-rules.ts';

/**
 * Every rule pack a template of this app must pass; a finding fails the synth. The library's own rules come with ours
 * unless they are left out: registering the validator replaces the one it registers by itself.
 */
export function addRulePacks(app: App): void {
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app),
    new NIST80053R5Checks(app),
    new ServerlessChecks(app),
    // CDK's classes and interfaces disagree under exactOptionalPropertyTypes; they are the same objects.
    new CloudFormationValidatePlugin({ guardRules: guardRules() }) as IPolicyValidationPlugin,
  );
}
