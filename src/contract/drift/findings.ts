import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import type { Loop } from '../../graph/loop.ts';
import { loopWords } from '../../graph/words.ts';
import type { Span } from '../../json/document.ts';
import { printHoles } from '../../json/holes.ts';
import type { Route } from '../../model/route.ts';
import type { OpenedLoop } from '../loops.ts';
import type { Difference, Drift, RuleDrift } from './compare-rules.ts';
import type { TargetDrift } from './compare-targets.ts';
import { busOf } from './pair-rules.ts';

/** What is to be said about rules and buses; places are those of the templates, with those of the account beside. */
export function driftFindingsOf({ rules, missingBuses, counterparts }: Drift): Diagnostic[] {
  const buses = missingBuses.map(({ id, span }) => {
    const bus = printHoles(counterparts.fill(id));
    return finding('drift/missing-bus', { bus }, { identity: bus, ...(span ? { span } : {}) });
  });
  return [...buses, ...rules.flatMap(ruleFindings)];
}

function ruleFindings(rule: RuleDrift): Diagnostic[] {
  switch (rule.kind) {
    case 'same':
      return [];
    case 'missing': {
      const { declared } = rule;
      const extra = { span: declared.span, identity: declared.id };
      return [
        finding('drift/missing-rule', { rule: printHoles(declared.name), bus: busName(declared) }, extra),
      ];
    }
    case 'extra': {
      const { deployed, own } = rule;
      const extra = {
        span: deployed.span,
        identity: deployed.id,
        ...(own ? {} : { severity: 'info' as const }),
      };
      return [finding('drift/extra-rule', { rule: deployed.name, bus: busName(deployed) }, extra)];
    }
    default:
      return rule.differences.map((each) => differenceFinding(rule.declared, rule.deployed, each));
  }
}

function differenceFinding(declared: Route, deployed: Route, difference: Difference): Diagnostic {
  const rule = printHoles(declared.name);
  const beside = (span: Span) => [{ span, message: 'as it is deployed' }];
  const common = { span: declared.span, related: beside(deployed.span) };
  switch (difference.kind) {
    case 'state': {
      const { declared: was, deployed: is } = difference;
      return finding('drift/state', { rule, declared: was, deployed: is }, { ...common, identity: rule });
    }
    case 'schedule': {
      const { declared: was, deployed: is } = difference;
      const params = { rule, declared: printHoles(was), deployed: is };
      return finding('drift/schedule', params, { ...common, identity: rule });
    }
    case 'target': {
      const { drift } = difference;
      const params = { rule, target: printHoles(drift.target.id), how: targetWords(drift) };
      return finding('drift/target', params, {
        ...common,
        identity: `${rule} ${params.target} ${drift.kind}`,
      });
    }
    default: {
      const { drift } = difference;
      const places = {
        span: filterSpan(declared),
        related: beside(filterSpan(deployed)),
        identity: rule,
      };
      if (drift.kind === 'undecided')
        return finding('drift/undecided', { rule, reason: drift.reason }, places);
      const { gained, lost } = drift;
      const how =
        gained === undefined
          ? 'does not take this event, which the declared one takes'
          : lost === undefined
            ? 'takes this event, which the declared one does not take'
            : 'takes other events: this one it takes, and the declared one does not';
      const notes =
        gained !== undefined && lost !== undefined
          ? [`an event that it does not take and the declared one takes: ${JSON.stringify(lost)}`]
          : [];
      return finding('drift/pattern', { rule, how }, { ...places, notes, witness: gained ?? lost ?? null });
    }
  }
}

/** What is not the same about a target, in words. */
export function targetWords(drift: TargetDrift): string {
  switch (drift.kind) {
    case 'missing-target':
      return `${drift.arn} is declared and not deployed`;
    case 'extra-target':
      return `${drift.arn} is deployed and not declared`;
    case 'elsewhere':
      return `it leads to ${drift.deployed}, and is declared to lead to ${drift.declared}`;
    case 'input':
      return `it is given ${drift.deployed}, and declared to be given ${drift.declared}`;
    case 'retry':
      return `it is tried ${drift.deployed}, and declared to be tried ${drift.declared}`;
    default:
      return `its dead-letter queue is ${drift.deployed}, and declared to be ${drift.declared}`;
  }
}

function filterSpan({ filter, span }: Route): Span {
  return (filter.kind === 'pattern' ? filter.span : undefined) ?? span;
}

export function busName(route: Route): string {
  return printHoles(busOf(route) ?? 'none');
}

/** A loop that is there only as deployed, or only as declared. */
export function driftLoop({ loop, was }: OpenedLoop, direction: 'opened' | 'closed'): Diagnostic {
  const { verdict, hops, id } = loop;
  const other = was ?? 'no candidate';
  const path = loopWords(hops);
  // Where it came about: at a rule that is only there, or only so, in the account.
  const { route } = hops.find((hop) => hop.route.span.document.path.startsWith('arn:')) ?? hops[0]!;
  const common = { span: filterSpan(route), identity: id };
  if (direction === 'closed')
    return finding('drift/loop-closed', { path, was: verdict.kind, now: other }, common);
  const witness = witnessOf(verdict);
  return finding(
    'drift/loop-opened',
    { path, was: other, now: verdict.kind },
    {
      ...common,
      severity: verdict.kind === 'endless' ? 'error' : 'warning',
      ...(witness === undefined ? {} : { witness }),
    },
  );
}

function witnessOf(verdict: Loop['verdict']) {
  const events = verdict.kind === 'endless' || verdict.kind === 'possible' ? verdict.events() : [];
  return events.find((event) => event !== undefined);
}
