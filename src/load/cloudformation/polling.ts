import type { Polling } from '../../model/route.ts';
import type { Shape } from '../shape.ts';

/** `BatchSize` and `ScalingConfig.MaximumConcurrency` of an event source mapping, as far as they are given. */
export function pollingOf(properties: Shape): { readonly polling?: Polling } {
  const batchSize = properties.number('BatchSize');
  const maxConcurrency = properties.object('ScalingConfig')?.number('MaximumConcurrency');
  if (batchSize === undefined && maxConcurrency === undefined) return {};
  return {
    polling: {
      ...(batchSize === undefined ? {} : { batchSize }),
      ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
    },
  };
}
