/** What the bot says in Vietnamese of requests about personal data; part of vi.ts. */
import type { RequestKind } from '../domain/data-request.ts'
import { viDate } from './vi-forms.ts'
import type { ViVocabulary } from './vi-words.ts'

export const viPrivacy = ({ w, W }: ViVocabulary) => ({
  rightNames: {
    show: 'xem dữ liệu',
    export: 'xuất dữ liệu',
    erase: 'xoá dữ liệu',
    withdraw: 'rút đồng ý',
    correct: 'đính chính dữ liệu',
    object: 'phản đối xử lý dữ liệu',
    restrict: 'hạn chế xử lý dữ liệu',
  } satisfies Record<RequestKind, string>,
  requestNoted: (right: string, request: number, answerOn: string, fulfilOn: string) =>
    `Đã ghi yêu cầu số ${request} của ${w.you}: ${right}. ${W.you} được trả lời chậm nhất ngày ${viDate(answerOn)}, thực hiện chậm nhất ngày ${viDate(fulfilOn)}. Muốn dừng xử lý ngay, ${w.you} nhắn "rút đồng ý".`,
  requestOpenAlready: (right: string, request: number, answerOn: string, fulfilOn: string) =>
    `Yêu cầu số ${request} của ${w.you} (${right}) đang chờ: trả lời chậm nhất ngày ${viDate(answerOn)}, thực hiện chậm nhất ngày ${viDate(fulfilOn)}.`,
  requestForOfficers: (name: string, right: string, request: number, answerOn: string, fulfilOn: string) =>
    `${W.titled} ${name} có yêu cầu số ${request}: ${right}. Đề nghị trả lời trực tiếp người yêu cầu chậm nhất ngày ${viDate(answerOn)}, thực hiện chậm nhất ngày ${viDate(fulfilOn)}, rồi báo người vận hành ghi kết quả.`,
  requestWarning: (
    request: number,
    right: string,
    stage: 'answerSoon' | 'answerOverdue' | 'fulfilSoon' | 'fulfilOverdue',
    dueOn: string,
  ) =>
    `Yêu cầu số ${request} về dữ liệu cá nhân (${right}) ${
      {
        answerSoon: `cần được trả lời chậm nhất ngày ${viDate(dueOn)}`,
        answerOverdue: `đã quá hạn trả lời, ngày ${viDate(dueOn)}`,
        fulfilSoon: `cần thực hiện xong chậm nhất ngày ${viDate(dueOn)}`,
        fulfilOverdue: `đã quá hạn thực hiện, ngày ${viDate(dueOn)}`,
      }[stage]
    }. Đề nghị ${w.you} làm việc với người vận hành.`,
  membershipThen: (organisation: string, status: string, fromOn: string | null, untilOn: string) =>
    `${organisation}, ${status}${fromOn ? `, từ ngày ${viDate(fromOn)}` : ''} đến ngày ${viDate(untilOn)}`,
  dataRequest: (request: number, right: string, receivedOn: string, isClosed: boolean) =>
    `Yêu cầu số ${request} (${right}), ngày ${viDate(receivedOn)}: ${isClosed ? 'đã xong' : 'đang chờ'}`,
})
