import { isDnsLabel } from '../../domain/dns-names.js';
import type { Port, Protocol } from '../../domain/flow.js';
import type { Language } from '../../domain/text.js';
import { type EnforcementMode, enforcementModes } from '../../policy/cilium/enforcement.js';
import type { Engine } from '../../policy/inventory/inventory.js';
import { type Io, UsageProblem } from '../io.js';
import { languageOf } from '../settings.js';

export interface PolicyOptions {
  readonly resources: readonly string[] | undefined;
  readonly against: readonly string[] | undefined;
  /** Of a cluster: what is read of it where no flow says so. */
  readonly namespaces: readonly string[] | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly port: Port | undefined;
  readonly protocol: Protocol | undefined;
  readonly engine: Engine['name'] | undefined;
  /** How Cilium enforces policies; absent, as a cluster says or as it does by itself. */
  readonly ciliumPolicy: EnforcementMode | undefined;
  readonly output: 'human' | 'json' | 'table' | 'dot' | 'csv' | undefined;
  readonly namespace: string;
  readonly language: Language;
  /** As commander read them, for whoever connects to a cluster. */
  readonly raw: Readonly<Record<string, unknown>>;
}

const textAt = (raw: Record<string, unknown>, key: string) => (typeof raw[key] === 'string' ? raw[key] : undefined);

const listAt = (raw: Record<string, unknown>, key: string): readonly string[] | undefined =>
  Array.isArray(raw[key]) ? (raw[key] as string[]) : undefined;

const namespacesAt = (raw: Record<string, unknown>): readonly string[] | undefined => {
  const names = listAt(raw, 'namespaces');
  const odd = names?.find((name) => !isDnsLabel(name));
  if (odd !== undefined) throw new UsageProblem(`--namespaces: "${odd}" is no name of a namespace.`);
  return names;
};

const wordAt = <T extends string>(flag: string, text: string | undefined, words: readonly T[]): T | undefined => {
  if (text === undefined) return undefined;
  const found = words.find((word) => word === text);
  if (found === undefined) throw new UsageProblem(`${flag}: "${text}" is not one of ${words.join(', ')}.`);
  return found;
};

/** A mode of Cilium names the engine as well. */
const enginesAt = (raw: Record<string, unknown>): Pick<PolicyOptions, 'engine' | 'ciliumPolicy'> => {
  const engine = wordAt('--engine', textAt(raw, 'engine'), ['kubernetes', 'calico', 'cilium'] as const);
  const ciliumPolicy = wordAt('--cilium-policy', textAt(raw, 'ciliumPolicy'), enforcementModes);
  if (ciliumPolicy === undefined) return { engine, ciliumPolicy };
  if (engine !== undefined && engine !== 'cilium')
    throw new UsageProblem(`--cilium-policy goes with --engine cilium, not ${engine}.`);
  return { engine: 'cilium', ciliumPolicy };
};

const portOf = (text: string | undefined): Port | undefined => {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) {
    if (/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text)) return text;
    throw new UsageProblem(`--port: "${text}" is no number and no name of a port.`);
  }
  const port = Number(text);
  if (port < 1 || port > 65535) throw new UsageProblem(`--port: ${text} is not between 1 and 65535.`);
  return port;
};

/**
 * What commander read, checked by hand: this command promises to answer within 200 ms, and loading a schema library
 * would take an eighth of that.
 */
export const readPolicyOptions = (raw: Record<string, unknown>, io: Pick<Io, 'env'>): PolicyOptions => {
  const output = wordAt('--output', textAt(raw, 'output'), ['human', 'json', 'table', 'dot', 'csv'] as const);
  const lang = wordAt('--lang', textAt(raw, 'lang'), ['auto', 'en', 'zh-CN'] as const) ?? 'auto';
  return {
    resources: listAt(raw, 'resources'),
    against: listAt(raw, 'against'),
    namespaces: namespacesAt(raw),
    from: textAt(raw, 'from'),
    to: textAt(raw, 'to'),
    port: portOf(textAt(raw, 'port')),
    protocol: wordAt('--protocol', textAt(raw, 'protocol')?.toUpperCase(), ['TCP', 'UDP', 'SCTP'] as const),
    ...enginesAt(raw),
    output,
    namespace: textAt(raw, 'namespace') ?? 'default',
    // Machine formats are English unless somebody asks for another language.
    language: output === 'json' && lang === 'auto' ? 'en' : languageOf({ lang }, io),
    raw,
  };
};
