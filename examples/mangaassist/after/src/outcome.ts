/** What a consumer says of an event; it shows in the function's log and in tests. */
export type Outcome =
  | { readonly status: 'published' }
  | { readonly status: 'rejected'; readonly reason: 'max_chain_depth' };
