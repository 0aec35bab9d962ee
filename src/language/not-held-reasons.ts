/**
 * Why a meeting was not held, by kinds that reports count. Data: a kind is added here and named in the texts. The first kind whose
 * words stand in the reason is taken; a reason of none of them is `other`.
 */
import { fold } from './normalise.ts'

export const notHeldKinds = [
  'weather',
  'epidemic',
  'tooFew',
  'place',
  'merged',
  'holiday',
  'urgentWork',
  'other',
] as const
export type NotHeldKind = (typeof notHeldKinds)[number]

/** Folded, whole words. */
const wordsOf: Readonly<Record<Exclude<NotHeldKind, 'other'>, readonly string[]>> = {
  weather: ['mua', 'bao', 'mua bao', 'lu', 'lut', 'ngap', 'thoi tiet', 'sat lo', 'storm', 'flood', 'weather', 'rain'],
  epidemic: ['dich', 'dich benh', 'gian cach', 'cach ly', 'epidemic', 'quarantine'],
  tooFew: ['khong du', 'ko du', 'thieu nguoi', 'vang nhieu', 'vang dong', 'di vang', 'too few', 'quorum'],
  place: ['hoi truong', 'nha van hoa', 'mat dien', 'dia diem', 'sua chua', 'venue', 'hall', 'power cut'],
  merged: ['gop', 'ghep', 'don sang', 'ket hop', 'merged'],
  holiday: ['tet', 'nghi le', 'ngay le', 'holiday'],
  urgentWork: [
    'dot xuat',
    'nhiem vu',
    'cong tac',
    'cong viec',
    'truc',
    'tap huan',
    'dai hoi',
    'bau cu',
    'urgent',
    'work',
  ],
}

/** The kind of a reason as typed. */
export function notHeldKindOf(reason: string): NotHeldKind {
  const key = ` ${fold(reason)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()} `
  const found = Object.entries(wordsOf).find(([, words]) => words.some((each) => key.includes(` ${each} `)))
  return (found?.[0] as NotHeldKind | undefined) ?? 'other'
}
