import type { Texts } from '../texts/texts.ts'
import { Page } from './page.tsx'

/** What somebody sees who opens the program's address. */
export function HomePage(props: { texts: Texts; isReady: boolean; hasChat: boolean }) {
  const { locale, page: say } = props.texts
  return (
    <Page lang={locale} title="Nếp">
      <main class="plain">
        <h1>Nếp</h1>
        <p class="lead">{say.lead}</p>
        <p>{props.isReady ? say.running : say.notReady}</p>
        {props.hasChat ? (
          <p>
            <a class="button" href="/chat">
              {say.openChat}
            </a>
          </p>
        ) : (
          <p>{say.writeInGroup}</p>
        )}
        <p class="small">
          {say.forOperator}: <a href="/readyz">{say.state}</a>, <a href="/metrics">{say.figures}</a>.
        </p>
      </main>
    </Page>
  )
}
