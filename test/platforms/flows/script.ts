/**
 * The main job of a cell, as one table that no platform is mentioned in: who says what where, and every message that
 * the bot may write because of it. A step that needs what a platform lacks (buttons, edits) is left out there.
 */
import { vi as texts } from '../../../src/texts/vi.ts'
import { CELL, PEOPLE } from './cell.ts'
import type { Manner, Town } from './town.ts'

/** A message that must come: where, and words that must or must not stand in it. */
export interface Expected {
  where: string
  has?: readonly string[]
  lacks?: readonly string[]
}

type Deed =
  | { who: string; in: 'group' | 'private'; manner: Manner; text: string }
  /** The n-th choice of the question asked last: by button where there is one, by number elsewhere. */
  | { who: string; in: 'group' | 'private'; choose: number }
  /** Presses the n-th button of the question asked last, whoever was asked. */
  | { who: string; in: 'group' | 'private'; press: number }
  /** Presses a button of the question asked before the last. */
  | { who: string; in: 'group' | 'private'; pressOld: number }
  | { at: string }
  | { repeat: true }
  | { who: string; in: 'group' | 'private'; edit: string }
  | { who: string; in: 'group' | 'private'; unsupported: true }
  | { anonymous: string }
  | { bot: 'left' | 'joined' }

export interface Step {
  do: Deed
  /** All messages that come of it, in any order between chats; empty means silence. */
  expect: readonly Expected[]
  needs?: keyof Town
}

const names = Object.values(PEOPLE)
const group = (...has: string[]): Expected => ({ where: 'group', has, lacks: names })
const privately = (where: string, ...has: string[]): Expected => ({ where, has })

const say =
  (who: keyof typeof PEOPLE, where: 'group' | 'private', manner: Manner) =>
  (text: string, ...expect: Expected[]): Step => ({ do: { who, in: where, manner, text }, expect })

const [thu, thuInGroup] = [say('thu', 'private', 'plain'), say('thu', 'group', 'mention')]
const [an, anMentions, anReplies] = [
  say('an', 'private', 'plain'),
  say('an', 'group', 'mention'),
  say('an', 'group', 'reply'),
]
const [binhMentions, binhReplies] = [say('binh', 'group', 'mention'), say('binh', 'group', 'reply')]
const cuong = say('cuong', 'private', 'plain')

/** `{group}` and `{secretary}` stand for codes made by the operator. */
export const script: readonly Step[] = [
  // ── The group and the secretary, by code ──
  binhMentions('tổng hợp', group(texts.groupNeedsCode)),
  say('thu', 'group', 'command')('/kichhoat {group}', group(texts.helloGroup(CELL))),
  // A right is never given in a group: this code is spent, and the next one is typed in private.
  say('thu', 'group', 'command')('/kichhoat {exposed}', group(texts.codeForPerson)),
  say('thu', 'private', 'command')('/kichhoat {secretary}', privately('thu', texts.consentAsk(true))),
  thu('đồng ý', privately('thu', texts.consentGiven), privately('thu', 'bí thư')),
  thu('tôi là Trần Thị Thu', privately('thu', texts.roleGranted(PEOPLE.thu, 'bí thư', CELL))),

  // ── Members claim their names, in private and in the group; the secretary confirms ──
  an('tôi là Nguyễn Văn An', privately('an', texts.consentAsk(true))),
  an('đồng ý', privately('an', texts.consentGiven), privately('an', texts.claimSent), privately('thu', PEOPLE.an)),
  thu('có', privately('thu', texts.claimConfirmed(PEOPLE.an)), privately('an', texts.linked(PEOPLE.an, CELL))),
  binhMentions('toi la Le Thi Binh', group(texts.consentAsk(true))),
  binhReplies('dong y', group(texts.consentGiven), group(texts.claimSent), privately('thu', PEOPLE.binh)),
  // Bình claimed in the group and has no private chat: that is where the answer goes.
  // A yes or no brought to the secretary has buttons where there are any, and they are the secretary's alone.
  { do: { who: 'an', in: 'private', press: 1 }, expect: [], needs: 'press' },
  {
    do: { who: 'thu', in: 'private', choose: 1 },
    expect: [privately('thu', texts.claimConfirmed(PEOPLE.binh)), { where: 'group', has: [PEOPLE.binh] }],
  },

  // ── Pledges: mention, command, reply; confirmed by number or button; by the person asked alone ──
  anMentions('đk: trồng 10 cây xanh ở nhà văn hoá, xong trước 30/11', group('trồng 10 cây xanh', '30/11/2026')),
  { do: { repeat: true }, expect: [], needs: 'repeat' },
  binhReplies('1'),
  { do: { who: 'binh', in: 'group', press: 1 }, expect: [], needs: 'press' },
  anReplies('1', group(texts.submitted(1, false))),
  { do: { who: 'an', in: 'group', press: 1 }, expect: [], needs: 'press' },
  say(
    'binh',
    'group',
    'command',
  )('/dangky giup 1 ho ngheo sua nha, xong truoc 30/11', group('giup 1 ho ngheo sua nha', '30/11/2026')),
  { do: { who: 'binh', in: 'group', pressOld: 1 }, expect: [], needs: 'press' },
  { do: { who: 'binh', in: 'group', choose: 1 }, expect: [group(texts.submitted(1, false))] },

  // ── A dialogue in private; the first message waits for consent and for the secretary, then is taken up ──
  cuong('đk', privately('cuong', texts.consentAsk(true))),
  cuong('đồng ý', privately('cuong', texts.consentGiven)),
  cuong('tôi là Phạm Văn Cường', privately('cuong', texts.claimSent), privately('thu', PEOPLE.cuong)),
  thu(
    'có',
    privately('thu', texts.claimConfirmed(PEOPLE.cuong)),
    privately('cuong', texts.linked(PEOPLE.cuong, CELL)),
    privately('cuong', texts.askDeeds(1, 2)),
  ),
  cuong('đọc hai cuốn sách về Bác', privately('cuong', 'bao giờ xong')),
  cuong('30/11', privately('cuong', 'đọc hai cuốn sách về Bác', '30/11/2026')),
  {
    do: { who: 'cuong', in: 'private', choose: 1 },
    expect: [privately('cuong', `${texts.submitted(1, false)}\n${texts.detailsOffer(1)}`)],
  },

  // ── Review: told once for all, approved and returned by name, members hear of it in private ──
  { do: { at: '2026-10-05T09:30:00+07:00' }, expect: [privately('thu', '03 việc')] },
  { do: { at: '2026-10-05T09:31:00+07:00' }, expect: [] },
  thu('duyệt', privately('thu', ...names.slice(1))),
  thu('duyệt việc 1 của đ/c An', privately('thu', texts.approved(1, 2)), privately('an', 'trồng 10 cây xanh')),
  thu(
    'trả lại việc 1 của đ/c Cường vì chưa rõ kết quả',
    privately('thu', texts.returned(PEOPLE.cuong, 1)),
    privately('cuong', 'chưa rõ kết quả'),
  ),
  cuong('sửa việc 1: đọc hai cuốn sách về Bác và kể lại', privately('cuong', 'kể lại')),

  // ── The group sees counts, names are for the entitled and in private ──
  say('an', 'group', 'command')('/tonghop', group('3/4', '1/4', '31/12/2026')),
  thuInGroup('ai chưa đk', group(texts.sentPrivately), privately('thu', PEOPLE.thu)),
  anMentions('dữ liệu của tôi', group(texts.sentPrivately), privately('an', 'trồng 10 cây xanh')),
  binhMentions('dữ liệu của tôi', group(texts.privateHint)),

  // ── Meetings: schedule, reminder once, answers, a move ──
  thuInGroup('chi bộ họp mùng 10 hằng tháng lúc 19h30', group('10/10/2026', '10/11/2026')),
  { do: { at: '2026-10-05T19:30:00+07:00' }, expect: [group(CELL, '10/10/2026'), privately('thu', '02 việc')] },
  { do: { at: '2026-10-05T19:31:00+07:00' }, expect: [] },
  anReplies('có mặt', group('10/10/2026')),
  binhReplies('xin vang, di cong tac', { where: 'group', has: ['xin vắng'], lacks: [...names, 'công tác'] }),
  thuInGroup('dời họp sang 12/10 19h30', group('10/10/2026', '12/10/2026')),
  { do: { at: '2026-10-07T19:30:00+07:00' }, expect: [group(CELL, '12/10/2026')] },
  { do: { at: '2026-10-07T19:31:00+07:00' }, expect: [] },

  // ── What is not answered ──
  say('an', 'group', 'command')('/tonghop@OtherBot'),
  say('an', 'group', 'plain')('chiều nay có bóng đá không'),
  say('an', 'group', 'plain')('1'),
  anMentions('cảm ơn nhé'),
  an('hôm nay trời đẹp quá'),
  { do: { who: 'an', in: 'group', unsupported: true }, expect: [] },

  // ── What is answered with an explanation ──
  {
    do: { who: 'an', in: 'private', unsupported: true },
    expect: [privately('an', texts.unsupported)],
    needs: 'unreadable',
  },
  { do: { who: 'an', in: 'group', edit: 'đk: việc khác' }, expect: [group(texts.editedHint)], needs: 'edit' },
  { do: { anonymous: 'duyệt hết' }, expect: [group(texts.anonymous)], needs: 'anonymous' },

  // ── Put out of the group, asked back ──
  { do: { bot: 'left' }, expect: [privately('thu', texts.groupGone(CELL))], needs: 'member' },
  { do: { at: '2026-10-08T09:00:00+07:00' }, expect: [], needs: 'member' },
  { do: { bot: 'joined' }, expect: [], needs: 'member' },
  anMentions('tổng hợp', group('3/4')),
]
