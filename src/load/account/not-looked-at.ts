import { documentOf } from '../../json/document.ts';
import { nodeOf, wholeSpan } from '../../json/node.ts';
import type { TemplateResource } from '../../model/template-resource.ts';

/** Types of policies that are there and are not looked at, with the property that would say whose they are. */
const types = [
  ['AWS::Lambda::Permission', 'FunctionName'],
  ['AWS::SNS::TopicPolicy', 'Topics'],
] as const;

/**
 * One policy of each type that is not looked at, of nobody knows what: so that whoever asks what functions and topics
 * permit learns that it is not known, and not that there is nothing.
 */
export function policiesNotLookedAt(account: string): TemplateResource[] {
  const path = `arn:aws:iam::${account}:root`;
  const span = wholeSpan(documentOf(path, ''));
  return types.map(([type, owner]) => ({
    id: `${path} (${type})`,
    template: '',
    logicalId: type,
    type,
    addresses: [],
    attributes: nodeOf({ Properties: { [owner]: {} } }, span),
    span,
  }));
}
