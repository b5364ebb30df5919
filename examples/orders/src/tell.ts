import type { EventBridgeEvent } from 'aws-lambda';

/** Tells the customer. */
export async function handler(event: EventBridgeEvent<'OrderShipped', { orderId: string }>): Promise<void> {
  console.log(`order ${event.detail.orderId} is on its way`);
}
