import type { ResourceKind } from '../resource-kind.ts';
import { eventsBus } from './events-bus.ts';
import { eventsRule } from './events-rule.ts';
import { lambdaFunction } from './lambda-function.ts';
import { samFunction } from './sam-function.ts';
import { samStateMachine, stateMachine } from './state-machine.ts';

/** The types of template resources the tool knows by name. */
export const resourceKinds: ReadonlyMap<string, ResourceKind> = new Map(
  [eventsBus, eventsRule, lambdaFunction, samFunction, stateMachine, samStateMachine].map((kind) => [
    kind.type,
    kind,
  ]),
);
