import { fillHoles, hasHole } from '../../json/holes.ts';
import { parseArn } from '../../load/cloudformation/arn.ts';
import type { TemplateResource } from '../../model/template-resource.ts';

/** What is declared, and what it is in the account. */
export class Counterparts {
  private readonly deployedById = new Map<string, TemplateResource>();
  private readonly declaredById = new Map<string, TemplateResource>();
  private readonly place: ReadonlyMap<string, string>;

  constructor(declared: readonly TemplateResource[], deployed: readonly TemplateResource[]) {
    const byKey = new Map<string, TemplateResource[]>();
    for (const each of deployed) {
      for (const key of keysOfDeployed(each)) byKey.set(key, [...(byKey.get(key) ?? []), each]);
    }
    for (const each of declared) {
      // The first kind of name that leads to exactly one thing decides.
      const found = keysOfDeclared(each)
        .map((key) => byKey.get(key))
        .find((list) => list?.length === 1)?.[0];
      if (!found || this.declaredById.has(found.id)) continue;
      this.deployedById.set(each.id, found);
      this.declaredById.set(found.id, each);
    }
    this.place = placeOf(deployed);
  }

  deployedOf(declaredId: string): string | undefined {
    return this.deployedById.get(declaredId)?.id;
  }

  declaredOf(deployedId: string): string | undefined {
    return this.declaredById.get(deployedId)?.id;
  }

  /** A declared text with the names and ids that things have in the account; what is not known stays open. */
  fill(text: string): string {
    return fillHoles(text, (key) => this.place.get(key) ?? this.nameOf(key));
  }

  private nameOf(key: string): string | undefined {
    if (!key.startsWith('res:')) return undefined;
    const deployed = this.deployedById.get(key.slice('res:'.length));
    return deployed && physicalName(deployed);
  }
}

const sameAs: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
};

/** What SAM and the Serverless Framework declare is deployed as what it expands to. */
function typeOf({ type }: TemplateResource): string {
  return sameAs[type] ?? type;
}

/** A name without an ARN round it; that of what is deployed is among its addresses. */
function physicalName({ addresses }: TemplateResource): string | undefined {
  return addresses.find((text) => text !== '' && !text.startsWith('arn:') && !text.startsWith('https:'));
}

function keysOfDeclared(resource: TemplateResource): string[] {
  const type = typeOf(resource);
  const name = physicalName(resource);
  const literal = name !== undefined && !hasHole(name) ? [`${type} is ${name}`] : [];
  return [...literal, `${type} from ${resource.logicalId}`, `${type} like ${resource.logicalId}`];
}

function keysOfDeployed(resource: TemplateResource): string[] {
  const type = typeOf(resource);
  const name = physicalName(resource);
  if (name === undefined) return [];
  const part = logicalIdIn(name);
  return [
    `${type} is ${name}`,
    `${type} from ${resource.logicalId}`,
    ...(part === undefined ? [] : [`${type} like ${part}`]),
  ];
}

/** The logical id in a name that CloudFormation made up: `stack-LogicalId-1A2B3C4D5E6F`. */
export function logicalIdIn(name: string): string | undefined {
  return /-([A-Za-z0-9]+)-[A-Z0-9a-z]{12,13}$/.exec(name)?.[1];
}

function placeOf(deployed: readonly TemplateResource[]): ReadonlyMap<string, string> {
  for (const { id } of deployed) {
    const { region, account } = parseArn(id) ?? {};
    if (!region || !account) continue;
    const partition = id.split(':')[1]!;
    return new Map([
      ['AWS::Partition', partition],
      ['AWS::Region', region],
      ['AWS::AccountId', account],
      ['AWS::URLSuffix', partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'],
    ]);
  }
  return new Map();
}
