import { isAddress } from './addresses.js';

/** What is told of a series of connects. */
interface Timed {
  readonly tries: readonly { readonly class: string; readonly ms?: number | undefined }[];
  readonly resent?: number | undefined;
  readonly onceLate?: true | undefined;
}

// "syn-retransmits from=88 to=90"
const line = /^syn-retransmits from=(\d+) to=(\d+)$/m;

/** How many first packets were sent again during a series; `undefined` where the kernel does not tell. */
export const readResent = (stdout: string): number | undefined => {
  const [, from, to] = line.exec(stdout) ?? [];
  const resent = Number(to) - Number(from);
  return Number.isSafeInteger(resent) && resent >= 0 ? resent : undefined;
};

// A first packet that is lost is sent again after one second (RFC 6298), and again a second or two later.
const second = 1000;
const early = 100;
const slack = 250;
const quick = 300;

/** Took as long as if its first packet had been sent again: about a whole number of seconds. */
export const sentAgain = (ms: number) => ms >= second - early && (ms + early) % second <= early + slack;

/**
 * How many connections opened only after a packet was sent again. A busy machine delays by any time, and the counter
 * of the kernel has seen everything else of the Pod, too: both have to agree. Where nobody counted, some have to be
 * quick, because a slow server and a far one delay all of them.
 */
export const lateOf = ({ tries, resent, onceLate }: Timed): number => {
  if (onceLate) return 0;
  const times = tries.flatMap(({ class: spoken, ms }) => (spoken === 'open' && ms !== undefined ? [ms] : []));
  const late = times.filter(sentAgain).length;
  if (resent !== undefined) return Math.min(late, resent);
  return times.filter((ms) => ms < quick).length >= late ? late : 0;
};

/** A name takes its time as well, which a clock cannot tell from that of the connect; a count of packets can. */
export const lateTo = (host: string, connect: Timed): number =>
  connect.resent !== undefined || isAddress(host) ? lateOf(connect) : 0;

/** The longest that a connect took to open. */
export const slowestOf = ({ tries }: Pick<Timed, 'tries'>): number =>
  Math.max(0, ...tries.map(({ class: spoken, ms = 0 }) => (spoken === 'open' ? ms : 0)));
