/** From who is meant to where it is sent. */

import type { Audience, Say } from '../dialogue/effects.ts'
import { accessRoleOf, isSecretary } from '../domain/access.ts'
import type { Account, Chat, DialogueAddress, Member } from '../domain/records.ts'
import { accountsOfMember, groupsOf, privateChatOf } from './facts.ts'
import type { World } from './world.ts'

export interface Destination {
  platform: string
  botAccountId: string
  chatId: string
  chatKind: 'group' | 'private'
  threadId?: string
}

function ofChat(chat: Chat): Destination {
  return {
    platform: chat.platform,
    botAccountId: chat.accountId,
    chatId: chat.externalId,
    chatKind: chat.kind,
    ...(chat.threadId ? { threadId: chat.threadId } : {}),
  }
}

export function ofAddress(address: DialogueAddress): Destination {
  const { platform, botAccountId, chatId, chatKind, threadId } = address
  return { platform, botAccountId, chatId, chatKind, ...(threadId ? { threadId } : {}) }
}

/** Where a member is written to: once, on the platform of the talk if possible, else wherever a private chat is open. */
function privateChatOfMember(world: World, memberId: number, preferred: string | null): Chat | null {
  world.require({ slice: 'linksOf', of: memberId })
  const chats = accountsOfMember(world, memberId)
    .map((account) => privateChatOf(world, account))
    .filter((chat): chat is Chat => chat !== null)
  return chats.find((chat) => chat.platform === preferred) ?? chats[0] ?? null
}

function secretariesOf(world: World, orgId: number): Member[] {
  world.require({ slice: 'roster', of: orgId }, { slice: 'organisation', of: orgId })
  const isCommittee = world.get('organisation', String(orgId))?.kind === 'committee'
  return world.by('member', 'org', String(orgId)).filter((member) => {
    const role = accessRoleOf(member)
    return isSecretary(role) || (isCommittee && role === 'committee')
  })
}

/**
 * The destinations of a message. Empty where nobody can be reached: the caller decides what to do about it.
 * `here` is where the question was asked, absent for messages of the program's own.
 */
export function destinationsOf(
  world: World,
  audience: Audience,
  here: Destination | null,
  asker: Account | null,
): Destination[] {
  switch (audience.to) {
    case 'here':
      return here ? [here] : []
    case 'sender': {
      if (here?.chatKind === 'private') return [here]
      const chat = asker ? privateChatOf(world, asker) : null
      return chat ? [ofChat(chat)] : []
    }
    case 'member': {
      const chat = privateChatOfMember(world, audience.memberId, here?.platform ?? null)
      return chat ? [ofChat(chat)] : []
    }
    case 'account': {
      world.require({ slice: 'accountById', of: audience.accountId })
      const account = world.get('account', String(audience.accountId))
      const chat = account ? privateChatOf(world, account) : null
      return chat ? [ofChat(chat)] : []
    }
    case 'group':
      return groupsOf(world, audience.orgId).map(ofChat)
    case 'secretaries': {
      const members = secretariesOf(world, audience.orgId)
      world.require(...members.map((member) => ({ slice: 'linksOf' as const, of: member.memberId })))
      return members.flatMap((member) => {
        const chat = privateChatOfMember(world, member.memberId, here?.platform ?? null)
        return chat ? [ofChat(chat)] : []
      })
    }
    case 'address':
      return [ofAddress(audience.address)]
  }
}

/** Short messages that follow each other to the same place become one: fewer messages, fewer rings of the phone. */
export function merged(says: readonly Say[], isSamePlace: (a: Audience, b: Audience) => boolean, limit: number): Say[] {
  const result: Say[] = []
  for (const say of says) {
    const index = result.findIndex((each) => isSamePlace(each.audience, say.audience) && !each.key && !say.key)
    const earlier = result[index]
    if (!earlier || earlier.text.length + say.text.length + 2 > limit) {
      result.push(say)
      continue
    }
    result[index] = {
      ...earlier,
      text: `${earlier.text}\n\n${say.text}`,
      choices: say.choices ?? earlier.choices,
      isRepeatable: earlier.isRepeatable === true && say.isRepeatable === true,
    }
  }
  return result
}
