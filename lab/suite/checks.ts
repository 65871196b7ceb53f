import type { Lab } from '../cluster/plan.ts';
import type { Profile } from '../cluster/profiles.ts';
import { testAccess } from './access.ts';
import { testAdapters } from './adapters.ts';
import { testBalancer } from './balancer.ts';
import { testHistory } from './history.ts';
import { testIngressController } from './ingress-controller.ts';
import { testNodeLocalDns } from './node-local-dns.ts';
import { testPodWays } from './pod-ways.ts';
import { testPolicyAgent } from './policy-agent.ts';
import { testPolicyRandom } from './policy-random.ts';
import { testRemedies } from './remedies.ts';
import type { Tally } from './tally.ts';
import { testUsage } from './usage.ts';

type Check = (lab: Lab, tally: Tally) => Promise<void>;

/** What is proved beside the faults, once on each kind of cluster that has it. */
const CHECKS: Partial<Record<Profile, readonly Check[]>> = {
  plain: [testAdapters, testAccess, testPodWays, testRemedies],
  doors: [testBalancer, testIngressController, testPolicyAgent, testPolicyRandom],
  nft: [testPolicyAgent],
  cached: [testNodeLocalDns],
  routed: [testHistory, testUsage],
};

export const checksOf = (profile: Profile): readonly Check[] => CHECKS[profile] ?? [];
