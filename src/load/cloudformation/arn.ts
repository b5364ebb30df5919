import { hasHole, hole, splitHoles } from '../../json/holes.ts';

/** What the pseudo parameters are: texts, holes where nobody said. */
export interface Environment {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  readonly urlSuffix: string;
}

export function environmentOf(given: { account?: string; region?: string }): Environment {
  return {
    partition: hole('AWS::Partition'),
    region: given.region ?? hole('AWS::Region'),
    account: given.account ?? hole('AWS::AccountId'),
    urlSuffix: hole('AWS::URLSuffix'),
  };
}

export function arnOf(environment: Environment, service: string, resource: string): string {
  const { partition, region, account } = environment;
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** An ARN of a service that has no Region or account in its ARNs. */
export function globalArn(environment: Environment, service: string, resource: string): string {
  return `arn:${environment.partition}:${service}:::${resource}`;
}

export interface Arn {
  readonly service: string;
  readonly region: string;
  readonly account: string;
  /** Everything after the account. */
  readonly resource: string;
}

/** Reads an ARN, holes and all: a colon inside a hole does not divide. Undefined when the text is none. */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const parts = splitText(text, ':', 6);
  const [, , service, region, account, resource] = parts;
  if (resource === undefined || !service || resource === '') return undefined;
  return { service, region: region!, account: account!, resource };
}

/** Splits at a separator that stands outside of holes; the last part keeps what is beyond the limit. */
export function splitText(text: string, separator: string, limit = Number.POSITIVE_INFINITY): string[] {
  if (!hasHole(text)) return limitParts(text.split(separator), separator, limit);
  const parts: string[] = [''];
  for (const piece of splitHoles(text)) {
    if ('hole' in piece) {
      parts[parts.length - 1] += hole(piece.hole);
      continue;
    }
    const [head, ...rest] = piece.literal.split(separator);
    parts[parts.length - 1] += head!;
    parts.push(...rest);
  }
  return limitParts(parts, separator, limit);
}

function limitParts(parts: string[], separator: string, limit: number): string[] {
  if (parts.length <= limit) return parts;
  return [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}
