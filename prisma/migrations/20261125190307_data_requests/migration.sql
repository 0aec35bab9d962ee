-- CreateTable
CREATE TABLE "data_request" (
    "data_request_id" SERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "org_id" INTEGER,
    "member_id" INTEGER,
    "account_id" INTEGER,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "answer_by" DATE NOT NULL,
    "fulfil_by" DATE NOT NULL,
    "answered_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "outcome" TEXT,
    "extended_at" TIMESTAMPTZ(3),
    "reason" TEXT,
    "next_warning_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_request_pkey" PRIMARY KEY ("data_request_id")
);

-- CreateIndex
CREATE INDEX "data_request_member_id_idx" ON "data_request"("member_id");

-- CreateIndex
CREATE INDEX "data_request_next_warning_at_idx" ON "data_request"("next_warning_at");

ALTER TABLE data_request ADD CONSTRAINT data_request_kind CHECK (kind IN ('show', 'export', 'erase', 'withdraw', 'correct', 'object', 'restrict'));
ALTER TABLE data_request ADD CONSTRAINT data_request_source CHECK (source IN ('chat', 'paper'));
ALTER TABLE data_request ADD CONSTRAINT data_request_outcome CHECK ((outcome IS NULL) = (closed_at IS NULL) AND outcome IN ('fulfilled', 'refused'));
