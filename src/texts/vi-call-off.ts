/** What the bot asks in Vietnamese before a meeting is called off, and of a place that alone changes; part of vi.ts. */
import { viNumbered } from './vi-forms.ts'
import type { ViVocabulary } from './vi-words.ts'

export const viCallOff = ({ w, W }: ViVocabulary) => ({
  callOffAsk: (when: string) =>
    `${W.you} muốn hoãn buổi họp ${when} và báo ${w.everyone}? Trả lời "có" hoặc "không"; muốn dời, nhắn ngày mới, ví dụ "dời họp sang 28/12 19h30"; "thôi" để bỏ qua.`,
  notHeldAskWhy: (when: string, options: readonly string[]) =>
    `Buổi họp ${when} không tổ chức vì lý do gì?\n${viNumbered(options)}\nTrả lời bằng số, hoặc ghi lý do ("vì …"), hoặc "không có lý do"; "thôi" để giữ lịch họp.`,
  callOffAskWhy: (when: string) =>
    `Hoãn buổi họp ${when} vì lý do gì? Trả lời, ví dụ "vì bão"; không nêu thì nhắn "không có lý do"; "thôi" để giữ lịch họp.`,
  callOffReasonIs: (reason: string) =>
    `Hoãn họp và báo ${w.everyone} với lý do "${reason}"? Trả lời "có" hoặc "không"; "thôi" để giữ lịch họp.`,
  notHeldAnnounced: (when: string, reason: string | null) =>
    `Kính báo ${w.everyone}: buổi họp ${w.cell} ${when} không tổ chức.${reason ? ` Lý do: ${reason}.` : ''}`,
  callOffLeft: 'Tôi chưa ghi gì, lịch họp giữ nguyên.',
  callOffOption: (when: string) => `hoãn buổi họp ${when}`,
  excuseOption: (when: string) => `riêng ${w.you} xin vắng buổi họp ${when}`,
  placeChanged: (when: string, place: string) =>
    `Kính báo ${w.everyone}: buổi họp ${w.cell} ${when} chuyển địa điểm sang ${place}.`,
  excuseAsk: (when: string) =>
    `${W.you} xin vắng buổi họp ${when}? Trả lời "có" hoặc "không"; "thôi" để bỏ qua. Hoãn họp do ${w.theChair} báo.`,
})
