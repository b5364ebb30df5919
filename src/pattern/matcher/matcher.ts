import { finding, type Outcome, outcome } from '../../diagnostic/diagnostic.ts';
import { documentOf } from '../../json/document.ts';
import { isObject, type JsonValue } from '../../json/value.ts';
import { OutOfBudget } from '../../sets/budget.ts';
import { parseEvent } from '../match.ts';
import type { Condition as ParsedCondition, Pattern } from '../pattern.ts';
import { Alternative } from './alternative.ts';
import type { Condition } from './condition.ts';
import { DecisionNode } from './decision.ts';
import { Event } from './event.ts';
import { Field } from './field.ts';
import { TextScanner } from './scan-text.ts';
import { scanValue } from './scan-value.ts';
import { Wanted } from './wanted.ts';

export interface MatchTextOptions {
  /**
   * Takes the text for well-formed JSON in which no object repeats a name, nor names a nested field with dots.
   * Reading ends as soon as every field that some pattern asks about was seen, and what no pattern asks about is
   * not checked. Several times faster where the fields stand early; on other text the answer may be wrong.
   * Default: false.
   */
  readonly trusted?: boolean;
}

/** Keys in the order in which they were added; undefined with a finding where the event was refused. */
export type Matched<K> = Outcome<readonly K[] | undefined>;

interface Rule<K> {
  readonly key: K;
  readonly order: number;
  readonly alternatives: Alternative<Rule<K>>[];
  /** The number of the event that the rule was last found to match. */
  stamp: number;
}

/** A matcher with no patterns yet. Keys are the caller's names for them: anything a Map takes as a key. */
export function createMatcher<K>(): Matcher<K> {
  return new Matcher<K>();
}

/**
 * Matches events against any number of patterns at once, with the answers of `matchText` and `matchValue` for
 * each. Conditions that patterns have in common are looked at once for an event, most of them not at all: a rule
 * costs nothing unless the event meets its rarest condition.
 *
 * Conditions are kept, the parsed patterns are not. Adding and removing may go on between matches.
 */
export class Matcher<K> {
  private readonly rules = new Map<K, Rule<K>>();
  private readonly fields = new Map<string, Field>();
  private readonly freeSlots: number[] = [];
  private readonly freeIds: number[] = [];
  private idCount = 0;
  private readonly wanted = new Wanted();
  private readonly root = new DecisionNode<Rule<K>>();
  private readonly event = new Event();
  private readonly scanner = new TextScanner(this.event.leaves);
  /** Added since the last match. They enter the tree together: the rarest conditions are known better then. */
  private waiting: Alternative<Rule<K>>[] = [];
  private added = 0;

  /** The number of patterns. */
  get size(): number {
    return this.rules.size;
  }

  has(key: K): boolean {
    return this.rules.has(key);
  }

  /** Adds a pattern under a key; one that has the key already is replaced. */
  add(key: K, pattern: Pattern): this {
    this.remove(key);
    const rule: Rule<K> = { key, order: this.added++, alternatives: [], stamp: 0 };
    for (const { conditions } of pattern.alternatives) {
      const shared = conditions.map((condition) => this.use(condition));
      const alternative = new Alternative(rule, shared);
      rule.alternatives.push(alternative);
      this.waiting.push(alternative);
    }
    this.rules.set(key, rule);
    return this;
  }

  private use(condition: ParsedCondition): Condition {
    let field = this.fields.get(condition.path);
    if (!field) {
      const slot = this.freeSlots.pop() ?? this.fields.size;
      field = new Field(condition.path, slot, this.wanted.reach(condition.path));
      this.event.leaves.open(slot);
      this.fields.set(condition.path, field);
    }
    return field.use(condition, () => this.newId());
  }

  private newId(): number {
    const id = this.freeIds.pop() ?? this.idCount++;
    this.event.reserve(id + 1);
    return id;
  }

  /** Takes a pattern out; false if there was none under the key. */
  remove(key: K): boolean {
    const rule = this.rules.get(key);
    if (!rule) return false;
    this.settle();
    this.rules.delete(key);
    for (const alternative of rule.alternatives) {
      alternative.remove();
      for (const condition of alternative.conditions) this.release(condition);
    }
    return true;
  }

  private release(condition: Condition): void {
    const field = this.fields.get(condition.field.path)!;
    if (field.release(condition)) this.freeIds.push(condition.id);
    if (!field.unused) return;
    this.fields.delete(field.path);
    this.freeSlots.push(field.slot);
  }

  /** Puts what was added into the tree. */
  private settle(): void {
    if (this.waiting.length === 0) return;
    for (const alternative of this.waiting) this.root.add(alternative);
    this.waiting = [];
  }

  /**
   * The keys of the patterns that match an event given as a value; none if it is not an object. Of repeated keys a
   * value holds only the last, of long numbers only the nearest double: where that matters, use `matchText`.
   */
  match(event: JsonValue): Matched<K> {
    if (!isObject(event)) return outcome([]);
    this.settle();
    this.event.begin();
    scanValue(event, this.wanted, this.event.leaves);
    return this.decide();
  }

  /**
   * The keys of the patterns that match an event given as JSON text, or its UTF-8 bytes. Only what some pattern
   * asks about is read; the rest is checked to be JSON and skipped. Text after the closing brace is ignored. A text
   * that is not a JSON object is refused with the finding that `matchText` of a single pattern gives.
   */
  matchText(event: string | Uint8Array, options: MatchTextOptions = {}): Matched<K> {
    const text = typeof event === 'string' ? event : decode(event);
    if (text === undefined) return outcome(undefined, [notUtf8()]);
    this.settle();
    this.event.begin();
    const problem = this.scanner.scan(text, this.wanted, options.trusted ?? false);
    return problem ? refuse(text, problem) : this.decide();
  }

  private decide(): Matched<K> {
    const { event } = this;
    const matched: Rule<K>[] = [];
    let ordered = true;
    let last = -1;
    try {
      this.root.match(event, (rule) => {
        if (rule.stamp === event.number) return;
        rule.stamp = event.number;
        matched.push(rule);
        ordered &&= rule.order > last;
        last = rule.order;
      });
    } catch (error) {
      if (!(error instanceof OutOfBudget)) throw error;
      return outcome(undefined, [finding('pattern/too-costly', { what: error.what })]);
    }
    if (!ordered) matched.sort((a, b) => a.order - b.order);
    const keys: K[] = [];
    for (let i = 0; i < matched.length; i++) keys.push(matched[i]!.key);
    return outcome(keys);
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function notUtf8() {
  return finding('input/syntax', { problem: 'the bytes are not UTF-8' });
}

/** The reader that keeps places says where and why. */
function refuse<K>(text: string, problem: string): Matched<K> {
  const { value, diagnostics } = parseEvent(documentOf('event', text));
  if (value) throw new Error(`an event that can be read was refused as ${problem}`);
  return outcome(undefined, diagnostics);
}
