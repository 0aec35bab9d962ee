/** Figures of what lies below an organisation, each on its own: for lists of those that have started, are complete or silent. */
import type { ClientBase } from 'pg'
import type { BelowFigures } from '../dialogue/facts.ts'
import { figuresOfYears } from './participation.ts'
import { organisationsBelowThen } from './tree-at.ts'

/** Directly below, in a past year as it was then; or all cells at any depth as they are now, in the order of the tree. */
export async function figuresBelow(
  client: Pick<ClientBase, 'query'>,
  wanted: { orgId: number; year: number; scope: 'direct' | 'cells' },
  thisYear: number,
): Promise<BelowFigures[]> {
  const { orgId, year, scope } = wanted
  const found =
    scope === 'direct' ? await directlyBelow(client, orgId, year, thisYear) : await cellsBelow(client, orgId)
  const figures = await figuresOfYears(
    client,
    found.map((each) => ({ orgId: each.orgId, year })),
    thisYear,
  )
  return found.map((each, at) => ({ ...each, figures: figures[at]! }))
}

type Found = Omit<BelowFigures, 'figures'>

async function directlyBelow(
  client: Pick<ClientBase, 'query'>,
  orgId: number,
  year: number,
  thisYear: number,
): Promise<Found[]> {
  const [below = []] = await organisationsBelowThen(client, [{ orgId, year }], thisYear)
  return below.map(({ orgId: id, name, kind }) => ({ orgId: id, name, kind, parentName: '' }))
}

async function cellsBelow(client: Pick<ClientBase, 'query'>, orgId: number): Promise<Found[]> {
  const { rows } = await client.query<Found>({
    name: 'cells-below',
    text: `SELECT o.org_id AS "orgId", o.name, o.kind, p.name AS "parentName" FROM organisation root
      JOIN organisation o ON starts_with(o.path, root.path) AND o.org_id <> root.org_id JOIN organisation p ON p.org_id = o.parent_id
      WHERE root.org_id = $1 AND o.kind = 'cell' AND o.closed_on IS NULL ORDER BY o.path COLLATE "C"`,
    values: [orgId],
  })
  return rows
}
