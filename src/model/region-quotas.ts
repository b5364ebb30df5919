/** What a Region lets through per account and second by default (UG eb-quota); both can be raised. */
export interface RegionQuotas {
  /** PutEvents requests; those above are rejected. */
  readonly putEvents: number;
  /** Invocations of targets; those above are delayed, not lost. */
  readonly invocations: number;
}

const groups: readonly (RegionQuotas & { readonly regions: readonly string[] })[] = [
  { putEvents: 10_000, invocations: 18_750, regions: ['us-east-1', 'us-west-2', 'eu-west-1'] },
  { putEvents: 2_400, invocations: 4_500, regions: ['us-east-2', 'eu-central-1', 'eu-south-2'] },
  {
    putEvents: 1_200,
    invocations: 2_250,
    regions: ['us-west-1', 'ap-northeast-1', 'ap-southeast-1', 'ap-southeast-2', 'eu-west-2'],
  },
  {
    putEvents: 600,
    invocations: 1_100,
    regions: [
      'ap-east-1',
      'ap-northeast-2',
      'ap-south-1',
      'ca-central-1',
      'eu-north-1',
      'eu-west-3',
      'sa-east-1',
    ],
  },
];

const elsewhere: RegionQuotas = { putEvents: 400, invocations: 750 };

/** The default quotas of a Region. */
export function quotasOf(region: string): RegionQuotas {
  const { putEvents, invocations } = groups.find(({ regions }) => regions.includes(region)) ?? elsewhere;
  return { putEvents, invocations };
}
