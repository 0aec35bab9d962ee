/**
 * The parts of an update that are read. Lenient on purpose: what is needed is checked, what may be missing is dropped when
 * it is malformed, and what is unknown is let through, so that a new kind of update never stops the queue.
 */
import { z } from 'zod'

function optional<T extends z.ZodType>(schema: T) {
  return schema.optional().catch(undefined)
}

/** A whole number; poorer servers write some of them as text. */
const Int = z.union([
  z.int(),
  z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number),
])

const User = z.object({
  id: Int,
  is_bot: z.boolean().catch(false),
  first_name: z.string().catch(''),
  last_name: optional(z.string()),
})

const Chat = z.object({ id: Int, type: optional(z.string()), title: optional(z.string()) })

const Entity = z.object({ type: z.string(), offset: z.int(), length: z.int(), user: optional(User) })

const PhotoSize = z.object({ file_id: z.string(), width: z.number().catch(0), height: z.number().catch(0) })

const RepliedTo = z.looseObject({ from: optional(User) })

/** Loose: whether a message is a sticker, a voice or a service message is told by which other field is there. */
const Message = z.looseObject({
  message_id: Int,
  date: optional(z.union([z.number(), Int])),
  edit_date: optional(z.union([z.number(), Int])),
  chat: Chat,
  from: optional(User),
  sender_chat: optional(Chat),
  message_thread_id: optional(Int),
  is_topic_message: optional(z.boolean()),
  reply_to_message: optional(RepliedTo),
  text: optional(z.string()),
  entities: optional(z.array(Entity)),
  caption: optional(z.string()),
  caption_entities: optional(z.array(Entity)),
  photo: optional(z.array(PhotoSize)),
  migrate_to_chat_id: optional(Int),
  migrate_from_chat_id: optional(Int),
})

const CallbackQuery = z.object({
  id: z.union([z.string(), z.int().transform(String)]),
  from: User,
  data: z.string(),
  // Messages older than some weeks come with their chat and id alone, which is all that is needed.
  message: z.object({
    message_id: Int.catch(0),
    chat: Chat,
    message_thread_id: optional(Int),
    is_topic_message: optional(z.boolean()),
  }),
})

const Membership = z.object({ status: z.string(), is_member: optional(z.boolean()) })

const MyChatMember = z.object({
  chat: Chat,
  from: User,
  date: optional(z.union([z.number(), Int])),
  old_chat_member: optional(Membership),
  new_chat_member: Membership,
})

/** An update as an object with an id; its inner parts are read one by one by `read-update.ts`. */
export const Update = z.looseObject({ update_id: Int.refine((id) => id >= 0) })

export const parts = { message: Message, callbackQuery: CallbackQuery, myChatMember: MyChatMember }

export type TelegramUser = z.infer<typeof User>
export type TelegramChat = z.infer<typeof Chat>
export type TelegramEntity = z.infer<typeof Entity>
export type TelegramMessage = z.infer<typeof Message>
export type TelegramPress = z.infer<typeof CallbackQuery>
export type TelegramMembership = z.infer<typeof MyChatMember>
