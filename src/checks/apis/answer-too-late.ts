import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { property, propertyText } from '../../publish/inventory.ts';
import type { Check } from '../check.ts';
import { integrationsOf } from './integrations.ts';

/** Seconds a function may take if its template does not say. */
const DEFAULT_TIMEOUT = 3;

/**
 * Functions that call a model and are waited for by an API Gateway, which gives up before they do: what the model
 * says after that is paid for and thrown away. Functions that call none are left alone: their timeout is seldom reached.
 */
export const answerTooLate: Check = ({ inventory, topology }) => {
  const found: Diagnostic[] = [];
  for (const { api, limit, resource } of integrationsOf(inventory)) {
    if (!topology.componentById.get(resource.id)?.callsModel) continue;
    const timeout = timeoutOf(resource);
    if (timeout === undefined || timeout <= limit) continue;
    const name = resource.logicalId;
    found.push(
      finding(
        'api/answer-too-late',
        { name, timeout, api: api.name, limit },
        {
          span: property(resource, 'Timeout')?.span ?? resource.span,
          label: `${timeout} s`,
          identity: `${name} ${api.name}`,
          related: [{ span: api.span, message: `waits ${limit} s` }],
          fix: {
            text: 'answer 202 at once and let a queue or an event start the work, or stream the answer over a WebSocket',
          },
          otherFixes: [{ text: `let it give up in time: Timeout: ${Math.max(1, limit - 4)}` }],
        },
      ),
    );
  }
  return [...new Map(found.map((each) => [each.identity, each])).values()];
};

/** Undefined: only the deployment knows. */
function timeoutOf(resource: TemplateResource): number | undefined {
  const text = propertyText(resource, 'Timeout');
  if (text === undefined) return property(resource, 'Timeout') ? undefined : DEFAULT_TIMEOUT;
  return /^[0-9]+$/.test(text) ? Number(text) : undefined;
}
