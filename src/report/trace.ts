import type { Fate } from '../graph/meeting.ts';
import type { TracedConsequence, TracedDelivery, TracedEvent, TracedRule } from '../graph/trace.ts';
import { printHoles } from '../json/holes.ts';
import { printEventType } from '../model/event-type.ts';
import type { Evidence } from '../model/evidence.ts';
import { type Style, styleOf } from './style.ts';

export interface TraceTextOptions {
  readonly color: boolean;
  /** Every rule that does not take the event, each with its reason. */
  readonly all: boolean;
}

/** One line of a tree with what hangs below it. */
interface Branch {
  readonly line: string;
  readonly below: readonly Branch[];
}

/** The tree of rules, targets and further events, each with why it is taken or not. */
export function traceText(events: readonly TracedEvent[], options: TraceTextOptions): string {
  const style = styleOf(options.color);
  const trees = events.map((event) => {
    const { line, below } = eventBranch(event, undefined, '', options, style);
    return [style.bold(line), ...linesBelow(below, '')].join('\n');
  });
  return `${trees.join('\n\n')}\n`;
}

function linesBelow(branches: readonly Branch[], indent: string): string[] {
  return branches.flatMap(({ line, below }, i) => {
    const last = i === branches.length - 1;
    return [
      `${indent}${last ? '└─' : '├─'} ${line}`,
      ...linesBelow(below, `${indent}${last ? '   ' : '│  '}`),
    ];
  });
}

const endings: Readonly<Record<NonNullable<TracedEvent['ends']>, string>> = {
  loop: 'goes round: see above',
  told: 'told above',
  cut: 'not followed further: the trace is too large',
};

function eventBranch(
  event: TracedEvent,
  fromBus: string | undefined,
  how: string,
  options: TraceTextOptions,
  style: Style,
): Branch {
  const { node, rules, ends } = event;
  const name = node.type ? printHoles(printEventType(node.type)) : 'some event';
  const where = node.bus === fromBus ? '' : ` on ${printHoles(node.bus)}`;
  const line = `${name}${where}${how}`;
  if (ends) {
    const mark = ends === 'loop' ? style.red(`↺ ${endings[ends]}`) : style.dim(`(${endings[ends]})`);
    return { line: `${line} ${mark}`, below: [] };
  }
  const taking = rules.filter(({ fate }) => fate.answer !== 'no');
  const refusing = rules.filter(({ fate }) => fate.answer === 'no');
  const telling = options.all ? refusing : refusing.filter(isNear);
  const rest = refusing.length - telling.length;
  const below = [...taking, ...telling].map((rule) => ruleBranch(rule, node.bus, options, style));
  if (rest > 0) below.push({ line: style.dim(otherRules(rest, below.length)), below: [] });
  if (rules.length === 0) below.push({ line: style.dim('no rule on this bus'), below: [] });
  return { line, below };
}

/** Rules for other events are no news; one that only a further condition or its state keeps away is. */
function isNear({ fate }: TracedRule): boolean {
  return fate.answer === 'no' && fate.layer !== 'source differentiation';
}

function otherRules(count: number, told: number): string {
  const other = told > 0 ? 'other ' : '';
  return `${count} ${other}${count === 1 ? 'rule takes' : 'rules take'} other events only (--all says why)`;
}

function ruleBranch(
  { route, fate, deliveries }: TracedRule,
  bus: string,
  options: TraceTextOptions,
  style: Style,
): Branch {
  const name = printHoles(route.name);
  const line = `${style.blue(name)} ${fateWords(fate, 'takes it', style)}`;
  if (fate.answer === 'no') return { line, below: [] };
  const below = deliveries.map((delivery) => deliveryBranch(delivery, bus, options, style));
  if (below.length === 0) below.push({ line: style.dim('nothing here receives it'), below: [] });
  return { line, below };
}

function fateWords(fate: Fate, happens: string, style: Style): string {
  switch (fate.answer) {
    case 'yes':
      return fate.otherwise === undefined
        ? style.green(happens)
        : `${style.green(happens)}, but not always: ${fate.otherwise}`;
    case 'perhaps':
      return `${style.yellow(`perhaps ${happens}`)}: ${fate.reason}`;
    case 'no':
      return `${style.dim('no')}: ${fate.reason} (${fate.layer})`;
  }
}

function deliveryBranch(
  { delivery, follows }: TracedDelivery,
  fromBus: string,
  options: TraceTextOptions,
  style: Style,
): Branch {
  const { component, bus, via, doubt } = delivery;
  const way = via.map(({ name }) => `${printHoles(name)} → `).join('');
  const name = component
    ? `${printHoles(component.name)} (${component.kind})`
    : `bus ${printHoles(bus ?? '')}`;
  const unsure = doubt === undefined ? '' : ` ${style.yellow('perhaps')}: ${printHoles(doubt)}`;
  const silence = component?.silence;
  const quiet = follows.length === 0 && silence ? style.dim(` publishes nothing (${silence.kind})`) : '';
  return {
    line: `${way}${name}${unsure}${quiet}`,
    below: follows.map((each) => consequenceBranch(each, fromBus, options, style)),
  };
}

function consequenceBranch(
  { emission, fate, event }: TracedConsequence,
  fromBus: string,
  options: TraceTextOptions,
  style: Style,
): Branch {
  const verb = emission ? 'publishes' : 'forwards it:';
  if (!event) {
    const what = emission?.event ? printHoles(printEventType(emission.event)) : 'it';
    return { line: `${verb} ${what} ${fateWords(fate, verb, style)}`, below: [] };
  }
  const evidence = emission ? ` (${evidenceWords(emission.evidence)})` : '';
  const doubt = fate.answer === 'perhaps' ? ` ${style.yellow('perhaps')}: ${fate.reason}` : '';
  const { line, below } = eventBranch(event, fromBus, `${style.dim(evidence)}${doubt}`, options, style);
  return { line: `${verb} ${line}`, below };
}

function evidenceWords({ kind, text }: Evidence): string {
  return printHoles(text.startsWith(kind) ? text : `${kind}: ${text}`);
}
