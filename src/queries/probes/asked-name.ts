import type { EndOf } from '../../domain/flow.js';
import { clusterDomain, type ResolvConf, serviceName } from '../../parse/resolv-conf.js';

/** A name that every cluster has and answers itself. */
export const ownName = (config: ResolvConf | undefined): string =>
  `kubernetes.default.svc.${(config && clusterDomain(config)) ?? 'cluster.local'}.`;

/** The name that the flow goes by, whole: with the final dot, no search list is tried. */
export const nameOfEnd = (to: EndOf<'service'> | EndOf<'host'>, config: ResolvConf): string =>
  to.kind === 'host' ? `${to.name.replace(/\.$/, '')}.` : serviceName(config, to).name;
