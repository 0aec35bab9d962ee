import { defineConfig } from 'prisma/config'

// Only for people who use Prisma's own command line (`npx prisma studio`, `migrate status`) against their DATABASE_URL;
// the program itself never reads this file.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
})
