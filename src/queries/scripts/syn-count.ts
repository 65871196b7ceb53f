/**
 * How often the kernel sent the first packet of a connect again, in the network namespace of the shell, read without
 * any program: TCPSynRetrans of /proc/net/netstat (Linux 3.12), whose names and values are two lines of one length.
 * A connect that took long without one waited for a processor, or for a name.
 */
export const countSyns = `syns() {
  names= found=
  while read -r kind rest; do
    [ "$kind" = TcpExt: ] || continue
    if [ -z "$names" ]; then names=$rest; continue; fi
    for name in $names; do
      if [ "$name" = TCPSynRetrans ]; then found=\${rest%% *}; break; fi
      rest=\${rest#* }
    done
  done 2>/dev/null </proc/net/netstat
  printf %s "$found"
}
resent=$(syns)`;

export const tellSyns = `printf 'syn-retransmits from=%s to=%s\\n' "$resent" "$(syns)"`;
