import type { JsonValue } from '../../json/value.ts';
import { code } from './literals.ts';
import { replaceOutsideTexts } from './outside-texts.ts';

/** The way to a part of a schema: `.properties`, `.anyOf[0].enum`. */
const WAY = String.raw`(?:\.[A-Za-z_$][\w$]*|\[\d+\]|\["(?:[^"\\]|\\.)*"\])*`;

/** A schema, and the way to a part of it. */
const USE = new RegExp(String.raw`\b(schema\d+)(${WAY})`, 'g');

/** Whether a key is among the members of a part of a schema: `func4.call(schema3.properties, key0)`. */
const MEMBERS = new RegExp(String.raw`func\d+\.call\((schema\d+)(${WAY}), (\w+)\)`, 'g');

const STEP = /\.([A-Za-z_$][\w$]*)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/g;

/** The parts of schemas that code looks at: of each schema only these are kept, as constants. */
export class SchemaParts {
  /** The constants of the parts that were met. */
  readonly declarations: string[] = [];
  private readonly schemas: ReadonlyMap<string, JsonValue>;
  private readonly names = new Map<string, string>();

  constructor(schemas: ReadonlyMap<string, JsonValue>) {
    this.schemas = schemas;
  }

  /** A line of code with constants in place of the parts. */
  named(line: string): string {
    // A cheap question first: most lines name no schema, though many speak of a "schemaPath".
    if (!/\bschema\d/.test(line)) return line;
    const names = line.replace(MEMBERS, (whole, schema: string, way: string, key: string) => {
      const value = this.partAt(schema, way);
      if (typeof value !== 'object' || value === null) return whole;
      const text = () => `new Set(${code(Object.keys(value))})`;
      return `${this.declare(`in ${schema}${way}`, 'members', text)}.has(${key})`;
    });
    return replaceOutsideTexts(names, USE, (whole, schema, way) => {
      const value = this.partAt(schema!, way!);
      return value === undefined ? whole : this.declare(`${schema}${way}`, 'part', () => code(value));
    });
  }

  private declare(key: string, prefix: string, text: () => string): string {
    const known = this.names.get(key);
    if (known !== undefined) return known;
    const name = `${prefix}${this.names.size}`;
    this.names.set(key, name);
    this.declarations.push(`const ${name} = ${text()};`);
    return name;
  }

  private partAt(schema: string, way: string): JsonValue | undefined {
    let value = this.schemas.get(schema);
    for (const [, name, index, text] of way.matchAll(STEP)) {
      if (typeof value !== 'object' || value === null) return undefined;
      const key = name ?? index ?? (JSON.parse(`"${text}"`) as string);
      value = Object.hasOwn(value, key) ? (value as Readonly<Record<string, JsonValue>>)[key] : undefined;
    }
    return value;
  }
}
