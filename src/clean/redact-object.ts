import { renameKeys, TOO_DEEP } from './map-json.js';
import type { Mask } from './mask.js';
import { isHarmless, looksSecret, namesSecretPair } from './secret-name.js';

interface Tools {
  readonly text: (text: string) => string;
  readonly mask: Mask;
}

type Fields = Readonly<Record<string, unknown>>;

const DEEPEST = 200;
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function isSecretFlag(item: unknown): boolean {
  return typeof item === 'string' && /^--?[\w-]+$/.test(item) && looksSecret(item);
}

function isSecretData(owner: Fields, key: string): boolean {
  return owner.kind === 'Secret' && (key === 'data' || key === 'stringData');
}

function isPairValue(owner: Fields, key: string): boolean {
  if (key !== 'value' && key !== 'Value') return false;
  const name = owner.name ?? owner.Name ?? owner.key ?? owner.Key;
  return typeof name === 'string' && namesSecretPair(name);
}

/** The items of a list carry no kind of their own. */
function withKind(owner: Fields, item: unknown): unknown {
  const isItem = typeof item === 'object' && item !== null && !('kind' in item);
  return isItem && owner.kind === 'SecretList' ? { kind: 'Secret', ...item } : item;
}

class ObjectRedactor {
  readonly #tools: Tools;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  visit(node: unknown, depth: number): unknown {
    if (typeof node === 'string') return this.#tools.text(node);
    if (typeof node !== 'object' || node === null) return node;
    if (depth > DEEPEST) return TOO_DEEP;
    return Array.isArray(node) ? this.#array(node, depth) : this.#object(node as Fields, depth);
  }

  #array(items: readonly unknown[], depth: number): unknown[] {
    return items.map((item, at) => {
      const isArgument = typeof item === 'string' && !item.startsWith('-') && isSecretFlag(items[at - 1]);
      return isArgument ? this.#hide(item, 'named-flag') : this.visit(item, depth + 1);
    });
  }

  #object(owner: Fields, depth: number): Record<string, unknown> {
    const entries = Object.keys(owner).map((key) => [key, this.#member(owner, key, depth)] as const);
    // A plain word is neither a secret nor an alias, and most keys are plain words.
    return renameKeys(entries, (key) => (/^[A-Za-z]*$/.test(key) ? key : this.#tools.text(key)));
  }

  #member(owner: Fields, key: string, depth: number): unknown {
    const item = owner[key];
    if (key === LAST_APPLIED && typeof item === 'string') return this.#tools.mask('last-applied', 'last-applied', item);
    if (isSecretData(owner, key)) return this.#hideAll(item, depth);
    if (isPairValue(owner, key)) return this.#hideLeaf(item, 'named-pair', depth);
    if (namesSecretPair(key)) return this.#hideLeaf(item, 'named-secret', depth);
    if (key === 'items' && Array.isArray(item))
      return this.#array(
        item.map((one) => withKind(owner, one)),
        depth + 1,
      );
    return this.visit(item, depth + 1);
  }

  #hide(text: string, rule: string): string {
    return isHarmless(text) ? text : this.#tools.mask(rule, 'secret', text);
  }

  #hideLeaf(item: unknown, rule: string, depth: number): unknown {
    if (typeof item === 'string') return this.#hide(item, rule);
    if (typeof item === 'number') return this.#hide(String(item), rule);
    if (!Array.isArray(item)) return this.visit(item, depth + 1);
    return item.map((one) => (typeof one === 'string' ? this.#hide(one, rule) : this.visit(one, depth + 1)));
  }

  /** Under `data` of a Secret nothing is harmless. */
  #hideAll(item: unknown, depth: number): unknown {
    if (typeof item === 'string') return this.#tools.mask('secret-data', 'secret', item);
    if (typeof item !== 'object' || item === null) return item;
    if (depth > DEEPEST) return TOO_DEEP;
    return Object.fromEntries(Object.entries(item).map(([key, value]) => [key, this.#hideAll(value, depth + 1)]));
  }
}

/** Rebuilds a parsed Kubernetes object, masking also what only its structure gives away. */
export function redactValue<T>(value: T, tools: Tools): T {
  return new ObjectRedactor(tools).visit(value, 0) as T;
}
