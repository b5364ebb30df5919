import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { connect } from '../../../../src/runtime/index.ts';
import { setting } from './settings.ts';

export const eventBridge = new EventBridgeClient({});

/**
 * What the generated publishers and consumers publish with, and where. Said once; every handler imports this file.
 * An application of its own imports the runtime as `busproof/runtime`.
 */
connect({ client: eventBridge, bus: setting('BUS_NAME') });
