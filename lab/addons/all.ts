import type { AddonName } from '../cluster/profiles.ts';
import type { Addon } from './addon.ts';
import { balancer } from './balancer.ts';
import { gateway } from './gateway.ts';
import { ingress } from './ingress.ts';
import { nodeLocalDns } from './node-local-dns.ts';
import { policy } from './policy.ts';

export const ADDONS: Record<AddonName, Addon> = { policy, ingress, balancer, gateway, 'node-local-dns': nodeLocalDns };
