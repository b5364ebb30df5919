import type { Span } from '../json/document.ts';
import type { Member, Node, ObjectNode } from '../json/node.ts';
import { readBare } from './operators/exact.ts';
import { orList, quote } from './operators/operator.ts';
import { namedOperators } from './operators/operators.ts';
import type { Alternative, Choice, Condition } from './pattern.ts';
import { describeNode, ONE_KEY, type Reading } from './reading.ts';

/** A path that was written again in the same alternative: the later one counts. */
export interface Replaced {
  readonly path: string;
  readonly earlier: Span;
  readonly later: Span;
}

/** Names that may not be fields inside `$or`: all operators, and what the service keeps for later ones. */
export const reservedNames: ReadonlySet<string> = new Set([
  ...namedOperators.keys(),
  ...['=', '<', '<=', '>', '>='],
  ...['regex', 'not-wildcard', 'not-equals-ignore-case', 'ip-address-in-range', 'ip-address-not-in-range'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
]);

/** Far beyond what the service takes (1,000 combinations): kept so that a small text cannot fill the memory. */
const MAX_CONDITIONS = 200_000;
const MAX_ALTERNATIVES = 20_000;
/** Event Ruler counts objects and lists; deeper texts are refused by its JSON reader. */
const MAX_DEPTH = 1000;
const MAX_PATHS = 256;

type Draft = Map<string, Condition>;

/**
 * Reads the object of a pattern into its alternatives. `$or` multiplies what was read before it by its items, and
 * a path written later replaces the same path read earlier, in each alternative of its own: so the order of the
 * text decides, as in Event Ruler's `JsonRuleCompiler`.
 */
export class Expansion {
  readonly replaced: Replaced[] = [];
  /** Every list of choices that was read, in the order of the text. */
  readonly lists: Condition[] = [];
  /** Set when the alternatives are too many to be listed. */
  overflow: Span | undefined;
  private readonly at: Reading;
  private drafts: Draft[] = [];

  constructor(at: Reading) {
    this.at = at;
  }

  read(root: ObjectNode): void {
    this.object(root, undefined, false, 1);
    for (const draft of this.drafts) {
      if (draft.size > MAX_PATHS) {
        this.at.refuse(
          root.span,
          `a pattern has at most ${MAX_PATHS} fields, and this one has ${draft.size}`,
          `Size of rule exceeds max value of ${MAX_PATHS}`,
        );
        break;
      }
    }
  }

  alternatives(): readonly Alternative[] {
    return this.drafts.map((draft) => {
      const conditions = [...draft.values()];
      conditions.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
      return { conditions };
    });
  }

  private object(node: ObjectNode, parent: string | undefined, insideOr: boolean, depth: number): void {
    if (depth > MAX_DEPTH) {
      this.at.refuse(
        node.span,
        `nested more than ${MAX_DEPTH} levels deep`,
        'Document nesting depth exceeds the maximum allowed',
      );
      return;
    }
    if (node.members.length === 0) {
      this.at.refuse(
        node.span,
        'an empty object asks for nothing and is refused',
        'Empty objects are not allowed',
      );
    }
    for (const member of node.members) this.member(member, parent, insideOr, depth);
  }

  private member(member: Member, parent: string | undefined, insideOr: boolean, depth: number): void {
    const { key, value } = member;
    if (key === '$or' && !this.at.older) {
      this.or(member, parent, depth);
      return;
    }
    if (insideOr && reservedNames.has(key)) {
      const problem = `${quote(key)} cannot be the name of a field inside "$or"`;
      this.at.refuse(
        member.keySpan,
        problem,
        `${key} is Ruler reserved fieldName which cannot be used inside $or.`,
      );
      return;
    }
    const path = parent === undefined ? key : `${parent}.${key}`;
    if (value.kind === 'object') this.object(value, path, insideOr, depth + 1);
    else if (value.kind === 'array') this.list(path, member, value.items);
    else {
      const problem = `${quote(key)} takes a list of values or an object of fields, not ${describeNode(value)}`;
      this.at.refuse(value.span, problem, `"${key}" must be an object or an array`);
    }
  }

  private or({ value, keySpan }: Member, parent: string | undefined, depth: number): void {
    if (value.kind !== 'array') {
      this.at.refuse(value.span, '"$or" takes a list of objects', 'It must be an Array followed with $or.');
      return;
    }
    const before = this.drafts.length > 0 ? this.drafts : [new Map<string, Condition>()];
    const after: Draft[] = [];
    for (const item of value.items) {
      if (item.kind !== 'object') {
        const problem = `the items of "$or" are objects, not ${describeNode(item)}`;
        this.at.refuse(item.span, problem, 'Only JSON object is allowed in array of $or relationship.');
        continue;
      }
      if (this.tooMany(after.length + before.length, before[0]!.size, keySpan)) before.length = 1;
      this.drafts = before.map((draft) => new Map(draft));
      this.object(item, parent, true, depth + 2);
      for (const draft of this.drafts) after.push(draft);
    }
    this.drafts = after;
    if (value.items.length < 2) {
      const problem = '"$or" needs at least two alternatives';
      this.at.refuse(value.span, problem, 'There must have at least 2 Objects in $or relationship.');
    }
  }

  /** Whether so many alternatives of so many conditions cannot be listed; noted at a place, and kept in mind. */
  private tooMany(alternatives: number, conditions: number, place: Span): boolean {
    const listed = alternatives <= MAX_ALTERNATIVES && alternatives * conditions <= MAX_CONDITIONS;
    if (listed && !this.overflow) return false;
    this.overflow ??= place;
    return true;
  }

  private list(path: string, { keySpan, value }: Member, items: readonly Node[]): void {
    if (items.length === 0) {
      this.at.refuse(
        value.span,
        'an empty list matches nothing and is refused',
        'Empty arrays are not allowed',
      );
    }
    const choices: Choice[] = [];
    for (const item of items) {
      const choice = readChoice(item, this.at);
      if (choice) choices.push(choice);
    }
    const condition: Condition = { path, choices, span: value.span, keySpan };
    this.lists.push(condition);
    if (this.drafts.length === 0) this.drafts.push(new Map());
    if (this.drafts.length > 1 && this.tooMany(this.drafts.length, this.drafts[0]!.size, keySpan))
      this.drafts.length = 1;
    let earlier: Condition | undefined;
    for (const draft of this.drafts) {
      earlier ??= draft.get(path);
      draft.set(path, condition);
    }
    if (earlier) this.replaced.push({ path, earlier: earlier.keySpan, later: keySpan });
  }
}

function readChoice(node: Node, at: Reading): Choice | undefined {
  if (node.kind === 'object') return readOperator(node, at);
  if (node.kind !== 'array') return readBare(node);
  return at.refuse(
    node.span,
    'a list of choices holds values and operators, no further list',
    'Match value must be String, number, true, false, or null',
  );
}

function readOperator(node: ObjectNode, at: Reading): Choice | undefined {
  const [first, second] = node.members;
  if (!first) {
    return at.refuse(node.span, 'an operator is missing in this object', 'Match expression name not found');
  }
  const operator = namedOperators.get(first.key);
  if (!operator) {
    return at.refuse(first.keySpan, unknownOperator(first.key), `Unrecognized match type ${first.key}`);
  }
  const choice = operator.read(first.value, at);
  if (second) return at.refuse(second.keySpan, twoOperators(node), ONE_KEY);
  return choice && { ...choice, span: node.span };
}

function unknownOperator(name: string): string {
  const known = [...namedOperators.keys()];
  const meant = known.find((operator) => operator === name.toLowerCase().replaceAll('_', '-'));
  if (meant) return `${quote(name)} is not an operator; write ${quote(meant)}`;
  if (/^(?:Ref$|Fn::)/.test(name))
    return `${quote(name)} is a function of CloudFormation, not an operator; only a template can hold it`;
  return `${quote(name)} is not an operator; there are ${orList(known)}`;
}

/** People write `{"prefix": "a", "suffix": "b"}` and mean both; a list of two objects would mean one of them. */
function twoOperators(node: ObjectNode): string {
  const keys = node.members.map(({ key }) => key);
  const plain =
    'an object holds one operator; choices listed one by one mean "any of them", never "all of them"';
  const text = (key: string) => {
    const value = node.members.find((member) => member.key === key)?.value;
    return value?.kind === 'string' ? value.value : undefined;
  };
  const [start, end] = [text('prefix'), text('suffix')];
  if (keys.length !== 2 || start === undefined || end === undefined) return plain;
  const joined = `${start.replace(/[\\*]/g, '\\$&')}*${end.replace(/[\\*]/g, '\\$&')}`;
  return `an object holds one operator; for "starts with ${start} and ends with ${end}" write {"wildcard": ${quote(joined)}}`;
}
