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
textarea { display: block; resize: vertical; max-height: 9rem; field-sizing: content; }
::placeholder { color: var(--muted); opacity: 1; }

.plain { max-width: 36rem; margin: 0 auto; padding: 3rem 1.25rem; display: grid; gap: 1rem; }
.plain h1 { font-size: 2rem; }
.lead { font-size: 1.25rem; }

.chat { display: grid; max-width: 68rem; margin: 0 auto; min-height: 100dvh; grid-template-rows: auto 1fr; }
.places {
  position: relative; display: grid; grid-template-columns: minmax(0, 1fr); padding: 0 1rem; min-width: 0;
}
.clock summary { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 0.75rem; padding: 0.625rem 0; }
.clock summary::-webkit-details-marker { display: none; }
.link { color: var(--accent); text-decoration: underline; text-underline-offset: 0.2em; }
.clock time { font-weight: 600; font-variant-numeric: tabular-nums; }
/* Over the talk, not above it: what the bot sends as the clock moves stays in view. */
.clock-panel {
  position: absolute; inset: 3rem 0.5rem auto; z-index: 1; padding: 0.75rem;
  display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.75rem;
  background: var(--paper); border: 1px solid var(--line); border-radius: 0.5rem; box-shadow: 0 0.5rem 1.5rem rgb(0 0 0 / 0.25);
}
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem; }
.fields { display: contents; }
input[type="datetime-local"] { flex: 1 1 13rem; min-width: 0; max-width: 100%; }

.people { display: flex; align-items: center; gap: 0.5rem; }
.people label { white-space: nowrap; }
.people select { flex: 1; min-width: 0; text-overflow: ellipsis; }
nav { display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin-inline: -1rem; padding-inline: 1rem; border-bottom: 1px solid var(--line); }
nav a {
  max-width: 100%; padding: 0.625rem 0.125rem 0.5rem; color: var(--muted); text-decoration: none; overflow-wrap: anywhere;
  border-bottom: 3px solid transparent; margin-bottom: -1px;
}
nav a[aria-current] { color: var(--ink); font-weight: 600; border-color: var(--accent); }
.elsewhere { font-size: 1rem; padding: 0.25rem 0; }
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
.reply { display: inline-block; margin: 0.125rem 0 -0.375rem; padding: 0.5rem 0.25rem 0.5rem 0; font-weight: 600; }

.alert, .status { padding: 0.25rem 1rem; font-size: 1rem; }
.alert { color: var(--accent); font-weight: 600; }
.status { color: var(--muted); }
.alert:empty, .status:empty { display: none; }
.composer {
  display: grid; gap: 0.5rem; padding: 0.625rem 1rem 0.75rem; border-top: 1px solid var(--line); background: var(--paper);
}
.composer label { font-weight: 600; }
.writing { display: flex; align-items: end; gap: 0.5rem; }
.writing textarea { flex: 1; min-width: 0; }
.writing:last-child { align-items: center; }
.writing .small { flex: 1; line-height: 1.35; }
.writing button { white-space: nowrap; }
.replying {
  display: flex; align-items: start; justify-content: space-between; gap: 0.75rem;
  padding-left: 0.75rem; border-left: 4px solid var(--accent); font-size: 1rem;
}
.replying p {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; overflow-wrap: anywhere; min-width: 0;
}
.replying a { padding: 0.5rem; margin: -0.5rem 0; font-weight: 600; }

:root:not(.scripted) .with-script, .scripted .without-script { display: none; }

/* The talk fills the window, unless large type or a phone held across leaves too little of it: then it keeps most of the height and
   the page scrolls past it to the field. */
.scroll { overflow-y: auto; height: max(12rem, 60dvh); }
@media (min-height: 32rem) {
  .chat { height: 100dvh; }
  .scroll { height: auto; }
}
@media (max-width: 55.99rem) {
  .on-wide { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
}
@media (min-width: 56rem) {
  .chat { grid-template: 1fr / 21rem 1fr; border-inline: 1px solid var(--line); }
  .places { display: flex; flex-direction: column; align-items: stretch; gap: 1rem; padding: 1rem; border-right: 1px solid var(--line); }
  .clock .on-wide { flex-basis: 100%; }
  .clock { order: 1; align-self: stretch; border-top: 1px solid var(--line); padding-top: 0.5rem; }
  .clock-panel { position: static; padding: 0.25rem 0; border: 0; box-shadow: none; }
  .people { display: grid; gap: 0.25rem; }
  nav { flex-direction: column; border: 0; gap: 0.25rem; margin: 0; padding: 0; }
  nav a { padding: 0.625rem 0.75rem; margin: 0; border-bottom: 0; border-left: 4px solid transparent; border-radius: 0.25rem; }
  nav a[aria-current] { background: var(--surface); }
  .scroll { padding: 1rem 1.5rem; }
  .composer { padding-inline: 1.5rem; }
}
`
