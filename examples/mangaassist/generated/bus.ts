import { connect } from '../../../src/runtime/index.ts';
import { eventBridge } from '../after/src/bus.ts';

/** Said once for all handlers here; in an application the runtime is imported as `busproof/runtime`. */
connect({ client: eventBridge, bus: process.env['BUS_NAME'] ?? 'MangaAssist-AI-Events' });

export { eventBridge };
