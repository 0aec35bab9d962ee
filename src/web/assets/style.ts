/** The style of every page: large type, few colours, light and dark. */
export const style = /* css */ `
:root {
  --paper: #f7f4ef;
  --surface: #ffffff;
  --ink: #1f1a17;
  --muted: #5b524b;
  --line: #cfc6bb;
  --own: #f1e4d3;
  --accent: #97191d;
  --on-accent: #ffffff;
  --focus: #0b57b0;
  font: 1.125rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  color: var(--ink);
  background: var(--paper);
  -webkit-text-size-adjust: 100%;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #171412;
    --surface: #221e1b;
    --ink: #f2ede7;
    --muted: #bdb2a7;
    --line: #4a423b;
    --own: #3a2e22;
    --accent: #f2a49f;
    --on-accent: #2a0a0a;
    --focus: #8ec2ff;
  }
}
*, ::before, ::after { box-sizing: border-box; }
body, h1, p, ol, ul { margin: 0; padding: 0; }
ol, ul { list-style: none; }
a { color: var(--accent); text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.small { font-size: 1rem; color: var(--muted); }
h1 { font-size: 1.375rem; line-height: 1.2; color: var(--accent); }

button, .button, select, textarea, input[type="datetime-local"] {
  font: inherit;
  color: inherit;
  min-height: 3rem;
  padding: 0.5rem 0.875rem;
  border: 1px solid var(--line);
  border-radius: 0.5rem;
  background: var(--surface);
}
button, .button, select, summary { cursor: pointer; }
button, .button { display: inline-block; font-weight: 600; text-decoration: none; }
.primary, .button { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
select, textarea { width: 100%; }
textarea { display: block; resize: vertical; min-height: 4.5rem; }

.plain { max-width: 36rem; margin: 0 auto; padding: 3rem 1.25rem; display: grid; gap: 1rem; }
.plain h1 { font-size: 2rem; }
.lead { font-size: 1.25rem; }

.chat { display: grid; max-width: 68rem; margin: 0 auto; min-height: 100dvh; grid-template-rows: auto auto 1fr; }
.bar {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0 1rem;
  padding: 0.25rem 1rem; border-bottom: 1px solid var(--line);
}
.clock summary { padding: 0.625rem 0; list-style-position: inside; }
.clock[open] { flex-basis: 100%; }
.clock time { font-weight: 600; font-variant-numeric: tabular-nums; }
.clock-label { display: none; }
.clock-panel { display: grid; gap: 0.75rem; padding: 0.25rem 0 0.75rem; }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; }
.fields { display: contents; }
input[type="datetime-local"] { flex: 1 1 13rem; min-width: 0; }

.places { padding: 0.5rem 1rem 0; display: grid; gap: 0.5rem; align-content: start; min-width: 0; }
.people { display: flex; align-items: center; gap: 0.5rem; }
.people label { white-space: nowrap; }
.people select { flex: 1; min-width: 0; text-overflow: ellipsis; }
nav { display: flex; flex-wrap: wrap; gap: 0 1.25rem; border-bottom: 1px solid var(--line); }
nav a {
  padding: 0.5rem 0.125rem; color: var(--muted); text-decoration: none; overflow-wrap: anywhere;
  border-bottom: 3px solid transparent; margin-bottom: -1px;
}
nav a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--accent); }
.elsewhere { font-size: 1rem; }
.elsewhere a { display: inline-block; padding: 0.25rem 0; }
.elsewhere:empty { display: none; }

.talk { display: grid; grid-template-rows: 1fr auto auto auto; min-height: 0; min-width: 0; }
/* Reversed, so that the newest message is in view without a script and stays there as messages arrive. */
.scroll { display: flex; flex-direction: column-reverse; min-width: 0; padding: 0.75rem 1rem; }
.scroll:focus-visible { outline-offset: -3px; }
.thread { display: flex; flex-direction: column; gap: 0.75rem; margin-bottom: auto; min-width: 0; }
.day, .beginning { text-align: center; font-size: 1rem; color: var(--muted); }
.message {
  align-self: flex-start; max-width: min(92%, 42rem); min-width: 0; padding: 0.5rem 0.875rem 0.625rem;
  border: 1px solid var(--line); border-radius: 0.75rem; background: var(--surface);
}
.message.own { align-self: flex-end; background: var(--own); border-color: transparent; }
.message.bot { border-left: 4px solid var(--accent); }
.meta { font-size: 1rem; color: var(--muted); }
.meta time { font-variant-numeric: tabular-nums; margin-left: 0.25rem; }
.bot .meta b { color: var(--accent); }
.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.reply { display: inline-block; margin-top: 0.25rem; padding: 0.25rem 0; font-size: 1rem; font-weight: 600; }

.alert, .status { padding: 0.25rem 1rem; font-size: 1rem; }
.alert { color: var(--accent); font-weight: 600; }
.status { color: var(--muted); }
.alert:empty, .status:empty { display: none; }
.composer {
  display: grid; gap: 0.375rem; padding: 0.625rem 1rem 0.75rem; border-top: 1px solid var(--line); background: var(--paper);
}
.composer label { font-weight: 600; }
.actions { justify-content: flex-end; }
.actions #mention { margin-right: auto; }
.primary { min-width: 6rem; }
.replying {
  display: flex; align-items: start; justify-content: space-between; gap: 0.75rem;
  padding-left: 0.75rem; border-left: 4px solid var(--accent); font-size: 1rem;
}
.replying p { overflow-wrap: anywhere; min-width: 0; }
.replying a { padding: 0 0.5rem; font-weight: 600; }

:root:not(.scripted) .with-script, .scripted .without-script { display: none; }

/* The talk fills the window, unless large type leaves too little of it: then the page scrolls as a whole. */
@media (min-height: 38rem) {
  .chat { height: 100dvh; }
  .scroll { overflow-y: auto; }
}
@media (min-width: 56rem) {
  .chat { grid-template: auto 1fr / 20rem 1fr; border-inline: 1px solid var(--line); }
  .bar { grid-column: 1 / -1; }
  .places { padding: 1rem; gap: 1rem; border-right: 1px solid var(--line); }
  .people { display: grid; gap: 0.25rem; }
  nav { flex-direction: column; border: 0; gap: 0.25rem; }
  nav a { padding: 0.625rem 0.75rem; margin: 0; border-bottom: 0; border-left: 4px solid transparent; border-radius: 0.25rem; }
  nav a[aria-current] { background: var(--surface); }
  .clock-label { display: inline; }
}
@media (prefers-reduced-motion: no-preference) { .scroll { scroll-behavior: smooth; } }
`
