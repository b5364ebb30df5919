import type { Span } from '../../json/document.ts';
import { member, membersOf } from '../../json/node.ts';
import { scalarText } from '../../load/cloudformation/values.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { type Inventory, property, propertyText } from '../../publish/inventory.ts';

/** A function that an API Gateway calls and waits for. */
export interface Integration {
  readonly resource: TemplateResource;
  readonly api: { readonly name: string; readonly span: Span };
  /** Seconds it waits. */
  readonly limit: number;
}

/**
 * What an API waits if nothing is said. For a Regional REST API the quota can be raised, and then the template says
 * how long (TimeoutInMillis).
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
const limits = { REST: 29, HTTP: 30, WEBSOCKET: 29 } as const;

const samApis: Readonly<Record<string, keyof typeof limits>> = { Api: 'REST', HttpApi: 'HTTP' };

/** All integrations of functions with an API that is waiting; those that answer at once or stream are left out. */
export function integrationsOf(inventory: Inventory): Integration[] {
  return [...restMethods(inventory), ...secondGeneration(inventory), ...samEvents(inventory)];
}

function restMethods(inventory: Inventory): Integration[] {
  return inventory.ofType('AWS::ApiGateway::Method').flatMap((method) => {
    const integration = property(method, 'Integration');
    const resource = functionIn(propertyText(method, 'Integration', 'Uri'), inventory);
    if (
      !resource ||
      isDetached(method) ||
      propertyText(method, 'Integration', 'ResponseTransferMode') === 'STREAM'
    )
      return [];
    const said = Number(propertyText(method, 'Integration', 'TimeoutInMillis')) / 1000;
    return [integrationOf(resource, method, integration?.span, said || limits.REST)];
  });
}

/** `X-Amz-Invocation-Type: Event`: the API does not wait. */
function isDetached(method: TemplateResource): boolean {
  return membersOf(property(method, 'Integration', 'RequestParameters')).some(
    ({ key, value }) => /invocation-type/i.test(key) && /event/i.test(scalarText(value) ?? ''),
  );
}

function secondGeneration(inventory: Inventory): Integration[] {
  return inventory.ofType('AWS::ApiGatewayV2::Integration').flatMap((integration) => {
    const resource = functionIn(propertyText(integration, 'IntegrationUri'), inventory);
    if (!resource) return [];
    const api = inventory.named(propertyText(integration, 'ApiId'));
    const protocol = (api && propertyText(api, 'ProtocolType')) === 'WEBSOCKET' ? 'WEBSOCKET' : 'HTTP';
    const said = Number(propertyText(integration, 'TimeoutInMillis')) / 1000;
    return [integrationOf(resource, integration, undefined, said || limits[protocol])];
  });
}

function samEvents(inventory: Inventory): Integration[] {
  return inventory.ofType('AWS::Serverless::Function').flatMap((resource) =>
    membersOf(property(resource, 'Events')).flatMap(({ key, value }) => {
      const protocol = samApis[scalarText(member(value, 'Type')?.value) ?? ''];
      if (!protocol) return [];
      const said =
        Number(scalarText(member(member(value, 'Properties')?.value, 'TimeoutInMillis')?.value)) / 1000;
      return [
        { resource, api: { name: `its API (${key})`, span: value.span }, limit: said || limits[protocol] },
      ];
    }),
  );
}

function integrationOf(
  resource: TemplateResource,
  by: TemplateResource,
  span: Span | undefined,
  limit: number,
): Integration {
  return { resource, api: { name: by.logicalId, span: span ?? by.span }, limit };
}

/** The function of `arn:…:lambda:path/2015-03-31/functions/ARN/invocations`, or of its bare ARN. */
function functionIn(uri: string | undefined, inventory: Inventory): TemplateResource | undefined {
  if (uri === undefined) return undefined;
  const arn = /\/functions\/(.+)\/(?:invocations|response-streaming-invocations)$/s.exec(uri)?.[1] ?? uri;
  if (/response-streaming-invocations$/.test(uri)) return undefined;
  const found = inventory.named(arn);
  return found && /::Function$/.test(found.type) ? found : undefined;
}
