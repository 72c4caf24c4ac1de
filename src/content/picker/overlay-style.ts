/**
 * Important rules of a shadow tree win over important rules of the page, over style attributes and over animations:
 * what `:host` says here, the page cannot change. Ancestors do not reach into the top layer either (measured in
 * Chromium 156: opacity, filter, clip-path, mask, transform, visibility), but for `display`, `content-visibility`,
 * `inert` and `zoom`.
 *
 * All words are generated content. Text in a closed shadow tree can be found by the page (`window.find`), and read
 * once it is selected; generated content cannot.
 */
export const overlayStyle = `
:host {
  all: initial !important;
  direction: ltr !important;
  unicode-bidi: isolate !important;
  display: block !important;
  position: fixed !important;
  inset: 0 !important;
  width: 100% !important;
  height: 100% !important;
  overflow: clip !important;
  color-scheme: light dark !important;
  user-select: none !important;
  -webkit-user-select: none !important;
}
:host::backdrop { display: none !important; }
@media print { :host { display: none !important; } }

*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
[data-words]::before { content: attr(data-words); }

.frame {
  --surface: light-dark(#ffffff, #1c1d20);
  --surface-hover: light-dark(#eaecf0, #303338);
  --text: light-dark(#1b1c1f, #ececee);
  --edge: light-dark(#868c98, #7b818c);
  --accent: light-dark(#2a56c6, #9db8ff);
  --accent-hover: light-dark(#1f449f, #b9ccff);
  --on-accent: light-dark(#ffffff, #10204a);
  position: absolute;
  inset: 0;
  overflow: clip;
  color: var(--text);
  font: 13px / 20px system-ui, sans-serif;
}
.area { position: absolute; inset: 0; outline: none; cursor: crosshair; touch-action: none; }
.element .area { cursor: pointer; touch-action: pan-x pan-y; }

/* Both colours of the line are there on any background: white inside, dark outside. */
.shade { position: absolute; inset: 0; background: #10121899; pointer-events: none; forced-color-adjust: none; }
.element .shade { background: #10121840; }
.box {
  position: absolute;
  outline: 2px solid #16181d;
  border: 2px solid #ffffff;
  cursor: move;
  touch-action: none;
  forced-color-adjust: none;
}
.element .box { pointer-events: none; border-color: #2a56c6; outline-color: #ffffff; }
.area:focus-visible ~ .box { outline-color: #2a56c6; }

.grip { position: absolute; width: 24px; height: 24px; margin: -12px; touch-action: none; outline: none; }
.grip::after {
  content: "";
  position: absolute;
  inset: 6px;
  background: #ffffff;
  border: 2px solid #16181d;
  border-radius: 50%;
}
.grip:focus-visible::after { inset: 2px; background: #2a56c6; border-color: #ffffff; outline: 2px solid #16181d; }
@media (pointer: coarse) {
  .grip { width: 44px; height: 44px; margin: -22px; }
  .grip::after { inset: 14px; }
}

.size {
  position: absolute;
  padding: 2px 8px;
  max-width: 100%;
  overflow: hidden;
  white-space: nowrap;
  text-overflow: ellipsis;
  background: var(--surface);
  border-radius: 4px;
  font-variant-numeric: tabular-nums;
  pointer-events: none;
}

/* Where pinch zoom is looking. */
.view { position: absolute; pointer-events: none; transform-origin: 0 0; }
.panel {
  position: absolute;
  inset: auto 8px 16px;
  margin: 0 auto;
  width: fit-content;
  max-width: 560px;
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: end;
  gap: 8px 12px;
  padding: 10px 12px;
  background: var(--surface);
  border: 1px solid var(--edge);
  border-radius: 8px;
  box-shadow: 0 4px 16px #00000040;
}
.panel.above { inset: 16px 8px auto; }
.panel.away { opacity: 0; }
.panel.away .button { pointer-events: none; }
.hint { flex: 1 1 220px; margin: 0; }
.buttons { display: flex; gap: 8px; }
.button {
  min-height: 32px;
  padding: 5px 14px;
  font: inherit;
  color: var(--text);
  background: var(--surface);
  border: 1px solid var(--edge);
  border-radius: 6px;
  cursor: default;
  pointer-events: auto;
}
.button:hover { background: var(--surface-hover); }
.take { color: var(--on-accent); background: var(--accent); border-color: var(--accent); font-weight: 600; }
.take:hover { background: var(--accent-hover); }
.button:disabled { color: light-dark(#5a5f69, #a9aeb8); background: var(--surface-hover); border-color: var(--edge); }
/* On its way to the button a mouse would point at other elements; its click takes where it is. */
@media (hover: hover) and (pointer: fine) { .element .take { display: none; } }
.button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.button:active { transform: translateY(1px); }

@media (forced-colors: active) {
  .frame { --surface: Canvas; --text: CanvasText; --edge: CanvasText; --accent: Highlight; --on-accent: HighlightText; }
  .size { border: 1px solid CanvasText; }
  /* Else the browser puts a patch behind its words. */
  .take:not(:disabled) { forced-color-adjust: none; }
  .shade { background: #000000b0; }
}

.spoken { position: absolute; width: 1px; height: 1px; overflow: clip; clip-path: inset(50%); white-space: nowrap; }
`;
