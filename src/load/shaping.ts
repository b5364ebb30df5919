import { type Collector, finding } from '../diagnostic/diagnostic.ts';
import { membersOf, valueOf } from '../json/node.ts';
import type { InputShaping } from '../model/route.ts';
import { scalarText } from './cloudformation/values.ts';
import type { Shape } from './shape.ts';

const keys = ['Input', 'InputPath', 'InputTransformer'] as const;

/** The names of the three properties, which the Serverless Framework spells with a small letter. */
export type ShapingKeys = readonly [input: string, path: string, transformer: string];

/**
 * What a target is given in place of the event: at most one of Input, InputPath and InputTransformer.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-events-rule-target.html
 */
export function inputShaping(target: Shape, collector: Collector, names: ShapingKeys = keys): InputShaping {
  const present = names.filter((name) => target.has(name));
  if (present.length > 1) {
    const params = { where: target.where, keys: present.join(' and ') };
    collector.add(finding('template/several-inputs', params, { span: target.raw(present[1]!)!.span }));
  }
  const [input, path, transformer] = names;
  const constant = target.raw(input);
  if (constant) {
    const text = scalarText(constant) ?? JSON.stringify(valueOf(constant));
    return { kind: 'constant', text, span: constant.span };
  }
  const pathNode = target.raw(path);
  if (pathNode) return { kind: 'path', path: target.text(path) ?? '$', span: pathNode.span };
  const shape = target.object(transformer);
  return shape ? transformerOf(shape) : { kind: 'event' };
}

function transformerOf(shape: Shape): InputShaping {
  const lower = shape.has('inputTemplate') || shape.has('inputPathsMap');
  const paths: Record<string, string> = {};
  for (const { key, value } of membersOf(shape.raw(lower ? 'inputPathsMap' : 'InputPathsMap'))) {
    const path = scalarText(value);
    if (path !== undefined) paths[key] = path;
  }
  const template = shape.raw(lower ? 'inputTemplate' : 'InputTemplate');
  const text = scalarText(template) ?? (template ? JSON.stringify(valueOf(template)) : '');
  return { kind: 'transformer', paths, template: text, span: shape.span };
}
