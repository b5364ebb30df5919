import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EventBridgeEvent } from 'aws-lambda';

const client = new EventBridgeClient({});

/** Ships whatever order an event is about, and says so. */
export async function handler(event: EventBridgeEvent<string, { orderId: string }>): Promise<void> {
  const { orderId } = event.detail;
  const shipped = {
    EventBusName: process.env['BUS_NAME'],
    Source: 'shop.shipping',
    DetailType: 'OrderShipped',
    Detail: JSON.stringify({ orderId }),
  };
  await client.send(new PutEventsCommand({ Entries: [shipped] }));
}
