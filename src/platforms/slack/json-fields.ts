/** Reading of untrusted JSON: a field of the wrong type reads as absent, so that no payload can make a mapping throw. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether the value is a plain JSON object (no array, no null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A field that is an object, else undefined. */
export function objectField(source: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = source?.[key]
  return isJsonObject(value) ? value : undefined
}

/** A field that is a non-empty string, else undefined. */
export function textField(source: JsonObject | undefined, key: string): string | undefined {
  const value = source?.[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A field that is an array, else an empty one. */
export function listField(source: JsonObject | undefined, key: string): readonly unknown[] {
  const value = source?.[key]
  return Array.isArray(value) ? value : []
}

/**
 * Whether the value is a Slack identifier or timestamp. The shape is bounded because these become database keys and, joined
 * with a colon, our own chat and account ids: neither a colon nor 10,000 characters may get in.
 */
export function isSlackId(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value)
}

/** A field that is a Slack identifier or timestamp, else undefined. */
export function idField(source: JsonObject | undefined, key: string): string | undefined {
  const value = source?.[key]
  return isSlackId(value) ? value : undefined
}
