import type { Collector } from '../diagnostic/diagnostic.ts';
import type { Document } from '../json/document.ts';
import type { Node } from '../json/node.ts';
import { parseData } from '../json/parse-data.ts';
import { isCloudFormation, isServerless, type Template, templateOf } from './cloudformation/template.ts';
import { serverlessTemplate } from './serverless/service.ts';
import { type PlanFile, planFile } from './terraform/plan-file.ts';

/** The files templates are read from: those that were given, and those beside them that they name. */
export class TemplateFiles {
  private readonly given = new Map<string, Document>();
  private readonly roots = new Map<string, Node | undefined>();
  private readonly documents = new Map<string, Document>();
  private readonly templates = new Map<string, Template | undefined>();
  private readonly planFiles = new Map<string, PlanFile>();
  /** Files that a Serverless service includes: read as parts of it, not for themselves. */
  private readonly included = new Set<string>();
  private readonly readLocal: ((path: string) => Document | undefined) | undefined;
  private readonly collector: Collector;

  constructor(
    documents: readonly Document[],
    readLocal: ((path: string) => Document | undefined) | undefined,
    collector: Collector,
  ) {
    for (const document of documents) this.given.set(document.path, document);
    this.readLocal = readLocal;
    this.collector = collector;
  }

  /** The templates among the given files, in their order. */
  all(): Template[] {
    const paths = [...this.given.keys()];
    // Services come first: what they include is theirs.
    for (const path of paths) {
      const root = this.rootAt(path);
      if (root && !isCloudFormation(root) && isServerless(root)) this.templateAt(path);
    }
    return paths.flatMap((path) => (this.included.has(path) ? [] : (this.templateAt(path) ?? [])));
  }

  /** The Terraform plans and states among the given files. */
  plans(): PlanFile[] {
    return [...this.given.keys()].flatMap((path) => {
      this.rootAt(path);
      return this.planFiles.get(path) ?? [];
    });
  }

  /** The template at a path, given or read now; undefined when there is none. */
  templateAt(path: string): Template | undefined {
    if (this.templates.has(path)) return this.templates.get(path);
    const root = this.rootAt(path);
    const document = this.documents.get(path);
    this.templates.set(path, undefined);
    const template = root && document && this.read(document, root);
    this.templates.set(path, template);
    return template;
  }

  private read(document: Document, root: Node): Template | undefined {
    if (isCloudFormation(root)) return templateOf(document, root, document.path);
    if (!isServerless(root)) return undefined;
    const include = (path: string): Node | undefined => {
      if (path !== document.path) this.included.add(path);
      return this.rootAt(path);
    };
    return serverlessTemplate(document, root, include, this.collector);
  }

  private rootAt(path: string): Node | undefined {
    if (this.roots.has(path)) return this.roots.get(path);
    const document = this.given.get(path) ?? this.readLocal?.(path);
    const plan = document && planFile(document);
    const root = plan ? this.collector.take(plan).root : document && this.collector.take(parseData(document));
    if (plan?.value.root) this.planFiles.set(path, plan.value);
    if (document) this.documents.set(path, document);
    this.roots.set(path, root);
    return root;
  }
}
