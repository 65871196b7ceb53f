import { CannotLook } from '../../domain/cannot-look.js';
import type { NodeView } from '../../parse/rules/compare.js';
import { isCutOff } from '../../parse/rules/jumps.js';
import { writtenByProxy } from '../../parse/rules/proxy-rules.js';
import { ipvsDevice } from '../../parse/rules/service-handler.js';
import { refusals, translate, wouldTranslate } from '../../parse/rules/translate.js';
import type { Rules } from './read-rules.js';

/** In IPVS mode no rule translates, also where the address is missing on the interface: its tables are to say so. */
const leftToIpvs = (devices: readonly string[], written: NodeView['written']) =>
  devices.includes(ipvsDevice) && written.every(({ services }) => services === 0);

/** What the packet rules of one Node do to a connection from there to a Service address. */
export const serviceView = ({ rules, family, packet, devices, replacing, ipvs }: Rules): NodeView => {
  const { translations, lost } = translate(rules.tables, packet, family);
  if (lost) throw new CannotLook('lost', 'The packet rules lead in circles.');
  const written = writtenByProxy(rules.tables, family);
  const { rejects, drops } = refusals(rules.tables, packet, family);
  return {
    translations,
    // After a flush kube-proxy writes what has changed since, and neither the rest nor the way there.
    unreached:
      translations.length === 0 &&
      (wouldTranslate(rules.tables, packet, family) || isCutOff(rules.tables, packet, family)),
    written,
    ...(rejects !== undefined && { rejects }),
    ...(drops !== undefined && { drops }),
    replacing: [...replacing],
    ipvs: ipvs || leftToIpvs(devices, written),
  };
};
