/**
 * Slack's ids are only unique within a workspace, so every id that leaves this folder is scoped: `T123:C456`.
 *
 * A private chat is named by the person (`T123:U456`), not by Slack's `D…` conversation: then a person is reached by the id that
 * they are known by, whether they wrote first, pressed a button or used a command, and the private chat's id equals
 * the account's id as it does on Telegram and Zalo.
 */
export interface ScopedId {
  teamId: string
  /** The workspace's own id: `C…`, `G…`, `D…` of a conversation or `U…`, `W…` of a person. */
  localId: string
}

/** Joins a workspace's id and an id within it. */
export function scopedId(teamId: string, localId: string): string {
  return `${teamId}:${localId}`
}

/** Takes a scoped id apart; undefined where the text is none. */
export function parseScopedId(text: string): ScopedId | undefined {
  const match = /^([\w.-]+):([\w.-]+)$/.exec(text)
  return match ? { teamId: match[1]!, localId: match[2]! } : undefined
}

/** Whether a workspace's id names a person (`U…`, or `W…` in an enterprise). */
export function isUserId(localId: string): boolean {
  return /^[UW]/.test(localId)
}
