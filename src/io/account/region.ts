import type { JsonObject, JsonValue } from '../../json/value.ts';
import {
  type ApiItem,
  type RegionList,
  type RegionSnapshot,
  regionLists,
  type StackName,
} from '../../load/account/snapshot.ts';
import type { Answer } from './caller.ts';

/** What is known of a Region so far. */
export class Region {
  readonly name: string;
  readonly lists: Record<RegionList, ApiItem[]>;
  readonly names = new Map<string, StackName>();

  constructor(name: string) {
    this.name = name;
    this.lists = Object.fromEntries(regionLists.map((list) => [list, []])) as unknown as Record<
      RegionList,
      ApiItem[]
    >;
  }

  snapshot(): RegionSnapshot {
    return { region: this.name, names: Object.fromEntries(this.names), ...this.lists };
  }

  /** Puts an answer in the place of the item that has the same text under a key. */
  replace(list: RegionList, key: string, item: ApiItem): void {
    const at = this.lists[list].findIndex((each) => each[key] === item[key]);
    if (at < 0) this.lists[list].push(item);
    else this.lists[list][at] = item;
  }
}

/** Some members of an answer. */
export function pick(answer: Answer, ...keys: readonly string[]): ApiItem {
  return itemOf(Object.fromEntries(keys.map((key) => [key, answer[key]])));
}

/** An answer as an item: what is undefined is left out. */
export function itemOf(answer: { readonly [key: string]: JsonValue | undefined }): ApiItem {
  return Object.fromEntries(
    Object.entries(answer).filter(([, value]) => value !== undefined && value !== null),
  ) as JsonObject;
}

/** A text of an answer. */
export function textOf(answer: Answer | undefined, key: string): string | undefined {
  const value = answer?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
