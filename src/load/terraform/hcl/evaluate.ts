import type { Span } from '../../../json/document.ts';
import { type Node, nodeAt, valueOf } from '../../../json/node.ts';
import { TextBuilder } from '../../../json/text-places.ts';
import { equalJson } from '../../../json/value.ts';
import { eitherNode, maxText, textNode } from '../../cloudformation/values.ts';
import { callFunction } from './functions/table.ts';
import type { Names, Step } from './names.ts';
import {
  booleanNode,
  isClosed,
  isMissing,
  isOpen,
  listNode,
  missingNode,
  numberNode,
  objectOf,
  sizeOf,
  textOfValue,
  usedAt,
} from './nodes.ts';
import { arithmetic, truthOf } from './operators.ts';
import type { Expression, TemplatePart } from './syntax.ts';

const maxItems = 10_000;
const maxSize = 20_000;

/** The value of an expression. What is not known is text with holes, or an unknown choice of known values. */
export function evaluate(expression: Expression, names: Names): Node {
  return new Evaluator(names, new Map()).value(expression);
}

class Evaluator {
  private readonly names: Names;
  /** Names that a `for` or a splat gives to an item. */
  private readonly items: ReadonlyMap<string, Node>;

  constructor(names: Names, items: ReadonlyMap<string, Node>) {
    this.names = names;
    this.items = items;
  }

  value(expression: Expression): Node {
    const { span } = expression;
    if (!this.names.spend(1)) return this.names.unknown('a value too costly to work out', span);
    const made = this.made(expression);
    // What doubles with each step would soon be larger than any machine.
    return sizeOf(made) > maxSize ? this.names.unknown('a value too large', span) : made;
  }

  private made(expression: Expression): Node {
    const { span } = expression;
    switch (expression.kind) {
      case 'value':
        return expression.node;
      case 'template':
        return this.template(expression.parts, expression);
      case 'list':
        return listNode(
          expression.items.map((item) => this.value(item)),
          span,
        );
      case 'object':
        return this.object(expression);
      case 'name':
      case 'attribute':
      case 'index':
        return this.path(expression);
      case 'splat':
        return this.splat(expression);
      case 'call':
        return this.call(expression);
      case 'conditional':
        return this.conditional(expression);
      case 'binary':
        return this.binary(expression);
      case 'unary':
        return this.unary(expression);
      case 'for':
        return this.loop(expression);
      case 'references':
        return this.names.referenced(expression.to, span);
    }
  }

  private unknown({ span }: Expression): Node {
    return this.names.unknown(shown(span), span);
  }

  private template(parts: readonly TemplatePart[], whole: Expression): Node {
    const [only] = parts;
    if (!only) return textNode('', whole.span);
    if (parts.length === 1 && only.kind === 'value') return this.value(only.expression);
    const text = new TextBuilder();
    for (const part of parts) {
      if (part.kind === 'text') {
        if (part.exact) text.take(textNode(part.value, part.span));
        else text.put(part.value, part.span);
      } else if (part.kind === 'directive') return this.unknown(whole);
      else {
        const value = this.value(part.expression);
        const filled = textOfValue(value) ?? textOfValue(this.unknown(part.expression)) ?? '';
        if (value.kind === 'string' && value.span.document === whole.span.document) text.take(value);
        else text.put(filled, part.expression.span);
      }
      if (text.length > maxText) return this.names.unknown('a text too long', whole.span);
    }
    return text.build(whole.span);
  }

  private object(expression: Expression & { kind: 'object' }): Node {
    const members = expression.members.map(({ key, value }) => ({
      key: textOfValue(this.value(key)) ?? textOfValue(this.unknown(key)) ?? '',
      keySpan: key.span,
      value: this.value(value),
    }));
    return { kind: 'object', members, span: expression.span };
  }

  /** A name and the attributes and indexes behind it. */
  private path(expression: Expression): Node {
    const steps: Step[] = [];
    let root = expression;
    while (root.kind === 'attribute' || root.kind === 'index') {
      if (root.kind === 'attribute') steps.unshift(root.name);
      else {
        const key = this.value(root.key);
        const step = key.kind === 'number' ? key.value : textOfValue(key);
        if (step === undefined) return this.unknown(expression);
        steps.unshift(step);
      }
      root = root.of;
    }
    if (root.kind !== 'name') return this.follow(this.value(root), steps, expression);
    const item = this.items.get(root.name);
    if (item) return this.follow(item, steps, expression);
    const found = this.names.lookUp(root.name, steps, expression.span);
    return found ? this.follow(found.node, steps.slice(found.used), expression) : this.unknown(expression);
  }

  private follow(node: Node, steps: readonly Step[], whole: Expression): Node {
    let current: Node = node;
    for (const step of steps) {
      if (isOpen(current)) return this.names.unknown(shownStep(current, step, whole), whole.span);
      const next: Node | undefined = nodeAt(current, step);
      const holds = ['object', 'array', 'null'].includes(current.kind);
      if (!next && !holds) return this.unknown(whole);
      current = next ?? missingNode(whole.span);
    }
    return current;
  }

  private splat({ of, each, span }: Expression & { kind: 'splat' }): Node {
    const list = this.value(of);
    if (isOpen(list)) return this.names.unknown(shown(span), span);
    const items = list.kind === 'array' ? list.items : list.kind === 'null' ? [] : [list];
    return listNode(
      items.map((item) => this.with('item of a splat', item).value(each)),
      span,
    );
  }

  private with(name: string, item: Node, other?: readonly [string, Node]): Evaluator {
    const items = new Map(this.items).set(name, item);
    if (other) items.set(...other);
    return new Evaluator(this.names, items);
  }

  private call(expression: Expression & { kind: 'call' }): Node {
    const { name, span } = expression;
    // The first that has a value: what is not known may have one, so it may not be passed over.
    if (name === 'try') {
      return usedAt(this.tried(expression.arguments, expression), span);
    }
    if (name === 'can') return this.unknown(expression);
    const given = expression.arguments.map((each) => this.value(each));
    const last = given.at(-1);
    if (expression.expand) {
      if (last?.kind !== 'array' || isOpen(last)) return this.unknown(expression);
      given.splice(-1, 1, ...last.items);
    }
    return callFunction(name, given, span, this.names) ?? this.unknown(expression);
  }

  private tried(choices: readonly Expression[], whole: Expression): Node {
    const values = choices.map((each) => this.value(each)).filter((value) => !isMissing(value));
    const [first] = values;
    if (!first) return this.unknown(whole);
    return isOpen(first) && values.length > 1 ? this.either(values, whole) : first;
  }

  /** An unknown value that is one of a few. */
  private either(values: readonly Node[], { span }: Expression): Node {
    const { value: text } = this.names.unknown(shown(span), span) as Node & { kind: 'string' };
    const key = text.replace(/[\uE0F0\uE0F1]/g, '');
    return eitherNode(key, values.map(absent), span, key);
  }

  private conditional(expression: Expression & { kind: 'conditional' }): Node {
    const { condition, then, otherwise } = expression;
    const truth = truthOf(this.value(condition));
    if (truth !== undefined) return this.value(truth ? then : otherwise);
    const [first, second] = [this.value(then), this.value(otherwise)];
    if (isClosed(first) && isClosed(second) && equalJson(valueOf(first), valueOf(second))) return first;
    return this.either([first, second], expression);
  }

  private binary(expression: Expression & { kind: 'binary' }): Node {
    const { operator, span } = expression;
    const [left, right] = [this.value(expression.left), this.value(expression.right)];
    if (operator === '&&' || operator === '||') {
      const deciding = operator === '||';
      const truths = [truthOf(left), truthOf(right)];
      if (truths.includes(deciding)) return booleanNode(deciding, span);
      return truths.includes(undefined) ? this.unknown(expression) : booleanNode(!deciding, span);
    }
    if (!isClosed(left) || !isClosed(right)) return this.unknown(expression);
    if (operator === '==' || operator === '!=')
      return booleanNode(equalJson(valueOf(left), valueOf(right)) === (operator === '=='), span);
    const [a, b] = [Number(textOfValue(left)), Number(textOfValue(right))];
    const result = arithmetic(operator, a, b);
    if (result === undefined || Number.isNaN(result)) return this.unknown(expression);
    return typeof result === 'boolean' ? booleanNode(result, span) : numberNode(result, span);
  }

  private unary(expression: Expression & { kind: 'unary' }): Node {
    const value = this.value(expression.operand);
    if (expression.operator === '!') {
      const truth = truthOf(value);
      return truth === undefined ? this.unknown(expression) : booleanNode(!truth, expression.span);
    }
    return value.kind === 'number' ? numberNode(-value.value, expression.span) : this.unknown(expression);
  }

  private loop(expression: Expression & { kind: 'for' }): Node {
    const { span, key, item, toKey, to, when, grouped } = expression;
    const over = this.value(expression.over);
    if (isOpen(over) || (over.kind !== 'array' && over.kind !== 'object')) return this.unknown(expression);
    const pairs: [Node, Node][] =
      over.kind === 'array'
        ? over.items.map((value, index) => [numberNode(index, value.span), value])
        : over.members.map((each) => [textNode(each.key, each.keySpan), each.value]);
    if (pairs.length > maxItems || !this.names.spend(pairs.length)) return this.unknown(expression);
    const items: Node[] = [];
    const members: [string, Node][] = [];
    for (const [name, value] of pairs) {
      const inner = this.with(item, value, key === undefined ? undefined : [key, name]);
      const wanted = when ? truthOf(inner.value(when)) : true;
      if (wanted === undefined) return this.unknown(expression);
      if (!wanted) continue;
      const made = inner.value(to);
      const as = toKey && textOfValue(inner.value(toKey));
      if (!toKey) items.push(made);
      else if (as === undefined) return this.unknown(expression);
      else members.push([as, made]);
    }
    if (!toKey) return listNode(items, span);
    if (!grouped) return objectOf(members, span);
    const groups = new Map<string, Node[]>();
    for (const [name, value] of members) groups.set(name, [...(groups.get(name) ?? []), value]);
    return objectOf(
      [...groups].map(([name, list]) => [name, listNode(list, span)] as const),
      span,
    );
  }
}

function absent(node: Node): Node | undefined {
  return node.kind === 'null' ? undefined : node;
}

/** The source text of an expression, short enough to be a name. */
function shown({ document, start, end }: Span): string {
  const text = document.text.slice(start, end).replace(/\s+/g, ' ').trim();
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function shownStep(current: Node, step: Step, whole: Expression): string {
  const of = current.kind === 'string' ? current.value.replace(/[\uE0F0\uE0F1]/g, '') : shown(whole.span);
  return `${of}.${step}`;
}
