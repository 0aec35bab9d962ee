import { describePlatformContract } from '../contract.ts'
import { openZalo } from './driver.ts'

const lacks = {
  hearsUnaddressed: 'a group message reaches the bot only by mention or reply',
  retryAfter: 'a 429 of Zalo carries no time',
  buttons: 'there are no buttons on the Bot Platform',
}

describePlatformContract('zalo by long polling', {
  lacks: { ...lacks, webhook: 'this mode polls' },
  setup: ({ log }) => openZalo('polling', log),
})

describePlatformContract('zalo by webhook', { lacks, setup: ({ log }) => openZalo('webhook', log) })
