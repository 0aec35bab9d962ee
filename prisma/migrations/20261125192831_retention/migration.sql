-- CreateTable
CREATE TABLE "kept_year" (
    "org_id" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "registration" JSONB NOT NULL,
    "deed_counts" JSONB NOT NULL,

    CONSTRAINT "kept_year_pkey" PRIMARY KEY ("org_id","year")
);

-- CreateTable
CREATE TABLE "kept_attendance" (
    "org_id" INTEGER NOT NULL,
    "occurrence" TEXT NOT NULL,
    "answers" JSONB NOT NULL,

    CONSTRAINT "kept_attendance_pkey" PRIMARY KEY ("org_id","occurrence")
);

-- CreateTable
CREATE TABLE "retention_run" (
    "year" INTEGER NOT NULL,
    "exported_at" TIMESTAMPTZ(3),
    "file" TEXT,
    "rows" JSONB,
    "finished_at" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "retention_run_pkey" PRIMARY KEY ("year")
);
