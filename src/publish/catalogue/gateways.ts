import { hole } from '../../json/holes.ts';
import { membersOf, type Node, nodeAt } from '../../json/node.ts';
import { parseData } from '../../json/parse-data.ts';
import { scalarText } from '../../load/cloudformation/values.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { type Inventory, property, propertyText } from '../inventory.ts';
import type { Publication } from '../publication.ts';
import type { ReadBeside } from './definition.ts';

/** What a gateway puts on a bus without any code: which template resource, and what. */
export interface GatewayPublication {
  readonly resource: TemplateResource;
  readonly publication: Publication;
}

/**
 * API Gateway integrations that call PutEvents: of HTTP APIs as template resources and in OpenAPI definitions. What a
 * mapping template of a REST API makes of a request is not known.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
 */
export function gatewayPublications(inventory: Inventory, read: ReadBeside): GatewayPublication[] {
  const integrations = inventory
    .ofType('AWS::ApiGatewayV2::Integration')
    .filter((each) => propertyText(each, 'IntegrationSubtype') === 'EventBridge-PutEvents')
    .flatMap((resource): GatewayPublication[] => {
      const node = property(resource, 'RequestParameters');
      return [{ resource, publication: ofParameters(node, resource) }];
    });
  const methods = inventory
    .ofType('AWS::ApiGateway::Method')
    .filter((each) => isPutEvents(propertyText(each, 'Integration', 'Uri')))
    .map((resource) => ({ resource, publication: unknown(resource) }));
  const defined = inventory
    .ofType(
      'AWS::Serverless::HttpApi',
      'AWS::Serverless::Api',
      'AWS::ApiGatewayV2::Api',
      'AWS::ApiGateway::RestApi',
    )
    .flatMap((resource) => definedIn(resource, read));
  const sources = inventory
    .ofType('AWS::AppSync::DataSource')
    .filter((each) => propertyText(each, 'Type') === 'AMAZON_EVENTBRIDGE')
    .map((resource) => ({
      resource,
      publication: { ...unknown(resource), bus: propertyText(resource, 'EventBridgeConfig', 'EventBusArn') },
    }));
  return [...integrations, ...methods, ...defined, ...sources];
}

function isPutEvents(uri: string | undefined): boolean {
  return uri !== undefined && /:events:(?:action|path)\/\/?PutEvents$|:events:action\/PutEvents/.test(uri);
}

/** Integrations inside an OpenAPI definition. */
function definedIn(resource: TemplateResource, read: ReadBeside): GatewayPublication[] {
  const given = property(resource, 'DefinitionBody') ?? property(resource, 'Body');
  const body = given?.kind === 'object' ? given : included(resource, read);
  return membersOf(nodeAt(body, 'paths')).flatMap(({ value: path }) =>
    membersOf(path).flatMap(({ value: operation }): GatewayPublication[] => {
      const integration = nodeAt(operation, 'x-amazon-apigateway-integration');
      const subtype = scalarText(nodeAt(integration, 'integrationSubtype'));
      if (subtype === 'EventBridge-PutEvents')
        return [{ resource, publication: ofParameters(nodeAt(integration, 'requestParameters'), resource) }];
      return isPutEvents(scalarText(nodeAt(integration, 'uri')))
        ? [{ resource, publication: unknown(resource) }]
        : [];
    }),
  );
}

/** A definition in a file beside the template: named by `DefinitionUri`, or included (AWS::Include). */
function included(resource: TemplateResource, read: ReadBeside): Node | undefined {
  const { document } = resource.span;
  const written = nodeAt(parseData(document).value, 'Resources', resource.logicalId, 'Properties');
  const body = nodeAt(written, 'DefinitionBody') ?? nodeAt(written, 'Body');
  const location =
    scalarText(nodeAt(body, 'Fn::Transform', 'Parameters', 'Location')) ??
    scalarText(nodeAt(written, 'DefinitionUri'));
  if (location === undefined || /^(?:s3|https?):/.test(location)) return undefined;
  const file = read(document, location);
  return file && parseData(file).value;
}

function ofParameters(node: Node | undefined, resource: TemplateResource): Publication {
  const text = (key: string): string | undefined => {
    const value = scalarText(nodeAt(node, key));
    return value?.startsWith('$') ? hole(`${key} of ${resource.logicalId}`) : value;
  };
  return {
    ...unknown(resource),
    source: text('Source') ?? hole(`Source of ${resource.logicalId}`),
    detailType: text('DetailType') ?? hole(`DetailType of ${resource.logicalId}`),
    // A reference in an included file is resolved at deployment only.
    bus: text('EventBusName') ?? (nodeAt(node, 'EventBusName') ? undefined : 'default'),
  };
}

function unknown(resource: TemplateResource): Publication {
  return {
    source: hole(`Source of ${resource.logicalId}`),
    detailType: hole(`DetailType of ${resource.logicalId}`),
    bus: undefined,
    detail: {},
    others: 'any',
    evidence: {
      kind: 'catalogue',
      text: `an integration of ${resource.logicalId} that calls PutEvents`,
      span: resource.span,
    },
  };
}
