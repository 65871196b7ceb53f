/** No font, picture or sheet from anywhere else: the page has to be readable on a plane and in ten years. */
export const style = `
:root { color-scheme: light dark; --ground: #fff; --ink: #1b1f24; --quiet: #57606a; --line: #d0d7de; --raised: #f6f8fa;
  --bad: #b3261e; --good: #1a7f37; --warn: #8a5a00; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ground: #0d1117; --ink: #e6edf3; --quiet: #9aa4af; --line: #3d444d;
  --raised: #161b22; --bad: #ff7b72; --good: #4ac26b; --warn: #e3b341; --link: #79c0ff; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 1rem; max-width: 60rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { margin-top: 2.5rem; padding-top: .5rem; border-top: 1px solid var(--line); font-size: 1.25rem; }
h3 { font-size: 1.05rem; }
a { color: var(--link); }
nav ul { columns: 14rem; padding-left: 1.2rem; }
pre { margin: .5rem 0; padding: .75rem; border: 1px solid var(--line); border-radius: 6px; background: var(--raised);
  white-space: pre-wrap; }
pre, code { font-family: ui-monospace, monospace; font-size: .875rem; }
pre.drawing { overflow-x: auto; white-space: pre; overflow-wrap: normal; }
table { width: 100%; border-collapse: collapse; }
td:first-child { white-space: nowrap; }
th, td { padding: .4rem .6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
th { background: var(--raised); overflow-wrap: normal; }
td { min-width: 6.5rem; }
.notice { padding: .75rem; border: 2px solid var(--warn); border-radius: 6px; }
.open { list-style: none; padding-left: 0; }
.open strong { color: var(--warn); }
details { margin: .5rem 0; }
summary { cursor: pointer; }
svg { display: block; width: 100%; max-width: 34rem; height: auto; }
svg text { fill: var(--ink); font: 14px system-ui, sans-serif; }
svg .word { fill: var(--quiet); }
svg .rail { stroke: var(--line); stroke-width: 2; }
svg.series { margin: 1rem 0 .5rem; }
svg .took { fill: var(--link); }
svg .lost { fill: var(--bad); }
svg circle { fill: var(--ground); stroke: var(--quiet); stroke-width: 2; }
svg .pass circle { stroke: var(--good); }
svg .warn circle, svg .unsure circle, svg .error circle { stroke: var(--warn); }
svg .fail circle, svg .failing circle { stroke: var(--bad); }
svg .failing circle { fill: var(--bad); stroke-width: 4; }
svg .failing .mark { fill: var(--ground); }
svg .failing .name, svg .failing .word { fill: var(--bad); font-weight: bold; }
@media (max-width: 40rem) {
  table, tbody, tr, td { display: block; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  tr { margin: .75rem 0; border: 1px solid var(--line); border-radius: 6px; }
  td { border: 0; }
  td:first-child { white-space: normal; }
  td:empty { display: none; }
  td::before { content: attr(data-head); display: block; color: var(--quiet); font-size: .8rem; }
}
@media print { details { display: block; } a { color: inherit; } }
`;
