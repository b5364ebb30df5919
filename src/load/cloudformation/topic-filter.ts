import type { Collector } from '../../diagnostic/diagnostic.ts';
import type { Filter } from '../../model/route.ts';
import { patternFilter } from '../filter.ts';
import type { Shape } from '../shape.ts';

/**
 * The filter policy of an SNS subscription. One on the message body is written like an event pattern; one on the
 * message's attributes, the default, says nothing about the event inside.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering-scope.html
 */
export function topicFilter(properties: Shape, where: string, collector: Collector): Filter {
  const policy = properties.raw('FilterPolicy');
  if (!policy) return { kind: 'everything' };
  if (properties.text('FilterPolicyScope') !== 'MessageBody') {
    return { kind: 'unknown', why: `${where} filters by message attributes`, span: policy.span };
  }
  return patternFilter(policy, `${where}.FilterPolicy`, 'pipe', collector);
}
