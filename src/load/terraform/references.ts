import { documentOf, type Span } from '../../json/document.ts';
import { member, type Node } from '../../json/node.ts';
import { eitherNode } from '../cloudformation/values.ts';
import { evaluate } from './hcl/evaluate.ts';
import { isEncoded, textOfValue, usedAt } from './hcl/nodes.ts';
import { ExpressionParser } from './hcl/parse-expression.ts';
import { HclProblem, Scanner } from './hcl/scanner.ts';
import type { Expression } from './hcl/syntax.ts';
import type { Module, Own } from './model.ts';

const naming =
  /(?:^|_)(?:arn|arns|rule|role|roles|function_name|event_bus_name|queue_url|topic|bucket|source|target|destination|endpoint|enrichment|table_name|stream|log_group_name|cluster|resources|identifiers|policy|definition|url|id|name|values|value)$/;

/** Whether an attribute is one that names something else, so that what it refers to is what it is. */
export function isReference(attribute: string, ownName: string | undefined): boolean {
  return attribute !== ownName && naming.test(attribute);
}

/**
 * The value of which a plan tells only what it refers to: that of the one reference; one of several. What an
 * expression makes of them is not told, so that only what names something is taken for the value.
 */
export function referenced(to: readonly string[], span: Span, module: Module, own: Own | undefined): Node {
  // The most exact come first, and what they are parts of follow.
  const exact = to.filter(
    (text, index) =>
      !to.some((other, at) => at !== index && (other.startsWith(`${text}.`) || other.startsWith(`${text}[`))),
  );
  const values = exact
    .filter((text) => !/^(?:each|count|path|terraform|self)\b/.test(text))
    .map((text) => valueOf(text, span, module, own))
    .filter((node) => node !== undefined);
  const [first, ...others] = values;
  if (!first || values.length < exact.length) {
    const keyed = exact.some((text) => /^(?:each\.key|count\.index)$/.test(text));
    if (!first || !keyed) return module.unknown(exact.join(', '), span, own);
  }
  if (others.length === 0) return first!;
  return eitherNode(exact.join(', '), values, span, exact.join(', '));
}

/** Undefined: it names nothing that others could be told apart by. */
function valueOf(text: string, span: Span, module: Module, own: Own | undefined): Node | undefined {
  const expression = parsed(text);
  if (!expression) return undefined;
  const node = evaluate(expression, module.names(own));
  if ((node.kind !== 'object' && node.kind !== 'array') || isEncoded(node)) return usedAt(node, span);
  const key = own?.key;
  const keyed =
    node.kind === 'array'
      ? node.items[Number(key)]
      : node.members.find((each) => each.key === String(key) && each.value.kind === 'object')?.value;
  const { attribute } = own ?? {};
  // A value that is no attribute, such as an input of a module, may be a resource as a whole.
  if (attribute === undefined) return usedAt(node, span);
  // `T.n` where `T.n[each.key].arn` stands: the instance of the same key, by the attribute that is meant.
  const chosen = keyed ?? node;
  if (chosen.kind !== 'object') return undefined;
  for (const name of /(?:^|_)(?:arns?|source|target|destination|endpoint|resources)$/.test(attribute)
    ? ['arn', 'id']
    : ['id', 'arn']) {
    const value = member(chosen, name)?.value;
    if (value && textOfValue(value) !== undefined) return usedAt(value, span);
  }
  return undefined;
}

function parsed(text: string): Expression | undefined {
  try {
    return new ExpressionParser(new Scanner(documentOf('reference', text))).expression();
  } catch (error) {
    if (error instanceof HclProblem) return undefined;
    throw error;
  }
}
