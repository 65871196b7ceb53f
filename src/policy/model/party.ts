import type { ContainerPort } from '../../domain/container-port.js';
import type { Labels } from '../../domain/selector.js';
import type { Address } from '../address/address.js';

export type PartyKind = 'pod' | 'workload' | 'node' | 'outside';

/**
 * One end of a connection as a rule may see it, with one of its addresses: a dual-stack Pod is two parties.
 * `outside` stands for a range of addresses that no rule tells apart; its `address` is the first of them.
 */
export interface Party {
  readonly kind: PartyKind;
  /** As a matrix writes it: `shop/cart`, `shop/cart[Deployment]`, `node/a`, an address or a range. */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  /** It is a node, and what it is labelled is not known. */
  readonly labelsUnknown?: boolean;
  readonly namespaceLabels: Labels;
  readonly serviceAccount: string;
  readonly hostNetwork: boolean;
  /** The node it runs on, or is; empty where nobody has said. */
  readonly node: string;
  readonly declared: readonly ContainerPort[];
  readonly address: Address | undefined;
}

/** A Pod with a network of its own, or a workload that would make such Pods. */
export const isPod = ({ kind, hostNetwork }: Party): boolean => (kind === 'pod' || kind === 'workload') && !hostNetwork;

/** Reached by the address of a node: a node itself, or a Pod in its network. */
export const isOnHost = ({ kind, hostNetwork }: Party): boolean => kind === 'node' || hostNetwork;
