/**
 * Rows that figures rest on: how one is named in the audit log, and what of it does not count. As the migrations say in `watch_rows`
 * (a test compares), and told again here because whoever changes rows could change what the database says of them.
 */
export const watched: Record<string, { keys: readonly string[]; without: readonly string[] }> = {
  organisation: {
    keys: ['org_id'],
    without: ['name', 'lead_minutes', 'quiet_from', 'quiet_to', 'group_sees_names'],
  },
  organisation_history: { keys: ['org_id', 'from_on'], without: ['name'] },
  member: { keys: ['member_id'], without: ['display_name', 'folded_name'] },
  membership_history: { keys: ['member_id', 'from_on'], without: [] },
  campaign: { keys: ['campaign_id'], without: ['title', 'theme', 'legal_basis'] },
  deed: { keys: ['year', 'subject_kind', 'subject_id', 'number'], without: [] },
  deed_progress: { keys: ['year', 'subject_kind', 'subject_id', 'number', 'version'], without: [] },
  deed_rating: { keys: ['year', 'subject_kind', 'subject_id', 'number', 'period', 'source'], without: [] },
  commendation: { keys: ['commendation_id'], without: [] },
  meeting: { keys: ['org_id', 'occurrence'], without: ['place', 'reason', 'next_reminder_at'] },
  attendance: { keys: ['org_id', 'occurrence', 'member_id'], without: [] },
  // With their words: whoever reads them later must be able to rely on them. Each row has a salt.
  minutes: { keys: ['org_id', 'occurrence'], without: [] },
  minutes_item: { keys: ['org_id', 'occurrence', 'kind', 'number'], without: [] },
  meeting_score: { keys: ['org_id', 'occurrence'], without: [] },
  closing: { keys: ['org_id', 'period', 'number'], without: ['reopen_reason'] },
  // What is left of a year that retention took away.
  kept_year: { keys: ['org_id', 'year'], without: [] },
}
