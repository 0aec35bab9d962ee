import { escapeText, storable } from './slack-text.ts'
import type { Transport } from './transport.ts'

/**
 * Tells a person who pressed a button something that only they see. Slack's app stopped waiting when the press itself was
 * acknowledged, so without a text there is nothing to do. Best effort: response_urls end after 30 minutes or five uses.
 */
export async function acknowledgePress(
  { transport, apiRoot }: { transport: Transport; apiRoot: string },
  pressId: string,
  text?: string,
): Promise<void> {
  if (!text || !isSlackAddress(pressId, apiRoot)) return
  const body = { response_type: 'ephemeral', replace_original: false, text: escapeText(storable(text)), mrkdwn: false }
  await transport.post(pressId, JSON.stringify(body), 'application/json').catch(() => undefined)
}

/** The address came in a signed request and lay in our database since: only Slack's hosts, or the configured one, are written to. */
function isSlackAddress(address: string, apiRoot: string): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (url.origin === new URL(apiRoot).origin) return true
  return url.protocol === 'https:' && /(^|\.)slack(-gov)?\.com$/.test(url.hostname)
}
