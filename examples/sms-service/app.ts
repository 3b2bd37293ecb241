import { App } from 'aws-cdk-lib';
import { contextOf } from './context.ts';
import { SmsServiceStack } from './stack.ts';

const app = new App();
new SmsServiceStack(app, 'SmsService', contextOf(app));
