import { App } from 'aws-cdk-lib';
import { contextOf } from '../sms-service/context.ts';
import { SmsQueueStack } from './stack.ts';

const app = new App();
new SmsQueueStack(app, 'SmsQueue', contextOf(app));
