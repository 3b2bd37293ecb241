import { App } from 'aws-cdk-lib';
import { SmsServiceStack } from './stack.ts';

const app = new App();

/** `cdk deploy -c guardArn=… -c gatewayUrl=… -c route=…` */
function context(name: string): string {
  const value: unknown = app.node.tryGetContext(name);
  if (typeof value !== 'string' || value === '') throw new Error(`give -c ${name}=…`);
  return value;
}

new SmsServiceStack(app, 'SmsService', {
  guardArn: context('guardArn'),
  gatewayUrl: context('gatewayUrl'),
  route: context('route'),
});
