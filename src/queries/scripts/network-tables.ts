/** A fixed script that prints three tables of one network, each under its name. `before` goes before every program. */
export const networkTables = (before: string) => `echo "== links"
${before}ip -j -d -s addr 2>/dev/null || ${before}ip addr
echo; echo "== routes"
${before}ip -j route 2>/dev/null || ${before}ip route
echo; echo "== neighbours"
${before}ip -j neigh 2>/dev/null || ${before}ip neigh`;
