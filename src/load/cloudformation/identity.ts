import type { Environment } from './arn.ts';

/** What a template resource is called once it is deployed; texts with holes. */
export interface Physical {
  readonly name: string;
  readonly arn: string;
  readonly environment: Environment;
  /** A text that stands for some attribute nobody can know before. */
  unknown(attribute: string): string;
}

/** How the physical name and the ARN of a type are made, and which of them `Ref` and `Fn::GetAtt` give. */
export interface Identity {
  /** The property that sets the name; without it AWS makes one up. */
  readonly nameProperty?: string;
  /** Where the name stands, if not in a property of its own: the first of the paths that leads to one. */
  readonly namePaths?: readonly (readonly (string | number)[])[];
  arn(name: string, environment: Environment, unknown: (attribute: string) => string): string;
  readonly ref: 'name' | 'arn' | ((physical: Physical) => string);
  /** Attributes of `Fn::GetAtt` beside `Arn`. */
  readonly attributes?: Readonly<Record<string, 'name' | 'arn' | ((physical: Physical) => string)>>;
  /** Whether it only is another name of another template resource (a function's version). */
  readonly borrowed?: true;
  /** Further texts that mean the same thing. */
  addresses?(physical: Physical): readonly string[];
}

/** The text that `Ref`, or one attribute, gives. */
export function pick(which: Identity['ref'], physical: Physical): string {
  return which === 'name' ? physical.name : which === 'arn' ? physical.arn : which(physical);
}

/** What `Fn::GetAtt` gives for an attribute; undefined for one that only the deployment knows. */
export function knownAttribute(
  identity: Identity,
  physical: Physical,
  attribute: string,
): string | undefined {
  const which =
    identity.attributes && Object.hasOwn(identity.attributes, attribute)
      ? identity.attributes[attribute]
      : attribute === 'Arn'
        ? 'arn'
        : attribute === identity.nameProperty
          ? 'name'
          : undefined;
  return which && pick(which, physical);
}
