-- AlterTable
ALTER TABLE "deed" ADD COLUMN     "cell_rating" TEXT,
ADD COLUMN     "rated_by" INTEGER,
ADD COLUMN     "self_rating" TEXT;

-- CreateTable
CREATE TABLE "commendation" (
    "commendation_id" SERIAL NOT NULL,
    "org_id" INTEGER NOT NULL,
    "year" INTEGER NOT NULL,
    "member_id" INTEGER NOT NULL,
    "number" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_member" INTEGER,

    CONSTRAINT "commendation_pkey" PRIMARY KEY ("commendation_id")
);

-- CreateIndex
CREATE INDEX "commendation_org_id_year_idx" ON "commendation"("org_id", "year");

-- CreateIndex
CREATE INDEX "commendation_member_id_idx" ON "commendation"("member_id");

ALTER TABLE deed ADD CONSTRAINT deed_self_rating CHECK (self_rating IN ('excellent', 'good', 'completed', 'notCompleted'));
ALTER TABLE deed ADD CONSTRAINT deed_cell_rating CHECK (cell_rating IN ('excellent', 'good', 'completed', 'notCompleted'));
