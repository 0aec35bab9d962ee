-- CreateTable
CREATE TABLE "meeting_score" (
    "org_id" INTEGER NOT NULL,
    "occurrence" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "points" JSONB NOT NULL,
    "answered" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "total" DOUBLE PRECISION NOT NULL,
    "maximum" DOUBLE PRECISION NOT NULL,
    "grade" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "meeting_score_pkey" PRIMARY KEY ("org_id","occurrence")
);

-- AddForeignKey
ALTER TABLE "meeting_score" ADD CONSTRAINT "meeting_score_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("org_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand: grades are figures of a summary.
SELECT watch_rows('meeting_score', 'org_id,occurrence', '');
