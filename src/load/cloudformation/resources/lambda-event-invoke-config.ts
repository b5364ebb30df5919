import { readDestinations } from '../destinations.ts';
import { placeIn } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html */
export const lambdaEventInvokeConfig: ResourceKind = {
  type: 'AWS::Lambda::EventInvokeConfig',
  read(reading) {
    const from = placeIn(reading.properties, 'FunctionName', 'lambda');
    if (from) readDestinations(reading, reading.properties, from);
  },
};
