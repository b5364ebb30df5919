import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import type { Condition } from '../pattern.ts';
import type { Lint } from './lint.ts';

/** Sources that are not called as their endpoints are. */
const otherNames: Readonly<Record<string, string>> = { monitoring: 'cloudwatch', email: 'ses' };

/**
 * `source: [aws.ec2]` beside `eventSource: [s3.amazonaws.com]`: an API call has the service in both. Told where each
 * names services by plain text and they have none in common.
 */
export const servicesApart: Lint = ({ conditions, dialect }) => {
  if (dialect !== 'rule') return [];
  const sources = conditions.filter(({ path }) => path === 'source');
  const called = conditions.filter(({ path }) => path === 'detail.eventSource');
  const [source] = sources;
  const [endpoint] = called;
  return source && endpoint && sources.length === 1 && called.length === 1 ? apart(source, endpoint) : [];
};

function apart(source: Condition, endpoint: Condition): Diagnostic[] {
  const names = textsOf(source, /^aws\.(.+)$/);
  const services = textsOf(endpoint, /^(.+)\.amazonaws\.com$/);
  if (
    !names ||
    !services ||
    services.some((service) => names.includes(service) || names.includes(otherNames[service] ?? ''))
  )
    return [];
  const params = { source: names.join(', '), endpoint: services.join(', ') };
  const related = [{ span: source.span, message: 'the source' }];
  return [finding('pattern/services-apart', params, { span: endpoint.span, related })];
}

function textsOf({ choices }: Condition, form: RegExp): string[] | undefined {
  const texts = choices.flatMap((choice) =>
    choice.kind === 'string' ? (form.exec(choice.value)?.[1] ?? []) : [],
  );
  return texts.length === choices.length ? texts : undefined;
}
