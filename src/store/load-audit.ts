/** Loads the end of the log's chain, for whoever prints figures. */
import { headInPassing } from './audit-seal.ts'
import type { Loaders } from './loader.ts'

export const auditLoaders: Loaders<'auditHead'> = {
  async auditHead(context, of) {
    for (const orgId of of)
      context.world.markLoaded(
        { slice: 'auditHead', of: orgId },
        await headInPassing(context.client, orgId, context.now()),
      )
  },
}
