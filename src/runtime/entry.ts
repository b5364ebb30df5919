/** An entry of a PutEvents request, ready to be sent. */
export interface Entry {
  readonly Source: string;
  readonly DetailType: string;
  /** `detail` as JSON. */
  readonly Detail: string;
  readonly EventBusName?: string;
  readonly Time?: Date;
  readonly Resources?: string[];
  readonly TraceHeader?: string;
}
