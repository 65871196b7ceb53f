interface OnNode {
  readonly node: string;
}

/** Which other nodes say the same as this one, and which say something else. */
export const beside = <T extends OnNode>(
  here: T,
  seen: readonly T[],
  word: (view: T) => string,
): { readonly alike: string[]; readonly otherwise: string[] } => {
  const own = word(here);
  const others = seen.filter((view) => view !== here);
  const nodes = (alike: boolean) => others.filter((view) => (word(view) === own) === alike).map(({ node }) => node);
  return { alike: nodes(true), otherwise: nodes(false) };
};
