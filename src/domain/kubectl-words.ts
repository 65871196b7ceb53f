/** `kubectl delete pods -n shop --force`, taken apart. */
export interface Kubectl {
  readonly verb: string;
  /** What follows the verb and is no flag. */
  readonly objects: readonly string[];
  /** Short names are written out; a flag without a value is `true`. */
  readonly flags: ReadonlyMap<string, string>;
}

const short: Readonly<Record<string, string>> = {
  n: 'namespace',
  l: 'selector',
  f: 'filename',
  A: 'all-namespaces',
  o: 'output',
  c: 'container',
  k: 'kustomize',
};
/** Their value is the next word, where none stands behind a `=`. */
const valued = new Set(
  'namespace selector filename output container kustomize context kubeconfig cluster user as field-selector grace-period timeout type patch replicas'.split(
    ' ',
  ),
);

const nameOf = (word: string) => {
  const bare = word.replace(/^-+/, '').replace(/=.*$/s, '');
  return word.startsWith('--') ? bare : (short[bare] ?? bare);
};

/** `words` without the name of the program. What stands behind `--` belongs to another program. */
export const readKubectl = (words: readonly string[]): Kubectl => {
  const flags = new Map<string, string>();
  const plain: string[] = [];
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  const takesNext = (word: string | undefined) =>
    word?.startsWith('-') === true && !word.includes('=') && valued.has(nameOf(word));
  own.forEach((word, at) => {
    if (takesNext(own[at - 1])) return;
    const next = takesNext(word) ? (own[at + 1] ?? '') : 'true';
    if (!word.startsWith('-') || word === '-') plain.push(word);
    else flags.set(nameOf(word), word.includes('=') ? word.slice(word.indexOf('=') + 1) : next);
  });
  const [verb = '', ...objects] = plain;
  return { verb, objects, flags };
};

/** The kind that is named: `pod` of `pods`, `pod/cart` and `po`. */
const shortKinds: Readonly<Record<string, string>> = {
  po: 'pod',
  ns: 'namespace',
  no: 'node',
  ds: 'daemonset',
  deploy: 'deployment',
  netpol: 'networkpolicy',
  networkpolicies: 'networkpolicy',
  ccnp: 'ciliumclusterwidenetworkpolicy',
  cnp: 'ciliumnetworkpolicy',
};

/** What a word of `objects` is, and which one: `['pod', 'cart']` of `pods/cart`; without a name there is none. */
export const kindAndName = ([first = '', second]: readonly string[]): readonly [string, string | undefined] => {
  const [kind = '', name] = first.split('/');
  const bare = (kind.split('.')[0] ?? kind).toLowerCase();
  return [shortKinds[bare] ?? bare.replace(/policies$/, 'policy').replace(/s$/, ''), name ?? second];
};
