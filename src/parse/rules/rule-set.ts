type Of<On extends string, More> = On extends string ? { readonly on: On } & Readonly<More> : never;

/** What a rule asks of a packet, in the words that iptables and nftables share. */
export type Test =
  | Of<'source' | 'destination', { among: readonly string[]; not: boolean }>
  | Of<'protocol' | 'in' | 'out' | 'state', { among: readonly string[]; not: boolean }>
  | Of<'source-kind' | 'destination-kind', { among: readonly string[]; not: boolean }>
  | Of<'port' | 'source-port', { among: readonly (readonly [number, number])[]; not: boolean }>
  | Of<'mark', { value: number; mask: number; not: boolean }>
  | Of<'chance', { share: number }>
  /** Where this client went last, for so many seconds. */
  | Of<'affinity', { seconds: number }>
  /** Whether a set of ipset has it, looked at by these ends ("dst,dst,src"). */
  | Of<'set', { name: string; ends: readonly string[]; not: boolean }>
  | Of<'unknown', { text: string }>;

export type Action =
  | { readonly do: 'accept' | 'drop' | 'return' | 'continue' | 'masquerade' }
  | { readonly do: 'reject'; readonly with: string }
  | { readonly do: 'jump' | 'goto'; readonly chain: string }
  | { readonly do: 'dnat'; readonly address: string; readonly port: number | undefined }
  | { readonly do: 'redirect'; readonly port: number | undefined }
  | { readonly do: 'snat'; readonly address: string }
  /** The mark becomes `(mark & keep) ^ flip`. */
  | { readonly do: 'mark'; readonly keep: number; readonly flip: number }
  | { readonly do: 'look-up'; readonly key: readonly KeyPart[]; readonly entries: ReadonlyMap<string, Action> }
  /** Each choice is taken as often as it stands there, out of `of`. */
  | { readonly do: 'spread'; readonly of: number; readonly choices: readonly Action[] };

export type KeyPart = 'source' | 'destination' | 'protocol' | 'port' | 'unknown';

export interface Rule {
  readonly chain: string;
  /** Absent where nobody counts. */
  readonly packets: number | undefined;
  readonly tests: readonly Test[];
  readonly action: Action;
  readonly comment: string;
  /** As the program wrote it. */
  readonly text: string;
}

export interface Chain {
  readonly name: string;
  /** Where the kernel calls it by itself; absent for chains that others jump to. */
  readonly hook?: Hook | undefined;
  readonly rules: Rule[];
}

export interface Hook {
  /** `prerouting`, `input`, `forward`, `output`, `postrouting`. */
  readonly at: string;
  /** `nat`, `filter`, `route`. */
  readonly type: string;
  readonly priority: number;
  readonly policy: 'accept' | 'drop';
  /** Packets that no rule decided. iptables over nftables does not count them. */
  readonly packets: number | undefined;
}

export type Backend = 'iptables-nft' | 'iptables-legacy' | 'nftables';

export interface Table {
  /** The program that reads and writes it: both backends of iptables keep tables of their own. */
  readonly from: Backend;
  /** `ip`, `ip6`, `inet`, `bridge` … */
  readonly family: string;
  readonly name: string;
  readonly chains: ReadonlyMap<string, Chain>;
}

export interface RuleSet {
  readonly tables: readonly Table[];
  /** Lines nobody here understands. */
  readonly strange: readonly string[];
}

/** Enough to show what was not understood. */
export const strangeLimit = 10;
export const atMost = (text: string) => text.slice(0, 300);
