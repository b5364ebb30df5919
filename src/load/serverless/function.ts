import { hasHole } from '../../json/holes.ts';
import { membersOf, type Node } from '../../json/node.ts';
import type { Reading } from '../cloudformation/reading.ts';
import type { ResourceKind } from '../cloudformation/resource-kind.ts';
import { functionIdentity } from '../cloudformation/resources/lambda-function.ts';
import { scalarText } from '../cloudformation/values.ts';
import { Shape } from '../shape.ts';
import { serverlessEvents } from './events.ts';

/** A function of a `serverless.yml`, with the events that invoke it. */
export const serverlessFunction: ResourceKind = {
  type: 'Serverless::Function',
  component: 'function',
  identity: functionIdentity,
  read(reading) {
    const { properties, draft } = reading;
    properties.items('events').forEach((item, index) => {
      const [event] = membersOf(item);
      if (!event) return;
      const kind = serverlessEvents.get(event.key);
      if (kind?.rule) draft.rulesFound++;
      kind?.read(eventReading(reading, event.value, item, index), scalarText(event.value));
    });
    destinations(reading);
  },
};

function eventReading(owner: Reading, value: Node, item: Node, index: number) {
  const logicalId = `${owner.resource.logicalId}Event${index + 1}`;
  const where = `${owner.resource.logicalId}.events[${index}]`;
  // The short form (`- sqs: arn`) has no members to read; its text is handed on beside them.
  const body: Node = value.kind === 'object' ? value : { kind: 'object', span: value.span, members: [] };
  const properties = new Shape(body, where, item.span, owner.collector);
  return { owner, logicalId, id: `${owner.template}#${logicalId}`, properties, span: item.span };
}

/** `destinations: {onSuccess: arn, onFailure: arn}`; a bare name is that of another function of the service. */
function destinations({ properties, draft, id, resource }: Reading): void {
  const config = properties.object('destinations');
  for (const key of ['onSuccess', 'onFailure']) {
    const node = config?.raw(key);
    const text = scalarText(node) ?? (node?.kind === 'object' ? config?.object(key)?.text('arn') : undefined);
    if (!node || text === undefined || !(text.startsWith('arn:') || hasHole(text))) continue;
    draft.routes.push({
      id: `${id}.${key}`,
      kind: 'destination',
      name: `${resource.logicalId}.${key}`,
      from: { kind: 'component', component: id },
      filter: { kind: 'everything' },
      state: 'enabled',
      targets: [
        {
          id: key,
          to: { kind: 'address', text, span: node.span },
          arn: text,
          shaping: { kind: 'event' },
          span: node.span,
        },
      ],
      span: node.span,
    });
  }
}
