/** How a report looks: light on paper, light or dark on a screen as the reader's system is. Colours are those of the window (renderer/tokens.css). */
export const reportStyles = `
:root { color-scheme: light; --text: #1a1d23; --muted: #565d6b; --card: #ffffff; --line: #d9dde4; --grid: #e4e7ec; --training: #0072b2; --validation: #b84a00; --wrong: #b84a00; --right: #1b7a49; }
@media screen and (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --text: #e8eaee; --muted: #a8b0bd; --card: #1e2128; --line: #343945; --grid: #2c313b; --training: #56b4e9; --validation: #f0a13a; --wrong: #f0a13a; --right: #6bd49c; }
}
* { box-sizing: border-box; }
body { max-width: 880px; margin: 0 auto; padding: 24px 16px 48px; background: var(--card); color: var(--text); font: 14px/1.45 system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', sans-serif; font-variant-numeric: tabular-nums; }
h1 { margin: 0; font-size: 24px; }
h2 { margin: 32px 0 8px; padding-top: 12px; border-top: 1px solid var(--line); font-size: 17px; break-after: avoid; }
h2 + p { break-after: avoid; }
p { margin: 6px 0; overflow-wrap: anywhere; }
.muted, figcaption, caption { color: var(--muted); }
.answers { display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 16px 0; padding: 0; }
.answers dt { color: var(--muted); font-size: 12px; }
.answers dd { margin: 0; font-size: 20px; font-weight: 600; }
figure { margin: 12px 0; break-inside: avoid; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg.filter { display: inline-block; width: 48px; height: 48px; margin: 0 6px 6px 0; border: 1px solid var(--line); }
.grid { stroke: var(--grid); }
.tick { fill: var(--muted); font-size: 11px; }
.end { text-anchor: end; }
.middle { text-anchor: middle; }
.curve { fill: none; stroke-width: 2; }
.curve.training { stroke: var(--training); }
.curve.validation { stroke: var(--validation); }
.band { opacity: 0.22; }
.band.training { fill: var(--training); }
.mark.validation { fill: var(--validation); }
.legend span { margin-right: 16px; }
.legend .training::before { content: '—'; color: var(--training); margin-right: 6px; font-weight: 600; }
.legend .validation::before { content: '●'; color: var(--validation); margin-right: 6px; }
.wide { margin: 8px 0 16px; overflow-x: auto; }
.short { break-inside: avoid; }
table { border-collapse: collapse; font-size: 13px; }
caption { padding: 0 0 4px; text-align: left; }
th, td { padding: 3px 10px 3px 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; }
td { min-width: 14ch; overflow-wrap: anywhere; }
th[scope='row'] { min-width: 14ch; overflow-wrap: anywhere; }
td.number, th.number { min-width: 0; text-align: right; white-space: nowrap; }
tr { break-inside: avoid; }
table.confusion td, table.confusion th { min-width: 5ch; padding: 3px 6px; border: 1px solid var(--line); text-align: right; white-space: nowrap; }
table.confusion.many { font-size: 11px; }
table.confusion.many td, table.confusion.many th { min-width: 0; padding: 2px 3px; }
table.confusion.many th { vertical-align: bottom; }
.many .name { display: block; max-width: 17em; margin-left: auto; overflow: hidden; text-overflow: ellipsis; }
.many thead th + th .name { max-width: none; max-height: 11em; margin: 0 auto; writing-mode: vertical-rl; transform: rotate(180deg); }
td.right { font-weight: 600; box-shadow: inset 0 0 0 1px var(--right); }
.heat-1 { background: color-mix(in srgb, var(--wrong) 9%, var(--card)); }
.heat-2 { background: color-mix(in srgb, var(--wrong) 18%, var(--card)); }
.heat-3 { background: color-mix(in srgb, var(--wrong) 27%, var(--card)); }
.heat-4 { background: color-mix(in srgb, var(--wrong) 36%, var(--card)); }
.heat-5 { background: color-mix(in srgb, var(--wrong) 45%, var(--card)); }
code { font: 12px/1.5 ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere; }
td code { display: block; min-width: 33ch; }
.mistakes { display: grid; grid-template-columns: repeat(auto-fill, minmax(96px, 1fr)); gap: 14px 8px; margin-top: 12px; }
.mistakes figure { margin: 0; font-size: 12px; line-height: 1.35; overflow-wrap: anywhere; }
.mistakes img { display: block; width: 84px; height: 84px; margin-bottom: 4px; border: 1px solid var(--line); object-fit: contain; image-rendering: pixelated; }
.mistakes strong { color: var(--text); }
.notes { white-space: pre-wrap; }
@media screen and (max-width: 560px) { .tick { font-size: 15px; } }
@media (min-width: 640px), print { .mistakes { grid-template-columns: repeat(6, minmax(0, 1fr)); } }
@media print {
  body { max-width: none; padding: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .wide { overflow: visible; }
  .answers { gap: 6px 14px; }
  .answers dt { font-size: 11px; }
  .answers dd { font-size: 17px; }
  h2 { margin-top: 22px; }
}
@page { margin: 16mm; }
`;
