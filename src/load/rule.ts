import type { Collector } from '../diagnostic/diagnostic.ts';
import { finding } from '../diagnostic/diagnostic.ts';
import type { Span } from '../json/document.ts';
import { printHoles } from '../json/holes.ts';
import type { Node } from '../json/node.ts';
import type { Condition } from '../model/component.ts';
import type { DraftRoute, DraftTarget, Place } from './draft.ts';
import { patternFilter } from './filter.ts';

/** The parts of a rule, from whatever syntax they were read. */
export interface RuleParts {
  readonly id: string;
  readonly name: string;
  readonly bus: Place;
  readonly pattern: Node | undefined;
  /** Where the pattern stands, for findings: "AuditRule.EventPattern". */
  readonly patternName: string;
  readonly schedule: string | undefined;
  readonly state: DraftRoute['state'];
  readonly targets: readonly DraftTarget[];
  readonly condition?: Condition;
  readonly span: Span;
}

/** A rule takes what its pattern matches; one with only a schedule takes nothing from its bus. */
export function ruleRoute(parts: RuleParts, collector: Collector): DraftRoute {
  const { id, name, bus, pattern, schedule, state, targets, span } = parts;
  if (!pattern && schedule === undefined) {
    collector.add(finding('template/rule-without-trigger', { rule: printHoles(name) }, { span }));
  }
  return {
    id,
    kind: 'rule',
    name: printHoles(name),
    from: bus,
    filter: pattern ? patternFilter(pattern, parts.patternName, 'rule', collector) : { kind: 'nothing' },
    ...(schedule === undefined ? {} : { schedule: printHoles(schedule) }),
    state,
    targets,
    ...(parts.condition ? { condition: parts.condition } : {}),
    span,
  };
}
