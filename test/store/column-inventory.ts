/**
 * Every column of the database that could hold a person (all but days, instants and yes/no), sorted by what it holds: tests hold
 * the list to the database's catalogue, so that whoever adds a column has to say what becomes of it.
 */

/** Words or names of a person or about one: gone from the database once that person is erased. */
export const wordColumns = [
  ...['member.display_name', 'member.folded_name', 'account.external_id', 'chat.external_id', 'chat_alias.external_id'],
  ...['deed.content', 'deed.note', 'deed.return_reason', 'deed.weakness', 'deed.measure', 'deed.target'],
  ...['deed.evidence', 'deed_history.content', 'deed_progress.note', 'commendation.title', 'commendation.result'],
  ...['data_request.reason', 'dialogue.state', 'outbox.message', 'inbox.payload'],
] as const

/** Point at a person in a way of their own: by a key in JSON or in a text. */
export const hiddenPointers: Readonly<Record<string, string>> = {
  'closing.roster': 'members by status; in the export as closedBooks; stays, a number without a name',
  'own_tally.about': 'whose deed was praised; a count',
  'audit_entry.subject': 'in the export as log; stays, a number without a name',
  'audit_entry.details': 'kinds, numbers and days, never a name or words (test/store/audit.test.ts)',
}

/** Hold nobody: keys, kinds, counts, and what a cell or the operator says of itself. '*': the whole table. */
export const impersonal: Readonly<Record<string, string>> = {
  _prisma_migrations: '*',
  account: 'platform bot_account_id consent_version',
  account_member: 'state',
  // The kind of a reason (work, sick, family, other) goes on erasure too: test/flows/own-data.test.ts.
  attendance: 'org_id occurrence answer reason_kind salt',
  audit_entry: 'audit_id org_id actor_kind action',
  audit_head: '*',
  audit_link: '*',
  // What the operator notes of a breach: kinds of data and how many persons.
  breach: 'breach_id kind data persons org_ids measures',
  campaign:
    'campaign_id org_id year title legal_basis theme min_individual max_individual min_collective max_collective lead_days',
  chat: 'chat_id platform account_id kind thread_id org_id',
  chat_alias: 'platform account_id chat_id',
  closing: 'org_id period number model model_version reopen_reason',
  code: 'selector hash salt org_id purpose tries',
  commendation: 'commendation_id org_id year number collective_id kind period salt',
  consent: 'consent_id version',
  data_request: 'data_request_id kind source org_id outcome',
  deed: 'year subject_kind number org_id state percent version cell_rating self_rating category focus forms salt',
  deed_history: 'year subject_kind number version state',
  deed_progress: 'year subject_kind number version org_id round percent salt',
  deed_rating: 'year subject_kind number period source org_id rating salt',
  dialogue: 'dialogue_key flow version expecting address',
  inbox: 'inbox_id platform account_id event_key message_key lane attempts failure',
  kept_year: '*',
  // roll_counts: by status and answer, of nobody.
  meeting: 'org_id occurrence place state reason kind reason_kind roll_counts',
  meeting_score: '*',
  meeting_setting: '*',
  member: 'org_id role status salt',
  membership_history: 'org_id status',
  // Who is in the chair is told by the office.
  minutes: 'org_id occurrence chair keeper speakers',
  minutes_item: 'org_id occurrence kind number content votes_for votes_against votes_other votes_of unit salt',
  notice: 'org_id kind',
  nudge: 'nudge_id about',
  organisation: '*',
  organisation_history: '*',
  outbox: 'outbox_id key platform account_id lane state cause_inbox_id rank attempts external_id outcome',
  own_tally: 'org_id year what path count',
  // Pictures of figures, for some minutes.
  picture: '*',
  picture_link: '*',
  pledge_count: '*',
  progress_round: '*',
  retention_run: '*',
  review: 'org_id period limits tasks',
  roster_count: '*',
  schedule: '*',
  send_count: '*',
  sender_lease: '*',
  setting: '*',
  slack_installation: '*',
  subtree_count: '*',
  subtree_delta: '*',
  subtree_tally: '*',
  subtree_tally_delta: '*',
  theme: '*',
  tick_run: '*',
  told: '*',
}
