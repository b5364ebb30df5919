/** Events that a service publishes on the default bus about what it did, as a line of a table. */
export interface CatalogueEntry {
  readonly source: string;
  readonly detailTypes: readonly string[];
  /** The types of template resources whose work leads to them; `AWS::Batch::*` for all of a service. */
  readonly types: readonly string[];
  /** Targets that are no template resources, by how their ARN goes on behind the partition: `ssm:`, `events:target/`. */
  readonly arns?: readonly string[];
  /** The path in `detail` of the name or ARN of the template resource. */
  readonly about?: { readonly field: string; readonly is: 'name' | 'arn' };
}
