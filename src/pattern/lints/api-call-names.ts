import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import type { Condition } from '../pattern.ts';
import type { Lint } from './lint.ts';

/**
 * Rules on API calls (`AWS API Call via CloudTrail`) with `"eventName": ["guardduty:DeleteDetector"]`: that is how IAM
 * writes an action; CloudTrail has the service in `eventSource` and the bare name in `eventName`.
 *
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export const apiCallNames: Lint = ({ conditions, dialect }) => {
  if (dialect !== 'rule' || !isAboutCalls(conditions)) return [];
  return conditions.filter(({ path }) => path === 'detail.eventName').flatMap(iamNames);
};

function isAboutCalls(conditions: readonly Condition[]): boolean {
  return conditions.some(
    ({ path, choices }) =>
      path === 'detail-type' &&
      choices.every(
        (choice) => choice.kind === 'string' && /^AWS API Call via CloudTrail$/i.test(choice.value),
      ),
  );
}

function iamNames({ choices }: Condition): Diagnostic[] {
  return choices.flatMap((choice) => {
    const text = choice.kind === 'string' || choice.kind === 'prefix' ? choice.value : '';
    const [, service, name] = /^([a-z0-9-]+):([A-Za-z0-9]+)$/.exec(text) ?? [];
    if (service === undefined || name === undefined) return [];
    const fix = { text: `write "${name}", and "eventSource": ["${service}.amazonaws.com"] beside it` };
    return [finding('pattern/iam-action-as-event-name', { action: text, name }, { span: choice.span, fix })];
  });
}
