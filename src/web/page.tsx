import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'

/** The frame of every page: our own style sheet, nothing from elsewhere. */
export function Page(props: { lang: string; title: string; script?: string; children?: Child }) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={props.lang}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{props.title}</title>
          <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/assets/style.css" />
          {props.script === undefined ? null : <script type="module" src={props.script} />}
        </head>
        <body>{props.children}</body>
      </html>
    </>
  )
}
