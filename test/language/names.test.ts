/** A name must never stand silently for the wrong member. */
import { describe, expect, it } from 'vitest'
import { matchName } from '../../src/language/names.ts'
import { understand } from '../../src/language/understand.ts'
import { botNames, now } from './corpus.ts'

const roster = [
  'Nguyễn Thị Hoa',
  'Trần Văn Hoà',
  'Lê Thị Hoá',
  'Phạm Quốc Toản',
  'Vũ Đình Khôi',
  'Nguyễn Văn Hùng',
  'Lý Thị Mỹ',
  'Trần Thị Thuỷ',
  'Đỗ Anh Thư',
  'Nguyễn Thị Thu Hà',
  'Trần Thu Hà',
  'Nguyễn Văn Hùng',
].map((name, index) => ({ id: index + 1, name }))
const ids = (typed: string) => matchName(typed, roster).map(({ id }) => id)

describe('matchName', () => {
  it.each([
    ['Trần Văn Hoà', [2]],
    ['Trần Văn Hòa', [2]],
    ['tran van hoa', [2]],
    ['nguyen thi hoa', [1]],
    ['Hoà', [2]],
    ['hòa', [2]],
    ['đ/c Khôi', [5]],
    ['đồng chí Vũ Đình Khôi', [5]],
    ['KHÔI', [5]],
    ['Vu Dinh Khoi', [5]],
    ['Quốc Toản', [4]],
    ['Phạm Toản', [4]],
    ['Thủy', [8]],
    ['Mĩ', [7]],
    ['Lí Thị Mỹ', [7]],
    ['Anh Thư', [9]],
    ['Thị Thu Hà', [10]],
    ['Vũ Đình Khôii', [5]],
    ['Pham Quoc Taon', [4]],
    ['Vũ Đình Khôi'.normalize('NFD'), [5]],
  ])('%s is one member', (typed, expected) => expect(ids(typed)).toEqual(expected))

  it.each([
    ['Hoa', [1, 2, 3]],
    ['hoa', [1, 2, 3]],
    ['Hà', [10, 11]],
    ['Thu Hà', [10, 11]],
    ['Nguyễn Văn Hùng', [6, 12]],
  ])('%s may be several, so it is asked about', (typed, expected) => expect(ids(typed)).toEqual(expected))

  it.each([['Hoạ'], ['Hoàng'], ['Khải'], [''], ['   '], ['đ/c'], ['Nguyễn'], ['Trần Văn Hoá'], ['Hu']])(
    '%s is nobody',
    (typed) => expect(ids(typed)).toEqual([]),
  )

  const club = ['Amy Hill', 'Peter Brown', 'Mary Peter', 'John Baker', 'Omar El Haddad', 'Nguyễn Kpă Black'].map(
    (name, id) => ({ id, name }),
  )
  it.each([
    ['Amy', [0]],
    ['amy', [0]],
    ['Baker', [3]],
    ['Omar El', [4]],
    ['Peter', [1, 2]],
    ['Nguyễn', []],
    ['Ann', []],
  ])('of English names the first is as good as the last: %s', (typed, expected) =>
    expect(matchName(typed, club).map(({ id }) => id)).toEqual(expected),
  )

  it('keeps the order of the roster and does not change it', () => {
    const before = JSON.stringify(roster)
    matchName('Hoa', roster)
    expect(JSON.stringify(roster)).toBe(before)
  })
})

describe('a family name that looks like a title', () => {
  const claimed = (text: string) =>
    understand(text, { now, timeZone: 'Asia/Ho_Chi_Minh', addressed: 'private', botNames }).slots
  it.each([
    'Chu Thị Bưởi',
    'Chu Quang Minh',
    'Cù Huy Hà',
    'Dương Thị Mận',
    'Duong Thi Man',
    'Duong Minh Duc',
    'duong minh duc',
    'chu van hung',
    'an thi buoi',
  ])('belongs to the name: %s', (name) => {
    expect(claimed(`tôi là ${name}`)).toEqual({ name })
    expect(claimed(`toi la ${name}`)).toEqual({ name })
  })
  it.each([
    ['chú Văn Hùng', 'Văn Hùng'],
    ['ông Nguyễn Văn Nam', 'Nguyễn Văn Nam'],
    ['ong nguyen van nam', 'nguyen van nam'],
    ['chu Quang Minh', 'Quang Minh'],
    ['bác Tư', 'Tư'],
  ])('and a title does not: %s', (said, name) => {
    expect(claimed(`tôi là ${said}`)).toEqual({ name })
  })
})
