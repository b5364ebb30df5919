import { nodeAt, valueOf } from '../../json/node.ts';
import { isObject, type JsonValue } from '../../json/value.ts';
import type { Component } from '../../model/component.ts';
import type { Route } from '../../model/route.ts';
import { matchValue } from '../../pattern/match.ts';
import type { Plant } from './plant.ts';
import type { BusEvent, Delivery, Message } from './records.ts';
import { runComponent } from './run-component.ts';

/** Lambda tries a failed asynchronous invocation twice again, after one minute and after two more (Lambda DG, async). */
const LAMBDA_RETRIES = [60_000, 120_000];
/** Messages in one batch, and how often one is received where no redrive policy says it. */
const BATCH = 10;
const RECEIVES = 10;
const VISIBILITY_SECONDS = 30;

interface Hand {
  readonly component: Component;
  readonly input: JsonValue;
  readonly event: BusEvent;
  readonly rule: string;
}

/** What a component does with what it is handed. Functions and the like run a moment later, as AWS invokes them. */
export async function receiveBy(plant: Plant, hand: Hand): Promise<void> {
  const { component } = hand;
  if (component.kind === 'queue') enqueue(plant, component, textOf(hand.input), hand.event, {});
  else if (component.kind === 'topic') await publishToSubscribers(plant, hand);
  else plant.clock.after(0, () => run(plant, hand, 0));
}

async function run(plant: Plant, hand: Hand, attempt: number): Promise<void> {
  const { component, input, event } = hand;
  const note = (outcome: Delivery['outcome'], error?: unknown) => {
    const { rule } = hand;
    const told = error === undefined ? {} : { error };
    const at = plant.clock.now;
    plant.deliveries.push({
      rule,
      to: component.name,
      event,
      input,
      attempt: attempt + 1,
      outcome,
      ...told,
      at,
    });
  };
  try {
    await runComponent(plant, component, input, [event]);
    note('delivered');
  } catch (error) {
    const wait = component.kind === 'function' ? LAMBDA_RETRIES[attempt] : undefined;
    if (wait !== undefined) {
      note('failed', error);
      plant.clock.after(wait, () => run(plant, hand, attempt + 1));
      return;
    }
    const dead = deadLetterQueue(plant, component);
    note(dead ? 'dead-letter' : 'dropped', error);
    if (dead) enqueue(plant, dead, textOf(input), event, { ErrorMessage: String(error) });
  }
}

/** Where a component puts what it gives up on: its dead-letter queue, or its destination for failures. */
function deadLetterQueue(plant: Plant, component: Component): Component | undefined {
  for (const route of plant.topology.routesFromComponent.get(component.id) ?? []) {
    const failures = route.kind === 'destination' && /fail/i.test(route.name);
    if (route.kind !== 'redrive' && !failures) continue;
    for (const { to } of route.targets) {
      if (to.kind === 'component') return plant.topology.componentById.get(to.component);
    }
  }
  return undefined;
}

let messages = 0;

/** Puts a message into a queue, and has its readers look. */
export function enqueue(
  plant: Plant,
  queue: Component,
  body: string,
  event: BusEvent,
  attributes: Message['attributes'],
): void {
  const message: Message = { id: `message-${++messages}`, body, attributes, receives: 0, event };
  const held = plant.queues.get(queue.id) ?? [];
  plant.queues.set(queue.id, held);
  held.push(message);
  look(plant, queue, 0);
}

function look(plant: Plant, queue: Component, wait: number): void {
  for (const mapping of plant.topology.routesFromComponent.get(queue.id) ?? []) {
    if (mapping.kind !== 'event-source-mapping' || mapping.state === 'disabled') continue;
    for (const { to } of mapping.targets) {
      const reader = to.kind === 'component' ? plant.topology.componentById.get(to.component) : undefined;
      if (reader) plant.clock.after(wait, () => poll(plant, queue, reader, mapping));
    }
  }
}

async function poll(plant: Plant, queue: Component, reader: Component, mapping: Route): Promise<void> {
  const held = plant.queues.get(queue.id) ?? [];
  const batch = held.splice(0, BATCH).filter((message) => passes(mapping, message));
  if (batch.length === 0) return;
  const Records = batch.map((message) => recordOf(queue, message));
  let failed: readonly string[] = [];
  let error: unknown;
  try {
    const result = await runComponent(
      plant,
      reader,
      { Records } as JsonValue,
      batch.map(({ event }) => event),
    );
    failed = failuresIn(result);
  } catch (thrown) {
    error = thrown;
    failed = batch.map(({ id }) => id);
  }
  for (const message of batch) {
    const bad = failed.includes(message.id);
    const outcome = bad ? again(plant, queue, message) : 'delivered';
    const told = error === undefined ? {} : { error };
    const at = plant.clock.now;
    const { event, receives } = message;
    const input = textValue(message.body);
    plant.deliveries.push({
      rule: mapping.name,
      to: reader.name,
      event,
      input,
      attempt: receives + 1,
      outcome,
      ...told,
      at,
    });
  }
}

function passes({ filter }: Route, { body }: Message): boolean {
  return filter.kind !== 'pattern' || matchValue(filter.pattern, { body: textValue(body) });
}

function failuresIn(result: unknown): string[] {
  const failures = isObject(result) ? result['batchItemFailures'] : undefined;
  if (!Array.isArray(failures)) return [];
  return failures.flatMap((item) => (isObject(item) ? String(item['itemIdentifier']) : []));
}

/** A message that was not handled comes back after its visibility timeout, or goes to the dead-letter queue. */
function again(plant: Plant, queue: Component, message: Message): Delivery['outcome'] {
  const dead = deadLetterQueue(plant, queue);
  const receives = message.receives + 1;
  const most = numberAt(queue, 'RedrivePolicy', 'maxReceiveCount') ?? RECEIVES;
  if (receives >= most) {
    if (dead) enqueue(plant, dead, message.body, message.event, message.attributes);
    return dead ? 'dead-letter' : 'dropped';
  }
  const seconds = numberAt(queue, 'VisibilityTimeout') ?? VISIBILITY_SECONDS;
  plant.clock.after(seconds * 1000, () => {
    plant.queues.get(queue.id)?.push({ ...message, receives });
    look(plant, queue, 0);
  });
  return 'failed';
}

function numberAt({ properties }: Component, ...path: readonly string[]): number | undefined {
  const node = nodeAt(properties, ...path);
  const value = node && Number(valueOf(node));
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function recordOf({ name }: Component, { id, body, attributes, receives }: Message) {
  return {
    messageId: id,
    receiptHandle: id,
    body,
    attributes: { ApproximateReceiveCount: String(receives + 1) },
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([key, stringValue]) => [key, { stringValue, dataType: 'String' }]),
    ),
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:us-east-1:111122223333:${name}`,
    awsRegion: 'us-east-1',
  };
}

async function publishToSubscribers(plant: Plant, { component, input, event, rule }: Hand): Promise<void> {
  const Message = textOf(input);
  for (const route of plant.topology.routesFromComponent.get(component.id) ?? []) {
    if (route.kind !== 'subscription' || route.state === 'disabled') continue;
    if (route.filter.kind === 'pattern' && !matchValue(route.filter.pattern, textValue(Message))) continue;
    for (const { to } of route.targets) {
      const subscriber = to.kind === 'component' ? plant.topology.componentById.get(to.component) : undefined;
      if (!subscriber) continue;
      const Sns = { Type: 'Notification', MessageId: event.event['id']!, Message };
      const given = subscriber.kind === 'queue' ? Sns : { Records: [{ EventSource: 'aws:sns', Sns }] };
      await plant.receive(subscriber, given, event, `${rule} → ${component.name}`);
    }
  }
}

function textOf(input: JsonValue): string {
  return typeof input === 'string' ? input : JSON.stringify(input);
}

function textValue(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
