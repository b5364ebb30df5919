import { setTimeout as sleep } from 'node:timers/promises';
import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import type { OutgoingEvent } from './events.ts';
import { setting } from './settings.ts';

export const eventBridge = new EventBridgeClient({});

const entriesPerRequest = 10;
const attempts = 3;
const pauseMilliseconds = 100;

/**
 * Publishes events on MangaAssist's bus, ten to a request: our events are a few kilobytes each, far from a
 * request's limit of one megabyte.
 *
 * PutEvents answers 200 even where it refused entries. Entries refused because the bus is busy are sent
 * again; whatever is still not accepted then makes this throw, so that the caller's retry and dead-letter
 * queue take over.
 */
export async function publish(events: readonly OutgoingEvent[]): Promise<void> {
  for (let at = 0; at < events.length; at += entriesPerRequest) {
    await putEvents(events.slice(at, at + entriesPerRequest).map(entryOf));
  }
}

function entryOf(event: OutgoingEvent): PutEventsRequestEntry {
  return { ...event, Detail: JSON.stringify(event.Detail), EventBusName: setting('BUS_NAME') };
}

async function putEvents(entries: PutEventsRequestEntry[]): Promise<void> {
  const refused: string[] = [];
  let pending = entries;
  for (let attempt = 1; pending.length > 0; attempt += 1) {
    // The pauses grow and vary, or all functions would come back in step.
    if (attempt > 1) await sleep(pauseMilliseconds * 2 ** (attempt - 2) * (0.5 + Math.random()));
    const { Entries: results = [] } = await eventBridge.send(new PutEventsCommand({ Entries: pending }));
    const busy: PutEventsRequestEntry[] = [];
    pending.forEach((entry, index) => {
      const result = results[index];
      if (result?.EventId !== undefined) return;
      if (isBusy(result) && attempt < attempts) busy.push(entry);
      else refused.push(`${entry.DetailType}: ${result?.ErrorCode ?? 'no answer'}`);
    });
    pending = busy;
  }
  if (refused.length > 0) throw new Error(`the bus did not accept ${refused.join(', ')}`);
}

function isBusy(result: PutEventsResultEntry | undefined): boolean {
  return result?.ErrorCode === 'ThrottlingException' || result?.ErrorCode === 'InternalFailure';
}
