import { ruleRoute } from '../../rule.ts';
import { inputShaping } from '../../shaping.ts';
import { stateOf } from '../../state.ts';
import { busIn, conditional } from '../reading.ts';
import { ownerTarget, type SamEvent, type SamEventReading } from './event.ts';

/**
 * `EventBridgeRule` and `CloudWatchEvent` expand to the same rule.
 *
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventbridgerule.html
 */
export const ruleEvents: readonly SamEvent[] = ['EventBridgeRule', 'CloudWatchEvent'].map((type) => ({
  type,
  rule: true,
  read: (event) => addRule(event, 'Pattern', undefined),
}));

/** `Schedule` expands to a rule with a schedule and no pattern. */
export const scheduleEvent: SamEvent = {
  type: 'Schedule',
  rule: true,
  read: (event) => addRule(event, undefined, event.properties.text('Schedule')),
};

function addRule(event: SamEventReading, patternKey: string | undefined, schedule: string | undefined): void {
  const { owner, properties, logicalId, id, span } = event;
  const { collector, draft } = owner;
  const target = ownerTarget(event, {
    id: properties.object('Target')?.text('Id') ?? `${logicalId}Target`,
    shaping: inputShaping(properties, collector),
  });
  const enabled = properties.flag('Enabled');
  const name = properties.text(patternKey ? 'RuleName' : 'Name');
  const route = {
    id,
    name: name || logicalId,
    bus: busIn(properties, 'EventBusName'),
    pattern: patternKey ? properties.raw(patternKey) : undefined,
    patternName: `${logicalId}.Pattern`,
    schedule,
    state: enabled === undefined ? stateOf(properties.text('State')) : enabled ? 'enabled' : 'disabled',
    targets: [target],
    ...conditional(owner),
    span,
  } as const;
  draft.routes.push(ruleRoute(route, collector));
}
