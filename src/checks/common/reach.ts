import type { Oracle } from '../../graph/oracle.ts';
import type { Contract } from '../../model/contract.ts';
import { printEventType } from '../../model/event-type.ts';
import { holesOpened } from '../../pattern/open-holes.ts';
import type { Pattern } from '../../pattern/pattern.ts';
import { restrictPattern } from '../../pattern/restrict.ts';
import type { Reason } from '../../sets/verdict.ts';
import type { KnownType, KnownTypes } from './known-types.ts';
import { namesEvents, type PatternRule, plainTexts } from './rules.ts';

/** Whether any known event can trigger a rule. */
export type Reach =
  /** Some event can, or it was not decided that none can. */
  | { readonly kind: 'some' }
  /** No event type that is known has the source and detail-type that it asks for. */
  | { readonly kind: 'nobody' }
  /** Event types have them, and no event of any of them matches: proven, for each with the reason. */
  | {
      readonly kind: 'none';
      readonly reasons: readonly { readonly contract: Contract; readonly reason: Reason }[];
      /** Every event type that it could take has a schema, so that nothing else can come. */
      readonly complete: boolean;
    };

/** More contracts than this are not asked about for one rule: it takes many event types, and is hardly dead. */
const MOST_ASKED = 50;

/** Answers for each rule once, since several checks ask. */
export class Reaches {
  private readonly known: KnownTypes;
  private readonly oracle: Oracle;
  private readonly answers = new Map<PatternRule, Reach>();

  constructor(known: KnownTypes, oracle: Oracle) {
    this.known = known;
    this.oracle = oracle;
  }

  of(rule: PatternRule): Reach {
    const answered = this.answers.get(rule);
    if (answered) return answered;
    const answer = this.decide(rule);
    this.answers.set(rule, answer);
    return answer;
  }

  private decide(rule: PatternRule): Reach {
    const types = this.known.takenBy(rule);
    if (types.length === 0) return { kind: 'nobody' };
    const contracts = types.flatMap(({ contract }) => contract ?? []);
    if (contracts.length < types.length || contracts.length > MOST_ASKED) return { kind: 'some' };
    if (!namesEvents(rule)) return { kind: 'some' };
    const pattern = holesOpened(rule.filter.pattern) ?? rule.filter.pattern;
    // With conditions on source and detail-type alone, it takes whatever it was found by.
    if (onlyAsksTypes(pattern)) return { kind: 'some' };
    const reasons: { contract: Contract; reason: Reason }[] = [];
    for (const contract of contracts) {
      const verdict = this.oracle.ask(contract, true, pattern);
      if (verdict.answer !== 'no') return { kind: 'some' };
      reasons.push({
        contract,
        // Working out a reason costs more than the answer: only those that are told are.
        get reason() {
          return verdict.reason;
        },
      });
    }
    return { kind: 'none', reasons, complete: isComplete(rule.filter.pattern, types) };
  }
}

function onlyAsksTypes(pattern: Pattern): boolean {
  const others = restrictPattern(pattern, (path) => path !== 'source' && path !== 'detail-type');
  return others.alternatives.every(({ conditions }) => conditions.length === 0);
}

/** Whether every pair of source and detail-type that the pattern takes is one of these types. */
function isComplete({ alternatives }: Pattern, types: readonly KnownType[]): boolean {
  const known = new Set(types.map(({ type }) => printEventType(type)));
  return alternatives.every(({ conditions }) => {
    const [sources, detailTypes] = ['source', 'detail-type'].map((field) =>
      plainTexts(conditions.find(({ path }) => path === field)),
    );
    if (!sources || !detailTypes) return false;
    return sources.every((source) =>
      detailTypes.every((detailType) => known.has(printEventType({ source, detailType }))),
    );
  });
}
