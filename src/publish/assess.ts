import { posix } from 'node:path';
import type { Document } from '../json/document.ts';
import { spanOf } from '../json/document.ts';
import type { TemplateResource } from '../model/template-resource.ts';
import { definitionOf, type ReadBeside } from './catalogue/definition.ts';
import { type MachineReading, readMachine } from './catalogue/state-language.ts';
import { environmentOf } from './code/environment.ts';
import { type CodeReading, readHandler } from './code/handler.ts';
import { javaSources } from './code/java/locate.ts';
import { readJava } from './code/java/read.ts';
import { type CodeFiles, type FindScripts, handlerOf } from './code/locate.ts';
import type { Parsers } from './code/parsers.ts';
import type { ReadFile } from './code/project.ts';
import type { FollowedFields } from './emissions.ts';
import { boundOf } from './iam/bound.ts';
import { hasRole, permissionsOf } from './iam/roles.ts';
import { type Inventory, propertyText } from './inventory.ts';
import type { Publisher } from './publisher.ts';

/** Files beside the templates, and the parsers to read code with; without them no code is read. */
export interface Sources {
  readonly read?: ReadFile;
  readonly parsers?: Parsers;
  readonly scripts?: FindScripts;
}

const machines = /^AWS::(?:StepFunctions|Serverless)::StateMachine$/;
const functions = /^(?:AWS::(?:Lambda|Serverless)|Serverless)::Function$/;

/** Whether a template resource runs something that may publish. */
export function mayPublishItself({ type }: TemplateResource): boolean {
  return hasRole(type) || functions.test(type);
}

/** Whether a template resource runs Java: its parser is loaded only where something does. */
export function runsJava(resource: TemplateResource): boolean {
  if (!functions.test(resource.type)) return false;
  const texts = ['Runtime', 'runtime', 'Handler', 'handler'].map((key) => propertyText(resource, key) ?? '');
  return texts.some((text) => /^java|::/.test(text));
}

/** Puts together what role, definition and code say about one template resource. `code`: where the user says it is. */
export function assess(
  resource: TemplateResource,
  inventory: Inventory,
  { read, parsers, scripts }: Sources,
  { depthField }: FollowedFields,
  code?: string,
): Publisher & { readonly machine?: MachineReading } {
  const permissions = permissionsOf(resource, inventory);
  const bound = permissions && {
    grants: [permissions.statements, ...permissions.assumed].flatMap((each) => boundOf(each).grants),
  };
  const bestEffort = resource.type === 'Serverless::Function';
  const common = {
    resource,
    ...(bound ? { bound } : {}),
    ...(permissions ? { roleSpan: permissions.span } : {}),
    ...(bestEffort ? { roleMayGrow: true } : {}),
    statements: permissions?.statements ?? [],
    beyond: permissions?.beyond ?? [],
    publications: [],
    unresolved: [],
    open: [],
    callsModel: false,
  };
  if (machines.test(resource.type)) {
    const definition = definitionOf(resource, readBeside(read));
    if (!definition) return common;
    const machine = readMachine(definition, resource.logicalId);
    return {
      ...common,
      publications: machine.publications,
      unresolved: machine.open.map(({ span }) => span),
      read: { what: 'definition', closed: machine.open.length === 0, span: definition.span },
      machine,
    };
  }
  const silent = bound?.grants.length === 0 && common.beyond.length === 0 && !bestEffort;
  if (!parsers || (code === undefined && !functions.test(resource.type))) return common;
  const files = { read: read ?? (() => undefined), ...(scripts ? { scripts } : {}) };
  const reading = readingOf(resource, inventory, files, parsers, depthField, code);
  if (!reading) return common;
  // A role that allows nothing is proof enough that nothing is published: what the code would publish is one permission away.
  if (silent) return { ...common, keptBack: reading.publications };
  return {
    ...common,
    publications: reading.publications,
    unresolved: reading.unresolved,
    open: reading.open,
    callsModel: reading.callsModel,
    ...(reading.rejects ? { rejects: reading.rejects } : {}),
    read: {
      what: 'code',
      closed: reading.open.length === 0 && reading.unresolved.length === 0,
      span: spanOf(reading.document, 0, 1),
    },
  };
}

/** What its code says; undefined: it is not found, or in no language that is read. */
function readingOf(
  resource: TemplateResource,
  inventory: Inventory,
  files: CodeFiles,
  parsers: Parsers,
  depthField: string,
  code: string | undefined,
): CodeReading | undefined {
  const handler = handlerOf(resource, inventory, files, code);
  if (handler) return readHandler(handler, environmentOf(resource), parsers, { depthField });
  const java = parsers.java && code === undefined ? javaSources(resource, files) : undefined;
  return java?.length ? readJava(java, environmentOf(resource), parsers.java!) : undefined;
}

/** Reads files by paths relative to the document that names them. */
export function readBeside(read: ReadFile | undefined): ReadBeside {
  return (from: Document, path: string) =>
    read?.(posix.normalize(posix.join(posix.dirname(from.path), path)));
}
