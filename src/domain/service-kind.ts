import { z } from 'zod';
import type { KubeObject } from './kinds.js';

/** `virtual` has an address that kube-proxy translates; `headless` is only names; `external-name` is only a CNAME. */
export const serviceKindSchema = z.enum(['absent', 'external-name', 'headless', 'virtual']);
export type ServiceKind = z.infer<typeof serviceKindSchema>;

export const serviceKind = (service: KubeObject<'services'> | undefined): ServiceKind => {
  if (!service) return 'absent';
  if (service.spec?.type === 'ExternalName') return 'external-name';
  return service.spec?.clusterIP === 'None' ? 'headless' : 'virtual';
};
