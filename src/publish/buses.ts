import { splitHoles } from '../json/holes.ts';
import { parseArn } from '../load/cloudformation/arn.ts';
import type { Bus, BusId } from '../model/bus.ts';
import { asHoles } from './iam/glob.ts';

/** Finds the buses of a topology by the names and ARNs that code and policies use. */
export class Buses {
  private readonly ids: ReadonlySet<BusId>;

  constructor(buses: readonly Bus[]) {
    this.ids = new Set(buses.map(({ id }) => id));
  }

  /** The bus a name or ARN means. */
  named(text: string): BusId {
    const arn = parseArn(text);
    if (arn?.service !== 'events') return text;
    const { account, region, resource } = arn;
    const name = resource.startsWith('event-busv2/')
      ? `v2/${resource.slice('event-busv2/'.length).split(/\/(?![^\uE0F0]*\uE0F1)/)[0]}`
      : resource.replace(/^event-bus\//, '');
    const elsewhere = `${account}/${region}/${name}`;
    return this.ids.has(elsewhere) ? elsewhere : name;
  }

  /** The bus an IAM pattern means, with holes for its wildcards; undefined: any. */
  ofPattern(pattern: string): BusId | undefined {
    if (/^\*+$/.test(pattern)) return undefined;
    const arn = parseArn(pattern);
    // A pattern such as arn:aws:events:*:*:* or a wildcard in the ARN's own parts.
    if (!arn) return pattern.includes('*') || pattern.includes('?') ? undefined : this.named(pattern);
    if (!/^event-bus(?:v2)?\//.test(arn.resource))
      return arn.resource.includes('*') || arn.resource.includes('?') ? undefined : this.named(pattern);
    const name = arn.resource.slice(arn.resource.indexOf('/') + 1);
    if (/^\*+$/.test(name)) return undefined;
    return this.named(/[*?]|\$\{/.test(name) ? asHoles(pattern, `bus like ${name}`) : pattern);
  }

  /** The ARN that a policy would have to allow, as far as it is known. */
  arnOf(bus: string): string {
    if (parseArn(bus)) return bus;
    // A text that is wholly unknown may be an ARN or a name.
    const parts = splitHoles(bus);
    if (parts.length === 1 && 'hole' in parts[0]! && !this.ids.has(bus)) return bus;
    return `arn:\uE0F0AWS::Partition\uE0F1:events:\uE0F0AWS::Region\uE0F1:\uE0F0AWS::AccountId\uE0F1:event-bus/${bus}`;
  }
}
