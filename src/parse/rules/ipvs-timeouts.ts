/** `ipvsadm -l --timeout`, in seconds: "Timeout (tcp tcpfin udp): 900 120 300"; undefined where it says nothing of the kind. */
export const parseIpvsTimeouts = (text: string): { tcp: number; tcpFin: number; udp: number } | undefined => {
  const [, tcp, tcpFin, udp] = /^Timeout \(tcp tcpfin udp\): (\d{1,9}) (\d{1,9}) (\d{1,9})\s*$/m.exec(text) ?? [];
  return tcp === undefined ? undefined : { tcp: Number(tcp), tcpFin: Number(tcpFin), udp: Number(udp) };
};
