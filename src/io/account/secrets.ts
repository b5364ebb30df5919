import type { JsonObject, JsonValue } from '../../json/value.ts';
import { type ApiItem, regionLists, type Snapshot } from '../../load/account/snapshot.ts';
import type { Answer } from './caller.ts';
import { itemOf } from './region.ts';

/** In the place of something that may be a secret. */
const masked = '***';

/** An API destination without the path and query of its address: webhooks carry their secrets there. */
export function withoutPath(destination: Answer): ApiItem {
  const { InvocationEndpoint: endpoint, ...rest } = destination;
  const origin =
    typeof endpoint === 'string' ? /^[a-z]+:\/\/[^/?#@]*(?=[/?#]|$)/i.exec(endpoint)?.[0] : undefined;
  return itemOf({ ...rest, InvocationEndpoint: `${origin ?? 'https://***'}/***` });
}

/** Members of targets and pipes whose values are credentials as often as not. */
const parameters = new Set([
  'HeaderParameters',
  'QueryStringParameters',
  'PathParameterValues',
  'BodyParameters',
]);

/**
 * The snapshot without secrets. Of environment variables only those values stay that name something of the account (a bus, a
 * queue, a table): others may be passwords, and are null, which reads as "not known". Parameters of HTTP calls are
 * masked.
 */
export function withoutSecrets(snapshot: Snapshot, isNameOf: (text: string) => boolean): Snapshot {
  const regions = snapshot.regions.map((region) => {
    const lists = regionLists.map((list) => [
      list,
      region[list].map((item) =>
        list === 'functions' ? withoutValues(item, isNameOf) : (withoutParameters(item) as ApiItem),
      ),
    ]);
    return { ...region, ...(Object.fromEntries(lists) as Pick<typeof region, (typeof regionLists)[number]>) };
  });
  return { ...snapshot, regions };
}

function withoutValues(item: ApiItem, isNameOf: (text: string) => boolean): ApiItem {
  const environment = item['Environment'] as JsonObject | undefined;
  if (environment === undefined) return item;
  const variables = (environment['Variables'] ?? {}) as JsonObject;
  const kept = Object.entries(variables).map(([key, value]) => [
    key,
    typeof value === 'string' && isNameOf(value) ? value : null,
  ]);
  return { ...item, Environment: { Variables: Object.fromEntries(kept) } };
}

function withoutParameters(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutParameters);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, item]) => {
    const masks = parameters.has(key);
    return [key, masks ? maskedIn(item) : withoutParameters(item)];
  });
  return Object.fromEntries(members);
}

function maskedIn(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(maskedIn);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskedIn(item)]));
  return masked;
}
