/** What a consumer says of an event; it shows in the function's log and in tests. */
export interface Outcome {
  readonly status: 'published';
}
