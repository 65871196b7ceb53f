import { isNear } from './near-names.js';

export type Labels = Readonly<Record<string, string>>;

/** An empty selector of a Service selects nothing and leaves its endpoints to somebody else. */
export const selects = (selector: Labels | undefined): selector is Labels =>
  selector !== undefined && Object.keys(selector).length > 0;

/** Whether labels say everything that a selector asks for. */
export const carries = (labels: Labels, selector: Labels): boolean =>
  Object.entries(selector).every(([key, value]) => labels[key] === value);

/** Whether a Service sends what carries these labels its traffic. */
export const isSelecting = ({ spec }: { readonly spec?: { readonly selector?: Labels } }, labels: Labels): boolean =>
  selects(spec?.selector) && carries(labels, spec.selector);

export interface Labelled {
  readonly name: string;
  readonly labels: Labels;
}

/** What a selector that selects nothing was probably meant to say. */
export interface Meant {
  readonly pods: readonly string[];
  readonly wanted: Labels;
  /** The part of `wanted` that the selector does not say. */
  readonly found: Labels;
}

interface Pair {
  readonly weight: number;
  /** What the selector has to say instead; empty where the Pod has no such label. */
  readonly labels: Labels;
}

const renamed = (value: string, labels: Labels) => Object.keys(labels).find((key) => labels[key] === value);

const nearPair = (key: string, value: string, { labels, hint }: { labels: Labels; hint: string }): Pair => {
  const carried = labels[key];
  if (carried === value) return { weight: 2, labels: { [key]: value } };
  if (carried !== undefined && (carried === hint || isNear(value, carried)))
    return { weight: 1, labels: { [key]: carried } };
  const other = renamed(value, labels);
  if (other !== undefined) return { weight: 1, labels: { [other]: value } };
  return { weight: 0, labels: carried === undefined ? {} : { [key]: carried } };
};

const meantBy = (selector: Labels, labels: Labels, hint: string) => {
  const pairs = Object.entries(selector).map(([key, value]) => nearPair(key, value, { labels, hint }));
  const wanted: Labels = Object.assign({}, ...pairs.map((pair) => pair.labels));
  return { weight: pairs.reduce((sum, { weight }) => sum + weight, 0), wanted };
};

/**
 * The Pods that come closest to a selector which matches none of them, and the selector that would match them.
 * `hint` is a value they may carry instead, such as the name of the Service.
 */
export const closest = (selector: Labels, pods: readonly Labelled[], hint: string): Meant | undefined => {
  const rated = pods.map(({ name, labels }) => ({ name, ...meantBy(selector, labels, hint) }));
  const groups = [...Map.groupBy(rated, ({ wanted }) => JSON.stringify(wanted)).values()];
  const best = groups
    .filter(([first]) => first !== undefined && first.weight > 0)
    .sort((a, b) => (b[0]?.weight ?? 0) - (a[0]?.weight ?? 0) || b.length - a.length)[0];
  const wanted = best?.[0]?.wanted;
  if (!best || !wanted) return undefined;
  const found = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => selector[key] !== value));
  return { pods: best.map(({ name }) => name), wanted, found };
};
