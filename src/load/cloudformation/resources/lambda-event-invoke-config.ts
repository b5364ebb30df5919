import { readAttempts } from '../attempts.ts';
import { readDestinations } from '../destinations.ts';
import { placeIn } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventinvokeconfig.html */
export const lambdaEventInvokeConfig: ResourceKind = {
  type: 'AWS::Lambda::EventInvokeConfig',
  read(reading) {
    const from = placeIn(reading.properties, 'FunctionName', 'lambda');
    if (!from) return;
    readDestinations(reading, reading.properties, from);
    readAttempts(reading, reading.properties, from);
  },
};
