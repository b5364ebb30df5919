import type { Contract } from '../model/contract.ts';
import type { Library } from '../schema/library.ts';
import type { ChainMembers } from './chain-members.ts';
import type { EventNames } from './event-names.ts';
import type { ValidatorCode } from './validators/generate.ts';

/** An event type with all that its files are made of. */
export interface GeneratedEvent {
  readonly contract: Contract;
  /** The schema of `detail` as the root of its library. */
  readonly library: Library;
  readonly names: EventNames;
  readonly members: ChainMembers;
  readonly validator: ValidatorCode;
}

/** AWS publishes these itself: there are consumers and patterns for them, and no publishers. */
export function isOfAws({ contract }: GeneratedEvent): boolean {
  return contract.type.source.startsWith('aws.');
}
