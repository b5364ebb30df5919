import { printHoles } from '../json/holes.ts';
import type { Component } from '../model/component.ts';

/** Where, and in what words, somebody can say something about a component: what is deployed has no template to write in. */
export function placeOfDeclaration(component: Component | undefined, said: string): string {
  const deployed = component?.span?.document.path.startsWith('arn:') === true;
  return deployed
    ? `in the config: components: { ${printHoles(component.name)}: { ${said} } }`
    : `in the Metadata of the template resource: Busproof: { ${said} }`;
}
