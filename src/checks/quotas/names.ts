import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import type { Span } from '../../json/document.ts';
import { hasHole } from '../../json/holes.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { property, propertyText } from '../../publish/inventory.ts';
import type { Check } from '../check.ts';
import { ruleTargets } from '../targets/rule-targets.ts';

interface NameRule {
  readonly what: string;
  readonly most: number;
  readonly form: RegExp;
  readonly characters: string;
}

const plain = { form: /^[.\-_A-Za-z0-9]*$/, characters: 'letters, digits, ".", "-" and "_"' };

/** Forms of names, from the service's API model; by type of template resource the property that holds the name. */
const names: Readonly<Record<string, NameRule & { readonly property: string }>> = {
  'AWS::Events::Rule': { property: 'Name', what: 'name of a rule', most: 64, ...plain },
  'AWS::Events::EventBus': {
    property: 'Name',
    what: 'name of a bus',
    most: 256,
    form: /^[/.\-_A-Za-z0-9]*$/,
    characters: 'letters, digits, "/", ".", "-" and "_"',
  },
  'AWS::Events::Archive': { property: 'ArchiveName', what: 'name of an archive', most: 48, ...plain },
};

const targetId: NameRule = { what: 'id of a target', most: 64, ...plain };
const detailType = 128;

/** Names that the service refuses, and detail-types that PutEvents refuses. */
export const nameLengths: Check = ({ inventory, topology }) => [
  ...inventory.ofType(...Object.keys(names)).flatMap((resource) => named(resource)),
  ...ruleTargets(topology)
    .filter(({ target }) => target.parameters !== undefined)
    .flatMap(({ target }) => wrong(target.id, targetId, target.span)),
  ...topology.contracts.flatMap(({ type, span }) =>
    type.detailType.length > detailType
      ? [tooLong('detail-type', type.detailType, `at most ${detailType} characters`, span)]
      : [],
  ),
];

function named(resource: TemplateResource): Diagnostic[] {
  const rule = names[resource.type]!;
  const text = propertyText(resource, rule.property);
  const node = property(resource, rule.property);
  return text === undefined || !node ? [] : wrong(text, rule, node.span);
}

function wrong(text: string, { what, most, form, characters }: NameRule, span: Span): Diagnostic[] {
  // Braces are another tool's placeholders, or dynamic references.
  if (hasHole(text) || text.includes('{{')) return [];
  if (text.length <= most && form.test(text)) return [];
  return [tooLong(what, text, `1 to ${most} ${characters}`, span)];
}

function tooLong(what: string, name: string, allowed: string, span: Span): Diagnostic {
  return finding('quota/name', { what, name, allowed }, { span, identity: `${what} ${name}` });
}
