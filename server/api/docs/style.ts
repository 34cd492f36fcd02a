/** For light and dark, narrow and wide; no scripts, nothing from elsewhere. */
export const STYLE = `
:root{color-scheme:light dark;--text:#1d232b;--soft:#59636f;--ground:#fff;--raised:#f4f6f8;--line:#d9dfe5;--link:#0b5cad;
--get:#0a6b3d;--post:#8a4b00;--other:#7a2e87}
@media (prefers-color-scheme:dark){:root{--text:#e4e8ec;--soft:#9aa5b1;--ground:#14181d;--raised:#1d232a;--line:#333c46;--link:#7db7f5;
--get:#5fd39a;--post:#f0b35f;--other:#d99be6}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--text);background:var(--ground);overflow-wrap:break-word}
a{color:var(--link)}code{font:.92em ui-monospace,monospace;overflow-wrap:anywhere}
.page{display:grid;grid-template-columns:15rem minmax(0,1fr);max-width:80rem;margin:auto}
nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding:1.5rem 1rem;border-right:1px solid var(--line)}
nav ul{list-style:none;margin:0;padding:0}nav li{margin:.15rem 0}
main{padding:1.5rem 2rem;min-width:0}
h1{margin:0 0 1rem;font-size:1.8rem}h2{margin:2.5rem 0 .75rem;padding-top:.5rem;border-top:1px solid var(--line);font-size:1.3rem}
p{margin:.5rem 0}small,.soft{color:var(--soft)}
details{margin:.5rem 0;border:1px solid var(--line);border-radius:6px;background:var(--raised)}
summary{padding:.6rem .8rem;cursor:pointer}summary:focus-visible,a:focus-visible{outline:2px solid var(--link);outline-offset:2px}
details>div{padding:0 .8rem .8rem}
.method{display:inline-block;min-width:4.2em;font:700 .85em ui-monospace,monospace;color:var(--other)}
.get{color:var(--get)}.post{color:var(--post)}
summary span.what{display:block;color:var(--soft)}
h3{margin:1rem 0 .3rem;font-size:1rem}
table{width:100%;border-collapse:collapse;font-size:.95rem}
th,td{padding:.35rem .5rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}th{font-weight:400;width:34%}
td table{margin-top:.3rem;font-size:inherit}
@media (max-width:48rem){.page{display:block}nav{position:static;max-height:none;border:0;border-bottom:1px solid var(--line)}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem .9rem}main{padding:1rem}
table,tbody,tr,th,td{display:block;width:auto}th{border:0;padding-bottom:0}td table{margin-left:.75rem}}
@media print{nav{display:none}.page{display:block}}
`
