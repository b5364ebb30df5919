import { mayEqual } from '../../json/holes.ts';
import { itemsOf, membersOf, type Node, valueOf } from '../../json/node.ts';
import { equalJson } from '../../json/value.ts';
import type { Truth } from './functions/function.ts';
import { isUnknownList, scalarText } from './values.ts';

/** What conditions may ask of their template. */
export interface ConditionContext {
  resolve(node: Node): Node | undefined;
  condition(name: string): Truth;
}

type Operator = (argument: Node, context: ConditionContext) => Truth;

/** Evaluates a condition expression; anything that is none is unknown. */
export function evaluateCondition(node: Node, context: ConditionContext): Truth {
  if (node.kind === 'boolean') return node.value;
  const [only, second] = membersOf(node);
  if (!only || second) return 'unknown';
  return operators.get(only.key)?.(only.value, context) ?? 'unknown';
}

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['Condition', (argument, context) => context.condition(scalarText(argument) ?? '')],
  ['Fn::Equals', equals],
  ['Fn::Not', (argument, context) => not(evaluateCondition(itemsOf(argument)[0] ?? argument, context))],
  ['Fn::And', (argument, context) => and(itemsOf(argument), context)],
  ['Fn::Or', (argument, context) => or(itemsOf(argument), context)],
  ['Fn::Contains', contains],
]);

function equals(argument: Node, context: ConditionContext): Truth {
  const [first, second] = itemsOf(argument).map((item) => context.resolve(item));
  if (!first || !second) return 'unknown';
  return equalNodes(first, second);
}

function equalNodes(a: Node, b: Node): Truth {
  const [left, right] = [scalarText(a), scalarText(b)];
  if (left !== undefined && right !== undefined) {
    const answer = mayEqual(left, right);
    return answer === 'unknown' ? 'unknown' : answer === 'yes';
  }
  const whole = JSON.stringify([valueOf(a), valueOf(b)]);
  return whole.includes('\uE0F0') ? 'unknown' : equalJson(valueOf(a), valueOf(b));
}

function not(truth: Truth): Truth {
  return truth === 'unknown' ? truth : !truth;
}

function and(items: readonly Node[], context: ConditionContext): Truth {
  const truths = items.map((item) => evaluateCondition(item, context));
  if (truths.includes(false)) return false;
  return truths.includes('unknown') ? 'unknown' : true;
}

function or(items: readonly Node[], context: ConditionContext): Truth {
  const truths = items.map((item) => evaluateCondition(item, context));
  if (truths.includes(true)) return true;
  return truths.includes('unknown') ? 'unknown' : false;
}

function contains(argument: Node, context: ConditionContext): Truth {
  const [list, wanted] = itemsOf(argument).map((item) => context.resolve(item));
  if (list?.kind !== 'array' || !wanted || isUnknownList(list)) return 'unknown';
  const truths = list.items.map((item) => equalNodes(item, wanted));
  if (truths.includes(true)) return true;
  return truths.includes('unknown') ? 'unknown' : false;
}
