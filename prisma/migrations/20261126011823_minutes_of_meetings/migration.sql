-- CreateTable
CREATE TABLE "minutes" (
    "org_id" INTEGER NOT NULL,
    "occurrence" TEXT NOT NULL,
    "chair" TEXT,
    "keeper" TEXT,
    "speakers" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "minutes_pkey" PRIMARY KEY ("org_id","occurrence")
);

-- CreateTable
CREATE TABLE "minutes_item" (
    "org_id" INTEGER NOT NULL,
    "occurrence" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "content" TEXT,
    "votes_for" INTEGER,
    "votes_against" INTEGER,
    "votes_other" INTEGER,
    "votes_of" INTEGER,
    "in_charge_id" INTEGER,
    "unit" TEXT,
    "due_on" DATE,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "by_member" INTEGER,
    "salt" UUID NOT NULL DEFAULT gen_random_uuid(),

    CONSTRAINT "minutes_item_pkey" PRIMARY KEY ("org_id","occurrence","kind","number")
);

-- CreateIndex
CREATE INDEX "minutes_item_in_charge_id_idx" ON "minutes_item"("in_charge_id");

-- AddForeignKey
ALTER TABLE "minutes" ADD CONSTRAINT "minutes_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("org_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "minutes_item" ADD CONSTRAINT "minutes_item_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "organisation"("org_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Written by hand: what can be no count of hands, and no row of another kind.
ALTER TABLE minutes_item ADD CONSTRAINT minutes_item_kind CHECK (kind IN ('decision', 'task'));
ALTER TABLE minutes_item ADD CONSTRAINT minutes_item_number CHECK (number > 0);
ALTER TABLE minutes_item ADD CONSTRAINT minutes_item_votes CHECK (
  coalesce(votes_for, 0) >= 0 AND coalesce(votes_against, 0) >= 0 AND coalesce(votes_other, 0) >= 0
  AND (votes_of IS NULL OR coalesce(votes_for, 0) + coalesce(votes_against, 0) + coalesce(votes_other, 0) <= votes_of));
-- Minutes print them.
SELECT watch_rows('minutes', 'org_id,occurrence', '');
SELECT watch_rows('minutes_item', 'org_id,occurrence,kind,number', '');
