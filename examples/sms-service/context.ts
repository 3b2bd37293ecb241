import type { App } from 'aws-cdk-lib';
import type { SmsServiceStackProps } from './stack.ts';

/** `cdk deploy -c guardArn=… -c gatewayUrl=… -c route=…` */
export function contextOf(app: App): SmsServiceStackProps {
  const given = (name: string): string => {
    const value: unknown = app.node.tryGetContext(name);
    if (typeof value !== 'string' || value === '') throw new Error(`give -c ${name}=…`);
    return value;
  };
  return { guardArn: given('guardArn'), gatewayUrl: given('gatewayUrl'), route: given('route') };
}
