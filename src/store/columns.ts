/** Tables and columns of the rows that conversations change; one generic statement writes any of them. */
import type { RecordName } from '../domain/records.ts'

type ColumnType = 'int4' | 'text' | 'text[]' | 'int4[]' | 'bool' | 'timestamptz' | 'date' | 'jsonb'

interface TableColumns {
  table: string
  key: readonly string[]
  /** Property of the record → column and its type, in a fixed order. */
  columns: Record<string, readonly [column: string, type: ColumnType]>
}

const deedColumns = {
  year: ['year', 'int4'],
  subjectKind: ['subject_kind', 'text'],
  subjectId: ['subject_id', 'int4'],
  number: ['number', 'int4'],
} as const

export const columnsOf: { [K in RecordName]: TableColumns } = {
  organisation: {
    table: 'organisation',
    key: ['org_id'],
    columns: {
      orgId: ['org_id', 'int4'],
      parentId: ['parent_id', 'int4'],
      kind: ['kind', 'text'],
      name: ['name', 'text'],
      path: ['path', 'text'],
      timeZone: ['time_zone', 'text'],
      leadMinutes: ['lead_minutes', 'int4[]'],
      quietFrom: ['quiet_from', 'text'],
      quietTo: ['quiet_to', 'text'],
      groupSeesNames: ['group_sees_names', 'bool'],
      closedOn: ['closed_on', 'date'],
      mergedInto: ['merged_into', 'int4'],
      progressDay: ['progress_day', 'int4'],
    },
  },
  member: {
    table: 'member',
    key: ['member_id'],
    columns: {
      memberId: ['member_id', 'int4'],
      orgId: ['org_id', 'int4'],
      displayName: ['display_name', 'text'],
      foldedName: ['folded_name', 'text'],
      role: ['role', 'text'],
      status: ['status', 'text'],
      erasedAt: ['erased_at', 'timestamptz'],
    },
  },
  account: {
    table: 'account',
    key: ['account_id'],
    columns: {
      accountId: ['account_id', 'int4'],
      platform: ['platform', 'text'],
      externalId: ['external_id', 'text'],
      botAccountId: ['bot_account_id', 'text'],
      privateChatId: ['private_chat_id', 'int4'],
      consentVersion: ['consent_version', 'text'],
      consentedAt: ['consented_at', 'timestamptz'],
      withdrawnAt: ['withdrawn_at', 'timestamptz'],
    },
  },
  accountMember: {
    table: 'account_member',
    key: ['account_id', 'member_id'],
    columns: {
      accountId: ['account_id', 'int4'],
      memberId: ['member_id', 'int4'],
      state: ['state', 'text'],
      linkedAt: ['linked_at', 'timestamptz'],
      confirmedBy: ['confirmed_by', 'int4'],
    },
  },
  consent: {
    table: 'consent',
    key: ['consent_id'],
    columns: {
      consentId: ['consent_id', 'int4'],
      accountId: ['account_id', 'int4'],
      version: ['version', 'text'],
      given: ['given', 'bool'],
      at: ['at', 'timestamptz'],
    },
  },
  code: {
    table: 'code',
    key: ['selector'],
    columns: {
      selector: ['selector', 'text'],
      hash: ['hash', 'text'],
      salt: ['salt', 'text'],
      orgId: ['org_id', 'int4'],
      purpose: ['purpose', 'text'],
      memberId: ['member_id', 'int4'],
      expiresAt: ['expires_at', 'timestamptz'],
      tries: ['tries', 'int4'],
      usedAt: ['used_at', 'timestamptz'],
    },
  },
  chat: {
    table: 'chat',
    key: ['chat_id'],
    columns: {
      chatId: ['chat_id', 'int4'],
      platform: ['platform', 'text'],
      accountId: ['account_id', 'text'],
      externalId: ['external_id', 'text'],
      kind: ['kind', 'text'],
      threadId: ['thread_id', 'text'],
      orgId: ['org_id', 'int4'],
      isGone: ['is_gone', 'bool'],
    },
  },
  chatAlias: {
    table: 'chat_alias',
    key: ['platform', 'account_id', 'external_id'],
    columns: {
      platform: ['platform', 'text'],
      accountId: ['account_id', 'text'],
      externalId: ['external_id', 'text'],
      chatId: ['chat_id', 'int4'],
    },
  },
  campaign: {
    table: 'campaign',
    key: ['campaign_id'],
    columns: {
      campaignId: ['campaign_id', 'int4'],
      orgId: ['org_id', 'int4'],
      year: ['year', 'int4'],
      title: ['title', 'text'],
      legalBasis: ['legal_basis', 'text[]'],
      theme: ['theme', 'text'],
      opensOn: ['opens_on', 'date'],
      closesOn: ['closes_on', 'date'],
      minIndividual: ['min_individual', 'int4'],
      maxIndividual: ['max_individual', 'int4'],
      minCollective: ['min_collective', 'int4'],
      maxCollective: ['max_collective', 'int4'],
    },
  },
  deed: {
    table: 'deed',
    key: ['year', 'subject_kind', 'subject_id', 'number'],
    columns: {
      ...deedColumns,
      orgId: ['org_id', 'int4'],
      content: ['content', 'text'],
      dueOn: ['due_on', 'date'],
      state: ['state', 'text'],
      submittedAt: ['submitted_at', 'timestamptz'],
      decidedAt: ['decided_at', 'timestamptz'],
      decidedBy: ['decided_by', 'int4'],
      returnReason: ['return_reason', 'text'],
      percent: ['percent', 'int4'],
      note: ['note', 'text'],
      doneOn: ['done_on', 'date'],
      selfRating: ['self_rating', 'text'],
      cellRating: ['cell_rating', 'text'],
      ratedBy: ['rated_by', 'int4'],
      category: ['category', 'text'],
      weakness: ['weakness', 'text'],
      measure: ['measure', 'text'],
      target: ['target', 'text'],
      evidence: ['evidence', 'text'],
      focus: ['focus', 'text'],
      inChargeId: ['in_charge_id', 'int4'],
      forms: ['forms', 'text[]'],
      version: ['version', 'int4'],
      updatedAt: ['updated_at', 'timestamptz'],
    },
  },
  deedHistory: {
    table: 'deed_history',
    key: ['year', 'subject_kind', 'subject_id', 'number', 'version'],
    columns: {
      ...deedColumns,
      version: ['version', 'int4'],
      content: ['content', 'text'],
      dueOn: ['due_on', 'date'],
      state: ['state', 'text'],
      changedAt: ['changed_at', 'timestamptz'],
      changedBy: ['changed_by', 'int4'],
    },
  },
  deedProgress: {
    table: 'deed_progress',
    key: ['year', 'subject_kind', 'subject_id', 'number', 'version'],
    columns: {
      ...deedColumns,
      version: ['version', 'int4'],
      round: ['round', 'text'],
      percent: ['percent', 'int4'],
      note: ['note', 'text'],
      done: ['done', 'bool'],
      at: ['at', 'timestamptz'],
      by: ['by_member', 'int4'],
    },
  },
  deedRating: {
    table: 'deed_rating',
    key: ['year', 'subject_kind', 'subject_id', 'number', 'period', 'source'],
    columns: {
      ...deedColumns,
      period: ['period', 'text'],
      source: ['source', 'text'],
      orgId: ['org_id', 'int4'],
      rating: ['rating', 'text'],
      at: ['at', 'timestamptz'],
      by: ['by_member', 'int4'],
    },
  },
  progressRound: {
    table: 'progress_round',
    key: ['org_id', 'round'],
    columns: {
      orgId: ['org_id', 'int4'],
      round: ['round', 'text'],
      firstAt: ['first_at', 'timestamptz'],
      secondAt: ['second_at', 'timestamptz'],
    },
  },
  commendation: {
    table: 'commendation',
    key: ['commendation_id'],
    columns: {
      commendationId: ['commendation_id', 'int4'],
      orgId: ['org_id', 'int4'],
      year: ['year', 'int4'],
      memberId: ['member_id', 'int4'],
      collectiveId: ['collective_id', 'int4'],
      number: ['number', 'int4'],
      kind: ['kind', 'text'],
      title: ['title', 'text'],
      result: ['result', 'text'],
      period: ['period', 'text'],
      at: ['at', 'timestamptz'],
      by: ['by_member', 'int4'],
    },
  },
  nudge: {
    table: 'nudge',
    key: ['nudge_id'],
    columns: {
      nudgeId: ['nudge_id', 'int4'],
      memberId: ['member_id', 'int4'],
      about: ['about', 'text'],
      at: ['at', 'timestamptz'],
    },
  },
  notice: {
    table: 'notice',
    key: ['org_id', 'kind'],
    columns: {
      orgId: ['org_id', 'int4'],
      kind: ['kind', 'text'],
      waitsFrom: ['waits_from', 'timestamptz'],
      lastAt: ['last_at', 'timestamptz'],
    },
  },
  schedule: {
    table: 'schedule',
    key: ['org_id'],
    columns: {
      orgId: ['org_id', 'int4'],
      cron: ['cron', 'text'],
      shift: ['shift', 'text'],
      place: ['place', 'text'],
      plannedUntil: ['planned_until', 'text'],
      updatedAt: ['updated_at', 'timestamptz'],
    },
  },
  meeting: {
    table: 'meeting',
    key: ['org_id', 'occurrence'],
    columns: {
      orgId: ['org_id', 'int4'],
      occurrence: ['occurrence', 'text'],
      startsAt: ['starts_at', 'timestamptz'],
      place: ['place', 'text'],
      state: ['state', 'text'],
      isMoved: ['is_moved', 'bool'],
      reason: ['reason', 'text'],
      rollCallAt: ['roll_call_at', 'timestamptz'],
      rollClosedAt: ['roll_closed_at', 'timestamptz'],
      nextReminderAt: ['next_reminder_at', 'timestamptz'],
      updatedAt: ['updated_at', 'timestamptz'],
    },
  },
  attendance: {
    table: 'attendance',
    key: ['org_id', 'occurrence', 'member_id'],
    columns: {
      orgId: ['org_id', 'int4'],
      occurrence: ['occurrence', 'text'],
      memberId: ['member_id', 'int4'],
      answer: ['answer', 'text'],
      reasonKind: ['reason_kind', 'text'],
      answeredAt: ['answered_at', 'timestamptz'],
      answeredBy: ['answered_by', 'int4'],
    },
  },
  theme: {
    table: 'theme',
    key: ['org_id', 'period'],
    columns: { orgId: ['org_id', 'int4'], period: ['period', 'text'], theme: ['theme', 'text'] },
  },
  dialogue: {
    table: 'dialogue',
    key: ['dialogue_key'],
    columns: {
      dialogueKey: ['dialogue_key', 'text'],
      flow: ['flow', 'text'],
      version: ['version', 'int4'],
      state: ['state', 'jsonb'],
      expecting: ['expecting', 'text'],
      address: ['address', 'jsonb'],
      accountId: ['account_id', 'int4'],
      updatedAt: ['updated_at', 'timestamptz'],
      expiresAt: ['expires_at', 'timestamptz'],
    },
  },
}

/** `SELECT` list that gives a record its property names. */
export function selectList(record: RecordName, alias = ''): string {
  const prefix = alias ? `${alias}.` : ''
  return Object.entries(columnsOf[record].columns)
    .map(([property, [column]]) => `${prefix}${column} AS "${property}"`)
    .join(', ')
}
