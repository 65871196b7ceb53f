import type { RunPort } from '../../domain/ports.js';
import type { ArgsOf } from '../../domain/query.js';
import { understood } from '../../domain/understood.js';
import { allOf, type ConnectFacts } from '../../parse/connect.js';
import { lateOf } from '../../parse/late.js';
import { tcpConnect } from '../tcp-connect.js';

/** So many looks tell one bad moment from a network that goes on losing. */
const looksAtMost = 3;

/**
 * Connects side by side, and again where some of them were late: one packet in a million is lost on any network, and
 * a machine may stand still for a second. Only what was late in two looks is `late`; all looks count as tries.
 */
export const connectSeries = async (
  place: RunPort<typeof tcpConnect>,
  args: ArgsOf<typeof tcpConnect>,
): Promise<ConnectFacts> => {
  const looks: ConnectFacts[] = [];
  const late = () => looks.filter((one) => lateOf(one) > 0).length;
  do looks.push(understood(await place.run(tcpConnect, args)));
  while (late() === 1 && looks.length < looksAtMost);
  return allOf(looks, { onceLate: late() === 1 });
};
