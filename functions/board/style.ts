/**
 * The board's own style sheet. Colours are Okabe and Ito's, told apart by the colour-blind; each outcome has a symbol
 * and a texture besides. Works at phone width and in light and dark: CloudWatch says which, a browser knows.
 */
import { SafeHtml } from '../core/safe-html.ts';

export type Theme = 'light' | 'dark' | 'auto';

const LIGHT = `--fg:#16191f;--bg:#fff;--dim:#545b64;--line:#d5dbdb;--soft:#f4f6f6;
--permit:#009e73;--permit-ink:#fff;--soon:#e69f00;--deny:#fbe3d6;--deny-ink:#9c3f00;--deny-line:#e8b08c;
--ind:#fff3cd;--ind-ink:#6b4e00;--na:#eceff1;--na-ink:#545b64;--accent:#0063a8`;
const DARK = `--fg:#e9ebed;--bg:#0f1b2a;--dim:#a3b0bd;--line:#31445a;--soft:#16263a;
--permit:#2fc99b;--permit-ink:#06251b;--soon:#ffbf47;--deny:#3d241a;--deny-ink:#ffb08a;--deny-line:#7a4630;
--ind:#3f3512;--ind-ink:#ffdf80;--na:#1e2d3f;--na-ink:#a3b0bd;--accent:#6cb8f0`;

const RULES = `
.rg{color:var(--fg);background:var(--bg);font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;padding:16px;max-width:1200px;margin:0 auto;box-sizing:border-box}
.rg *{box-sizing:border-box}
.rg h1{font-size:20px;line-height:1.25;margin:0 0 2px}
.rg h2{font-size:15px;margin:28px 0 8px;padding-bottom:4px;border-bottom:1px solid var(--line)}
.rg p{margin:0 0 8px}.rg .dim{color:var(--dim)}.rg code{font:12px ui-monospace,SFMono-Regular,Menlo,monospace}
.rg a{color:var(--accent)}
.rg .alert{border-left:4px solid #d55e00;background:var(--deny);color:var(--deny-ink);padding:8px 12px;margin:12px 0;font-weight:600}.rg .alert div{font-weight:400}
.rg .stopped{border:0;background:#b00020;color:#fff;padding:16px 20px}.rg .stopped strong{display:block;font-size:24px;line-height:1.2;margin-bottom:6px}
.rg .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,270px),1fr));gap:12px;margin-top:14px}
.rg .card{border:1px solid var(--line);background:var(--soft);border-radius:6px;padding:10px 12px;min-width:0}
.rg .card .more{margin:8px 0 0;font-size:12px}
.rg .card.wide{grid-column:1/-1}
.rg .card h3{font-size:13px;margin:0 0 4px;font-weight:600}
.rg .big{font-size:26px;font-weight:650;line-height:1.15}.rg .big small{font-size:13px;font-weight:400;color:var(--dim)}
.rg .chips{display:flex;flex-wrap:wrap;gap:4px;margin-top:6px}
.rg .chip{border:1px solid var(--permit);border-radius:10px;padding:0 8px;font-size:12px;white-space:nowrap;background:var(--bg)}
.rg .chip.soon{border:2px solid var(--soon);font-weight:600}.rg .chip.none{border-color:var(--line);color:var(--dim)}
.rg .scroll{overflow-x:auto;-webkit-overflow-scrolling:touch}
.rg table{border-collapse:separate;border-spacing:2px;width:100%}
.rg th{font-weight:600;font-size:12px;text-align:center;padding:3px 4px;vertical-align:bottom}
.rg th.own{border-bottom:2px solid var(--line);color:var(--dim)}
.rg th.row,.rg th.corner{text-align:left;font-weight:400;position:sticky;left:0;background:var(--bg);min-width:104px;max-width:300px}
.rg th.row b{font-weight:600}.rg th.row span{display:block;color:var(--dim);font-size:11px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.rg td.c{text-align:center;min-width:34px;height:28px;border-radius:3px;font-weight:700;font-size:14px;cursor:help;padding:0}
.rg td.c a{color:inherit;text-decoration:none;display:block;line-height:28px}
.rg .permit{background:var(--permit);color:var(--permit-ink)}
.rg .permit.soon{box-shadow:inset 0 0 0 3px var(--soon)}
.rg .deny{color:var(--deny-ink);background:repeating-linear-gradient(45deg,var(--deny),var(--deny) 4px,var(--deny-line) 4px,var(--deny-line) 5px)}
.rg .indeterminate{color:var(--ind-ink);background:repeating-linear-gradient(90deg,var(--ind),var(--ind) 4px,var(--line) 4px,var(--line) 5px)}
.rg .not-applicable{color:var(--na-ink);background:var(--na)}
.rg .key{display:flex;flex-wrap:wrap;gap:6px 16px;font-size:12px;color:var(--dim);margin:8px 0 0}
.rg .key i{display:inline-block;width:20px;height:18px;line-height:18px;text-align:center;border-radius:3px;font-style:normal;font-weight:700;margin-right:5px}
.rg ol.list{list-style:none;margin:0;padding:0}.rg ol.list li{display:grid;grid-template-columns:92px 1fr;gap:10px;padding:5px 0;border-bottom:1px solid var(--line)}
.rg ol.list time{font-variant-numeric:tabular-nums;color:var(--dim)}
.rg ol.list li.dark time{color:var(--deny-ink);font-weight:600}
.rg .path{display:flex;flex-wrap:wrap;align-items:stretch;gap:0;margin:10px 0}
.rg .hop{border:2px solid var(--permit);border-radius:6px;padding:8px 10px;min-width:180px;flex:1 1 200px;background:var(--soft);margin:0 0 8px}
.rg .hop.bad{border-color:#d55e00;border-style:dashed}.rg .hop.alt{opacity:.92}
.rg .hop ul,.rg .why{margin:6px 0 0;padding-left:18px;font-size:12.5px}
.rg .arrow{flex:0 0 28px;align-self:center;text-align:center;color:var(--dim);font-size:20px}
.rg .verdict{display:inline-block;padding:3px 12px;border-radius:4px;font-weight:700}
.rg svg.line{display:block;width:100%;height:60px}.rg .dates{display:flex;justify-content:space-between;color:var(--dim);font-size:12px;font-variant-numeric:tabular-nums;margin:2px 0 8px}
.rg .strip{display:flex;gap:1px;height:34px;border-radius:4px;overflow:hidden}.rg .strip span{text-align:center;line-height:34px;font-weight:700;font-size:16px;overflow:hidden}
@media(max-width:520px){.rg{padding:10px}.rg .path{flex-direction:column}.rg .hop{flex:none}.rg .arrow{transform:rotate(90deg);margin:-4px 0 4px}.rg th.row{max-width:128px}.rg td.c{min-width:30px}}
`;

export function styleFor(theme: Theme): SafeHtml {
  const vars = {
    light: `.rg{${LIGHT}}`,
    dark: `.rg{${DARK}}`,
    auto: `.rg{${LIGHT}}@media(prefers-color-scheme:dark){.rg{${DARK}}}`,
  }[theme];
  return new SafeHtml(`<style>${vars}${RULES}</style>`);
}
