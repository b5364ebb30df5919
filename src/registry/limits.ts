/**
 * What the registry takes (service model of EventBridge Schemas, quotas of the EventBridge User Guide). The numbers of
 * schemas and of versions are quotas that AWS raises on request; the others are fixed.
 */
export const limits = {
  /** Characters of a schema's content. */
  content: 100_000,
  /** Characters of a description. */
  description: 256,
  /** Characters of a registry's name, and of a schema's. */
  registryName: 64,
  schemaName: 385,
  schemas: 100,
  versions: 100,
  tags: 50,
  tagKey: 128,
  tagValue: 256,
  /** Items of a page of a list. */
  page: 100,
} as const;

/** Names that every tool takes: the service's model has no pattern, others ask for this. */
const SAFE_NAME = /^[A-Za-z_.@-][0-9A-Za-z_.@-]*$/;

export function isSafeName(name: string, longest: number): boolean {
  return name.length <= longest && SAFE_NAME.test(name);
}

/** A schema that nobody changed for two years is deleted (API reference of CreateSchema); we speak up after one. */
export const INACTIVE_DAYS = 365;
