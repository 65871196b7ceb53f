import { CannotLook } from '../../domain/cannot-look.js';
import type { NodeView } from '../../parse/rules/compare.js';
import { writtenByProxy } from '../../parse/rules/proxy-rules.js';
import { refusals, translate, wouldTranslate } from '../../parse/rules/translate.js';
import type { Rules } from './read-rules.js';

/** What the packet rules of one Node do to a connection from there to a Service address. */
export const serviceView = ({ rules, family, packet, replacing, ipvs }: Rules): NodeView => {
  const { translations, lost } = translate(rules.tables, packet, family);
  if (lost) throw new CannotLook('lost', 'The packet rules lead in circles.');
  const { rejects, drops } = refusals(rules.tables, packet, family);
  return {
    translations,
    unreached: translations.length === 0 && wouldTranslate(rules.tables, packet, family),
    written: writtenByProxy(rules.tables, family),
    ...(rejects !== undefined && { rejects }),
    ...(drops !== undefined && { drops }),
    replacing: [...replacing],
    ipvs,
  };
};
