/** "iptables v1.8.9 (nf_tables)", "iptables v1.6.1": before 1.8 there was one backend only. */
export const parseIptablesVersion = (text: string): { version: string; backend: 'nft' | 'legacy' | undefined } => {
  const [, version = '', backend = 'legacy'] = /^ip6?tables v(\d[\w.]*)(?: \((\w+)\))?/m.exec(text) ?? [];
  return { version, backend: version === '' ? undefined : backend === 'nf_tables' ? 'nft' : 'legacy' };
};
