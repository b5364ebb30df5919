import { holeKeys } from '../json/holes.ts';
import { type Node, nodeAt } from '../json/node.ts';
import { idWithin } from '../load/addresses.ts';
import { scalarText } from '../load/cloudformation/values.ts';
import type { TemplateResource } from '../model/template-resource.ts';

/** All template resources, found by what others call them. */
export class Inventory {
  readonly all: readonly TemplateResource[];
  private readonly byId = new Map<string, TemplateResource>();
  private readonly byAddress = new Map<string, TemplateResource>();
  private readonly byType = new Map<string, TemplateResource[]>();

  constructor(all: readonly TemplateResource[]) {
    this.all = all;
    for (const each of all) {
      if (!this.byId.has(each.id)) this.byId.set(each.id, each);
      for (const text of each.addresses) if (!this.byAddress.has(text)) this.byAddress.set(text, each);
      this.byType.set(each.type, [...(this.byType.get(each.type) ?? []), each]);
    }
  }

  withId(id: string): TemplateResource | undefined {
    return this.byId.get(id);
  }

  ofType(...types: readonly string[]): TemplateResource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The template resource a resolved reference names: by its own unknown name or attribute, or by an address. */
  named(text: string | undefined): TemplateResource | undefined {
    if (text === undefined) return undefined;
    return this.byAddress.get(text) ?? this.owner(text);
  }

  private owner(text: string): TemplateResource | undefined {
    for (const key of holeKeys(text)) {
      if (!key.startsWith('res:')) continue;
      const id = idWithin(key.slice('res:'.length), (each) => this.byId.has(each));
      if (id !== undefined) return this.byId.get(id);
    }
    return undefined;
  }
}

/** A property of a template resource, resolved. */
export function property(
  resource: TemplateResource,
  ...path: readonly (string | number)[]
): Node | undefined {
  return nodeAt(resource.attributes, 'Properties', ...path);
}

export function propertyText(
  resource: TemplateResource,
  ...path: readonly (string | number)[]
): string | undefined {
  return scalarText(property(resource, ...path));
}
