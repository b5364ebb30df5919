import { splitHoles } from '../json/holes.ts';
import { parseArn } from '../load/cloudformation/arn.ts';
import type { Bus, BusId } from '../model/bus.ts';
import { asHoles } from './iam/glob.ts';

/** Finds the buses of a topology by the names and ARNs that code and policies use. */
export class Buses {
  private readonly ids: ReadonlySet<BusId>;
  /** The account and Region that names are of, where buses of several are told apart: `111122223333/eu-west-1/`. */
  private readonly here: string | undefined;

  constructor(buses: readonly Bus[], here?: string) {
    this.ids = new Set(buses.map(({ id }) => id));
    this.here = here;
  }

  /** The same buses as something sees them: names alone are of its own account and Region. */
  near(addresses: readonly string[]): Buses {
    const [account, region] = placeOf(addresses);
    if (account === undefined) return this;
    const own = `${account}/${region}/`;
    if (![...this.ids].some((id) => id.startsWith(own))) return this;
    return new Buses(
      [...this.ids].map((id) => ({ id, kind: 'custom', declared: true })),
      own,
    );
  }

  /** The bus a name or ARN means. */
  named(text: string): BusId {
    const arn = parseArn(text);
    if (arn?.service !== 'events') return this.local(text);
    const { account, region, resource } = arn;
    const name = resource.startsWith('event-busv2/')
      ? `v2/${resource.slice('event-busv2/'.length).split(/\/(?![^\uE0F0]*\uE0F1)/)[0]}`
      : resource.replace(/^event-bus\//, '');
    const elsewhere = `${account}/${region}/${name}`;
    if (this.ids.has(elsewhere)) return elsewhere;
    // A policy that leaves the Region open means, for what runs in one, that one.
    return /[*?\uE0F0]/.test(region) ? this.local(name) : name;
  }

  private local(name: string): BusId {
    const own = `${this.here ?? ''}${name}`;
    return this.here !== undefined && this.ids.has(own) ? own : name;
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
  arnOf(text: string): string {
    if (parseArn(text)) return text;
    const bus = this.local(text);
    const [, account, region, name] = /^(\d{12})\/([a-z0-9-]+)\/(.+)$/.exec(bus) ?? [];
    if (name !== undefined)
      return `arn:\uE0F0AWS::Partition\uE0F1:events:${region}:${account}:event-bus/${name}`;
    // A text that is wholly unknown may be an ARN or a name.
    const parts = splitHoles(bus);
    if (parts.length === 1 && 'hole' in parts[0]! && !this.ids.has(bus)) return bus;
    return `arn:\uE0F0AWS::Partition\uE0F1:events:\uE0F0AWS::Region\uE0F1:\uE0F0AWS::AccountId\uE0F1:event-bus/${bus}`;
  }
}

/** The account and Region in the ARN of something that has both. */
function placeOf(addresses: readonly string[]): readonly [account?: string, region?: string] {
  for (const text of addresses) {
    const { account, region } = parseArn(text) ?? {};
    if (account && region && /^\d{12}$/.test(account) && /^[a-z0-9-]+$/.test(region))
      return [account, region];
  }
  return [];
}
