/** The words of one `kubectl` command, taken apart. */
export interface Words {
  readonly verb: string;
  readonly objects: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
}

const short: Readonly<Record<string, string>> = { n: 'namespace', l: 'selector', f: 'filename', p: 'patch' };
/** Every flag that a change may carry; one that is not here is not understood, and then nothing is. */
const valued = new Set(['namespace', 'selector', 'filename', 'patch', 'type', 'replicas', 'field-selector']);
const bare = new Set(['overwrite']);

const isFlag = (word: string) => word.startsWith('-') && word !== '-';

const nameOf = (word: string) => {
  const name = word.replace(/^--?/, '').replace(/=.*$/s, '');
  return word.startsWith('--') ? name : short[name];
};

interface Flag {
  readonly name: string;
  readonly value: string;
  /** Its value is the next word. */
  readonly takesNext: boolean;
}

const readFlag = (word: string, next: string | undefined): Flag | undefined => {
  const name = nameOf(word);
  if (name === undefined) return undefined;
  const given = word.includes('=') ? word.slice(word.indexOf('=') + 1) : undefined;
  if (bare.has(name)) return given === undefined ? { name, value: 'true', takesNext: false } : undefined;
  const value = given ?? next;
  return valued.has(name) && value !== undefined ? { name, value, takesNext: given === undefined } : undefined;
};

/** Undefined where a flag is unknown, stands there twice or has lost its value. */
export const readWords = (words: readonly string[]): Words | undefined => {
  const flags = new Map<string, string>();
  const plain: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const flag = isFlag(word) ? readFlag(word, words[at + 1]) : undefined;
    if (!isFlag(word)) plain.push(word);
    else if (!flag || flags.has(flag.name)) return undefined;
    else flags.set(flag.name, flag.value);
    if (flag?.takesNext) at += 1;
  }
  const [verb = '', ...objects] = plain;
  return { verb, objects, flags };
};
