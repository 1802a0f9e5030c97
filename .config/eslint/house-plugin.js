import { acrossOrgsReason } from './rules/across-orgs-reason.js';
import { namedExportsOnly } from './rules/named-exports-only.js';
import { noBareDriver } from './rules/no-bare-driver.js';
import { noBareRepository } from './rules/no-bare-repository.js';
import { noEnvironment } from './rules/no-environment.js';
import { noOutboundNetwork } from './rules/no-outbound-network.js';
import { sdkTakesEgress } from './rules/sdk-takes-egress.js';

/** The habits of this house that no published rule knows. Each message says what to do instead. */
export const housePlugin = {
  meta: { name: 'house' },
  rules: {
    'across-orgs-reason': acrossOrgsReason,
    'named-exports-only': namedExportsOnly,
    'no-bare-driver': noBareDriver,
    'no-bare-repository': noBareRepository,
    'no-environment': noEnvironment,
    'no-outbound-network': noOutboundNetwork,
    'sdk-takes-egress': sdkTakesEgress,
  },
};
