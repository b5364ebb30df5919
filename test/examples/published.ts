import { randomUUID } from 'node:crypto';
import type { EventBridgeEvent } from 'aws-lambda';
import { expect } from 'vitest';
import type { Metadata } from '../../examples/mangaassist/before/src/metadata.ts';
import { type Call, entriesOf } from '../support/intercept.ts';
import { detailValidators } from '../support/mangaassist.ts';

const validators = detailValidators();

export interface Published {
  readonly type: string;
  readonly detail: Metadata & Readonly<Record<string, unknown>>;
}

/** The events a system has put on the bus, each valid under its schema. */
export function published(calls: readonly Call[]): Published[] {
  return calls.flatMap(({ command, input }) => {
    expect(command).toBe('PutEventsCommand');
    return entriesOf(input).map((entry) => {
      expect(entry.EventBusName).toBe('MangaAssist-AI-Events');
      const type = `${entry.Source}@${entry.DetailType}`;
      const detail = JSON.parse(entry.Detail ?? '') as Published['detail'];
      const validate = validators.get(type);
      expect(validate, `${type} has a schema`).toBeDefined();
      expect(validate!(detail), `${type}: ${JSON.stringify(validate!.errors)}`).toBe(true);
      return { type, detail };
    });
  });
}

/** An event as the bus delivers it. */
export function delivered<Detail, DetailType extends string>(
  source: string,
  detailType: DetailType,
  detail: Detail,
): EventBridgeEvent<DetailType, Detail> {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account: '123456789012',
    time: new Date().toISOString(),
    region: 'ap-northeast-1',
    resources: [],
    detail,
  };
}

export function redelivered({ type, detail }: Published): EventBridgeEvent<string, Metadata> {
  const [source = '', detailType = ''] = type.split('@');
  return delivered(source, detailType, detail);
}
