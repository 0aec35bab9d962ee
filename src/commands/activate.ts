import { askName } from '../dialogue/claim-flow.ts'
import { askConsent, heldMessage } from '../dialogue/consent-flow.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { maxCodeTries, parseCode } from '../domain/code.ts'
import type { Role } from '../domain/member.ts'
import type { AccountMember, Chat, Code, Member } from '../domain/records.ts'
import { fold } from '../language/normalise.ts'
import type { Command } from './command.ts'

/** A code that may still be used, or the effects that say why not. */
function usable(facts: Facts, typed: string): { code: Code } | { problem: Effect[] } {
  const { texts, now } = facts
  const parts = parseCode(typed)
  const code = parts ? facts.code(parts.selector) : null
  if (!parts || !code) return { problem: [reply(texts.codeWrong)] }
  if (code.usedAt) return { problem: [reply(texts.codeUsed)] }
  if (code.tries >= maxCodeTries) return { problem: [reply(texts.codeExhausted)] }
  // What is closed or merged can no longer be bound.
  if (code.expiresAt <= now || facts.organisation(code.orgId).closedOn !== null)
    return { problem: [reply(texts.codeExpired)] }
  if (!facts.isCodeRight(parts.selector, parts.verifier)) {
    const tries = code.tries + 1
    const text = tries >= maxCodeTries ? texts.codeExhausted : texts.codeWrong
    return { problem: [{ put: 'code', row: { ...code, tries } }, reply(text)] }
  }
  return { code }
}

function bindGroup(facts: Facts, code: Code): Effect[] {
  const { texts, asked, chat, now } = facts
  const org = facts.organisation(code.orgId)
  if (chat?.orgId && chat.orgId !== code.orgId) {
    return [reply(texts.codeOtherChat(facts.organisation(chat.orgId).name))]
  }
  const row: Chat = {
    chatId: chat?.chatId ?? facts.newId('chat'),
    platform: asked.platform,
    accountId: asked.botAccountId,
    externalId: asked.chatExternalId,
    kind: 'group',
    // A chain of replies is no place for reminders: only a standing topic is.
    threadId: asked.isTopic ? (asked.threadId ?? null) : null,
    orgId: code.orgId,
    isGone: false,
  }
  const alias = { platform: row.platform, accountId: row.accountId, externalId: row.externalId, chatId: row.chatId }
  return [
    { put: 'chat', row },
    { put: 'chatAlias', row: alias },
    { put: 'code', row: { ...code, usedAt: now } },
    {
      audit: {
        orgId: code.orgId,
        action: 'chat.bound',
        subject: `chat:${row.chatId}`,
        details: { platform: row.platform },
      },
    },
    reply(texts.helloGroup(org.name)),
  ]
}

/**
 * Binds a group by a code typed in it, or a person's account by a code typed in private. A personal code shown to a
 * group is spent at once: no message in a group ever grants a right to a person.
 */
export const activate: Command<'chat.activate'> = {
  intents: ['chat.activate'],
  may: null,
  // A group's code says nothing about a person; a personal one asks for consent below.
  beforeConsent: true,
  respond(facts, request) {
    const { texts, asked, now } = facts
    const found = usable(facts, request.slots.code)
    if ('problem' in found) return found.problem
    const { code } = found
    if (asked.chatKind === 'group') {
      if (code.purpose === 'group') return bindGroup(facts, code)
      const audit = { orgId: code.orgId, action: 'code.exposed', subject: `code:${code.selector}` }
      return [{ put: 'code', row: { ...code, usedAt: now } }, { audit }, reply(texts.codeForPerson)]
    }
    if (code.purpose === 'group') return [reply(texts.codeForGroup)]
    if (!facts.account) return askConsent(facts, request.intent)
    const member = code.memberId === null ? null : facts.member(code.memberId)
    if (member) return grantByCode(facts, code.selector, member, '')
    const own = facts.memberships.find((each) => each.orgId === code.orgId)
    if (own) return grantByCode(facts, code.selector, own, '')
    const question = texts.codeNeedsName(texts.roleNames[roleOf(code)], facts.organisation(code.orgId).name)
    return askName(question, heldMessage(facts.dialogue), code.selector)
  },
}

function roleOf(code: Code): Role {
  return code.purpose === 'group' ? 'member' : code.purpose
}

/** The selector of a right code whose holder was asked for a name, where that is the open question. */
export function openSelector(facts: Facts): string | null {
  const { dialogue } = facts
  if (dialogue?.flow !== 'claim') return null
  return (dialogue.state as { selector: string | null }).selector
}

/**
 * Links the holder of a right code to a line of the roster and gives the role the code stands for. The line is made
 * where the roster is still empty (the first secretary of a new cell) or the organisation is a committee, which has no
 * roster of its own.
 */
export function grantByCode(facts: Facts, selector: string, found: Member | null, typedName: string): Effect[] {
  const { texts, account, now } = facts
  const code = facts.code(selector)
  if (!account || !code || code.usedAt || code.expiresAt <= now) return [reply(texts.codeExpired), { dialogue: null }]
  const org = facts.organisation(code.orgId)
  const mayAdd = org.kind === 'committee' || facts.roster(code.orgId).length === 0
  if (!found && !mayAdd) return askName(texts.nameUnknown(typedName), heldMessage(facts.dialogue), selector)
  const role = roleOf(code)
  const member: Member = found ?? {
    memberId: facts.newId('member'),
    orgId: code.orgId,
    displayName: typedName,
    foldedName: fold(typedName),
    role,
    status: 'official',
    erasedAt: null,
  }
  const link: AccountMember = {
    accountId: account.accountId,
    memberId: member.memberId,
    state: 'linked',
    linkedAt: now,
    confirmedBy: null,
  }
  const held = heldMessage(facts.dialogue)
  const isReplayed = held !== null && held.intent !== 'chat.activate' && held.intent !== 'member.claim'
  return [
    { put: 'member', row: role === 'member' ? member : { ...member, role } },
    { put: 'accountMember', row: link },
    { put: 'code', row: { ...code, usedAt: now } },
    {
      audit: {
        orgId: code.orgId,
        action: 'role.granted',
        subject: `member:${member.memberId}`,
        details: { role, accountId: account.accountId },
      },
    },
    reply(texts.roleGranted(member.displayName ?? typedName, texts.roleNames[role], org.name)),
    { dialogue: null },
    ...(isReplayed ? [{ replay: { key: `granted:${selector}`, asked: held.asked } }] : []),
  ]
}
