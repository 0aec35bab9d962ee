/** How rows are told apart and looked up while a batch is being answered. */
import type { RecordName, Records } from '../domain/records.ts'

export interface Table<R> {
  key(row: R): string
  /** Ways in which rows are looked up, each giving the value to look up by. */
  indexes: Record<string, (row: R) => string>
}

export const tables: { [K in RecordName]: Table<Records[K]> } = {
  organisation: { key: (row) => `${row.orgId}`, indexes: {} },
  member: {
    key: (row) => `${row.memberId}`,
    indexes: { org: (row) => `${row.orgId}`, name: (row) => `${row.foldedName}` },
  },
  account: { key: (row) => `${row.accountId}`, indexes: { person: (row) => `${row.platform}:${row.externalId}` } },
  accountMember: {
    key: (row) => `${row.accountId}:${row.memberId}`,
    indexes: { account: (row) => `${row.accountId}`, member: (row) => `${row.memberId}` },
  },
  consent: { key: (row) => `${row.consentId}`, indexes: {} },
  code: { key: (row) => row.selector, indexes: {} },
  chat: { key: (row) => `${row.chatId}`, indexes: { org: (row) => `${row.orgId}` } },
  chatAlias: { key: (row) => `${row.platform}:${row.accountId}:${row.externalId}`, indexes: {} },
  campaign: { key: (row) => `${row.campaignId}`, indexes: { year: (row) => `${row.year}` } },
  deed: {
    key: (row) => `${row.year}:${row.subjectKind}:${row.subjectId}:${row.number}`,
    indexes: {
      subject: (row) => `${row.subjectKind}:${row.subjectId}:${row.year}`,
      org: (row) => `${row.orgId}:${row.year}`,
    },
  },
  deedHistory: {
    key: (row) => `${row.year}:${row.subjectKind}:${row.subjectId}:${row.number}:${row.version}`,
    indexes: {},
  },
  deedProgress: {
    key: (row) => `${row.year}:${row.subjectKind}:${row.subjectId}:${row.number}:${row.version}`,
    indexes: { subject: (row) => `${row.subjectKind}:${row.subjectId}:${row.year}` },
  },
  deedRating: {
    key: (row) => `${row.year}:${row.subjectKind}:${row.subjectId}:${row.number}:${row.period}:${row.source}`,
    indexes: {
      org: (row) => `${row.orgId}:${row.year}`,
      subject: (row) => `${row.subjectKind}:${row.subjectId}:${row.year}`,
    },
  },
  progressRound: { key: (row) => `${row.orgId}:${row.round}`, indexes: {} },
  commendation: { key: (row) => `${row.commendationId}`, indexes: { org: (row) => `${row.orgId}:${row.year}` } },
  nudge: { key: (row) => `${row.nudgeId}`, indexes: { member: (row) => `${row.memberId}` } },
  notice: { key: (row) => `${row.orgId}:${row.kind}`, indexes: {} },
  schedule: { key: (row) => `${row.orgId}`, indexes: {} },
  meeting: { key: (row) => `${row.orgId}:${row.occurrence}`, indexes: { org: (row) => `${row.orgId}` } },
  meetingSetting: { key: (row) => `${row.orgId}`, indexes: {} },
  attendance: {
    key: (row) => `${row.orgId}:${row.occurrence}:${row.memberId}`,
    indexes: { meeting: (row) => `${row.orgId}:${row.occurrence}`, member: (row) => `${row.memberId}` },
  },
  minutes: { key: (row) => `${row.orgId}:${row.occurrence}`, indexes: {} },
  minutesItem: {
    key: (row) => `${row.orgId}:${row.occurrence}:${row.kind}:${row.number}`,
    indexes: { meeting: (row) => `${row.orgId}:${row.occurrence}` },
  },
  dataRequest: { key: (row) => `${row.dataRequestId}`, indexes: { member: (row) => `${row.memberId}` } },
  closing: {
    key: (row) => `${row.orgId}:${row.period}:${row.number}`,
    indexes: { org: (row) => `${row.orgId}` },
  },
  review: { key: (row) => `${row.orgId}:${row.period}`, indexes: { org: (row) => `${row.orgId}` } },
  told: { key: (row) => `${row.orgId}:${row.what}`, indexes: {} },
  theme: { key: (row) => `${row.orgId}:${row.period}`, indexes: { org: (row) => `${row.orgId}` } },
  dialogue: {
    key: (row) => row.dialogueKey,
    indexes: {
      account: (row) => `${row.accountId}`,
      chat: ({ address }) => `${address.platform}:${address.botAccountId}:${address.chatId}`,
    },
  },
}
