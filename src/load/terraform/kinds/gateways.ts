import { parseEmbeddedJson } from '../../../json/embedded.ts';
import type { Node } from '../../../json/node.ts';
import type { Source, TerraformKind } from './kind.ts';

/** An OpenAPI definition: a value, or its JSON text. */
function body(source: Source): Node | undefined {
  const node = source('body');
  return node?.kind === 'string' ? (parseEmbeddedJson(node).value ?? node) : node;
}

/** What calls PutEvents by itself. */
export const gatewayKinds: readonly TerraformKind[] = [
  {
    type: 'aws_apigatewayv2_integration',
    as: 'AWS::ApiGatewayV2::Integration',
    properties: {
      ApiId: 'api_id',
      IntegrationSubtype: 'integration_subtype',
      RequestParameters: 'request_parameters',
      IntegrationUri: 'integration_uri',
    },
  },
  {
    type: 'aws_apigatewayv2_api',
    as: 'AWS::ApiGatewayV2::Api',
    properties: { Name: 'name', Body: body },
  },
  {
    type: 'aws_api_gateway_integration',
    as: 'AWS::ApiGateway::Method',
    properties: { RestApiId: 'rest_api_id', Integration: { of: { Uri: 'uri', Type: 'type' } } },
  },
  {
    type: 'aws_api_gateway_rest_api',
    as: 'AWS::ApiGateway::RestApi',
    properties: { Name: 'name', Body: body },
  },
  {
    type: 'aws_appsync_datasource',
    as: 'AWS::AppSync::DataSource',
    properties: {
      Name: 'name',
      Type: 'type',
      EventBridgeConfig: { in: 'event_bridge_config', of: { EventBusArn: 'event_bus_arn' } },
    },
  },
  {
    type: 'aws_appsync_graphql_api',
    as: 'AWS::AppSync::GraphQLApi',
    properties: { Name: 'name' },
  },
];
