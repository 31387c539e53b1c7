"""The style sheet of the reading view: scoped to ``.onr``, light and dark, screen and paper; no outside resources.

Act and stance are told by more than colour: underline, sign and words. The cards need no script: they show on
hover and on focus of the label.
"""

from __future__ import annotations

from collections.abc import Mapping

from onrecord import style

#: Charts are drawn on white paper; on a dark ground they are turned over, each colour keeping its hue.
_ON_DARK = "invert(.93) hue-rotate(180deg)"
#: What a page says of tables by element and class is outweighed by an id, and our own rules by two.
_OVER_PAGE = ":is(#onr-own, *)"
_OWN = _OVER_PAGE * 2
#: Every table of ours, as if the page around it said nothing of tables.
TABLE_RESET = f"""
{_OVER_PAGE}:is(.onr-table, .onrecord-table),
{_OVER_PAGE}:is(.onr-table, .onrecord-table) :is(caption, thead, tbody, tr, th, td) {{ all: revert; }}
"""
#: How a statement looks that a link has led to.
CHOSEN = "outline: 3px solid var(--onr-focus); outline-offset: 2px;"
_RULES = (
    (
        """
.onr { color: var(--onr-ink); background: var(--onr-paper); font: 16px/1.75 Georgia, "Times New Roman", serif;
  padding: .5rem 1rem 1rem; box-sizing: border-box; }
.onr *, .onr *::before { box-sizing: border-box; }
.onr-text { max-width: 44rem; margin: 0 auto; }
.onr h2.onr-block { font-size: 1.5rem; line-height: 1.45; margin: .4rem 0 1rem; font-weight: bold; border: 0;
  padding-top: 0; }
.onr-block { position: relative; margin: 0 0 1.1rem; padding-left: 2.4rem; overflow-wrap: anywhere; }
.onr-number { position: absolute; left: 0; width: 1.8rem; text-align: right; color: var(--onr-soft);
  font: .72rem/2.4 system-ui, sans-serif; user-select: none; }
.onr-furniture, .onr-byline { color: var(--onr-soft); font-size: .85rem; line-height: 1.5; margin-bottom: .5rem; }
.onr-furniture { border-left: 3px dotted var(--onr-rule); margin-left: 1.9rem; padding-left: .5rem; }
.onr-label { font-weight: bold; }
.onr-said { color: inherit; background: var(--onr-none-tint); padding: .1em 0; border-radius: 2px;
  text-decoration: underline 1.5px var(--onr-act); text-underline-offset: .28em; scroll-margin: 5rem; }
.onr-favor { background: var(--onr-favor-tint); }
.onr-against { background: var(--onr-against-tint); }
.onr-both { background: var(--onr-both-tint); }
.onr-said .onr-said { border: 1px solid var(--onr-rule); border-width: 0 1px; padding: .1em .15em; }
.onr-denial { text-decoration: underline wavy 1.5px var(--onr-denial); }
.onr-accusation { text-decoration: underline double 2px var(--onr-accusation); }
.onr-refusal, .onr-no_comment { text-decoration-style: dashed; }
.onr-unsure { text-decoration-style: dotted; }
.onr-said:target, .onr-said.onr-chosen { @chosen } .onr-group { scroll-margin: 5rem; }
.onr-source { font-style: italic; border-bottom: 1px solid var(--onr-rule); }
.onr-cue { font-weight: bold; }
.onr-off { background: none; text-decoration: none; font-style: inherit; border-color: transparent; }
.onr-cue.onr-off { font-weight: inherit; }
.onr .onr-text .onr-tag { font: bold .68rem/1.2 system-ui, sans-serif; color: var(--onr-act);
  background: var(--onr-card); border: 1px solid currentColor; border-radius: 3px; padding: 0 .3em;
  margin: 0 .25em 0 .1em; vertical-align: .35em; text-decoration: none; white-space: nowrap;
  display: inline-block; font-style: normal; }
.onr .onr-text .onr-tag-denial { color: var(--onr-denial); }
.onr .onr-text .onr-tag-accusation { color: var(--onr-accusation); }
.onr .onr-text .onr-tag-unsure { border-style: dashed; }
.onr .onr-text .onr-tag-corrected { border-width: 2px; border-radius: 8px; }
.onr-plus { color: var(--onr-favor); } .onr-minus { color: var(--onr-against); }
.onr-off > .onr-tag > span { color: inherit; }
.onr .onr-text .onr-off > .onr-tag { color: var(--onr-soft); border-color: transparent; background: none;
  font-weight: normal; }
.onr-tag:focus-visible { outline: 3px solid var(--onr-focus); outline-offset: 1px; }
.onr-card { display: none; position: absolute; z-index: 20; left: 2.4rem; right: 0; top: calc(100% + .3rem);
  font: normal .82rem/1.5 system-ui, sans-serif; color: var(--onr-ink); background: var(--onr-card); text-align: left;
  border: 1px solid var(--onr-act); border-left-width: 5px; border-radius: 4px; padding: .6rem .8rem;
  box-shadow: 0 4px 16px rgb(0 0 0 / .3); }
.onr-up .onr-card { top: auto; bottom: calc(100% + .3rem); }
.onr-card > span { display: block; } .onr-card b { font-weight: 600; }
.onr-said:hover:not(:has(.onr-said:hover)) > .onr-card, .onr-tag:focus + .onr-card { display: block; }
.onr-notice { max-width: 44rem; margin: 0 auto 1rem; padding: .4rem .8rem; border-left: 4px solid var(--onr-against);
  font: .85rem/1.5 system-ui, sans-serif; }
.onr-key { max-width: 44rem; margin: 0 auto 1rem; padding-left: 2.4rem; font: .75rem/2 system-ui, sans-serif;
  color: var(--onr-soft); }
.onr-key span { margin-right: .7em; padding-left: .2em; padding-right: .2em; color: var(--onr-ink);
  white-space: nowrap; }
.onr-notes { display: none; }
@own .onr-table { border-collapse: collapse; width: 100%; font: .85rem/1.45 system-ui, sans-serif; }
@own .onr-table caption { text-align: left; color: var(--onr-soft); padding: .3rem 0; }
@own .onr-table :is(th, td) { text-align: left; vertical-align: top; padding: .35rem .6rem;
  border-bottom: 1px solid var(--onr-rule); }
@own .onr-table :is(th, .onr-col-paragraph, .onr-col-act) { white-space: nowrap; }
@own .onr-table :is(.onr-col-actor, .onr-col-stance) { min-width: 8em; overflow-wrap: anywhere; }
@own .onr-table .onr-col-content_words { min-width: 14em; width: 60%; overflow-wrap: anywhere; }
@own .onr-table thead th { border-bottom: 2px solid var(--onr-ink); white-space: nowrap; }
.onr .onr-table a { color: var(--onr-favor); }
@own .onr-table tr { scroll-margin: 5rem; }
@own .onr-table tr:is(:target, .onr-chosen) { outline: 3px solid var(--onr-focus); outline-offset: -3px; }
@own .onr-table tr[hidden] { display: none; }
@own .onr-table tr.onr-off { color: var(--onr-soft); }
.onr-table a:focus-visible { outline: 3px solid var(--onr-focus); outline-offset: 1px; }
.onr.onr-chart { position: relative; background: none; padding: 0;
  width: min(100%, var(--onr-width)); }
.onr-chart img { display: block; width: 100%; height: auto; max-width: none; filter: var(--onr-picture); }
.onr-spot { position: absolute; display: block; border-radius: 2px; }
.onr-spot:hover { outline: 2px solid var(--onr-focus); }
.onr-spot:focus-visible, .onr-spot.onr-chosen { outline: 3px solid var(--onr-focus); outline-offset: 1px; }
@media print {
  .onr { padding: 0; font-size: 10.5pt; line-height: 1.6; color-adjust: exact; print-color-adjust: exact; }
  .onr-card { display: none !important; }
  .onr-block { break-inside: avoid; }
  .onr-notes { display: block; font: 8.5pt/1.45 system-ui, sans-serif; border-top: 1px solid var(--onr-rule); }
  .onr-notes > div { margin: .5em 0; break-inside: avoid; overflow-wrap: anywhere; } .onr-notes span { display: block; }
}
"""
    )
    .replace("@chosen", CHOSEN)
    .replace("@own", _OWN)
)
#: Chart and text beside each other, table below; each scrolls by itself, so that nothing jumps.
PANES_SHEET = """
.onr-panes { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, max(24rem, 40%)), 1fr)); gap: 6px;
  --onr-edge: var(--jp-border-color1, currentColor); --onr-high: clamp(16rem, calc(100vh - 34rem), 46rem); }
.onr-panes .onr-pane { overflow: auto; border: 1px solid var(--onr-edge); height: var(--onr-high);
  box-sizing: border-box; position: relative; min-width: 0; }
.onr-panes .onr-pane[hidden] { display: none; }
.onr-panes .onr-pane:focus-visible { outline: 2px solid var(--jp-brand-color1, Highlight); }
.onr-panes .onr-pane-table { grid-column: 1 / -1; height: clamp(10rem, calc(100vh - 46rem), 20rem); }
.onr-panes .onr.onr-chart { width: min(100%, 1.5 * var(--onr-width)); margin: 0 auto; }
.onr-panes:has(> .onr-pane-text[hidden]) > .onr-pane { grid-column: 1 / -1; height: auto; max-height: 60rem; }
.onr-panes:has(> .onr-pane-text[hidden]) .onr.onr-chart { margin: 0; }
.onr-panes .onr-reading { font-size: 14px; min-height: 100%; padding: .5rem .8rem 4rem .4rem; }
.onr-panes .onr-block { padding-left: 1.9rem; } .onr-panes .onr-number { width: 1.4rem; }
.onr-panes .onr-furniture { padding-left: .5rem; margin-left: 1.4rem; }
.onr-panes .onr-card { left: 0; }
@own .onr-panes .onr-table { border-collapse: separate; border-spacing: 0; }
@own .onr-panes .onr-table caption { display: none; }
@own .onr-panes .onr-table thead th { position: sticky; top: 0; background: var(--onr-paper); }
.onr-panes .onr-key { padding-left: 1.9rem; }
.onr-panes .onr-notes { display: none; }
""".replace("@own", _OWN)

#: The line of filters and the fields that unfold below it, in the colours of the page around them.
FILTERS_SHEET = """
.onr-filters { font: 13px/1.4 system-ui, sans-serif; color: var(--jp-ui-font-color1, CanvasText);
  --onr-edge: var(--jp-ui-font-color2, GrayText); }
.onr-filter-line { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; padding: 2px 0; }
.onr-filter-line .onrecord-filter-status { flex: 1 1 20rem; font-weight: bold; }
.onr-filter-fields { display: flex; flex-wrap: wrap; gap: 6px 12px; padding: 6px 0; }
.onr-filter-fields[hidden] { display: none; }
.onr-filter-field { display: flex; flex-direction: column; flex: 1 1 11rem; min-width: 0; max-width: 24rem; }
.onr-filter-line .onr-filter-field { flex: 0 1 12rem; } .onr-filter-line .onr-filter-field span { display: none; }
.onr-filters :is(select, input, button) { font: inherit; color: inherit; box-sizing: border-box; width: 100%;
  background: var(--jp-layout-color1, Canvas); border: 1px solid var(--onr-edge); border-radius: 3px;
  padding: 3px 6px; }
.onr-filters button { width: auto; cursor: pointer; background: var(--jp-layout-color2, Canvas); }
.onr-filters [aria-expanded]::after { content: " ▸"; } .onr-filters [aria-expanded="true"]::after { content: " ▾"; }
.onr-filters input[type="range"] { padding: 0; accent-color: var(--jp-brand-color1, Highlight); }
.onr-filters ::placeholder { color: inherit; opacity: .75; }
.onr-filters .onr-filter-value { float: right; }
.onr-filters :is(select, input, button):focus-visible { outline: 2px solid var(--jp-brand-color1, Highlight);
  outline-offset: 1px; }
"""


def style_sheet() -> str:
    """The rules with their colours: JupyterLab's theme decides where there is one, else what the system prefers."""
    dark = _variables(style.DARK | {"picture": _ON_DARK})
    return (
        f"{TABLE_RESET}.onr {{ {_variables(style.LIGHT | {'picture': 'none'})} }}\n"
        f"@media screen {{ body[data-jp-theme-light='false'] .onr {{ {dark} }} }}\n"
        "@media screen and (prefers-color-scheme: dark) "
        f"{{ body:not([data-jp-theme-light]) .onr {{ {dark} }} }}{_RULES}"
    )


def _variables(colors: Mapping[str, str]) -> str:
    return " ".join(f"--onr-{name}: {color};" for name, color in colors.items())
