import type { Kind } from '../../../src/domain/kinds.js';
import { checkout, endpoint, node, pod, service, slice } from '../../steps/shop.js';

export type Objects = { readonly [K in Kind]?: readonly object[] };

const namespace = (name: string) => ({ metadata: { name }, status: { phase: 'Active' } });

/** A shop that is sound: `checkout` calls `cart`, which two Pods serve. */
export const soundShop: Objects = {
  namespaces: ['default', 'kube-system', 'shop'].map(namespace),
  nodes: [node('node-a'), node('node-b')],
  pods: [checkout(), pod('cart-1'), pod('cart-2')],
  services: [
    service(),
    service({ clusterIP: '10.96.4.8', clusterIPs: ['10.96.4.8'], selector: { app: 'payments' } }, 'payments'),
  ],
  endpointslices: [slice([endpoint('cart-1'), endpoint('cart-2')])],
};

/** The selector of `cart` fits no Pod. */
export const wrongSelector: Objects = {
  ...soundShop,
  services: [service({ selector: { app: 'kart' } })],
  endpointslices: [slice([])],
};
