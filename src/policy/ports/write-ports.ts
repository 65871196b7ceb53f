import { isEveryPort, isEverything, type PortSet, protocols } from './port-set.js';
import { writeSpans } from './spans.js';

export interface WrittenPorts {
  readonly protocol: string;
  readonly ports: string;
}

/** One entry per protocol, or a single `*` for everything, protocols without ports included. */
export const writePorts = (ports: PortSet): WrittenPorts[] => {
  if (isEverything(ports)) return [{ protocol: '*', ports: '*' }];
  return protocols
    .filter((protocol) => ports[protocol].length > 0)
    .map((protocol) => ({ protocol, ports: isEveryPort(ports[protocol]) ? '*' : writeSpans(ports[protocol]) }));
};
