import { App } from 'aws-cdk-lib';
import { bundleFunctions } from './bundle.ts';
import { GuardStack } from './guard-stack.ts';
import { addRulePacks } from './rules/rule-packs.ts';
import { stageFrom } from './stage.ts';

const app = new App();
const stage = stageFrom(app.node.getAllContext());
await bundleFunctions();
new GuardStack(app, stage);
addRulePacks(app);
app.synth();
