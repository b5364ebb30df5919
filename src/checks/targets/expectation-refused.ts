import { isCalled, matchedBy } from '../../contract/consumers.ts';
import { differenceWords } from '../../contract/difference-words.ts';
import type { Expectation } from '../../contract/expectation.ts';
import { answerFor, type Taken } from '../../contract/inclusion.ts';
import { SchemaFiles } from '../../contract/places.ts';
import { type Judges, takes } from '../../contract/takes.ts';
import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { bySourceAndType } from '../../graph/candidates.ts';
import type { Contract } from '../../model/contract.ts';
import { holesClosed } from '../../pattern/open-holes.ts';
import type { Pattern } from '../../pattern/pattern.ts';
import { restrictPattern } from '../../pattern/restrict.ts';
import type { Check, CheckContext } from '../check.ts';
import { type RuleTarget, ruleTargets } from './rule-targets.ts';
import { type Refused, refusedInput } from './shaped-input.ts';

/**
 * Consumers that a rule gives what they say they cannot read: the event as it is, or what Input, InputPath or
 * InputTransformer make of it. Told only with an event that is valid, is taken by the rule, and is refused as given.
 */
export const expectationRefused: Check = (context) => {
  if (context.expectations.length === 0) return [];
  const judges: Judges = {
    topology: context.topology,
    oracle: context.oracle,
    mayTake: bySourceAndType(),
  };
  const contracts = new Map(context.topology.contracts.map((contract) => [contract.id, contract]));
  return ruleTargets(context.topology).flatMap((each) =>
    expectationsOf(each, context).flatMap((expectation) => {
      const contract = contracts.get(expectation.contract.id);
      return contract ? judged(each, expectation, contract, judges, context) : [];
    }),
  );
};

function expectationsOf({ target }: RuleTarget, { topology, expectations }: CheckContext): Expectation[] {
  const { to } = target;
  if (to.kind !== 'component') return [];
  const component = topology.components.find(({ id }) => id === to.component);
  if (!component) return [];
  return expectations.filter((each) =>
    each.component === undefined ? isCalled(component, each.consumer) : each.component === component.id,
  );
}

function judged(
  each: RuleTarget,
  expectation: Expectation,
  contract: Contract,
  judges: Judges,
  { config }: CheckContext,
): Diagnostic[] {
  const { rule, target } = each;
  if (rule.filter.kind !== 'pattern' || takes(rule, contract, judges).answer !== 'yes') return [];
  const pattern = certainPart(rule.filter.pattern);
  if (pattern.alternatives.length === 0) return [];
  const taken = matchedBy([pattern], config.dottedKeys);
  const refused = isWhole(each)
    ? refusedEvent(expectation, contract, taken)
    : refusedInput(target.shaping, expectation, contract, taken);
  return refused ? [tell(each, expectation, contract, refused)] : [];
}

/** What the pattern takes whatever its unknown values are. The account and the Region are those of the bus. */
function certainPart(pattern: Pattern): Pattern {
  return holesClosed(
    restrictPattern(pattern, (path) => path !== 'account' && path !== 'region'),
    false,
  );
}

/** The event as it is, or all of its detail: what the consumer says it reads is about that. */
function isWhole({ target: { shaping } }: RuleTarget): boolean {
  return shaping.kind === 'event' || (shaping.kind === 'path' && /^\$(\.detail)?$/.test(shaping.path));
}

function refusedEvent(expectation: Expectation, contract: Contract, taken: Taken): Refused | undefined {
  const answer = answerFor('backward', expectation.contract, contract, taken);
  if (answer.verdict !== 'broken') return undefined;
  const { event, keyword, tokens } = answer.break;
  return { event, keyword, tokens, where: differenceWords(answer.break) };
}

function tell(
  { rule, target }: RuleTarget,
  { consumer, contract: asked, document }: Expectation,
  contract: Contract,
  { event, given, where, keyword, tokens, severity }: Refused,
): Diagnostic {
  const place = new SchemaFiles([document]).keyword(tokens, keyword) ?? asked.span;
  const shown = given === undefined ? undefined : JSON.stringify(given);
  return finding(
    'target/expectation-refused',
    { rule: rule.name, consumer, eventType: contract.id, where },
    {
      ...(severity ? { severity } : {}),
      span: 'span' in target.shaping ? target.shaping.span : target.span,
      label: `gives ${consumer} what it cannot read`,
      related: [
        { span: place, message: `${consumer} asks for this` },
        { span: contract.span, message: `the schema of ${contract.id}` },
      ],
      witness: event,
      notes:
        shown === undefined ? [] : [`it is given ${shown.length > 200 ? `${shown.slice(0, 197)}…` : shown}`],
      identity: `${rule.name} ${target.id} ${consumer} ${contract.id}`,
      fix: {
        text: `let the schema or the pattern of ${rule.name} promise what ${consumer} reads, give it on in the right form, or state less`,
      },
    },
  );
}
