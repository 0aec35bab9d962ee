import { describePlatformContract } from '../contract.ts'
import { openSlack } from './contract-driver.ts'

describePlatformContract('slack over HTTP', { lacks: {}, setup: (context) => openSlack('http', context) })

describePlatformContract('slack over Socket Mode', {
  lacks: { webhook: 'in Socket Mode Slack never calls us' },
  setup: (context) => openSlack('socket', context),
})
