/** What an organisation's own rhythm is, as the operator sets it. */
import type { Pool } from 'pg'
import { Refused, recordWithPrisma } from './admin.ts'
import { prismaTransaction } from './prisma.ts'

export interface OrganisationSettings {
  /** Day of the month (1–28) of the question about progress; 0 for never. */
  progressDay: number
}

/** Changes what is given; throws `Refused` where there is no such organisation. */
export async function setOrganisation(
  pool: Pool,
  orgId: number,
  change: OrganisationSettings,
  now: Date,
): Promise<{ id: number } & OrganisationSettings> {
  return prismaTransaction(pool, async (tx) => {
    if (!(await tx.organisation.findUnique({ where: { orgId } })))
      throw new Refused(`There is no organisation ${orgId}.`)
    const { progressDay } = await tx.organisation.update({ where: { orgId }, data: change })
    await recordWithPrisma(tx, now, {
      orgId,
      action: 'organisation.set',
      subject: `organisation:${orgId}`,
      details: { progressDay },
    })
    return { id: orgId, progressDay }
  })
}
