/** From which day what a transaction changes in the tree and on rosters is so; the triggers of the histories read it. */

interface Sql {
  query(text: string, values: unknown[]): Promise<unknown>
}

/** `on` is 'YYYY-MM-DD'; it holds until the end of the transaction. */
export async function setEffectiveOn(client: Sql, on: string): Promise<void> {
  await client.query(`SELECT set_config('nep.effective_on', $1, true)`, [on])
}
