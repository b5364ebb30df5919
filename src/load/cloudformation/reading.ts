import type { Collector } from '../../diagnostic/diagnostic.ts';
import { hole } from '../../json/holes.ts';
import type { ComponentId, Condition } from '../../model/component.ts';
import type { Draft, Place } from '../draft.ts';
import type { Shape } from '../shape.ts';
import type { Physical } from './identity.ts';
import type { TemplateResource } from './template.ts';

/** What a resource kind reads from, and writes to. */
export interface Reading {
  /** The template's id. */
  readonly template: string;
  readonly resource: TemplateResource;
  /** `template#LogicalId`. */
  readonly id: ComponentId;
  /** Under which condition the template resource exists, if under one. */
  readonly condition?: Condition;
  /** The resource's `Properties`, resolved. */
  readonly properties: Shape;
  readonly physical: Physical | undefined;
  readonly draft: Draft;
  readonly collector: Collector;
}

/** The component of the template resource being read, as an end of a route. */
export function itself(reading: Reading): Place {
  return { kind: 'component', component: reading.id };
}

/**
 * An ARN or name in a property, as an end of a route; undefined when the property is absent or no text. An empty
 * text is a parameter that nobody filled: it names something, nobody knows what.
 */
export function placeIn(shape: Shape, key: string, service?: string): Place | undefined {
  const node = shape.raw(key);
  const text = shape.text(key) || (node && unset(shape, key));
  if (!node || text === undefined) return undefined;
  return { kind: 'address', text, span: node.span, ...(service === undefined ? {} : { service }) };
}

/** The bus in a property; the default bus when the property is absent. */
export function busIn(shape: Shape, key: string): Place {
  const node = shape.raw(key);
  if (!node) return { kind: 'bus', reference: 'default', span: shape.span };
  return { kind: 'bus', reference: shape.text(key) || unset(shape, key), span: node.span };
}

function unset(shape: Shape, key: string): string {
  return hole(`${shape.where}.${key}`);
}

/** `condition`, if there is one, as a part to spread into what the template resource becomes. */
export function conditional(reading: Reading): { condition?: Condition } {
  return reading.condition ? { condition: reading.condition } : {};
}
