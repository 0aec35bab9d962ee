/** Files: Slack takes them in three steps, of which only the last shows anything to anybody. */
import type { SendOutcome } from '../../engine/platform.ts'
import { readFailure, toOutcome, toOutcomeBeforeSending } from './errors.ts'
import { idField, textField } from './json-fields.ts'
import { escapeText, storable } from './slack-text.ts'
import { callMethod, type SlackClient, type Transport } from './transport.ts'

export interface UploadAccess {
  client: SlackClient
  transport: Transport
  scope: { onlyWorkspace: boolean }
}

export interface FilePost {
  channel: string
  threadTs?: string
  text: string
  file: { bytes: Uint8Array; fileName: string }
}

/** Posts a file with its text. Until the last step nothing was delivered, so that a failure before it may always be repeated. */
export async function uploadFile(access: UploadAccess, post: FilePost): Promise<SendOutcome> {
  const { client, transport, scope } = access
  const { bytes, fileName } = post.file
  let fileId: string
  try {
    const place = await callMethod(client, 'files.getUploadURLExternal', {
      filename: fileName,
      length: bytes.byteLength,
    })
    const url = textField(place, 'upload_url')
    const id = idField(place, 'file_id')
    if (!url || !id) return { outcome: 'retry', code: 'unreadable_answer' }
    const { status } = await transport.post(url, bytes, 'application/octet-stream')
    if (status !== 200) return { outcome: 'retry', code: `upload_http_${status}` }
    fileId = id
  } catch (error) {
    return toOutcomeBeforeSending(readFailure(error), scope)
  }
  try {
    await callMethod(client, 'files.completeUploadExternal', {
      files: [{ id: fileId, title: fileName }],
      channel_id: post.channel,
      ...(post.threadTs ? { thread_ts: post.threadTs } : {}),
      ...(post.text.trim() === '' ? {} : { initial_comment: escapeText(storable(post.text)) }),
    })
    return { outcome: 'sent' }
  } catch (error) {
    return toOutcome(readFailure(error), scope)
  }
}
