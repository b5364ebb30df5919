import type { Span } from '../../json/document.ts';
import { hasHole, printHoles } from '../../json/holes.ts';
import { type Node, nodeAt, textOf } from '../../json/node.ts';
import { scalarText, textNode, unknownList, unknownNode } from './values.ts';

/** The body of an entry of `Parameters`. */
export type Parameter = Node;

/**
 * The value of a parameter: given, else its default, else unknown under `param:Name`. Values of SSM types are paths
 * in the Parameter Store, so the value is what is stored there, else unknown under `ssm:/path`. A parameter's value
 * always is a text, or for the list types a list of texts; numbers included.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
 */
export function parameterValue(
  name: string,
  parameter: Parameter,
  given: Node | string | undefined,
  span: Span,
  stored: (path: string) => Node | undefined,
): Node {
  const type = textOf(nodeAt(parameter, 'Type')) ?? 'String';
  const listed = type === 'CommaDelimitedList' || type.startsWith('List<') || type.includes('<List<');
  const fallback = nodeAt(parameter, 'Default');
  const value = typeof given === 'string' ? textNode(given, span) : (given ?? fallback);
  if (value === undefined || value.kind === 'null') return unknown(`param:${name}`, listed, span);
  if (type.startsWith('AWS::SSM::Parameter::Value')) {
    const path = scalarText(value);
    const found = path === undefined ? undefined : stored(path);
    return found ?? unknown(path ? `ssm:${printHoles(path)}` : `param:${name}`, listed, span);
  }
  return listed
    ? listOf(value)
    : value.kind === 'array'
      ? value
      : textNode(scalarText(value) ?? '', value.span);
}

function unknown(key: string, listed: boolean, span: Span): Node {
  return listed ? unknownList(key, span) : unknownNode(key, span);
}

function listOf(value: Node): Node {
  if (value.kind === 'array') return value;
  const text = scalarText(value) ?? '';
  if (hasHole(text)) return unknownList(text, value.span);
  const items = text.split(',').map((item) => textNode(item.trim(), value.span));
  return { kind: 'array', span: value.span, items };
}
