import { type Collector, finding } from '../../diagnostic/diagnostic.ts';
import { itemsOf, nodeAt, textOf } from '../../json/node.ts';
import type { Component, ComponentKind, Condition } from '../../model/component.ts';
import type { Draft } from '../draft.ts';
import { Shape } from '../shape.ts';
import type { Reading } from './reading.ts';
import { resourceKinds } from './resources/table.ts';
import type { Scope } from './scope.ts';
import type { TemplateResource } from './template.ts';

/** Reads everything a template declares into a draft. */
export function readTemplate(scope: Scope, draft: Draft, collector: Collector): void {
  for (const resource of scope.resources.values()) {
    const kind = resourceKinds.get(resource.type);
    if (!kind?.read && kind?.component === undefined) continue;
    const reading = readingOf(scope, resource, draft, collector);
    if (kind.component !== undefined) draft.components.push(componentOf(scope, reading, kind.component));
    kind.read?.(reading);
  }
  for (const { key, keySpan } of scope.unknownLoops) {
    collector.add(finding('template/unknown-loop', { loop: key }, { span: keySpan }));
  }
}

/** The component a template resource is, for those that are one only because something points at them. */
export function declareComponent(
  scope: Scope,
  resource: TemplateResource,
  kind: ComponentKind,
  draft: Draft,
  collector: Collector,
): Component {
  return componentOf(scope, readingOf(scope, resource, draft, collector), kind);
}

function readingOf(scope: Scope, resource: TemplateResource, draft: Draft, collector: Collector): Reading {
  const { logicalId, node, keySpan } = resource;
  const written = nodeAt(node, 'Properties');
  const properties = new Shape(written && scope.resolve(written), logicalId, keySpan, collector);
  const condition = conditionOf(scope, resource);
  return {
    template: scope.template.id,
    resource,
    id: `${scope.template.id}#${logicalId}`,
    ...(condition ? { condition } : {}),
    properties,
    physical: scope.physical(logicalId),
    draft,
    collector,
  };
}

export function conditionOf(scope: Scope, resource: TemplateResource): Condition | undefined {
  const name = textOf(nodeAt(resource.node, 'Condition'));
  return name === undefined ? undefined : { name, holds: scope.condition(name) };
}

function componentOf(scope: Scope, reading: Reading, kind: ComponentKind): Component {
  const { id, resource, properties, condition } = reading;
  const metadata = nodeAt(resource.node, 'Metadata');
  const resolved = metadata && scope.resolve(metadata);
  return {
    id,
    kind,
    name: resource.logicalId,
    type: resource.type,
    addresses: addressesOf(reading),
    declared: true,
    ...(properties.node ? { properties: properties.node } : {}),
    ...(resolved ? { metadata: resolved } : {}),
    ...(condition ? { condition } : {}),
    span: resource.span,
  };
}

/** The texts by which others may name a template resource. */
export function addressesOf({ resource, physical }: Pick<Reading, 'resource' | 'physical'>): string[] {
  const told = itemsOf(nodeAt(resource.node, 'Addresses')).flatMap((node) => textOf(node) ?? []);
  const identity = resourceKinds.get(resource.type)?.identity;
  if (!identity || !physical || identity.borrowed) return told;
  const { ref } = identity;
  const texts = [physical.arn, physical.name, ...(identity.addresses?.(physical) ?? [])];
  if (typeof ref === 'function') texts.push(ref(physical));
  return [...new Set([...texts, ...told])];
}
