import { readAttempts } from '../attempts.ts';
import { readDestinations } from '../destinations.ts';
import { itself } from '../reading.ts';
import type { ResourceKind } from '../resource-kind.ts';
import { readEvents } from '../sam/events.ts';
import { deadLetters, functionIdentity } from './lambda-function.ts';

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html */
export const samFunction: ResourceKind = {
  type: 'AWS::Serverless::Function',
  component: 'function',
  identity: {
    ...functionIdentity,
    // SAM's own attributes: the version it publishes, and the alias that points at it.
    attributes: {
      Version: ({ arn, unknown }) => `${arn}:${unknown('Version')}`,
      Alias: ({ arn, unknown }) => `${arn}:${unknown('Alias')}`,
    },
  },
  read(reading) {
    readEvents(reading);
    deadLetters(reading, 'DeadLetterQueue');
    const invocation = reading.properties.object('EventInvokeConfig');
    readDestinations(reading, invocation, itself(reading));
    readAttempts(reading, invocation, itself(reading));
  },
};
