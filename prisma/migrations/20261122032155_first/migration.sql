-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "organisation" (
    "org_id" SERIAL NOT NULL,
    "parent_id" INTEGER,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "lead_minutes" INTEGER[] DEFAULT ARRAY[7200, 1440, 120]::INTEGER[],
    "quiet_from" TEXT NOT NULL DEFAULT '21:30',
    "quiet_to" TEXT NOT NULL DEFAULT '06:30',
    "group_sees_names" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organisation_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "member" (
    "member_id" SERIAL NOT NULL,
    "org_id" INTEGER NOT NULL,
    "display_name" TEXT,
    "folded_name" TEXT,
    "role" TEXT NOT NULL DEFAULT 'member',
    "status" TEXT NOT NULL DEFAULT 'official',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "member_pkey" PRIMARY KEY ("member_id")
);

-- CreateTable
CREATE TABLE "account" (
    "account_id" SERIAL NOT NULL,
    "platform" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "bot_account_id" TEXT NOT NULL,
    "private_chat_id" INTEGER,
    "consent_version" TEXT,
    "consented_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "account_member" (
    "account_id" INTEGER NOT NULL,
    "member_id" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_by" INTEGER,

    CONSTRAINT "account_member_pkey" PRIMARY KEY ("account_id","member_id")
);

-- CreateTable
CREATE TABLE "consent" (
    "consent_id" SERIAL NOT NULL,
    "account_id" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "given" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("consent_id")
);

-- CreateTable
CREATE TABLE "code" (
    "selector" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "org_id" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "member_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "code_pkey" PRIMARY KEY ("selector")
);

-- CreateTable
CREATE TABLE "chat" (
    "chat_id" SERIAL NOT NULL,
    "platform" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "thread_id" TEXT,
    "org_id" INTEGER,
    "is_gone" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "chat_pkey" PRIMARY KEY ("chat_id")
);

-- CreateTable
CREATE TABLE "chat_alias" (
    "platform" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "chat_id" INTEGER NOT NULL,

    CONSTRAINT "chat_alias_pkey" PRIMARY KEY ("platform","account_id","external_id")
);

-- CreateTable
CREATE TABLE "dialogue" (
    "dialogue_key" TEXT NOT NULL,
    "flow" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "expecting" TEXT,
    "address" JSONB NOT NULL,
    "account_id" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dialogue_pkey" PRIMARY KEY ("dialogue_key")
);

-- CreateTable
CREATE TABLE "campaign" (
    "campaign_id" SERIAL NOT NULL,
    "org_id" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "legal_basis" TEXT[],
    "theme" TEXT,
    "opens_on" DATE NOT NULL,
    "closes_on" DATE NOT NULL,
    "min_individual" INTEGER NOT NULL DEFAULT 1,
    "max_individual" INTEGER NOT NULL DEFAULT 2,
    "min_collective" INTEGER NOT NULL DEFAULT 1,
    "max_collective" INTEGER NOT NULL DEFAULT 2,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("campaign_id")
);

-- CreateTable
CREATE TABLE "deed" (
    "year" INTEGER NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "org_id" INTEGER NOT NULL,
    "content" TEXT,
    "due_on" DATE,
    "state" TEXT NOT NULL,
    "submitted_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" INTEGER,
    "return_reason" TEXT,
    "percent" INTEGER,
    "note" TEXT,
    "done_on" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deed_pkey" PRIMARY KEY ("year","subject_kind","subject_id","number")
);

-- CreateTable
CREATE TABLE "deed_history" (
    "year" INTEGER NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "content" TEXT,
    "due_on" DATE,
    "state" TEXT NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" INTEGER,

    CONSTRAINT "deed_history_pkey" PRIMARY KEY ("year","subject_kind","subject_id","number","version")
);

-- CreateTable
CREATE TABLE "nudge" (
    "nudge_id" SERIAL NOT NULL,
    "member_id" INTEGER NOT NULL,
    "about" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "nudge_pkey" PRIMARY KEY ("nudge_id")
);

-- CreateTable
CREATE TABLE "notice" (
    "org_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "waits_from" TIMESTAMPTZ(3),
    "last_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_pkey" PRIMARY KEY ("org_id","kind")
);

-- CreateTable
CREATE TABLE "schedule" (
    "org_id" INTEGER NOT NULL,
    "cron" TEXT NOT NULL,
    "shift" TEXT NOT NULL DEFAULT 'same',
    "place" TEXT,
    "planned_until" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "meeting" (
    "org_id" INTEGER NOT NULL,
    "occurrence" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "place" TEXT,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "is_moved" BOOLEAN NOT NULL DEFAULT false,
    "reason" TEXT,
    "roll_call_at" TIMESTAMPTZ(3),
    "next_reminder_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meeting_pkey" PRIMARY KEY ("org_id","occurrence")
);

-- CreateTable
CREATE TABLE "attendance" (
    "org_id" INTEGER NOT NULL,
    "occurrence" TEXT NOT NULL,
    "member_id" INTEGER NOT NULL,
    "answer" TEXT NOT NULL,
    "reason_kind" TEXT,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_by" INTEGER,

    CONSTRAINT "attendance_pkey" PRIMARY KEY ("org_id","occurrence","member_id")
);

-- CreateTable
CREATE TABLE "theme" (
    "org_id" INTEGER NOT NULL,
    "period" TEXT NOT NULL,
    "theme" TEXT NOT NULL,

    CONSTRAINT "theme_pkey" PRIMARY KEY ("org_id","period")
);

-- CreateTable
CREATE TABLE "inbox" (
    "inbox_id" BIGSERIAL NOT NULL,
    "platform" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "event_key" TEXT NOT NULL,
    "message_key" TEXT,
    "lane" TEXT NOT NULL,
    "payload" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handled_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("inbox_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "outbox_id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "platform" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "message" JSONB,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "cause_inbox_id" BIGINT,
    "expires_at" TIMESTAMPTZ(3),
    "is_repeatable" BOOLEAN NOT NULL DEFAULT false,
    "rank" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),
    "external_id" TEXT,
    "outcome" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("outbox_id")
);

-- CreateTable
CREATE TABLE "sender_lease" (
    "platform" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sender_lease_pkey" PRIMARY KEY ("platform","account_id")
);

-- CreateTable
CREATE TABLE "send_count" (
    "platform" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "sent" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "send_count_pkey" PRIMARY KEY ("platform","account_id","month")
);

-- CreateTable
CREATE TABLE "tick_run" (
    "name" TEXT NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "due_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tick_run_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "audit_id" BIGSERIAL NOT NULL,
    "org_id" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" INTEGER,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "details" JSONB NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("audit_id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "local_account" (
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "local_account_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "local_chat" (
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "accounts" TEXT[],

    CONSTRAINT "local_chat_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "local_message" (
    "local_message_id" BIGSERIAL NOT NULL,
    "chat" TEXT NOT NULL,
    "from_key" TEXT,
    "text" TEXT NOT NULL,
    "choices" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "dedupe_key" TEXT NOT NULL,
    "reply_to" BIGINT,
    "cause_inbox_id" BIGINT,

    CONSTRAINT "local_message_pkey" PRIMARY KEY ("local_message_id")
);

-- CreateIndex
CREATE INDEX "organisation_parent_id_idx" ON "organisation"("parent_id");

-- CreateIndex
CREATE INDEX "member_org_id_idx" ON "member"("org_id");

-- CreateIndex
CREATE INDEX "member_folded_name_idx" ON "member"("folded_name");

-- CreateIndex
CREATE INDEX "account_private_chat_id_idx" ON "account"("private_chat_id");

-- CreateIndex
CREATE UNIQUE INDEX "account_platform_external_id_key" ON "account"("platform", "external_id");

-- CreateIndex
CREATE INDEX "account_member_member_id_idx" ON "account_member"("member_id");

-- CreateIndex
CREATE INDEX "consent_account_id_idx" ON "consent"("account_id");

-- CreateIndex
CREATE INDEX "code_org_id_idx" ON "code"("org_id");

-- CreateIndex
CREATE INDEX "chat_org_id_idx" ON "chat"("org_id");

-- CreateIndex
CREATE INDEX "chat_alias_chat_id_idx" ON "chat_alias"("chat_id");

-- CreateIndex
CREATE INDEX "dialogue_expires_at_idx" ON "dialogue"("expires_at");

-- CreateIndex
CREATE INDEX "dialogue_account_id_idx" ON "dialogue"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "campaign_org_id_year_key" ON "campaign"("org_id", "year");

-- CreateIndex
CREATE INDEX "deed_org_id_year_idx" ON "deed"("org_id", "year");

-- CreateIndex
CREATE INDEX "nudge_member_id_at_idx" ON "nudge"("member_id", "at");

-- CreateIndex
CREATE INDEX "notice_waits_from_idx" ON "notice"("waits_from");

-- CreateIndex
CREATE INDEX "meeting_next_reminder_at_idx" ON "meeting"("next_reminder_at");

-- CreateIndex
CREATE INDEX "attendance_member_id_idx" ON "attendance"("member_id");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_platform_account_id_event_key_key" ON "inbox"("platform", "account_id", "event_key");

-- CreateIndex
CREATE UNIQUE INDEX "inbox_platform_account_id_message_key_key" ON "inbox"("platform", "account_id", "message_key");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_key_key" ON "outbox"("key");

-- CreateIndex
CREATE INDEX "outbox_cause_inbox_id_idx" ON "outbox"("cause_inbox_id");

-- CreateIndex
CREATE INDEX "audit_entry_org_id_audit_id_idx" ON "audit_entry"("org_id", "audit_id");

-- CreateIndex
CREATE UNIQUE INDEX "local_message_dedupe_key_key" ON "local_message"("dedupe_key");

-- CreateIndex
CREATE INDEX "local_message_chat_local_message_id_idx" ON "local_message"("chat", "local_message_id");

-- AddForeignKey
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "organisation"("org_id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("org_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_member" ADD CONSTRAINT "account_member_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("account_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_member" ADD CONSTRAINT "account_member_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("member_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("account_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "code" ADD CONSTRAINT "code_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("org_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat" ADD CONSTRAINT "chat_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("org_id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "chat_alias" ADD CONSTRAINT "chat_alias_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chat"("chat_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("org_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deed" ADD CONSTRAINT "deed_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("org_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("org_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting" ADD CONSTRAINT "meeting_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("org_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ── What Prisma cannot express ──

-- Subtrees are found by prefix, whatever the collation of the database.
CREATE INDEX organisation_path ON organisation (path text_pattern_ops);

-- What waits is little; the indexes hold only that.
CREATE INDEX inbox_waiting ON inbox (inbox_id) WHERE handled_at IS NULL;
CREATE INDEX inbox_waiting_lane ON inbox (lane, inbox_id) WHERE handled_at IS NULL;
CREATE INDEX outbox_open ON outbox (platform, account_id, lane, outbox_id) WHERE state IN ('queued', 'sending');

ALTER TABLE organisation ADD CONSTRAINT organisation_kind CHECK (kind IN ('cell', 'committee'));
ALTER TABLE member ADD CONSTRAINT member_role CHECK (role IN ('secretary', 'deputy', 'clerk', 'committee', 'member'));
ALTER TABLE member ADD CONSTRAINT member_status CHECK (status IN ('official', 'probationary', 'exempt', 'away', 'temporarilyHere', 'suspended', 'left'));
ALTER TABLE account_member ADD CONSTRAINT account_member_state CHECK (state IN ('claimed', 'linked'));
ALTER TABLE code ADD CONSTRAINT code_purpose CHECK (purpose IN ('group', 'secretary', 'deputy', 'clerk', 'committee', 'member'));
ALTER TABLE chat ADD CONSTRAINT chat_kind CHECK (kind IN ('group', 'private'));
ALTER TABLE deed ADD CONSTRAINT deed_subject_kind CHECK (subject_kind IN ('individual', 'collective'));
ALTER TABLE deed ADD CONSTRAINT deed_state CHECK (state IN ('draft', 'submitted', 'approved', 'returned', 'withdrawn'));
ALTER TABLE deed ADD CONSTRAINT deed_percent CHECK (percent BETWEEN 0 AND 100);
ALTER TABLE meeting ADD CONSTRAINT meeting_state CHECK (state IN ('planned', 'cancelled', 'held'));
ALTER TABLE attendance ADD CONSTRAINT attendance_answer CHECK (answer IN ('attending', 'excused', 'present', 'unexcused'));
ALTER TABLE attendance ADD CONSTRAINT attendance_reason CHECK (reason_kind IN ('work', 'sick', 'family', 'other'));
ALTER TABLE outbox ADD CONSTRAINT outbox_state CHECK (state IN ('queued', 'sending', 'sent', 'parked', 'unknown', 'dropped'));
ALTER TABLE audit_entry ADD CONSTRAINT audit_actor CHECK (actor_kind IN ('member', 'operator', 'program'));
