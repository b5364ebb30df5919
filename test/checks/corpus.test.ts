import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { checkSystem } from '../../src/checks/run.ts';
import { defaultConfig } from '../../src/config/config.ts';
import { documentOf } from '../../src/json/document.ts';
import { loadTemplates } from '../../src/load/index.ts';
import { describeShared, sharedPath } from '../support/shared.ts';

const root = sharedPath('corpus/templates');

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

/** What the checks themselves find in one template; what loading finds is held in load/corpus.test.ts. */
function told(file: string): string[] {
  const path = relative(root, file);
  const { value, diagnostics } = loadTemplates([documentOf(path, readFileSync(file, 'utf8'))]);
  const system = {
    parts: value,
    contracts: [],
    diagnostics: [],
    templates: 1,
    schemas: 0,
    resources: value.resources,
  };
  const { findings } = checkSystem(system, defaultConfig, '2026-01-01');
  return [...findings, ...diagnostics.filter(({ code }) => code.startsWith('pattern/'))]
    .filter(({ severity, code }) => severity === 'error' || (severity === 'warning' && !known.has(code)))
    .map(({ severity, code }) => `${severity} ${code} ${path}`);
}

/** Warnings that are held elsewhere. */
const known = new Set(['loop/possible', 'pattern/affixes-as-alternatives', 'pattern/never-true']);

describeShared('what the checks say of the templates of public projects', () => {
  it('is true: each was read', () => {
    const counts: Record<string, number> = {};
    for (const line of files(root).flatMap(told)) counts[line] = (counts[line] ?? 0) + 1;
    expect(counts).toEqual(trueOnes);
  });
});

const destinations = 'aws-samples+serverless-patterns/eventbridge-api-destinations';

/**
 * Dead-letter queues that no policy opens to EventBridge: what cannot be delivered is lost after all. Each template declares
 * the queue without a name that another stack could give a policy by, and no policy at all for queues. SAM makes a policy
 * only where `DeadLetterConfig` has a `Type` (its ARN alone is handed on as it is), and the role of a target does not open
 * its dead-letter queue.
 */
const closedQueues: Readonly<Record<string, number>> = {
  'aws+serverless-application-model/integration/resources/templates/combination/function_with_cwe_dlq_and_retry_policy.yaml': 1,
  'aws-samples+aws-serverless-developer-experience-workshop-typescript/unicorn_approvals/infrastructure/approvals-service/template.yaml': 1,
  [`${destinations}/11-oauth-api/template.yaml`]: 1,
  [`${destinations}/12-oauth-api-cmk-encryption/template.yaml`]: 1,
  [`${destinations}/12-oauth-api-with-cmk-encryption/template.yaml`]: 1,
  [`${destinations}/4-mongodb/mongoDB.yaml`]: 1,
  [`${destinations}/5-zendesk/EventBridgeAPIDestinationOmid.yaml`]: 1,
  [`${destinations}/5-zendesk/ZendeskAPIDestination.yaml`]: 1,
  [`${destinations}/6-freshdesk/FreshdeskAPIDestination.yaml`]: 1,
  [`${destinations}/7-datadog/DataDogApiDestination.yml`]: 1,
  [`${destinations}/9-shopify/ShopifyAPIDestination.yaml`]: 1,
  'aws-samples+serverless-patterns/lambda-eventbridge-sns-sam/template.yaml': 4,
};

const trueOnes = Object.fromEntries(
  Object.entries(closedQueues).map(([path, count]) => [`warning target/not-permitted ${path}`, count]),
);
