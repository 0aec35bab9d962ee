/** Pictures kept for messages: how the sender hands them to a platform. */
import type { Capabilities, OutboundMessage } from './platform.ts'

export interface KeptPicture {
  bytes: Uint8Array
  mimeType: 'image/png' | 'image/jpeg'
}

export interface Pictures {
  /** Null once it has expired. */
  bytes(pictureId: number): Promise<KeptPicture | null>
  /** A fresh address that nobody can guess, for a platform that fetches pictures itself; null where none can be given. */
  link(pictureId: number): Promise<string | null>
}

/**
 * The message as its platform takes it: with the picture's bytes, with an address, or, where there can be neither, as its
 * text alone, which says the same.
 */
export async function withPicture(
  message: OutboundMessage,
  photos: Capabilities['photos'],
  pictures: Pictures | undefined,
): Promise<OutboundMessage> {
  const { photo, ...textAlone } = message
  if (photo?.kept === undefined) return message
  const { kept, fileName } = photo
  if (photos === 'bytes') {
    const found = await pictures?.bytes(kept)
    return found ? { ...textAlone, photo: { fileName, bytes: found.bytes } } : textAlone
  }
  const url = photos === 'url' ? await pictures?.link(kept) : null
  return url ? { ...textAlone, photo: { fileName, url } } : textAlone
}
