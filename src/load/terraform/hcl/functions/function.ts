import type { Span } from '../../../../json/document.ts';
import type { Member, Node } from '../../../../json/node.ts';
import { textNode } from '../../../cloudformation/values.ts';
import type { Names } from '../names.ts';
import { isClosed, isOpen, textOfValue } from '../nodes.ts';

/** A function of the Terraform language. Undefined: what it gives is not known. */
export type Function = (given: readonly Node[], span: Span, names: Names) => Node | undefined;

/** A function of texts that are known as a whole, or of texts whatever holes are in them. */
export function ofTexts(run: (...texts: string[]) => string | undefined, holes = false): Function {
  return (given, span) => {
    const texts = given.map((node) => (holes || isClosed(node) ? textOfValue(node) : undefined));
    if (texts.some((text) => text === undefined)) return undefined;
    const made = run(...(texts as string[]));
    return made === undefined ? undefined : textNode(made, span);
  };
}

export function itemsIn(node: Node | undefined): readonly Node[] | undefined {
  return node?.kind === 'array' && !isOpen(node) ? node.items : undefined;
}

export function membersIn(node: Node | undefined): readonly Member[] | undefined {
  return node?.kind === 'object' ? node.members : undefined;
}

/** A function of one list. */
export function ofList(run: (items: readonly Node[], span: Span) => Node | undefined): Function {
  return ([list], span) => {
    const items = itemsIn(list);
    return items && run(items, span);
  };
}

export function whole(given: readonly Node[], index: number): number | undefined {
  const number = Number(textOfValue(given[index]));
  return Number.isInteger(number) ? number : undefined;
}
