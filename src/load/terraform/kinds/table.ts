import { eventKinds } from './events.ts';
import { functionKinds } from './functions.ts';
import { gatewayKinds } from './gateways.ts';
import { iamKinds } from './iam.ts';
import type { TerraformKind } from './kind.ts';
import { storeKinds } from './stores.ts';

export type { TerraformKind } from './kind.ts';

/** The types of the AWS provider the tool knows. */
export const terraformKinds: ReadonlyMap<string, TerraformKind> = new Map(
  [...eventKinds, ...functionKinds, ...storeKinds, ...iamKinds, ...gatewayKinds].map((kind) => [
    kind.type,
    kind,
  ]),
);
