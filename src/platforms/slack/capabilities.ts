import type { Capabilities } from '../../engine/platform.ts'

/** Block Kit's limits. Source: docs.slack.dev, "Block Kit reference" and "Text object". */
export const BLOCK_LIMITS = {
  blocks: 50,
  sectionText: 3000,
  actionElements: 25,
  buttonLabel: 75,
  buttonValue: 2000,
  /** Undocumented: above about 13,200 characters over all blocks Slack answers `msg_blocks_too_long` (bolt-js issue 2509). */
  allText: 12_000,
} as const

/** Scopes without which something that this adapter does is refused; docs/slack-manifest.yaml asks for the same. */
export const REQUIRED_SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:write',
  'users:read',
] as const

/** What Slack can do, and how fast. */
export function slackCapabilities(botNames: readonly string[]): Capabilities {
  return {
    buttons: true,
    edit: true,
    reply: true,
    privateInGroup: true,
    threads: true,
    commandMenu: true,
    photos: 'bytes',
    documents: true,
    // `text` may hold 40,000, but a section of Block Kit holds 3,000: within it a message never needs a second section,
    // save where it is full of `& < >`, which grow when they are escaped.
    maxText: BLOCK_LIMITS.sectionText,
    // chat.postMessage: one a second and channel; over the workspace "several hundred a minute", so at most 300.
    rate: { perSecond: 5, perChatPerSecond: 1 },
    botNames,
  }
}
