/** `/proc/net/xfrm_stat`: what IPsec threw away, by reason. Undefined where this kernel does not count it. */
export const parseIpsecErrors = (text: string): Record<string, number> | undefined => {
  // "XfrmInNoStates          	0"
  const rows = [...text.matchAll(/^(Xfrm[A-Za-z]{1,40})\s+(\d{1,15})$/gm)];
  return rows.length > 0 ? Object.fromEntries(rows.map(([, name = '', count]) => [name, Number(count)])) : undefined;
};
