import { pascalCase } from '../codegen/names.ts';
import type { EventType } from '../model/event-type.ts';

/**
 * The name of an event type's schema as the registry's own tools write it: `source@DetailType`, the detail-type in one
 * word, `/` of partner sources as `-`. It cannot be read back: the event type stands in the content.
 */
export function schemaName({ source, detailType }: EventType): string {
  return `${source.replaceAll('/', '-')}@${pascalCase(detailType)}`;
}

/** The file of an event type below a folder of schemas: `<source>/<DetailType>.json`, without a way out of the folder. */
export function schemaPath({ source, detailType }: EventType): string {
  const folder = source.replace(/[^A-Za-z0-9._@-]/g, '-').replace(/^\.+/, '') || 'events';
  return `${folder}/${pascalCase(detailType)}.json`;
}
